from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from kompetanse.actor import Actor, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.database import Database
from kompetanse.errors import Forbidden, Invalid, Stale
from kompetanse.matching import tuning
from kompetanse.matching.tables import MatchingWeights
from tests.factories import FROYA, HITRA, actor


@pytest.fixture
def who() -> Actor:
    return actor(Role.ADMINISTRATOR)


def test_where_nobody_tuned_nothing_is_set(session: Session, who: Actor) -> None:
    assert tuning.current(session, who) == {}
    assert tuning.latest(session, who) is None


def test_the_newest_tuning_stands_and_the_earlier_ones_are_kept(session: Session, who: Actor) -> None:
    tuning.save(session, who, 0, {"skills": 2, "language": 0.5}, " Språk teller mindre i fisken ")
    tuning.save(session, who, 1, {"skills": 3})
    session.expire_all()
    assert tuning.current(session, actor()) == {"skills": 3.0}
    kept = [(one.version, one.weights, one.note) for one in tuning.history(session, who)]
    assert kept == [
        (2, {"skills": 3.0}, None),
        (1, {"skills": 2.0, "language": 0.5}, "Språk teller mindre i fisken"),
    ]


@pytest.mark.parametrize("version", [0, 2])
def test_whoever_saves_second_is_told(session: Session, who: Actor, version: int) -> None:
    tuning.save(session, who, 0, {"skills": 2})
    with pytest.raises(Stale):
        tuning.save(session, who, version, {"skills": 3})
    assert tuning.current(session, who) == {"skills": 2.0}


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"skills": -0.1}, "/values/skills"),
        ({"skills": float("nan")}, "/values/skills"),
        ({"skills": float("inf")}, "/values/skills"),
        ({"": 1}, "/values"),
        ({"alt mulig": 1}, "/values"),
        ({"x" * 61: 1}, "/values"),
        ({f"w{number}": 1 for number in range(101)}, "/values"),
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
        tuning.save(session, who, 0, {"skills": 1}, "x" * 501)
    assert [fault.pointer for fault in caught.value.faults] == ["/note"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-z_]{1,20}", fullmatch=True).filter(str.isidentifier), st.floats(0, 1e6)))
def test_what_is_saved_is_read_back_to_the_last_bit(session: Session, values: dict[str, float]) -> None:
    who = actor()
    standing = tuning.latest(session, who)
    tuning.save(session, who, standing.version if standing else 0, values)
    session.expire_all()
    assert tuning.current(session, who) == values


def test_each_municipality_has_its_own(database: Database, who: Actor) -> None:
    with database.session(FROYA) as session:
        tuning.save(session, who, 0, {"skills": 2})
    with database.session(HITRA) as session:
        assert tuning.current(session, actor(municipality_no=HITRA)) == {}
        assert tuning.save(session, actor(municipality_no=HITRA), 0, {"skills": 1}).version == 1


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.DPO, Role.NEIGHBOUR, Role.JOB_SERVICE])
def test_whoever_neither_matches_nor_administers_tunes_and_reads_nothing(session: Session, role: Role) -> None:
    for attempt in (
        lambda: tuning.save(session, actor(role), 0, {"skills": 1}),
        lambda: tuning.current(session, actor(role)),
        lambda: tuning.history(session, actor(role)),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_the_trail_names_the_weights_that_changed(database: Database, who: Actor) -> None:
    with database.session(FROYA) as session:
        tuning.save(session, who, 0, {"skills": 2, "language": 1, "wishes": 1})
        tuning.save(session, who, 1, {"skills": 3, "language": 1})
    with database.session(FROYA, write=False) as session:
        events = list(session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq))))
    told: list[Any] = [(one.action, one.record_type, one.fields) for one in events]
    assert told == [
        ("change", "matching_weights", ["language", "skills", "wishes"]),
        ("change", "matching_weights", ["skills", "wishes"]),
    ]


def test_a_version_is_given_once(session: Session, who: Actor) -> None:
    tuning.save(session, who, 0, {"skills": 2})
    again = MatchingWeights(municipality_no=FROYA, version=1, weights={}, changed_by=who.id)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(again)
