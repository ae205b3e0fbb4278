"""Inviting several people to their own pages at once: a message to those who can be sent one, a sheet for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web import catalogues, link_sending
from api.web.chosen import MOST_INVITED, chosen_people
from api.web.dependencies import FormDep, MayHandOut
from api.web.forms import Typed
from api.web.link_sending import Result, Told
from api.web.pages import page
from api.web.personal_links import language_of
from api.web.sheets import Sheet, sheet_of
from kompetanse.actor import Actor
from kompetanse.competence import listing
from kompetanse.competence.details import Details, Part, details
from kompetanse.competence.listing import PersonListing
from kompetanse.messages.rules import Channel, Outcome
from kompetanse.people.rules import Contact
from kompetanse.personal_links import sending
from kompetanse.personal_links import service as personal_links
from kompetanse.personal_links.sending import CHANNEL_OF, Asked, Begun, Withheld
from kompetanse.personal_links.service import Made

router = APIRouter(prefix="/people/chosen")

_SURELY_NOT_SENT = frozenset({Outcome.UNREACHED, Outcome.NOT_LET_IN})
_OTHERWISE = Channel.SMS
"""As which channel a message is told of that nobody could be sent: only its reason is."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody's way in: a sheet with its number in the pile, or, where `number` is None, a message that was sent."""

    number: int | None
    person: PersonListing
    sheet: Sheet
    told: Told | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Prepared:
    person: PersonListing
    sheet: Sheet
    contact: Contact | None
    begun: Begun | Withheld | None


@router.post("/invitations")
def invite(request: Request, form: FormDep, who: MayHandOut, state: StateDep) -> Response:
    """Make a link for each, to be sent or printed. They are on this answer and nowhere else.

    A page that is loaded anew sends its form once more, shows the same links and sends nothing again: those that are
    printed go on working. Whose was used or stopped since is named without one.
    """
    with state.database.session(who.municipality_no) as session:
        prepared, over = _prepare(request, form, who, session, state)
    invited = _numbered(state, who, prepared)
    return page(
        request,
        "people/invitations.html",
        invited=[one for one in invited if one.number is not None],
        over=over,
        told=[one for one in invited if one.told],
        again=[one.person.id for one in invited if one.again],
        carried={"by": form.raw("by"), "asked": form.raw("asked"), "attempt": link_sending.attempt_of(form) + 1},
    )


def _prepare(
    request: Request, form: Typed, who: Actor, session: Session, state: State
) -> tuple[list[_Prepared], list[PersonListing]]:
    """A link for each who is chosen, with a message begun where one can be sent; and those who get none any more."""
    ids = chosen_people(session, state, who, form, MOST_INVITED)
    by = [Channel(one) for one in form.raw("by").split() if one in set(Channel)]
    people = [one for one in listing.people_of(session, who, ids) if one.archived_at is None]
    more = details(session, who, [one.id for one in people], {Part.PERSON, Part.CONTACTS} if by else {Part.PERSON})
    prepared, over = list[_Prepared](), list[PersonListing]()
    for one in people:
        made = _made(form, who, session, state, more[one.id], one.id)
        if made is None:
            over.append(one)
            continue
        contact = _contact(more[one.id], by)
        begun = _begun(form, who, session, state, made, contact) if by else None
        prepared.append(_Prepared(one, sheet_of(request, state, made, made.link.language), contact, begun))
    return prepared, over


def _made(form: Typed, who: Actor, session: Session, state: State, more: Details, person_id: UUID) -> Made | None:
    language = language_of(more.person.contact_languages) if more.person else catalogues.SOURCE
    days, asked = state.settings.personal_link_days, form.text("asked")
    try:
        return personal_links.make(session, who, state.sealer, person_id, language=language, days=days, asked=asked)
    except personal_links.Over:
        return None


def _contact(more: Details, by: Sequence[Channel]) -> Contact | None:
    """Where somebody is written to: the first of her contact points by the first way that she has one for."""
    points = [Contact(one.kind, one.value) for one in more.contacts]
    return next((one for channel in by for one in points if CHANNEL_OF[one.kind] is channel), None)


def _begun(
    form: Typed, who: Actor, session: Session, state: State, made: Made, contact: Contact | None
) -> Begun | Withheld:
    """Nobody with a protected address is sent anything together with others: that is decided for her alone."""
    if contact is None:
        return Withheld.NO_ADDRESS
    asked = Asked(contact, form.text("asked"), link_sending.attempt_of(form))
    return sending.begin(session, who, state.sealer, made, asked)


def _numbered(state: State, who: Actor, prepared: Sequence[_Prepared]) -> list[Invited]:
    """Each with what came of her message; the sheets of those whose link was not surely sent are numbered."""
    results = iter(link_sending.deliver(state, who, [(one.begun, one.sheet) for one in prepared if one.begun]))
    invited, number = list[Invited](), 0
    for one in prepared:
        result: Result | None = next(results) if one.begun else None
        found = Invited(None, one.person, one.sheet)
        if result:
            channel = CHANNEL_OF[one.contact.kind] if one.contact else _OTHERWISE
            found = replace(found, told=link_sending.told(result, channel), again=result in _SURELY_NOT_SENT)
        if result is not Outcome.SENT:
            number += 1
            found = replace(found, number=number)
        invited.append(found)
    return invited
