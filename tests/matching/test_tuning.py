from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from kompetanse.actor import Actor, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import Evidence
from kompetanse.database import Database
from kompetanse.errors import Forbidden, Invalid, Stale
from kompetanse.matching import service, tuning
from kompetanse.matching.explanation import Match
from kompetanse.matching.tables import MatchingWeights
from kompetanse.matching.weights import DEFAULT, VERSION, bounds, standing
from tests.factories import FROYA, HITRA, actor
from tests.matching.registry import accountant, opening


@pytest.fixture
def who() -> Actor:
    return actor(Role.ADMINISTRATOR)


def test_where_nobody_tuned_nothing_is_set(session: Session, who: Actor) -> None:
    assert tuning.current(session, who) == {}
    assert tuning.latest(session, who) is None


def test_the_newest_tuning_stands_and_the_earlier_ones_are_kept(session: Session, who: Actor) -> None:
    tuning.save(session, who, 0, {"essential_skill": 12, "language": 5}, " Språk teller mindre i fisken ")
    tuning.save(session, who, 1, {"essential_skill": 13})
    session.expire_all()
    assert tuning.current(session, actor()) == {"essential_skill": 13.0}
    kept = [(one.version, one.weights, one.note) for one in tuning.history(session, who)]
    assert kept == [
        (2, {"essential_skill": 13.0}, None),
        (1, {"essential_skill": 12.0, "language": 5.0}, "Språk teller mindre i fisken"),
    ]


@pytest.mark.parametrize("version", [0, 2])
def test_whoever_saves_second_is_told(session: Session, who: Actor, version: int) -> None:
    tuning.save(session, who, 0, {"language": 12})
    with pytest.raises(Stale):
        tuning.save(session, who, version, {"language": 13})
    assert tuning.current(session, who) == {"language": 12.0}


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"language": -0.1}, "/values/language"),
        ({"language": 4.9}, "/values/language"),
        ({"language": 20.1}, "/values/language"),
        ({"language": float("nan")}, "/values/language"),
        ({"language": float("inf")}, "/values/language"),
        ({"": 1}, "/values"),
        ({"alt mulig": 1}, "/values"),
        ({"version": 1}, "/values"),
    ],
)
def test_what_is_no_weight_is_refused(session: Session, who: Actor, values: dict[str, float], pointer: str) -> None:
    with pytest.raises(Invalid) as caught:
        tuning.save(session, who, 0, values)
    assert [fault.pointer for fault in caught.value.faults] == [pointer]
    assert caught.value.faults[0].hint
    assert tuning.latest(session, who) is None


def test_a_note_that_is_too_long_is_refused(session: Session, who: Actor) -> None:
    with pytest.raises(Invalid) as caught:
        tuning.save(session, who, 0, {"language": 9}, "x" * 501)
    assert [fault.pointer for fault in caught.value.faults] == ["/note"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.fixed_dictionaries({}, optional={name: st.floats(one.least, one.most) for name, one in bounds().items()}))
def test_what_is_saved_is_read_back_to_the_last_bit(session: Session, values: dict[str, float]) -> None:
    who = actor()
    standing = tuning.latest(session, who)
    tuning.save(session, who, standing.version if standing else 0, values)
    session.expire_all()
    assert tuning.current(session, who) == values


def test_each_municipality_has_its_own(database: Database, who: Actor) -> None:
    with database.session(FROYA) as session:
        tuning.save(session, who, 0, {"language": 12})
    with database.session(HITRA) as session:
        assert tuning.current(session, actor(municipality_no=HITRA)) == {}
        assert tuning.save(session, actor(municipality_no=HITRA), 0, {"language": 9}).version == 1


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.DPO, Role.NEIGHBOUR, Role.JOB_SERVICE])
def test_whoever_neither_matches_nor_administers_tunes_and_reads_nothing(session: Session, role: Role) -> None:
    for attempt in (
        lambda: tuning.save(session, actor(role), 0, {"language": 9}),
        lambda: tuning.current(session, actor(role)),
        lambda: tuning.history(session, actor(role)),
        lambda: tuning.effect(session, actor(role), {"language": 9}),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_the_trail_names_the_weights_that_changed(database: Database, who: Actor) -> None:
    with database.session(FROYA) as session:
        tuning.save(session, who, 0, {"essential_skill": 12, "language": 9, "wish": 5})
        tuning.save(session, who, 1, {"essential_skill": 13, "language": 9})
    with database.session(FROYA, write=False) as session:
        events = list(session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq))))
    told: list[Any] = [(one.action, one.record_type, one.fields) for one in events]
    assert told == [
        ("change", "matching_weights", ["essential_skill", "language", "wish"]),
        ("change", "matching_weights", ["essential_skill", "wish"]),
    ]


def test_a_version_is_given_once(session: Session, who: Actor) -> None:
    tuning.save(session, who, 0, {"language": 12})
    again = MatchingWeights(municipality_no=FROYA, version=1, weights={}, changed_by=who.id)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(again)


def test_values_that_a_newer_version_bounds_otherwise_do_not_stop_matching(session: Session, who: Actor) -> None:
    old = MatchingWeights(
        municipality_no=FROYA, version=1, weights={"language": 500.0, "gone": 1.0, "wish": 5.0}, changed_by=who.id
    )
    session.add(old)
    session.flush()
    weights = service.standing_weights(session, actor())
    assert (weights.language, weights.wish) == (bounds()["language"].most, 5.0)
    assert weights.version.startswith(f"{VERSION}+")
    assert standing({"gone": 1.0}) is DEFAULT


def rivals(session: Session) -> tuple[UUID, UUID, UUID]:
    """Somebody who speaks better, somebody who is documented better, and the vacancy for which they rival."""
    speaker, skilled = accountant(session, Cefr.C1), accountant(session, Cefr.B1, evidence=Evidence.ASSESSED)
    return speaker.id, skilled.id, opening(session).vacancy.id


def test_the_effect_says_who_comes_in_and_who_falls_out_and_saves_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "FIRST", 1)
    speaker, skilled, record = rivals(session)
    before = service.candidates_for(session, actor(), record).ranking
    first, second = (one.person_id for one in before.matches)
    assert {first, second} == {speaker, skilled}
    proposed = {"language": 5, "essential_skill": 20} if first == speaker else {"language": 20, "essential_skill": 5}
    found = tuning.effect(session, actor(), proposed)
    (ranking,) = found.rankings
    assert (ranking.vacancy.id, ranking.places, ranking.stays, ranking.largest_move) == (record, 1, 0, 1)
    assert ([one.id for one in ranking.comes_in], [one.id for one in ranking.falls_out]) == ([second], [first])
    assert (found.vacancies, found.compared, found.places, found.changed) == (1, 1, 1, 1)
    assert found.changed_share == 1.0
    assert tuning.latest(session, actor()) is None
    tuning.save(session, actor(), 0, proposed)
    after = service.candidates_for(session, actor(), record).ranking
    assert [one.person_id for one in after.matches] == [second, first]
    moved = [abs(one.score - score_of(before.matches, one.person_id)) for one in after.matches]
    assert found.mean_difference == pytest.approx(sum(moved) / 2)


def score_of(matches: Sequence[Match], person_id: UUID) -> float:
    return next(one.score for one in matches if one.person_id == person_id)


def test_the_weights_that_stand_change_nothing(session: Session) -> None:
    rivals(session)
    tuning.save(session, actor(), 0, {"language": 12})
    found = tuning.effect(session, actor(), {"language": 12})
    assert (found.changed, found.mean_difference, found.rankings) == (0, 0.0, ())
    assert found.places == 2


def test_an_administrator_is_told_how_much_and_of_nobody(
    session: Session, who: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "FIRST", 1)
    rivals(session)
    proposals = ({"language": 5, "essential_skill": 20}, {"language": 20, "essential_skill": 5})
    told = [(tuning.effect(session, actor(), one), tuning.effect(session, who, one)) for one in proposals]
    assert {seen.changed for seen, _ in told} == {0, 1}
    for seen, counted in told:
        assert counted.rankings == ()
        assert replace(seen, rankings=()) == counted


def test_of_very_many_vacancies_those_with_most_candidates_are_compared(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "MOST_COMPARED", 2)
    monkeypatch.setattr(tuning, "COMPARED_OF_MANY", 1)
    monkeypatch.setattr(tuning, "_BLOCK", 2)
    for level in (Cefr.C1, Cefr.B1, Cefr.A2):
        accountant(session, level)
    for level in (Cefr.B2, Cefr.A2, Cefr.C1):
        opening(session, level)
    found = tuning.effect(session, actor(), {"language": 5})
    assert (found.vacancies, found.compared, found.places) == (3, 1, 3)


def test_an_empty_registry_has_no_effect(session: Session, who: Actor) -> None:
    found = tuning.effect(session, who, {"language": 5})
    assert (found.vacancies, found.places, found.changed_share, found.mean_difference) == (0, 0, 0.0, 0.0)
    opening(session)
    assert tuning.effect(session, who, {"language": 5}).vacancies == 1


def test_what_would_be_refused_is_not_tried(session: Session, who: Actor) -> None:
    with pytest.raises(Invalid):
        tuning.effect(session, who, {"language": 500})


def test_whoever_is_shown_as_moving_is_recorded(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning, "FIRST", 1)
    with database.session(FROYA) as session:
        speaker, skilled, _ = rivals(session)
    proposals = ({"language": 5, "essential_skill": 20}, {"language": 20, "essential_skill": 5})
    with database.session(FROYA, write=False) as session:
        for one in proposals:
            tuning.effect(session, actor(), one)
    with database.session(FROYA, write=False) as session:
        found = session.scalars(
            select(AuditEvent).where(col(AuditEvent.action) == "match").order_by(col(AuditEvent.seq))
        )
        told = [(one.record_type, set(one.record_ids), one.fields) for one in found]
    names = ["essential_skill", "language"]
    assert ("person", {str(speaker), str(skilled)}, names) in told
    assert ("matching_weights", set(), names) in told
