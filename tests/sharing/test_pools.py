"""Municipalities that make their classes together: what each keeps, what is read, and what cannot be learnt."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from kompetanse import clock
from kompetanse.actor import Role, system_actor
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound
from kompetanse.people import consents
from kompetanse.people.tables import Person
from kompetanse.sharing import agreements, falling, pools, publishing, service, storing
from kompetanse.sharing.periods import begins_on, period_of
from kompetanse.sharing.releases import conformed
from kompetanse.sharing.tables import ReleaseClass, ReleaseMember
from kompetanse.sharing.together import together
from tests.factories import FROYA, HITRA, actor, agreement
from tests.sharing.attacks.attackers import tally, without
from tests.sharing.pooled_towns import (
    HEIM,
    ORLAND,
    SEALER,
    TOWNS,
    K,
    admin,
    later,
    leave,
    pool,
    read,
    release,
    settle,
    withdraw,
)

SINCE = {"starts_on": date(2020, 1, 1)}


def enter(database: Database, number: str, *others: str) -> UUID:
    with database.session(number) as session:
        return pools.enter(session, admin(number), others=others, fields=SINCE).id  # type: ignore[arg-type]


def pool_of(database: Database, number: str) -> tuple[str, ...]:
    with database.session(number) as session:
        return pools.pool_of(session, number)


def members(database: Database) -> dict[str, set[UUID]]:
    with database.session(EVERYWHERE) as session:
        rows = session.exec(select(ReleaseMember)).all()
    return {number: {one.member_id for one in rows if one.municipality_no == number} for number in TOWNS}


def described(database: Database) -> int:
    return sum(map(len, members(database).values()))


def labels(view_of: object) -> list[str | None]:
    return [one.municipality for _, one in view_of.classes]  # type: ignore[attr-defined]


# ------------------------------------------------------------------ the agreement


def test_a_pool_stands_once_all_have_entered_the_same(database: Database) -> None:
    enter(database, FROYA, HITRA, HEIM)
    enter(database, HITRA, FROYA)
    assert pool_of(database, FROYA) == (FROYA,)
    with database.session(FROYA) as session:
        (told,) = pools.poolings(session, admin(FROYA))
    assert (told.missing, told.stands) == ([HEIM, HITRA], False)
    leave(database, HITRA)
    enter(database, HITRA, FROYA, HEIM)
    enter(database, HEIM, FROYA, HITRA)
    assert {pool_of(database, number) for number in TOWNS} == {tuple(sorted(TOWNS))}


def test_a_municipality_is_in_one_pool_and_may_leave_it_once(database: Database) -> None:
    made = enter(database, FROYA, HITRA)
    with database.session(FROYA) as session:
        with pytest.raises(Conflict):
            pools.enter(session, admin(FROYA), others=[HEIM], fields=SINCE)  # type: ignore[arg-type]
        pools.revoke(session, admin(FROYA), made)
        with pytest.raises(Conflict):
            pools.revoke(session, admin(FROYA), made)
    with database.session(HITRA) as session, pytest.raises(NotFound):
        pools.revoke(session, admin(HITRA), made)


@pytest.mark.parametrize(
    ("others", "fields"),
    [
        ([], SINCE),
        ([FROYA], SINCE),
        (["0301"] * 2 + [f"{number}" for number in range(5001, 5040)], SINCE),
        ([HITRA], {}),
        ([HITRA], {"starts_on": date(2027, 1, 1), "ends_on": date(2026, 1, 1)}),
        (["9999"], SINCE),
    ],
)
def test_terms_that_break_a_rule_are_refused(database: Database, others: list[str], fields: dict[str, date]) -> None:
    with database.session(FROYA) as session, pytest.raises(Invalid):
        pools.enter(session, admin(FROYA), others=others, fields=fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER, Role.NEIGHBOUR, Role.JOB_SERVICE])
def test_only_an_administrator_enters_a_pool(database: Database, role: Role) -> None:
    with database.session(FROYA) as session, pytest.raises(Forbidden):
        pools.enter(session, actor(role, recipient_no=HITRA), others=[HITRA], fields=SINCE)  # type: ignore[arg-type]


# ------------------------------------------------------------------ the release


def test_together_more_people_are_described_and_each_keeps_its_own(database: Database) -> None:
    settle(database)
    alone = 0
    for number in TOWNS:
        with database.session(number) as session:
            alone += publishing.draft(session, system_actor(number)).report.described
    pool(database)
    release(database)
    assert described(database) > alone
    with database.session(EVERYWHERE) as session:
        for number, ids in members(database).items():
            homes = session.scalars(select(Person.municipality_no).where(col(Person.id).in_(ids))).all()
            assert set(homes) == {number}
        for one in session.exec(select(ReleaseClass)):
            assert one.municipality in {one.municipality_no, one.municipality_no[:2], "any"}


def test_one_of_them_makes_it_for_all_and_every_record_is_signed(database: Database) -> None:
    settle(database)
    pool(database)
    release(database, HITRA)
    for number in TOWNS:
        with database.session(number) as session:
            who = system_actor(number)
            (record,) = publishing.releases(session, who)
            assert record.pool == sorted(TOWNS)
            assert record.report["pool"] == sorted(TOWNS)
            assert publishing.broken(session, who, SEALER) == []
            with pytest.raises(Conflict):
                publishing.release(session, who, SEALER)
            record.pool = [number]
            session.flush()
            session.expire_all()
            assert publishing.broken(session, who, SEALER) == [record.period]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_has_released_alone_this_quarter_makes_the_others_wait(database: Database) -> None:
    settle(database)
    release(database, HEIM)
    pool(database)
    with database.session(FROYA) as session, pytest.raises(Conflict, match="Heim"):
        publishing.release(session, system_actor(FROYA), SEALER)
    with clock.moved(to=later(1)):
        release(database)


def test_a_draft_shows_nobody_of_the_others_and_a_session_sees_no_other_afterwards(database: Database) -> None:
    settle(database)
    pool(database)
    with database.session(FROYA) as session:
        publishing.draft(session, system_actor(FROYA))
        assert session.info["scope"] == FROYA
        shown = publishing.draft(session, system_actor(FROYA)).proposal.release.classes
        assert shown
        assert not {one.labels[-1] for one in shown} & {HITRA, HEIM}
        members_of_it = [person for one in shown for person in one.members]
        homes = select(Person.id).where(col(Person.id).in_(members_of_it), Person.municipality_no == FROYA)
        assert len(session.scalars(homes).all()) == len(members_of_it), "nobody of the others, not even by id"
        seen = set(session.scalars(select(Person.municipality_no).distinct()))
        assert database.is_sqlite or seen == {FROYA}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_release_that_fails_midway_is_in_no_ledger(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(database)
    pool(database)
    real = storing.add

    def failing(session: object, number: str, *rest: object, **more: object) -> object:
        if number == TOWNS[-1]:
            raise OSError
        return real(session, number, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(storing, "add", failing)
    with pytest.raises(OSError), database.session(FROYA) as session:  # noqa: PT011
        publishing.release(session, system_actor(FROYA), SEALER)
    assert described(database) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_classes_of_before_live_on_in_the_pool(database: Database) -> None:
    settle(database)
    release(database, FROYA)
    before = {one.size_band for _, one in read(database, FROYA).classes}
    assert before
    pool(database)
    with clock.moved(to=later(1)):
        release(database)
        with database.session(FROYA) as session:
            alone, pooled = storing.history(session, FROYA)
    lived = {one.class_id: one.labels for one in pooled.classes}
    assert all(len(one.labels) == 3 for one in alone.classes)
    assert [lived[one.class_id][-1] for one in alone.classes if one.class_id in lived]


# ------------------------------------------------------------------ what is read


def test_what_was_made_together_is_read_by_who_has_an_agreement_with_each(database: Database) -> None:
    settle(database)
    with database.session(FROYA) as session:
        agreement(session, recipient_no="5001", k=K, who=admin(FROYA))
    pool(database)
    release(database)
    everything, own = read(database, FROYA), read(database, FROYA, "5001")
    assert "50" in labels(everything)
    assert set(labels(own)) <= {FROYA}
    assert not set(labels(everything)) & {HITRA, HEIM}
    at_hitra = [one for _, one in read(database, HITRA).classes if one.municipality not in TOWNS]
    assert at_hitra == [one for _, one in everything.classes if one.municipality not in TOWNS], "one and the same"
    assert at_hitra


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_is_in_it_and_reads_it_learns_of_nobody_from_fewer_than_k(database: Database) -> None:
    settle(database, (*TOWNS, ORLAND))
    pool(database)
    release(database)
    assert described(database)
    with database.session(EVERYWHERE) as session:
        ledgers = {number: storing.history(session, number) for number in TOWNS}
    whole = together(ledgers)
    assert tally([whole], K).below_k == 0
    for own in members(database).values():
        for one in whole[0].classes:
            others = {unit for person, unit in one.members.items() if person not in own}
            assert not others or len(others) >= K


def test_a_class_falls_in_every_ledger_when_too_few_are_left(database: Database) -> None:
    settle(database)
    pool(database)
    release(database)
    told: list[str] = []
    shared = [one for _, one in read(database, HEIM).classes if one.municipality not in TOWNS]
    assert shared
    withdraw(database, [person for ids in members(database).values() for person in ids])
    falling.tend(database, FROYA, lambda _session, number, _period, _fallen: told.append(number))
    assert sorted(told) == sorted(TOWNS)
    assert [labels(read(database, number)) for number in TOWNS] == [[], [], []]


def test_leaving_withdraws_at_once_what_was_made_together(database: Database) -> None:
    settle(database)
    pool(database)
    release(database)
    before = {number: labels(read(database, number)) for number in TOWNS}
    assert all(set(found) - {number} for number, found in before.items())
    leave(database, HITRA)
    for number in TOWNS:
        assert labels(read(database, number)) == [one for one in before[number] if one == number]
    with clock.moved(to=later(1)):
        release(database)
        after = read(database, FROYA)
        assert set(labels(after)) <= {FROYA}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_four_quarters_of_a_pool_that_began_alone_single_nobody_out(database: Database) -> None:
    """One releases alone first; then all together, while people come and go."""
    settle(database, (HITRA, ORLAND))
    release(database)
    pool(database)
    for quarter in range(1, 4):
        with clock.moved(to=later(quarter)):
            gone = sorted(person for ids in members(database).values() for person in ids)[quarter::40]
            withdraw(database, gone)
            for number in TOWNS:
                falling.tend(database, number)
            release(database, TOWNS[quarter % len(TOWNS)])
    with database.session(EVERYWHERE) as session:
        ledgers = {number: storing.history(session, number) for number in TOWNS}
    whole = together(ledgers)
    assert len(whole) == 4
    assert tally([whole], K).below_k == 0
    hitra = {person for release_ in ledgers[HITRA] for one in release_.classes for person in one.members}
    assert tally([[without(hitra, one) for one in whole]], K).below_k == 0


# ------------------------------------------------------------------ what an attentive reader found


def until_the_end_of_the_quarter(database: Database) -> None:
    last = begins_on(period_of(clock.today()) + 1) - timedelta(days=1)
    for number in TOWNS:
        with database.session(number) as session:
            others = [one for one in TOWNS if one != number]
            pools.enter(session, admin(number), others=others, fields={**SINCE, "ends_on": last})  # type: ignore[typeddict-item]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_made_together_does_not_outlive_a_pool_that_nobody_read_after_its_end(database: Database) -> None:
    """Kept as classes of one municipality alone it would be another class under the same id: laid together, below k."""
    settle(database)
    until_the_end_of_the_quarter(database)
    release(database)
    with clock.moved(to=later(1)):
        for number in TOWNS:
            release(database, number)
        for number in TOWNS:
            assert set(labels(read(database, number))) <= {number}
        pool(database)
    with clock.moved(to=later(2)):
        release(database)
    with database.session(EVERYWHERE) as session:
        ledgers = {number: storing.history(session, number) for number in TOWNS}
    same = {number: conformed(one, one[-1].hierarchies, number) for number, one in ledgers.items()}
    assert tally([together(same)], K).below_k == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_leaving_and_entering_again_leaves_nothing_standing_anywhere(database: Database) -> None:
    settle(database)
    pool(database)
    release(database)
    leave(database, HITRA)
    read(database, FROYA)
    enter(database, HITRA, FROYA, HEIM)
    assert [set(labels(read(database, number))) <= {number} for number in TOWNS] == [True] * 3


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_says_no_to_a_party_is_not_described_to_it(database: Database) -> None:
    settle(database)
    pool(database)
    with database.session(FROYA) as session:
        for person_id in session.scalars(select(Person.id).where(Person.municipality_no == FROYA)).all():
            consents.record_consent(
                session, actor(), person_id, purpose=ConsentPurpose.SHARE_WITH_NEIGHBOURS, granted=False,
                form=ConsentForm.ORAL, recipient_no=HEIM,
            )  # fmt: skip
    release(database, HITRA)
    assert members(database)[FROYA] == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_human_in_three_registers_counts_once(database: Database) -> None:
    settle(database)
    with database.session(EVERYWHERE) as session:
        session.execute(update(Person).values(name_key="kazlauskiene rasa", born="1984-05-03"))
    pool(database)
    release(database)
    assert described(database) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_draft_in_a_pool_does_not_change_when_somebody_elsewhere_does(database: Database) -> None:
    settle(database)
    pool(database)

    def drafted() -> object:
        with database.session(FROYA) as session:
            made = publishing.draft(session, system_actor(FROYA))
            assert made.alone
            return made.report.told()

    before = drafted()
    with database.session(HITRA) as session:
        ids = session.scalars(select(Person.id).where(Person.municipality_no == HITRA)).all()
    withdraw(database, ids)
    assert drafted() == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_pooled_report_counts_ones_own_and_says_of_the_rest_that_k_was_kept(database: Database) -> None:
    settle(database)
    pool(database)
    release(database)
    for number, own in members(database).items():
        with database.session(number) as session:
            (record,) = publishing.releases(session, system_actor(number))
        said = record.report
        assert said["described"] == len(own)
        assert (said["k_reached"], said["candidates_reached"]) == (K, K)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_neighbour_whose_agreement_with_one_party_ends_is_told_to_delete(database: Database) -> None:
    settle(database)
    pool(database)
    release(database)
    handles = {handle for handle, one in read(database, FROYA).classes if one.municipality != FROYA}
    assert handles
    with database.session(HITRA) as session:
        (one,) = agreements.agreements(session, admin(HITRA))
        agreements.revoke(session, admin(HITRA), one.id, one.version)
    with database.session(FROYA) as session:
        who = actor(Role.NEIGHBOUR, municipality_no=FROYA, recipient_no=ORLAND)
        _, gone = service.withdrawn(session, who, SEALER)
        assert handles <= {one.handle for one in gone}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_pool_of_which_one_released_with_newer_words_is_no_error(database: Database) -> None:
    settle(database)
    with clock.moved(to=later(6)):
        release(database, FROYA)
    with clock.moved(to=later(5)):
        release(database, HEIM)
    pool(database)
    with clock.moved(to=later(8)):
        release(database)


def test_an_ended_pool_makes_room_for_another(database: Database) -> None:
    until_the_end_of_the_quarter(database)
    with clock.moved(to=later(1)):
        with database.session(FROYA) as session:
            (ended,) = pools.poolings(session, admin(FROYA))
            assert (ended.over, ended.missing, ended.stands) == (True, [], False)
        pool(database)
        assert pool_of(database, FROYA) == tuple(sorted(TOWNS))


def test_leaving_is_told_in_every_trail(database: Database) -> None:
    settle(database)
    pool(database)
    release(database)
    leave(database, HITRA)
    with database.session(EVERYWHERE) as session:
        told = select(AuditEvent).where(col(AuditEvent.action).in_(["revoke", "release_classes"]))
        rows = session.exec(told).all()
    assert {one.municipality_no for one in rows if one.action == "revoke"} == set(TOWNS)
    released = {one.municipality_no: one.fields for one in rows if one.action == "release_classes"}
    assert released[HITRA][1:] == [FROYA], "it says who made it"
