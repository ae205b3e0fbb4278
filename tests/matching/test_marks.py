"""Pinned, set aside and annotated: facts about one person and one vacancy, and about nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from kompetanse import clock
from kompetanse.actor import Actor, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.work import PairMark, SetAsideReason
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from kompetanse.matching import marks, queries
from kompetanse.matching.tables import CandidateMark, MatchResult
from kompetanse.people import service as people
from kompetanse.people.merging import merge
from kompetanse.people.tables import Person, PersonMerge
from kompetanse.sealing import Sealer
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.tables import Vacancy
from tests.factories import FROYA, HITRA, actor, person, vacancy

ASIDE: dict[str, Any] = {"mark": PairMark.SET_ASIDE, "reason": SetAsideReason.PRACTICAL}
SECRET = "Sa at hun venter barn"
sealer = Sealer(b"a secret of tests, long enough for all")


@pytest.fixture
def who() -> Actor:
    return actor()


@pytest.fixture
def rasa(session: Session) -> Person:
    return person(session)


@pytest.fixture
def job(session: Session) -> Vacancy:
    return vacancy(session).vacancy


def marked(session: Session, who: Actor, job: Vacancy, whom: Person, version: int | None = None, **said: Any) -> int:
    return marks.mark(session, who, job.id, whom.id, version, **(said or {"mark": PairMark.PINNED})).version


def result(job: Vacancy, whom: Person, rank: int = 1, **more: Any) -> MatchResult:
    versions = {"profile_version": 1, "person_version": 1, "vacancy_version": 1}
    stated = {"score": 0.5, "verdict": "passes", "weights_version": "1", "engine_version": "2", **versions, **more}
    return MatchResult(municipality_no=FROYA, vacancy_id=job.id, person_id=whom.id, rank=rank, **stated)


def test_a_mark_stands_until_another_is_said(session: Session, who: Actor, job: Vacancy, rasa: Person) -> None:
    assert marked(session, who, job, rasa, note="  Ring mandag ") == 1
    stood = marks.marks_of(session, who, job.id)[rasa.id]
    assert (stood.mark, stood.reason, stood.note, stood.marked_by) == (None, None, "Ring mandag", who.id)
    other = actor()
    assert marked(session, other, job, rasa, 1, **ASIDE) == 2
    session.expire_all()
    stands = marks.marks_for_person(session, who, rasa.id)[job.id]
    assert (stands.mark, stands.reason, stands.note) == (PairMark.SET_ASIDE, SetAsideReason.PRACTICAL, None)
    assert stands.marked_by == other.id


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"mark": PairMark.SET_ASIDE}, "/reason"),
        ({"mark": PairMark.PINNED, "reason": SetAsideReason.OTHER}, "/reason"),
        ({"note": "x", "reason": SetAsideReason.OTHER}, "/reason"),
        ({"note": "   "}, "/mark"),
        ({"note": "x" * 2001}, "/note"),
    ],
)
def test_what_says_nothing_or_no_reason_is_refused(
    session: Session, who: Actor, job: Vacancy, rasa: Person, said: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(Invalid) as caught:
        marked(session, who, job, rasa, **said)
    assert [fault.pointer for fault in caught.value.faults] == [pointer]
    assert caught.value.faults[0].hint


@pytest.mark.parametrize("said", [{"mark": PairMark.SET_ASIDE}, {"reason": SetAsideReason.OTHER, "note": "x"}, {}])
def test_the_database_too_wants_a_reason_with_setting_aside_and_something_said(
    session: Session, job: Vacancy, rasa: Person, said: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(
            CandidateMark(municipality_no=FROYA, vacancy_id=job.id, person_id=rasa.id, marked_by=actor().id, **said)
        )


def test_the_second_of_two_is_told_that_it_is_stale(session: Session, who: Actor, job: Vacancy, rasa: Person) -> None:
    marked(session, who, job, rasa)
    for late in (None, 2):
        with pytest.raises(Stale):
            marked(session, who, job, rasa, late, **ASIDE)
    with pytest.raises(Stale):
        marks.clear(session, who, job.id, rasa.id, 2)
    assert marks.marks_of(session, who, job.id)[rasa.id].mark is PairMark.PINNED


def test_what_is_cleared_is_gone_and_a_new_mark_begins_anew(
    session: Session, who: Actor, job: Vacancy, rasa: Person
) -> None:
    marked(session, who, job, rasa)
    marks.clear(session, who, job.id, rasa.id, 1)
    assert (marks.marks_of(session, who, job.id), marks.marks_for_person(session, who, rasa.id)) == ({}, {})
    for change in (
        lambda: marks.clear(session, who, job.id, rasa.id, 1),
        lambda: marked(session, who, job, rasa, 1),
    ):
        with pytest.raises(NotFound):
            change()
    assert marked(session, who, job, rasa) == 1


def test_a_mark_is_of_one_pair_and_touches_neither_person_nor_vacancy(
    session: Session, who: Actor, job: Vacancy, rasa: Person
) -> None:
    elsewhere, before = vacancy(session).vacancy, (rasa.model_dump(), job.model_dump())
    marked(session, who, job, rasa, note=SECRET, **ASIDE)
    session.expire_all()
    assert marks.marks_of(session, who, elsewhere.id) == {}
    again = session.get_one(Person, (FROYA, rasa.id)), session.get_one(Vacancy, (FROYA, job.id))
    assert tuple(one.model_dump() for one in again) == before
    assert list(marks.marks_for_person(session, who, rasa.id)) == [job.id]


@pytest.mark.parametrize("hidden", [{"protected_address": True}, {"archived_at": clock.now()}])
def test_who_left_circulation_is_marked_for_nothing_and_shown_in_no_list(
    session: Session, who: Actor, job: Vacancy, rasa: Person, hidden: dict[str, Any]
) -> None:
    marked(session, who, job, rasa)
    for name, value in hidden.items():
        setattr(rasa, name, value)
    session.flush()
    assert marks.marks_of(session, who, job.id) == {}
    with pytest.raises(Conflict):
        marked(session, who, job, rasa, 1, **ASIDE)
    assert list(marks.marks_for_person(session, who, rasa.id)) == [job.id]
    marks.clear(session, who, job.id, rasa.id, 1)


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.DPO, Role.ADMINISTRATOR, Role.NEIGHBOUR])
def test_nobody_but_the_coordinator_marks_or_reads_marks(
    session: Session, job: Vacancy, rasa: Person, role: Role
) -> None:
    other = actor(role)
    refused: tuple[Callable[[], object], ...] = (
        lambda: marked(session, other, job, rasa),
        lambda: marks.marks_of(session, other, job.id),
        lambda: marks.marks_for_person(session, other, rasa.id),
        lambda: marks.clear(session, other, job.id, rasa.id, 1),
    )
    for attempt in refused:
        with pytest.raises(Forbidden):
            attempt()


def test_another_municipality_s_pairs_are_not_there(database: Database, who: Actor) -> None:
    with database.session(FROYA) as session:
        rasa, job = person(session), vacancy(session).vacancy
        marked(session, who, job, rasa)
    with database.session(HITRA) as session:
        other = actor(municipality_no=HITRA)
        own = vacancy(session, other).vacancy
        for vacancy_id in (job.id, own.id):
            with pytest.raises(NotFound):
                marks.mark(session, other, vacancy_id, rasa.id, None, mark=PairMark.PINNED)
        with pytest.raises(NotFound):
            marks.marks_for_person(session, other, rasa.id)


def test_the_trail_says_what_was_done_to_whom_and_neither_why_nor_what_was_written(
    database: Database, who: Actor
) -> None:
    with database.session(FROYA) as session:
        rasa, job = person(session), vacancy(session).vacancy
        marked(session, who, job, rasa)
        marked(session, who, job, rasa, 1, note=SECRET, **ASIDE)
        marks.marks_of(session, who, job.id)
        marks.clear(session, who, job.id, rasa.id, 2)
    with database.session(FROYA, write=False) as session:
        found = select(AuditEvent).where(col(AuditEvent.record_type) == "candidate_mark").order_by(col(AuditEvent.seq))
        events = list(session.scalars(found))
    assert [(one.action, one.fields) for one in events] == [
        ("pin", ["mark"]),
        ("set_aside", ["mark", "reason", "note"]),
        ("list", []),
        ("remove", ["mark", "reason", "note"]),
    ]
    assert all(str(rasa.id) in one.record_ids and str(job.id) in one.record_ids for one in events)
    assert {one.purpose for one in events} == {"match"}


def test_marks_follow_a_merged_person_and_results_are_made_anew(session: Session, who: Actor, job: Vacancy) -> None:
    kept, absorbed, other = person(session), person(session), vacancy(session).vacancy
    marked(session, who, job, kept)
    marked(session, who, job, absorbed, **ASIDE)
    marked(session, who, other, absorbed, note="Vil gjerne")
    session.add_all([result(job, kept), result(other, absorbed)])
    session.flush()
    merge(session, who, keep_id=kept.id, absorb_id=absorbed.id, version=1, sealer=sealer)
    stands = marks.marks_for_person(session, who, kept.id)
    assert {one.mark for one in stands.values()} == {PairMark.PINNED, None}
    assert stands[other.id].note == "Vil gjerne"
    rows = session.scalars(select(PersonMerge)).one().snapshot["rows"]
    assert {one["mark"] for one in rows["candidate_mark"]} == {"set_aside", None}  # type: ignore[index]
    assert session.scalars(select(MatchResult)).all() == []
    assert "match_result" not in str(rows)


def test_marks_and_results_go_with_their_person_and_their_vacancy(session: Session, who: Actor) -> None:
    for gone in ("person", "vacancy"):
        rasa, job = person(session), vacancy(session).vacancy
        marked(session, who, job, rasa)
        session.add(result(job, rasa))
        session.flush()
        for_good = {"person": rasa.id, "vacancy": job.id}[gone]
        kept = session.scalars(select(CandidateMark)).all()
        assert len(kept) == 1
        value = for_good.hex if session.get_bind().dialect.name == "sqlite" else for_good
        session.connection().execute(text(f"DELETE FROM {gone} WHERE id = :id"), {"id": value})
        session.expire_all()
        assert session.scalars(select(CandidateMark)).all() == []
        assert session.scalars(select(MatchResult)).all() == []


def test_stored_results_show_circulating_people_and_open_vacancies_best_first(
    session: Session, who: Actor, job: Vacancy
) -> None:
    first, second, hidden = person(session), person(session), person(session, protected_address=True)
    ended = vacancy(session).vacancy
    rows = [
        result(job, second, rank=2, score=0.4),
        result(job, first, rank=1, score=0.9),
        result(job, hidden, rank=3),
        result(ended, first, score=0.95),
    ]
    session.add_all(rows)
    session.flush()
    assert [one.person_id for one in session.exec(queries.results_of(who, job.id))] == [first.id, second.id]
    assert [one.vacancy_id for one in session.exec(queries.results_for(who, first.id))] == [ended.id, job.id]
    vacancies.close(session, who, ended.id, 1)
    assert [one.vacancy_id for one in session.exec(queries.results_for(who, first.id))] == [job.id]
    assert [one.vacancy_id for one in session.exec(queries.results_for(who, hidden.id))] == [job.id]
    assert session.exec(queries.results_of(actor(Role.ADMINISTRATOR), job.id)).all() == []


def test_a_pair_has_one_result(session: Session, job: Vacancy, rasa: Person) -> None:
    session.add(result(job, rasa))
    session.flush()
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(result(job, rasa, rank=2))


def test_a_person_who_returns_to_circulation_has_her_marks_again(
    session: Session, who: Actor, job: Vacancy, rasa: Person
) -> None:
    marked(session, who, job, rasa)
    people.archive(session, who, rasa.id, 1)
    assert marks.marks_of(session, who, job.id) == {}
    people.restore(session, who, rasa.id, 2)
    assert list(marks.marks_of(session, who, job.id)) == [rasa.id]
