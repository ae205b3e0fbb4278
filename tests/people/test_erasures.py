"""Asking to be erased: one request waits at a time, and its answer is for her to read."""

import pytest
from sqlmodel import Session

from kompetanse.actor import Role
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound
from kompetanse.people import erasures
from kompetanse.people.merging import merge
from kompetanse.people.service import archive
from kompetanse.people.unread import Unread, unread
from kompetanse.self_service import service
from tests.factories import FROYA, HITRA, actor, person, person_id
from tests.personal_links.people import SEALER, herself


def test_she_asks_once_and_reads_what_she_is_answered(session: Session) -> None:
    olena = person_id(session)
    her = herself(session, olena)
    assert service.last_erasure(session, her) is None
    asked = service.ask_for_erasure(session, her)
    assert service.ask_for_erasure(session, her).id == asked.id
    assert [(one.id, who.id) for one, who in erasures.waiting(session, actor())] == [(asked.id, olena)]
    erasures.answer(session, actor(), asked.id, " Profilen er slettet. ")
    told = service.last_erasure(session, her)
    assert told is not None
    assert (told.answer, told.answered_at is not None) == ("Profilen er slettet.", True)
    assert erasures.count_waiting(session, actor()) == 0
    assert service.ask_for_erasure(session, her).id != asked.id


def test_she_takes_it_back(session: Session) -> None:
    her = herself(session, person_id(session))
    asked = service.ask_for_erasure(session, her)
    service.take_back_erasure(session, her)
    service.take_back_erasure(session, her)
    assert erasures.count_waiting(session, actor()) == 0
    with pytest.raises(Conflict):
        erasures.answer(session, actor(), asked.id, "For sent")


def test_an_answer_says_something_and_is_the_municipalitys_own(session: Session) -> None:
    asked = service.ask_for_erasure(session, herself(session, person_id(session)))
    for text in ("", "   ", "x" * (erasures.ANSWER_LENGTH + 1)):
        with pytest.raises(Invalid):
            erasures.answer(session, actor(), asked.id, text)
    with pytest.raises(NotFound):
        erasures.answer(session, actor(municipality_no=HITRA), asked.id, "Nei")
    with pytest.raises(Forbidden):
        erasures.answer(session, actor(Role.DPO), asked.id, "Nei")
    assert erasures.count_waiting(session, actor(municipality_no=HITRA)) == 0


def test_of_two_records_that_become_one_a_single_request_waits(session: Session) -> None:
    kept, absorbed = person(session), person(session)
    for one in (kept, absorbed):
        erasures.ask(session, actor(), one.id)
    merge(session, actor(), keep_id=kept.id, absorb_id=absorbed.id, version=kept.version, sealer=SEALER, told=True)
    assert [who.id for _, who in erasures.waiting(session, actor())] == [kept.id]


def test_her_pages_are_not_shut_before_she_knows_the_answer(session: Session) -> None:
    olena, other = person(session), person(session)
    her = herself(session, olena.id)
    asked = service.ask_for_erasure(session, her)
    with pytest.raises(Conflict):  # it waits for an answer
        archive(session, actor(), olena.id, olena.version)
    erasures.answer(session, actor(), asked.id, "Profilen er slettet.")
    with pytest.raises(Conflict):  # she has not read it
        merge(session, actor(), keep_id=other.id, absorb_id=olena.id, version=other.version, sealer=SEALER)
    assert unread(session, actor(), [olena.id, other.id]) == {olena.id: Unread.ANSWER}
    assert unread(session, actor(municipality_no=HITRA), [olena.id]) == {}


def test_whoever_read_the_answer_or_was_told_it_otherwise_can_be_archived(database: Database) -> None:
    with database.session(FROYA) as session:
        olena, rasa = person(session), person(session)
        for one in (olena, rasa):
            asked = service.ask_for_erasure(session, herself(session, one.id))
            erasures.answer(session, actor(), asked.id, "Profilen er slettet.")
    with database.session(FROYA) as session:
        service.last_erasure(session, herself(session, olena.id))
    with database.session(FROYA) as session:
        assert unread(session, actor(), [olena.id, rasa.id]) == {rasa.id: Unread.ANSWER}
        archive(session, actor(), olena.id, olena.version)
        archive(session, actor(), rasa.id, rasa.version, told=True)
