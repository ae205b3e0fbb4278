"""Requests for contact: a neighbour asks, the coordinator asks each person, and only a yes lets anything out."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypedDict
from uuid import UUID

from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.consent import ConsentForm, ShareSection
from kompetanse.codes.contact import AskStage, RequestStage, Standing
from kompetanse.codes.municipalities import municipality
from kompetanse.contacts import announcing, queries, rules, wording
from kompetanse.contacts.tables import ContactAsk, ContactRequest
from kompetanse.contacts.vacancy_requests import people_of
from kompetanse.errors import Conflict, FieldFault, Invalid, NotFound, Stale
from kompetanse.identity.service import digest
from kompetanse.people import consents
from kompetanse.people.gathering import by_person
from kompetanse.people.tables import Consent, Person
from kompetanse.sealing import Sealer
from kompetanse.sharing import agreements, describing
from kompetanse.sharing import queries as sharing
from kompetanse.sharing import service as feed

_LENGTHS = {
    "title": 200, "employer": 200, "place": 120, "description": 4000, "contact_name": 200, "contact_email": 254,
    "contact_phone": 20,
}  # fmt: skip


class RequestFields(TypedDict, total=False):
    """What a neighbour says of the vacancy, and who will call. Title, name and one way to reach her are needed."""

    title: str
    employer: str | None
    place: str | None
    description: str | None
    contact_name: str
    contact_email: str | None
    contact_phone: str | None
    sections: list[ShareSection]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a request could be about, for her own coordinator.

    `ask` is None before she is asked. `sections` are those that her consents and the agreement let the neighbour see.
    """

    person: Person
    ask: ContactAsk | None
    sections: Sequence[ShareSection]


def request_contact(
    session: Session,
    actor: Actor,
    sealer: Sealer,
    *,
    fields: RequestFields,
    handle: str | None = None,
    vacancy_id: UUID | None = None,
) -> ContactRequest:
    """Ask a municipality to put one's vacancy to the people of a class, or to those whom a posted vacancy fits.

    Raises:
        Invalid: neither or both are named, or a field that breaks a rule. NotFound: no such class or vacancy stands.
        Forbidden: no agreement stands.
    """
    actor = actor.doing(Operation.REQUEST_CONTACT)
    agreement = agreements.standing_with(session, actor)
    _check(fields, handle, vacancy_id)
    behind = feed.class_behind(session, actor, sealer, handle) if handle else None
    if handle and behind is None:
        raise NotFound("class")
    if vacancy_id and session.exec(queries.own_vacancy(actor, vacancy_id)).one_or_none() is None:
        raise NotFound("vacancy request")
    wanted = fields.get("sections") or list(ShareSection)
    answer_by = clock.today() + timedelta(days=agreement.answer_days)
    request = ContactRequest(
        municipality_no=actor.municipality_no,
        recipient_no=agreement.recipient_no,
        created_by=actor.id,
        answer_by=answer_by,
        delete_by=answer_by + timedelta(days=agreement.grant_days),
        class_id=behind[1] if behind else None,
        period=behind[0].period if behind else None,
        neighbour_vacancy_id=vacancy_id,
        title=fields["title"],
        employer=fields.get("employer"),
        place=fields.get("place"),
        description=fields.get("description"),
        contact_name=fields["contact_name"],
        contact_email=fields.get("contact_email"),
        contact_phone=fields.get("contact_phone"),
        sections=rules.allowed(wanted, agreement.sections),
    )
    session.add(request)
    session.flush()
    audit.record(session, actor, "request_contact", "contact_request", [request.id])
    return request


def inbox(session: Session, actor: Actor) -> list[ContactRequest]:
    """What neighbours ask the municipality for, newest first."""
    actor = actor.doing(Operation.HANDLE_CONTACTS)
    audit.record(session, actor, "list", "contact_request")
    return list(session.exec(queries.requests(actor)))


def read_ask(session: Session, actor: Actor, request_id: UUID, ask_id: UUID) -> ContactAsk:
    """Somebody's question about a request. Raises NotFound, also where it is about another request."""
    actor = actor.doing(Operation.HANDLE_CONTACTS)
    found = session.exec(queries.asks_of(actor, request_id).where(ContactAsk.id == ask_id)).one_or_none()
    if found is None:
        raise NotFound("question")
    return found


def waiting(session: Session, actor: Actor) -> int:
    """How many requests nobody has been asked about yet, while there is time. It names nobody, so it is no event."""
    actor = actor.doing(Operation.HANDLE_CONTACTS)
    new = queries.requests(actor).where(ContactRequest.stage == RequestStage.RECEIVED)
    return len(session.exec(new.where(col(ContactRequest.answer_by) >= clock.today())).all())


def read_request(session: Session, actor: Actor, request_id: UUID) -> ContactRequest:
    """One of them. Raises NotFound."""
    actor = actor.doing(Operation.HANDLE_CONTACTS)
    request = session.exec(queries.requests(actor).where(ContactRequest.id == request_id)).one_or_none()
    if request is None:
        raise NotFound("contact request")
    return request


def candidates(session: Session, actor: Actor, request_id: UUID) -> list[Candidate]:
    """Whom a request could be about: those of the class or those who fitted, and whoever was asked already.

    Raises:
        NotFound: no such request.
    """
    actor = actor.doing(Operation.HANDLE_CONTACTS)
    request = read_request(session, actor, request_id)
    asks = sorted(session.exec(queries.asks_of(actor, request_id)), key=lambda one: one.ended_at is None)
    asked = {one.person_id: one for one in asks}  # what has ended gives way to what has not
    able = describing.shareable_ids(session, actor.municipality_no, [request.recipient_no])
    could = [one for one in _behind(session, actor, request) if one in able]
    ids = dict.fromkeys([*could, *asked])
    found = {one.id: one for one in session.exec(queries.some_people(actor, ids))}
    audit.record(session, actor, "list_candidates", "person", [request.id, *found])
    sections = _sections(session, actor, found, request)
    return [Candidate(found[one], asked.get(one), sections[one]) for one in ids if one in found]


def asked_of(session: Session, actor: Actor, person_id: UUID) -> list[tuple[ContactAsk, ContactRequest]]:
    """What a person was asked on neighbours' behalf and what became of it, newest first; nothing for other roles."""
    if not actor.may(Operation.HANDLE_CONTACTS):
        return []
    actor = actor.doing(Operation.HANDLE_CONTACTS)
    asked = session.exec(queries.asks(actor).where(ContactAsk.person_id == person_id)).all()
    audit.record(session, actor, "list", "contact_ask", [person_id])
    of = {one.id: one for one in session.exec(queries.requests(actor))} if asked else {}
    return [(one, of[one.request_id]) for one in reversed(asked)]


def ask(
    session: Session, actor: Actor, request_id: UUID, person_id: UUID, language: str | None = None
) -> tuple[ContactAsk, str]:
    """Ask one person about one request, in her language; with the secret of the link that she can answer by.

    A person who was asked and has not answered is given a new link, and the old one opens nothing any more.

    Raises:
        NotFound: no such request, or nobody whom it could be about. Invalid: there is no text in the language.
        Conflict: the time for answers or the agreement is over, or she has answered.
    """
    actor = actor.doing(Operation.HANDLE_CONTACTS)
    _check_language(language)
    request = read_request(session, actor, request_id)
    if rules.standing(request, clock.today()) is Standing.OVER or request.stage is RequestStage.CLOSED:
        raise Conflict("The time for answers to this request is over")
    if _agreed(session, actor, request) is None:
        raise Conflict("The agreement with this neighbour stands no more")
    candidate = next((one for one in candidates(session, actor, request_id) if one.person.id == person_id), None)
    if candidate is not None and candidate.ask is not None and candidate.ask.stage is not AskStage.ASKED:
        raise Conflict("She has answered")
    if candidate is None or not candidate.sections:
        raise NotFound("candidate")
    said = language or wording.language_for(candidate.person.contact_languages)
    asked = candidate.ask or ContactAsk(
        municipality_no=actor.municipality_no,
        request_id=request_id,
        person_id=person_id,
        language=said,
        wording="",
        asked_by=actor.id,
    )
    if candidate.ask is not None:
        asked.version += 1
    token = secrets.token_urlsafe(32)
    asked.token_hash, asked.language, asked.sections = digest(token), said, list(candidate.sections)
    asked.wording = question_of(asked, request).wording
    session.add(asked)
    request.stage = RequestStage.ASKING
    session.flush()
    audit.record(session, actor, "ask", "contact_ask", [asked.id, person_id], [said])
    return asked, token


def answer(  # noqa: PLR0913 - what an answer is proven by
    session: Session,
    actor: Actor,
    ask_id: UUID,
    version: int,
    *,
    yes: bool,
    form: ConsentForm,
    sections: Sequence[ShareSection] | None = None,
    language: str | None = None,
) -> ContactAsk:
    """Keep what a person answered, in conversation with her coordinator or by her own link.

    `language` is the one in which she read the question, where it is another than it was asked in.

    Raises:
        Conflict: the time, the agreement or her consent is over, or she has answered. Invalid: there is no text in the
        language. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.ANSWER_OWN if actor.person_id else Operation.HANDLE_CONTACTS)
    _check_language(language)
    found = _for_change(session, actor, ask_id, version)
    request = session.get_one(ContactRequest, (actor.municipality_no, found.request_id))
    if not rules.can_answer(found, request, clock.today()):
        raise Conflict("This can no longer be answered")
    offered = rules.allowed(found.sections, sections_now(session, actor, found.person_id, request)) if yes else []
    if yes and not offered:
        raise Conflict("The agreement, or the consent to share with neighbours, stands no more")
    if language is not None and language != found.language:
        found.language = language
        found.wording = question_of(found, request).wording
    found.stage = AskStage.YES if yes else AskStage.NO
    found.answered_at, found.answered_by = clock.now(), form
    found.sections = rules.allowed(offered if sections is None else sections, offered)
    found.granted_until = request.delete_by if yes else None
    found.version += 1
    session.flush()
    if yes:
        announcing.answered(session, request, found)
    action = "grant" if yes else "refuse"
    audit.record(
        session, actor, action, "contact_ask", [found.id, found.person_id], [one.value for one in found.sections]
    )
    return found


def withdraw(session: Session, actor: Actor, ask_id: UUID, version: int) -> ContactAsk:
    """Take back a yes, or a question that is not answered. The neighbour sees nothing more, and is told to delete.

    Raises:
        Conflict: there is nothing to take back. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.ANSWER_OWN if actor.person_id else Operation.HANDLE_CONTACTS)
    found = _for_change(session, actor, ask_id, version)
    if found.ended_at is not None or found.stage not in {AskStage.ASKED, AskStage.YES}:
        raise Conflict("There is nothing to take back")
    if found.stage is AskStage.YES:
        announcing.ended(session, session.get_one(ContactRequest, (actor.municipality_no, found.request_id)), found)
    found.stage, found.ended_at = AskStage.WITHDRAWN, clock.now()
    found.version += 1
    session.flush()
    audit.record(session, actor, "withdraw", "contact_ask", [found.id, found.person_id])
    return found


def close(session: Session, actor: Actor, request_id: UUID, version: int) -> ContactRequest:
    """Ask nobody more. The neighbour sees no difference: her answer comes when the time is over.

    Raises:
        Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.HANDLE_CONTACTS)
    request = read_request(session, actor, request_id)
    if request.version != version:
        raise Stale("The request was changed since you read it; read it again")
    request.stage, request.version = RequestStage.CLOSED, request.version + 1
    audit.record(session, actor, "close", "contact_request", [request.id])
    return request


def question_of(asked: ContactAsk, request: ContactRequest, language: str | None = None) -> wording.Question:
    """The question as the person reads it, in the language that she was asked in unless another is chosen."""
    return wording.question(
        language or asked.language,
        who=municipality(request.recipient_no).name,
        title=request.title,
        contact=request.contact_name,
        sections=asked.sections,
        until=request.delete_by,
        answer_by=request.answer_by,
    )


def _behind(session: Session, actor: Actor, request: ContactRequest) -> list[UUID]:
    """Whom a request was about when it came."""
    if request.neighbour_vacancy_id is not None:
        return people_of(session.exec(queries.vacancy_of(actor, request.neighbour_vacancy_id)).one())
    members = session.execute(sharing.members_of(actor.municipality_no, request.period or 0))
    return [member for member, class_id in members if class_id == request.class_id]


def sections_now(session: Session, actor: Actor, person_id: UUID, request: ContactRequest) -> list[ShareSection]:
    """The sections that the request is for, and both the agreement and her consents let the neighbour see today.

    None where the agreement is over, or she may not be told of at all.
    """
    if not may_be_told(session, actor, person_id, request):
        return []
    return _sections(session, actor, [person_id], request)[person_id]


def may_be_told(session: Session, actor: Actor, person_id: UUID, request: ContactRequest) -> bool:
    """Whether the agreement stands today, and the neighbour may be told of the person at all."""
    if actor.person_id not in (None, person_id):
        return False
    able = describing.shareable_ids(session, actor.municipality_no, [request.recipient_no])
    return person_id in able and _agreed(session, actor, request) is not None


def _agreed(session: Session, actor: Actor, request: ContactRequest) -> list[ShareSection] | None:
    """The sections that a contact may hold by the agreement; None where none stands today."""
    terms = session.exec(sharing.agreement_with(actor, request.recipient_no, clock.today())).one_or_none()
    return None if terms is None else terms.sections


def _sections(
    session: Session, actor: Actor, ids: Collection[UUID], request: ContactRequest
) -> dict[UUID, list[ShareSection]]:
    """Of each of some people, the sections that the request is for, the agreement allows and her consents open."""
    wanted = rules.allowed(request.sections, _agreed(session, actor, request) or ())
    answers, today = by_person(session, actor, Consent, queries.some_people(actor, ids)), clock.today()
    return {
        one: rules.allowed(wanted, consents.sections_shared(answers[one], request.recipient_no, today)) for one in ids
    }


def _for_change(session: Session, actor: Actor, ask_id: UUID, version: int) -> ContactAsk:
    found = session.exec(queries.asks(actor).where(ContactAsk.id == ask_id).with_for_update()).one_or_none()
    if found is None:
        raise NotFound("question")
    if found.version != version:
        raise Stale("It was answered or changed since you read it; read it again")
    return found


def _check_language(language: str | None) -> None:
    if language is not None and language not in wording.LANGUAGES:
        raise Invalid(FieldFault("/language", "No text in this language", f"One of {', '.join(wording.LANGUAGES)}"))


def _check(fields: RequestFields, handle: str | None, vacancy_id: UUID | None) -> None:
    faults = [
        FieldFault(f"/{name}", "Nothing is written", "She must know what it is, and who calls")
        for name in ("title", "contact_name")
        if not str(fields.get(name) or "").strip()
    ]
    if fields.get("sections") == []:
        faults.append(FieldFault("/sections", "Nothing is asked for", "Name what you need to see, or leave it out"))
    if (handle is None) == (vacancy_id is None):
        faults.append(FieldFault("/class_handle", "Name a class or a vacancy request", "Send one of the two"))
    if not (fields.get("contact_email") or fields.get("contact_phone")):
        faults.append(FieldFault("/contact_email", "No way to reach you", "Write an e-mail address or a phone number"))
    for name, longest in _LENGTHS.items():
        text = fields.get(name)
        if isinstance(text, str) and len(text) > longest:
            faults.append(FieldFault(f"/{name}", "Too long", f"Write at most {longest} characters"))
    if faults:
        raise Invalid(*faults)
