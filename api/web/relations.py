"""Who belongs with whom: households, and two records that are one person."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.web.dependencies import FormDep, MayRegister, WebSessionDep
from api.web.forms import Filled, Typed, filled
from api.web.pages import go, page
from kompetanse.actor import Actor
from kompetanse.codes.residence import HouseholdRole
from kompetanse.competence.listing import PersonListing, list_people
from kompetanse.errors import FieldFault, Invalid
from kompetanse.finding.criteria import PeopleFilter
from kompetanse.paging import PageRequest
from kompetanse.people import households, merging
from kompetanse.people import service as people
from kompetanse.people.rules import PersonFields
from kompetanse.people.service import PersonRecord
from kompetanse.people.unread import unread

router = APIRouter(prefix="/people/{person_id}")

OFFERED = 10
"""How many people a search offers to choose from; whoever wants more writes more of the name."""


@router.get("/household")
def choose_housemate(request: Request, person_id: UUID, who: MayRegister, session: WebSessionDep) -> Response:
    """Look for somebody whom the person lives with."""
    return _choosing(request, session, who, person_id, "people/housemates.html", filled(text=None))


@router.post("/household")
def find_housemate(
    request: Request, person_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep
) -> Response:
    """Show those whom the search finds."""
    return _choosing(request, session, who, person_id, "people/housemates.html", form)


@router.post("/household/join")
def move_in(person_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Let the person live with the chosen one, in her household or a new one of the two."""
    other_id = _chosen(form)
    role = HouseholdRole(form.raw("role")) if form.raw("role") in set(HouseholdRole) else HouseholdRole.ADULT
    home = households.household_of(session, who, other_id)
    if home is not None:
        households.join(session, who, home.id, person_id, role)
    else:
        other = people.read(session, who, other_id).person
        members = [(other_id, HouseholdRole.ADULT), (person_id, role)]
        households.form_household(session, who, name=other.family_name or other.given_name, members=members)
    return go(f"/people/{person_id}", "saved", "household")


@router.post("/household/leave")
def move_out(person_id: UUID, _form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Let the person leave her household; the others stay."""
    households.leave(session, who, person_id)
    return go(f"/people/{person_id}", "saved", "household")


@router.get("/merge")
def choose_twin(request: Request, person_id: UUID, who: MayRegister, session: WebSessionDep) -> Response:
    """Show who may be the same person, and look for others."""
    return _choosing(request, session, who, person_id, "people/merge.html", filled(text=None))


@router.post("/merge")
def find_twin(request: Request, person_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep) -> Response:
    """Show those whom the search finds."""
    return _choosing(request, session, who, person_id, "people/merge.html", form)


@router.post("/merge/confirm")
def merge(person_id: UUID, form: FormDep, who: MayRegister, session: WebSessionDep, state: StateDep) -> Response:
    """Let the person's record take in the chosen one."""
    twin_id = _chosen(form)
    merging.merge(
        session,
        who,
        keep_id=person_id,
        absorb_id=twin_id,
        version=form.version(),
        sealer=state.sealer,
        told=form.ticked("told"),
    )
    return go(f"/people/{person_id}", "merged")


def _choosing(request: Request, session: Session, who: Actor, person_id: UUID, template: str, typed: Typed) -> Response:
    record = people.read(session, who, person_id)
    text = typed.text("text")
    found = list_people(session, who, PeopleFilter(text=text[:100]), PageRequest(OFFERED)).items if text else []
    alike = _alike(session, who, record)
    return page(
        request,
        template,
        record=record,
        form=Filled(typed),
        searched=text is not None,
        found=[one for one in found if one.id != person_id],
        alike=alike,
        unread=unread(session, who, [one.id for one in (*found, *alike)]),
    )


def _alike(session: Session, who: Actor, record: PersonRecord) -> list[PersonListing]:
    """Who may be the same person, in the form of a list."""
    person = record.person
    named = PersonFields(given_name=person.given_name, family_name=person.family_name, born=person.born)
    return [
        PersonListing(
            id=one.id,
            version=one.version,
            given_name=one.given_name,
            family_name=one.family_name,
            born=one.born,
            citizenships=one.citizenships,
            protected_address=one.protected_address,
            archived_at=one.archived_at,
            occupation=None,
            norwegian=None,
        )
        for one in people.find_duplicates(session, who, named)
        if one.id != person.id
    ]


def _chosen(form: Typed) -> UUID:
    try:
        return UUID(form.raw("other_id"))
    except ValueError:
        raise Invalid(FieldFault("/other_id", "Nobody is chosen", "Choose somebody in the list")) from None
