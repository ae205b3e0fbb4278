"""The whole picture: everybody who seeks, nobody twice, no position more often than it is there."""

from collections import Counter
from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.cefr import Cefr
from kompetanse.competence import service as competence
from kompetanse.database import Database
from kompetanse.errors import Forbidden
from kompetanse.matching import planning, service
from kompetanse.matching.explanation import Verdict
from kompetanse.matching.placing import TOGETHER_BONUS
from kompetanse.matching.planning import WholePicture
from kompetanse.people import service as people
from kompetanse.people.tables import Person
from tests.factories import FROYA, HITRA, actor
from tests.matching.registry import accountant, household, opening

SISTRANDA, HAMARVIK, SULA = "7260", "7263", "7280"


def plan(session: Session, **asked: float) -> WholePicture:
    return planning.whole_picture(session, actor(), **asked)  # type: ignore[arg-type]


def placed(picture: WholePicture) -> dict[UUID, UUID]:
    return {one.person.id: one.vacancy.id for one in picture.pairs}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.sampled_from([Cefr.A1, Cefr.B1, Cefr.B2, Cefr.C1]), max_size=6),
    st.lists(st.tuples(st.sampled_from([Cefr.A2, Cefr.B1, Cefr.C1]), st.integers(1, 2)), max_size=3),
    st.booleans(),
)
def test_nobody_is_placed_twice_or_through_a_gate_and_no_position_is_given_twice(
    session: Session, levels: list[Cefr], demands: list[tuple[Cefr, int]], in_pairs: bool
) -> None:
    undo = session.begin_nested()
    crowd = [accountant(session, level) for level in levels]
    if in_pairs:
        for one, other in zip(crowd[::2], crowd[1::2], strict=False):
            household(session, one, other)
    positions = {opening(session, level, positions=count).vacancy.id: count for level, count in demands}
    found = plan(session)
    taken = Counter(one.vacancy.id for one in found.pairs)
    assert len(placed(found)) == len(found.pairs)
    assert all(count <= positions[vacancy] for vacancy, count in taken.items())
    for pair in found.pairs:
        match = found.explain(pair)
        assert match.verdict is not Verdict.FAILS
        assert match.score == pytest.approx(pair.fit, abs=1e-6)
    together = TOGETHER_BONUS * found.together
    assert found.plan.value == pytest.approx(sum(one.fit for one in found.pairs) + together)
    assert found.plan.optimal
    assert found.plan.bound >= found.plan.value
    assert (found.seeking, found.positions) == (len(crowd), sum(positions.values()))
    undo.rollback()


def test_one_gives_way_so_that_all_together_fit_best(session: Session) -> None:
    able, beginner = accountant(session, Cefr.C1), accountant(session, Cefr.A2)
    easy, demanding = opening(session, Cefr.A2).vacancy.id, opening(session, Cefr.C1).vacancy.id
    assert placed(plan(session)) == {beginner.id: easy, able.id: demanding}


def test_a_couple_is_placed_near_each_other(session: Session) -> None:
    couple = accountant(session, Cefr.C1), accountant(session, Cefr.C1)
    home = household(session, *couple)
    near = {opening(session, postal_code=code).vacancy.id for code in (SISTRANDA, HAMARVIK)}
    opening(session, postal_code=SULA)
    found = plan(session)
    assert set(placed(found).values()) == near
    assert (found.households, found.together) == (1, 1)
    assert {one.household_id for one in found.pairs} == {home}
    assert plan(session, within=5).together == 0
    assert found.plan.value - plan(session, bonus=0.0).plan.value == pytest.approx(TOGETHER_BONUS)


def archive(session: Session, who: Person) -> None:
    people.archive(session, actor(), who.id, who.version)


def protect(session: Session, who: Person) -> None:
    people.change(session, actor(), who.id, who.version, {"protected_address": True})


@pytest.mark.parametrize("leave", [archive, protect])
def test_whoever_is_protected_or_archived_is_never_in_it(
    session: Session, leave: Callable[[Session, Person], None]
) -> None:
    leaving, staying = accountant(session), accountant(session)
    opening(session, positions=2)
    assert placed(plan(session)).keys() == {leaving.id, staying.id}
    leave(session, leaving)
    found = plan(session)
    assert list(placed(found)) == [staying.id]
    assert found.seeking == 1


def test_whoever_works_and_wishes_nothing_else_does_not_seek(session: Session) -> None:
    content = accountant(session)
    competence.add_experience(session, actor(), content.id, 3, {"title": "regnskapsfører", "ongoing": True})
    opening(session)
    assert plan(session).seeking == 0
    competence.add_wished_occupation(session, actor(), content.id, 4, {"title": "regnskapsfører"})
    assert placed(plan(session)).keys() == {content.id}


def test_an_empty_registry_has_an_empty_plan(session: Session) -> None:
    found = plan(session)
    assert (found.pairs, found.seeking, found.positions, found.plan.value) == ([], 0, 0, 0.0)
    assert found.plan.optimal
    accountant(session)
    assert plan(session).pairs == []


def test_only_coordinators_plan_and_only_for_their_own(database: Database) -> None:
    with database.session(FROYA) as session:
        accountant(session)
        opening(session)
        with pytest.raises(Forbidden):
            planning.whole_picture(session, actor(Role.LEADER))
    with database.session(HITRA) as session:
        assert planning.whole_picture(session, actor(municipality_no=HITRA)).seeking == 0


def test_whoever_is_placed_is_recorded(database: Database) -> None:
    with database.session(FROYA) as session:
        newcomer, record = accountant(session).id, opening(session).vacancy.id
        assert service.candidates_for(session, actor(), record).ranking.matches
    with database.session(FROYA, write=False) as session:
        plan(session)
    with database.session(FROYA, write=False) as session:
        last = session.exec(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
        assert last is not None
        assert (last.action, last.fields, last.record_ids) == ("match", ["plan"], [str(newcomer)])
