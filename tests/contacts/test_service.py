"""A neighbour asks, the coordinator asks each person, and only a yes lets anything out."""

from datetime import timedelta
from typing import Any, cast

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Role, system_actor
from kompetanse.codes.consent import ConsentForm, ShareSection
from kompetanse.codes.contact import AskStage, RequestStage
from kompetanse.contacts import service
from kompetanse.contacts.service import RequestFields
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from kompetanse.ids import new_id
from kompetanse.people import service as people
from kompetanse.people.rules import PersonFields
from kompetanse.people.tables import Person
from kompetanse.sharing import agreements, publishing
from tests.contacts.town import (
    ALIKE,
    REQUEST,
    SEALER,
    accountant,
    accountants,
    asked,
    consent,
    granted,
    handles,
    hitra,
    posted,
    rasa,
    requested,
    said,
)
from tests.factories import FROYA, HITRA, actor, agreement

WORK, LANGUAGES, SKILLS = ShareSection.WORK, ShareSection.LANGUAGES, ShareSection.SKILLS
LATER = timedelta(days=15)


def faults(session: Session, fields: dict[str, Any], **named: Any) -> set[str]:
    with pytest.raises(Invalid) as refused:
        service.request_contact(session, hitra(), SEALER, fields=cast(RequestFields, fields), **named)
    return {one.pointer for one in refused.value.faults}


def test_a_class_or_a_posted_vacancy_is_asked_for_and_has_its_days(session: Session) -> None:
    made = accountants(session)
    (handle,) = handles(session)
    by_class = service.request_contact(session, hitra(), SEALER, fields=REQUEST, handle=handle)
    by_vacancy = requested(session)
    for request in (by_class, by_vacancy):
        assert request.answer_by == clock.today() + timedelta(days=14)
        assert request.delete_by == request.answer_by + timedelta(days=90)
        assert request.sections == list(ShareSection)
        found = service.candidates(session, actor(), request.id)
        assert {one.person.id for one in found} == {one.id for one in made}
        assert {one.ask for one in found} == {None}
    assert len(made) == ALIKE
    assert service.inbox(session, actor()) == [by_vacancy, by_class]


@pytest.mark.parametrize("handle", ["0" * 32, "", "æøå", "x" * 64])
def test_a_handle_of_no_class_is_not_found(session: Session, handle: str) -> None:
    accountants(session)
    with pytest.raises(Invalid if not handle else NotFound):
        service.request_contact(session, hitra(), SEALER, fields=REQUEST, handle=handle or None)


def test_a_handle_is_good_for_one_neighbour_and_one_quarter(session: Session) -> None:
    accountants(session)
    agreement(session, recipient_no="5055", k=5)
    (handle,) = handles(session)
    with pytest.raises(NotFound):
        service.request_contact(session, hitra("5055"), SEALER, fields=REQUEST, handle=handle)
    with clock.moved(by=timedelta(days=100)):
        publishing.release(session, system_actor(FROYA), SEALER)
        with pytest.raises(NotFound):
            service.request_contact(session, hitra(), SEALER, fields=REQUEST, handle=handle)


def test_a_request_says_what_who_calls_and_how_and_names_one_of_the_two(session: Session) -> None:
    agreement(session, k=5)
    vacancy_id = posted(session).id
    assert faults(session, dict(REQUEST)) == {"/class_handle"}
    assert faults(session, dict(REQUEST), handle="x", vacancy_id=vacancy_id) == {"/class_handle"}
    assert faults(session, {"title": " ", "contact_name": ""}, vacancy_id=vacancy_id) == {
        "/title", "/contact_name", "/contact_email",
    }  # fmt: skip
    long = {**REQUEST, "title": "x" * 201, "description": "x" * 4001, "contact_phone": "1" * 21}
    assert faults(session, long, vacancy_id=vacancy_id) == {"/title", "/description", "/contact_phone"}
    assert faults(session, {**REQUEST, "sections": []}, vacancy_id=vacancy_id) == {"/sections"}


def test_a_vacancy_of_somebody_else_is_not_found(session: Session) -> None:
    agreement(session, k=5)
    agreement(session, recipient_no="5055", k=5)
    made = posted(session)
    for who, vacancy_id in ((hitra("5055"), made.id), (hitra(), new_id())):
        with pytest.raises(NotFound):
            service.request_contact(session, who, SEALER, fields=REQUEST, vacancy_id=vacancy_id)


def test_the_agreement_bounds_the_sections(session: Session) -> None:
    made = rasa(session)
    agreement(session, sections=[WORK, LANGUAGES])
    request = requested(session, sections=[SKILLS, LANGUAGES])
    assert request.sections == [LANGUAGES]
    (candidate,) = service.candidates(session, actor(), request.id)
    assert (candidate.person.id, candidate.sections) == (made.id, [LANGUAGES])


def test_who_keeps_a_section_or_a_neighbour_out_is_offered_so(session: Session) -> None:
    open_, closed = rasa(session), accountant(session)
    agreement(session)
    request = requested(session)
    consent(session, open_.id, granted=False, section=SKILLS)
    consent(session, closed.id, granted=False, recipient_no=HITRA)
    (candidate,) = service.candidates(session, actor(), request.id)
    assert candidate.person.id == open_.id
    assert SKILLS not in candidate.sections
    with pytest.raises(NotFound):
        service.ask(session, actor(), request.id, closed.id)


def test_a_person_is_asked_in_her_language_and_the_words_are_kept(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    request = requested(session)
    first, token = service.ask(session, actor(), request.id, made.id)
    assert (first.stage, first.language, request.stage) == (AskStage.ASKED, "lt", RequestStage.ASKING)
    assert "Hitra" in first.wording
    assert "Regnskapsfører" in first.wording
    again, other = service.ask(session, actor(), request.id, made.id, "en")
    assert again.id == first.id
    assert (again.version, again.language, token == other) == (2, "en", False)
    with pytest.raises(Invalid):
        service.ask(session, actor(), request.id, made.id, "xx")


def test_nobody_is_asked_but_candidates_in_time_while_the_agreement_stands(session: Session) -> None:
    made, stranger = rasa(session), accountant(session, shares=False)
    terms = agreement(session)
    request = requested(session)
    for who in (stranger.id, new_id()):
        with pytest.raises(NotFound):
            service.ask(session, actor(), request.id, who)
    with pytest.raises(NotFound):
        service.ask(session, actor(), new_id(), made.id)
    with clock.moved(by=LATER), pytest.raises(Conflict):
        service.ask(session, actor(), request.id, made.id)
    agreements.revoke(session, actor(Role.ADMINISTRATOR), terms.id, terms.version)
    with pytest.raises(Conflict):
        service.ask(session, actor(), request.id, made.id)


def test_a_closed_request_asks_nobody_more(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    request = requested(session)
    with pytest.raises(Stale):
        service.close(session, actor(), request.id, request.version + 1)
    service.close(session, actor(), request.id, request.version)
    assert request.stage is RequestStage.CLOSED
    with pytest.raises(Conflict):
        service.ask(session, actor(), request.id, made.id)
    with pytest.raises(NotFound):
        service.close(session, actor(), new_id(), 1)


def test_a_yes_gives_the_sections_that_she_chose_of_those_that_she_was_shown(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    request = requested(session, sections=[WORK, LANGUAGES])
    ask = said(session, asked(session, request, made), yes=True, sections=[LANGUAGES, SKILLS])
    assert (ask.stage, ask.sections, ask.granted_until) == (AskStage.YES, [LANGUAGES], request.delete_by)
    assert (ask.answered_by, ask.version) == (ConsentForm.ORAL, 2)


def test_a_yes_opens_nothing_that_she_was_not_shown(session: Session) -> None:
    made = rasa(session)
    consent(session, made.id, granted=False, section=SKILLS)
    agreement(session)
    ask = asked(session, requested(session), made)
    consent(session, made.id, granted=True, section=SKILLS)
    assert SKILLS not in said(session, ask, yes=True).sections


def test_a_no_keeps_everything_and_is_final(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    request = requested(session)
    ask = said(session, asked(session, request, made), yes=False)
    assert (ask.stage, ask.sections, ask.granted_until) == (AskStage.NO, [], None)
    for use in (
        lambda: said(session, ask, yes=True),
        lambda: service.withdraw(session, actor(), ask.id, ask.version),
        lambda: service.ask(session, actor(), request.id, made.id),
    ):
        with pytest.raises(Conflict):
            use()
    assert ask.stage is AskStage.NO


def test_an_answer_too_late_stale_unknown_or_in_no_language_is_refused(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    ask = asked(session, requested(session), made)
    with clock.moved(by=LATER), pytest.raises(Conflict):
        said(session, ask, yes=True)
    with pytest.raises(Stale):
        service.answer(session, actor(), ask.id, ask.version + 1, yes=True, form=ConsentForm.ORAL)
    with pytest.raises(NotFound):
        service.answer(session, actor(), new_id(), 1, yes=True, form=ConsentForm.ORAL)
    with pytest.raises(Invalid):
        service.answer(session, actor(), ask.id, ask.version, yes=True, form=ConsentForm.ORAL, language="xx")
    assert (ask.stage, ask.version) == (AskStage.ASKED, 1)


@pytest.mark.parametrize("hinder", ["consent", "agreement", "protected"])
def test_a_yes_that_nothing_carries_any_more_changes_nothing(session: Session, hinder: str) -> None:
    made = rasa(session)
    terms = agreement(session)
    ask = asked(session, requested(session), made)
    if hinder == "consent":
        consent(session, made.id, granted=False)
    elif hinder == "agreement":
        agreements.revoke(session, actor(Role.ADMINISTRATOR), terms.id, terms.version)
    else:
        people.change(session, actor(), made.id, made.version, PersonFields(protected_address=True))
    with pytest.raises(Conflict):
        said(session, ask, yes=True)
    assert (ask.stage, ask.answered_at, ask.granted_until, ask.version) == (AskStage.ASKED, None, None, 1)
    said(session, ask, yes=False)


def test_a_yes_and_a_question_can_be_taken_back_once(session: Session) -> None:
    made, other = rasa(session), accountant(session)
    agreement(session)
    request = requested(session)
    for ask in (granted(session, request, made), asked(session, request, other)):
        with pytest.raises(Stale):
            service.withdraw(session, actor(), ask.id, ask.version + 1)
        service.withdraw(session, actor(), ask.id, ask.version)
        assert ask.stage is AskStage.WITHDRAWN
        assert ask.ended_at is not None
        with pytest.raises(Conflict):
            service.withdraw(session, actor(), ask.id, ask.version)
        with pytest.raises(Conflict):
            said(session, ask, yes=True)


def test_a_question_is_found_under_its_own_request_alone(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    request, other = requested(session), requested(session)
    ask = asked(session, request, made)
    assert service.read_ask(session, actor(), request.id, ask.id) is ask
    with pytest.raises(NotFound):
        service.read_ask(session, actor(), other.id, ask.id)


def uses(request_id: Any, ask_id: Any, person_id: Any) -> list[Any]:
    return [
        service.inbox,
        lambda session, who: service.read_request(session, who, request_id),
        lambda session, who: service.read_ask(session, who, request_id, ask_id),
        lambda session, who: service.candidates(session, who, request_id),
        lambda session, who: service.ask(session, who, request_id, person_id),
        lambda session, who: service.answer(session, who, ask_id, 1, yes=True, form=ConsentForm.ORAL),
        lambda session, who: service.withdraw(session, who, ask_id, 1),
        lambda session, who: service.close(session, who, request_id, 1),
    ]


def test_no_role_but_the_coordinator_s_handles_requests(session: Session) -> None:
    agreement(session)
    for role in set(Role) - {Role.COORDINATOR, Role.SYSTEM}:
        for use in uses(new_id(), new_id(), new_id()):
            with pytest.raises(Forbidden):
                use(session, actor(role, recipient_no=HITRA))


def test_another_municipality_s_coordinator_finds_nothing(database: Database) -> None:
    with database.session(FROYA) as session:
        made = rasa(session)
        agreement(session)
        request = requested(session)
        ask = asked(session, request, made)
    stranger = actor(municipality_no="5055")
    with database.session("5055") as session:
        assert service.inbox(session, stranger) == []
        for use in uses(request.id, ask.id, made.id)[1:]:
            with pytest.raises(NotFound):
                use(session, stranger)


def test_another_newcomer_cannot_answer_for_her(session: Session) -> None:
    made, other = rasa(session), accountant(session)
    agreement(session)
    ask = asked(session, requested(session), made)
    stranger = actor(Role.NEWCOMER, person_id=other.id)
    with pytest.raises(NotFound):
        service.answer(session, stranger, ask.id, ask.version, yes=True, form=ConsentForm.DIGITAL)
    herself = actor(Role.NEWCOMER, person_id=made.id)
    assert (
        service.answer(session, herself, ask.id, ask.version, yes=True, form=ConsentForm.DIGITAL).stage is AskStage.YES
    )


def test_who_may_not_ask_a_neighbour_does_not(session: Session) -> None:
    agreement(session)
    vacancy_id = posted(session).id
    for who in (actor(), actor(Role.ADMINISTRATOR, recipient_no=HITRA), hitra("5055"), actor(Role.NEIGHBOUR)):
        with pytest.raises(Forbidden):
            service.request_contact(session, who, SEALER, fields=REQUEST, vacancy_id=vacancy_id)


def test_a_candidate_is_in_circulation(session: Session) -> None:
    made: Person = rasa(session)
    agreement(session)
    request = requested(session)
    asked(session, request, made)
    people.archive(session, actor(), made.id, made.version)
    assert service.candidates(session, actor(), request.id) == []
