"""What is kept between requests never outlives what it was made of."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.cefr import Cefr
from kompetanse.database import Database
from kompetanse.matching import holding, loading, service
from kompetanse.matching.explanation import Verdict
from kompetanse.people import service as people
from kompetanse.people.tables import Person
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import LanguageDemand
from tests.factories import FROYA, HITRA, actor
from tests.matching.registry import accountant, opening, speaks


def verdicts(session: Session, vacancy_id: UUID, who: Actor | None = None) -> dict[UUID, Verdict]:
    """What the gates say of everybody for a vacancy."""
    ranking = service.candidates_for(session, who or actor(), vacancy_id).ranking
    return {one.person_id: one.verdict for one in (*ranking.matches, *ranking.excluded)}


@pytest.fixture
def pair(database: Database) -> tuple[UUID, UUID]:
    """Somebody who speaks B1, and a vacancy that demands it; both matched once, so that both are kept."""
    with database.session(FROYA) as session:
        newcomer, record = accountant(session, Cefr.B1).id, opening(session, Cefr.B1).vacancy.id
    with database.session(FROYA) as session:
        assert verdicts(session, record) == {newcomer: Verdict.PASSES}
        assert service.opportunities_for(session, actor(), newcomer).ranking.counts[Verdict.PASSES] == 1
    return newcomer, record


def test_a_change_that_another_session_committed_is_seen(database: Database, pair: tuple[UUID, UUID]) -> None:
    newcomer, record = pair
    with database.session(FROYA) as session:
        speaks(session, newcomer, 3, Cefr.A1)
    with database.session(FROYA, write=False) as session:
        assert verdicts(session, record) == {newcomer: Verdict.FAILS}
    with database.session(FROYA) as session:
        vacancies.change(session, actor(), record, 1, {"languages": [LanguageDemand("nor", Cefr.A1)]})
    with database.session(FROYA, write=False) as session:
        assert verdicts(session, record) == {newcomer: Verdict.PASSES}
        assert service.opportunities_for(session, actor(), newcomer).ranking.counts[Verdict.PASSES] == 1


def undone(database: Database, record: UUID, newcomer: UUID) -> dict[UUID, Verdict]:
    """Change the person and the vacancy, match in the same transaction, and undo it all; what was seen."""
    with pytest.raises(InterruptedError), database.session(FROYA) as session:
        speaks(session, newcomer, 3, Cefr.A1)
        stranger = accountant(session, Cefr.C1)
        seen = verdicts(session, record)
        assert stranger.id in seen
        vacancies.close(session, actor(), record, 1)
        assert service.opportunities_for(session, actor(), newcomer).ranking.considered == 0
        raise InterruptedError
    return seen


def test_a_change_that_was_rolled_back_is_not_remembered(database: Database, pair: tuple[UUID, UUID]) -> None:
    newcomer, record = pair
    assert undone(database, record, newcomer)[newcomer] is Verdict.FAILS
    with database.session(FROYA, write=False) as session:
        assert verdicts(session, record) == {newcomer: Verdict.PASSES}
        assert service.opportunities_for(session, actor(), newcomer).ranking.counts[Verdict.PASSES] == 1


def test_another_change_of_the_same_version_as_one_rolled_back_is_seen(
    database: Database, pair: tuple[UUID, UUID]
) -> None:
    newcomer, record = pair
    undone(database, record, newcomer)
    with database.session(FROYA) as session:
        speaks(session, newcomer, 3, Cefr.C1)  # the version that the undone change had
    with database.session(FROYA, write=False) as session:
        assert verdicts(session, record) == {newcomer: Verdict.PASSES}
        held = holding.candidates(session, actor(), clock.today()).features[newcomer].languages["nor"]
        assert held.interaction is Cefr.C1


def test_whoever_leaves_and_comes_back_is_seen_as_she_is(database: Database, pair: tuple[UUID, UUID]) -> None:
    newcomer, record = pair
    with database.session(FROYA) as session:
        people.archive(session, actor(), newcomer, 1)
    with database.session(FROYA, write=False) as session:
        assert verdicts(session, record) == {}
    with database.session(FROYA) as session:
        people.restore(session, actor(), newcomer, 2)
    with database.session(FROYA, write=False) as session:
        assert verdicts(session, record) == {newcomer: Verdict.PASSES}


def test_two_municipalities_never_see_each_other(database: Database, pair: tuple[UUID, UUID]) -> None:
    newcomer, record = pair
    stranger = actor(municipality_no=HITRA)
    with database.session(HITRA) as session:
        theirs, wanted = accountant(session, who=stranger).id, opening(session, who=stranger).vacancy.id
        assert verdicts(session, wanted, stranger) == {theirs: Verdict.PASSES}
        assert list(holding.candidates(session, stranger, clock.today()).features) == [theirs]
    with database.session(FROYA, write=False) as session:
        assert verdicts(session, record) == {newcomer: Verdict.PASSES}
        weights = service.standing_weights(session, actor())
        assert list(holding.openings(session, actor(), clock.today(), weights).features) == [record]


def test_what_is_kept_is_what_would_be_read_anew(session: Session) -> None:
    crowd = [accountant(session, level) for level in (Cefr.A1, Cefr.B1, Cefr.C1)]
    service.candidates_for(session, actor(), opening(session).vacancy.id)
    speaks(session, crowd[0].id, 3, Cefr.B2)
    accountant(session)
    kept = holding.candidates(session, actor(), clock.today())
    holding.forget()
    anew = holding.candidates(session, actor(), clock.today())
    assert kept.features == anew.features
    assert kept.ids == anew.ids == sorted(anew.features)


def test_nothing_is_read_again_that_did_not_change(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = [accountant(session) for _ in range(3)]
    record = opening(session).vacancy.id
    service.candidates_for(session, actor(), record)
    read: list[UUID] = []
    original = loading.candidates

    def counting(session: Session, who: Actor, selected: object, found: list[Person], today: object) -> object:
        read.extend(one.id for one in found)
        return original(session, who, selected, found, today)  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "candidates", counting)
    speaks(session, crowd[1].id, 3, Cefr.C1)
    service.candidates_for(session, actor(), record)
    assert read == [crowd[1].id]


def test_another_day_reads_everything_anew(session: Session) -> None:
    newcomer = accountant(session).id
    today = clock.today()
    before = holding.candidates(session, actor(), today).features[newcomer]
    assert holding.candidates(session, actor(), today).features[newcomer] is before
    assert holding.candidates(session, actor(), today + timedelta(days=1)).features[newcomer] is not before
