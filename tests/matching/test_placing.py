"""Households: their adults placed together, near each other, with places for the children."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.cefr import Cefr
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, NotFound
from kompetanse.matching import loading, placing
from kompetanse.matching.explanation import Outcome, Verdict
from kompetanse.matching.households import Children
from kompetanse.matching.placing import Elsewhere, HouseholdPlacements, Together
from kompetanse.people import service as people
from kompetanse.people.tables import Person
from tests.factories import FROYA, HITRA, actor, person
from tests.matching.registry import accountant, household, opening

SISTRANDA, HAMARVIK, SULA = "7260", "7263", "7280"
"""Ten minutes lie between the first two, more than an hour to the third."""


def best(session: Session, household_id: UUID, **asked: object) -> HouseholdPlacements:
    return placing.placements_for(session, actor(), household_id, **asked)  # type: ignore[arg-type]


def places(way: Together) -> list[UUID | None]:
    return [None if one is None else one.vacancy_id for one in way.placed]


def child(session: Session, years: int) -> Person:
    return person(session, born=f"{clock.today().year - years}-01-01")


@pytest.fixture
def couple(session: Session) -> tuple[Person, Person]:
    return accountant(session, Cefr.C1), accountant(session, Cefr.C1)


def test_two_are_placed_near_each_other_and_each_place_is_explained(
    session: Session, couple: tuple[Person, Person]
) -> None:
    home = household(session, *couple)
    near = {opening(session, postal_code=code).vacancy.id for code in (SISTRANDA, HAMARVIK)}
    opening(session, postal_code=SULA)
    found = best(session, home)
    first = found.ways[0]
    assert [one.id for one in found.adults] == [one.id for one in couple]
    assert set(places(first)) == near
    assert (first.minutes_apart, first.bonus) == (10, placing.TOGETHER_BONUS)
    for one in filter(None, first.placed):
        assert sum(reason.contribution for reason in one.match.reasons) == pytest.approx(one.match.score)
        assert (one.match.person_id, one.municipality_no, one.title) == (one.person_id, FROYA, "Regnskapsfører")
    assert first.score == pytest.approx(sum(one.match.score for one in first.placed if one))
    totals = [way.score + way.bonus for way in found.ways]
    assert totals == sorted(totals, reverse=True)


def test_far_apart_earns_nothing_unless_it_is_near_enough_for_them(
    session: Session, couple: tuple[Person, Person]
) -> None:
    home = household(session, *couple)
    for code in (SISTRANDA, SULA):
        opening(session, postal_code=code)
    apart = best(session, home).ways[0]
    assert apart.minutes_apart is not None
    assert (apart.bonus, apart.minutes_apart > placing.WITHIN) == (0.0, True)
    assert best(session, home, within=apart.minutes_apart).ways[0].bonus == placing.TOGETHER_BONUS


@pytest.mark.parametrize(("positions", "placed"), [(1, 1), (2, 2)])
def test_a_vacancy_is_given_as_often_as_it_has_positions(
    session: Session, couple: tuple[Person, Person], positions: int, placed: int
) -> None:
    opening(session, positions=positions)
    ways = best(session, household(session, *couple)).ways
    assert max(sum(one is not None for one in way.placed) for way in ways) == placed


@pytest.mark.parametrize(
    ("stated", "outcome", "bonus"),
    [
        (0, Outcome.MISSING, 0.0),
        (1, Outcome.MET, placing.TOGETHER_BONUS),
        (None, Outcome.UNKNOWN, placing.TOGETHER_BONUS),
    ],
)
def test_a_place_for_the_child_that_is_stated_to_be_missing_takes_the_bonus_and_unknown_does_not(
    session: Session, couple: tuple[Person, Person], stated: int | None, outcome: Outcome, bonus: float
) -> None:
    home = household(session, *couple, children=(child(session, 3), child(session, 9)))
    opening(session, positions=2, kindergarten_places=stated, school_places=5)
    found = best(session, home)
    assert found.children == Children(under_school_age=1, school_age=1)
    assert (found.ways[0].kindergarten, found.ways[0].school, found.ways[0].bonus) == (outcome, Outcome.MET, bonus)


def told_elsewhere(database: Database) -> Elsewhere:
    """A vacancy on Hitra, as it is told to Frøya."""
    with database.session(HITRA) as session:
        record = opening(session, who=actor(municipality_no=HITRA))
        return Elsewhere(HITRA, replace(loading.vacancy(record), outside=True), "På Hitra", None)


def test_a_neighbours_vacancy_is_a_place_too_but_never_for_somebody_protected(database: Database) -> None:
    offered = told_elsewhere(database)
    with database.session(FROYA) as session:
        free, protected = accountant(session), accountant(session, protected_address=True)
        home = household(session, free, protected)
        alone = best(session, home, elsewhere=[replace(offered, features=replace(offered.features, positions=2))])
        assert [places(way) for way in alone.ways] == [[offered.features.vacancy_id, None]]
        placed = alone.ways[0].placed[0]
        assert placed is not None
        assert (placed.municipality_no, placed.title) == (HITRA, "På Hitra")
        own = opening(session).vacancy.id
        both = best(session, home, elsewhere=[offered]).ways
        assert places(both[0]) == [offered.features.vacancy_id, own]
        assert all(way.placed[1] is None or way.placed[1].vacancy_id == own for way in both)


def test_only_what_the_gates_say_is_weighed(session: Session) -> None:
    sure, asked = accountant(session), person(session, may_work=True)
    home = household(session, sure, asked)
    opening(session, positions=2)
    assert {places(way)[1] is None for way in best(session, home, verdict=Verdict.PASSES).ways} == {True}
    assert {places(way)[0] is None for way in best(session, home, verdict=Verdict.UNKNOWN).ways} == {True}
    assert best(session, home, verdict=Verdict.FAILS).ways == []


def test_whoever_is_archived_or_a_child_is_not_placed(session: Session, couple: tuple[Person, Person]) -> None:
    grown, gone = couple
    home = household(session, *couple, children=(accountant(session),))
    people.archive(session, actor(), gone.id, gone.version)
    opening(session, positions=5)
    found = best(session, home)
    assert [one.id for one in found.adults] == [grown.id]
    people.archive(session, actor(), grown.id, grown.version)
    with pytest.raises(Conflict):
        best(session, home)


def test_nothing_open_is_no_way(session: Session, couple: tuple[Person, Person]) -> None:
    assert best(session, household(session, *couple)).ways == []


def test_only_coordinators_place_and_only_their_own(session: Session, couple: tuple[Person, Person]) -> None:
    home = household(session, *couple)
    with pytest.raises(Forbidden):
        placing.placements_for(session, actor(Role.ADMINISTRATOR), home)
    with pytest.raises(NotFound):
        placing.placements_for(session, actor(municipality_no=HITRA), home)


def test_placing_is_recorded_for_each_adult(database: Database) -> None:
    with database.session(FROYA) as session:
        adults = [accountant(session) for _ in range(2)]
        home = household(session, *adults)
    with database.session(FROYA, write=False) as session:
        best(session, home)
    with database.session(FROYA, write=False) as session:
        last = session.exec(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
        assert last is not None
        assert (last.action, last.fields) == ("match", ["household"])
        assert {str(one.id) for one in adults} <= set(last.record_ids)
