"""Stored results: what a refresh costs, that it equals matching everything anew, and who is in them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import Session, col, select

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.codes.cefr import Cefr
from kompetanse.competence import service as competence
from kompetanse.database import Database
from kompetanse.errors import Forbidden, NotFound
from kompetanse.matching import following, holding, service, tuning
from kompetanse.matching.tables import MatchResult, MatchStamp
from kompetanse.people import merging
from kompetanse.people import service as people
from kompetanse.people.tables import Person
from kompetanse.sealing import Sealer
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import LanguageDemand
from kompetanse.vacancies.tables import Vacancy
from tests.conftest import SECRET
from tests.factories import FROYA, HITRA, actor, person
from tests.matching.registry import accountant, opening, speaks

LONG_AGO = datetime(2000, 1, 1, tzinfo=clock.now().tzinfo)
LEVELS = [Cefr.A2, Cefr.B1, Cefr.B2, Cefr.C1]

Results = list[tuple[UUID, int, UUID, float, str]]


def results(session: Session) -> Results:
    """What is stored of Frøya's matches: vacancy, rank, person, score and verdict."""
    session.expire_all()
    rows = session.exec(select(MatchResult).where(MatchResult.municipality_no == FROYA))
    return sorted((one.vacancy_id, one.rank, one.person_id, round(one.score, 12), one.verdict) for one in rows)


def stored(session: Session, vacancy_id: UUID) -> list[UUID]:
    """Who is stored of a vacancy, best first."""
    return [who for vacancy, _, who, _, _ in results(session) if vacancy == vacancy_id]


def anew(session: Session) -> Results:
    """What is stored when everything is matched from nothing."""
    holding.forget()
    session.execute(delete(MatchResult))
    session.execute(delete(MatchStamp))
    following.refresh(session, actor())
    return results(session)


def test_the_best_are_stored_as_the_ranking_has_them(session: Session) -> None:
    for level in (Cefr.B1, Cefr.C1, Cefr.B2, Cefr.A1):
        accountant(session, level)
    record = opening(session).vacancy.id
    done = following.refresh(session, actor())
    ranking = service.candidates_for(session, actor(), record).ranking
    assert (done.people, done.vacancies, done.pairs, done.found) == (4, 1, 4, 3)
    assert stored(session, record) == [one.person_id for one in ranking.matches]
    assert {who for _, _, who, _, _ in results(session)}.isdisjoint(one.person_id for one in ranking.excluded)


def test_where_nobody_changed_nothing_is_matched_again(session: Session) -> None:
    accountant(session)
    opening(session)
    following.refresh(session, actor())
    again = following.refresh(session, actor())
    assert (again.people, again.vacancies, again.pairs, again.found) == (0, 0, 0, 0)


def test_a_changed_person_costs_one_row_and_a_changed_vacancy_one_column(session: Session) -> None:
    crowd = [accountant(session, Cefr.B1) for _ in range(3)]
    records = [opening(session) for _ in range(2)]
    following.refresh(session, actor())
    speaks(session, crowd[1].id, 3, Cefr.C1)
    row = following.refresh(session, actor())
    assert (row.people, row.vacancies, row.pairs) == (1, 0, 2)
    assert stored(session, records[0].vacancy.id)[0] == crowd[1].id
    vacancies.change(session, actor(), records[0].vacancy.id, 1, {"languages": [LanguageDemand("nor", Cefr.C1)]})
    column = following.refresh(session, actor())
    assert (column.people, column.vacancies, column.pairs) == (0, 1, 3)
    assert stored(session, records[0].vacancy.id) == [crowd[1].id]


def test_a_demand_without_a_match_is_kept_and_met_by_whoever_comes(session: Session) -> None:
    record = opening(session).vacancy.id
    accountant(session, Cefr.A1)
    assert following.refresh(session, actor()).found == 0
    newcomer = accountant(session, Cefr.B2)
    before = clock.now()
    assert following.refresh(session, actor()).found == 1
    (met,) = following.newly_met(session, actor(), before)
    assert (met.vacancy.id, met.people) == (record, 1)
    assert following.as_of(session, actor(), record, before).found == {newcomer.id}
    assert following.newly_met(session, actor(), clock.now()) == []


def test_other_weights_and_another_day_match_everybody_again(session: Session) -> None:
    accountant(session)
    opening(session)
    following.refresh(session, actor())
    tuning.save(session, actor(), 0, {"language": 20})
    assert following.refresh(session, actor()).pairs == 1
    with clock.moved(by=timedelta(days=1)):
        assert following.refresh(session, actor()).pairs == 1


def test_a_licence_that_runs_out_overnight_shows_in_the_morning(session: Session) -> None:
    driver = person(session, may_work=True)
    competence.set_licence(session, actor(), driver.id, 0, {"licence": "driving:B", "valid_until": clock.today()})
    record = vacancies.create(session, actor(), {"title": "Sjåfør", "licences": ["driving:B"]}).vacancy.id
    following.refresh(session, actor())
    assert stored(session, record) == [driver.id]
    with clock.moved(by=timedelta(days=1)):
        following.refresh(session, actor())
    assert stored(session, record) == []


def archive(session: Session, who: Person) -> None:
    people.archive(session, actor(), who.id, who.version)


def protect(session: Session, who: Person) -> None:
    people.change(session, actor(), who.id, who.version, {"protected_address": True})


def absorb(session: Session, who: Person, into: Person | None = None) -> None:
    kept = into or person(session)
    sealer = Sealer(SECRET.encode())
    merging.merge(session, actor(), keep_id=kept.id, absorb_id=who.id, version=kept.version, sealer=sealer)


@pytest.mark.parametrize("leave", [archive, protect, absorb])
def test_whoever_leaves_circulation_is_gone_from_what_is_told_at_once_and_from_storage_after(
    session: Session, leave: Callable[[Session, Person], None]
) -> None:
    leaving, staying = accountant(session), accountant(session)
    record = opening(session).vacancy.id
    following.refresh(session, actor())
    leave(session, leaving)
    assert leaving.id not in following.as_of(session, actor(), record, LONG_AGO).found
    following.refresh(session, actor())
    assert leaving.id not in stored(session, record)
    assert staying.id in stored(session, record)


def test_the_next_one_comes_in_when_one_of_the_best_leaves(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "KEPT", 2)
    crowd = [accountant(session, level) for level in (Cefr.C1, Cefr.B2, Cefr.B1)]
    record = opening(session).vacancy.id
    following.refresh(session, actor())
    assert set(stored(session, record)) == {crowd[0].id, crowd[1].id}
    absorb(session, crowd[1], into=crowd[0])  # what is stored of both goes with it
    following.refresh(session, actor())
    assert set(stored(session, record)) == {crowd[0].id, crowd[2].id}


def test_a_vacancy_that_is_closed_is_forgotten(session: Session) -> None:
    accountant(session)
    record = opening(session).vacancy
    following.refresh(session, actor())
    vacancies.close(session, actor(), record.id, record.version)
    following.refresh(session, actor())
    assert results(session) == []
    assert session.exec(select(MatchStamp).where(MatchStamp.id == record.id)).all() == []


def test_what_is_stored_says_as_of_when_and_who_changed_since(session: Session) -> None:
    first = accountant(session, Cefr.B1)
    record = opening(session).vacancy.id
    assert following.as_of(session, actor(), record, LONG_AGO).matched_at is None
    before = clock.now()
    following.refresh(session, actor())
    told = following.as_of(session, actor(), record, LONG_AGO)
    assert told.matched_at is not None
    assert told.matched_at >= before
    assert not told.found  # whoever was there the first time is not new
    assert not told.changed
    speaks(session, first.id, 3, Cefr.B2)
    assert following.as_of(session, actor(), record, LONG_AGO).changed == {first.id}
    following.refresh(session, actor())
    now = following.as_of(session, actor(), record, LONG_AGO)
    assert not now.changed
    assert now.matched_at is not None
    assert now.matched_at > told.matched_at


def test_two_municipalities_store_their_own(database: Database) -> None:
    with database.session(HITRA) as session:
        stranger = actor(municipality_no=HITRA)
        accountant(session, who=stranger)
        opening(session, who=stranger)
    with database.session(FROYA) as session:
        own, record = accountant(session), opening(session).vacancy.id
        assert following.refresh(session, actor()).pairs == 1
        assert stored(session, record) == [own.id]
        assert following.newly_met(session, actor(), LONG_AGO) == [], "who was there from the first is not new"
        accountant(session)
        following.refresh(session, actor())
        assert [one.people for one in following.newly_met(session, actor(), LONG_AGO)] == [1]
    with database.session(HITRA) as session:
        assert following.newly_met(session, stranger, LONG_AGO) == []
        with pytest.raises(NotFound):
            following.as_of(session, stranger, record, LONG_AGO)


@pytest.mark.parametrize("role", [Role.LEADER, Role.HR, Role.ADMINISTRATOR, Role.DPO])
def test_only_who_matches_refreshes_or_reads(session: Session, role: Role) -> None:
    record = opening(session).vacancy.id
    with pytest.raises(Forbidden):
        following.refresh(session, actor(role))
    with pytest.raises(Forbidden):
        following.as_of(session, actor(role), record, LONG_AGO)


def change_level(session: Session, chance: Random) -> None:
    one = chance.choice(everybody(session))
    version = competence.read_profile(session, actor(), one.id).version
    speaks(session, one.id, version, chance.choice(LEVELS))


def arrive(session: Session, chance: Random) -> None:
    accountant(session, chance.choice(LEVELS))


def leave_somehow(session: Session, chance: Random) -> None:
    leaving = chance.choice(everybody(session))
    others = [one for one in everybody(session) if one.id != leaving.id]
    if others and chance.random() < 0.5:
        absorb(session, leaving, into=chance.choice(others))
    else:
        chance.choice([archive, protect])(session, leaving)


def open_another(session: Session, chance: Random) -> None:
    opening(session, chance.choice(LEVELS))


def demand_otherwise(session: Session, chance: Random) -> None:
    one = chance.choice(wanted(session))
    demand = LanguageDemand("nor", chance.choice(LEVELS))
    vacancies.change(session, actor(), one.id, one.version, {"languages": [demand]})


def close_one(session: Session, chance: Random) -> None:
    one = chance.choice(wanted(session))
    vacancies.close(session, actor(), one.id, one.version)


def refresh(session: Session, _: Random) -> None:
    following.refresh(session, actor())


def everybody(session: Session) -> list[Person]:
    found = select(Person).where(col(Person.archived_at).is_(None)).order_by(col(Person.id))
    return list(session.exec(found))


def wanted(session: Session) -> list[Vacancy]:
    return list(session.exec(select(Vacancy).where(Vacancy.status == "open").order_by(col(Vacancy.id))))


CHANGES = [change_level, arrive, leave_somehow, open_another, demand_otherwise, close_one, refresh]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(CHANGES), max_size=8), st.integers(0, 2**32))
def test_a_refresh_after_any_changes_equals_matching_everything_anew(
    session: Session, changes: list[Callable[[Session, Random], None]], seed: int
) -> None:
    chance, undo = Random(seed), session.begin_nested()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "KEPT", 3)
        for _ in range(6):
            arrive(session, chance)
        for _ in range(3):
            open_another(session, chance)
        following.refresh(session, actor())
        for change in changes:
            if wanted(session) and everybody(session):
                change(session, chance)
        following.refresh(session, actor())
        refreshed = results(session)
        assert refreshed == anew(session)
    undo.rollback()


def test_two_who_refresh_at_the_same_time_store_it_once(database: Database) -> None:
    with database.session(FROYA) as session:
        newcomers = [accountant(session, Cefr.B1).id for _ in range(3)]
        opening(session)
        following.refresh(session, actor())
    with database.session(FROYA) as session:
        people.archive(session, actor(), newcomers[0], 1)
        speaks(session, newcomers[1], 3, Cefr.C1)

    def refreshed(_: int) -> int:
        with database.session(FROYA) as own:
            return following.refresh(own, actor()).people

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(refreshed, range(4))) == [0, 0, 0, 1]
    with database.session(FROYA) as session:
        before = results(session)
        assert before == anew(session)
