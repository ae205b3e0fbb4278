"""Households over REST. The `ETag` is the household's version, also where a person moves in or out."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.dependencies import IfMatch, MayReadPeople, MayRegister, OnceDep, SessionDep, set_etag
from api.problems import responses
from kompetanse.errors import NotFound
from kompetanse.people import households
from kompetanse.people.households import HouseholdView
from schemas.households import HouseholdCreate, HouseholdOut, HouseholdRename, MoveIn

router = APIRouter(tags=["households"])


@router.post("/households", status_code=201, responses=responses(404, 409, 422))
def form(
    body: HouseholdCreate, who: MayRegister, session: SessionDep, once: OnceDep, response: Response
) -> HouseholdOut:
    """Form a household of registered people. 409 when one of them lives in another."""
    members = [(member.person_id, member.role) for member in body.members]
    household_id = once.create(lambda: households.form_household(session, who, name=body.name, members=members).id)
    response.headers["Location"] = f"/api/v1/households/{household_id}"
    return _answer(households.read_household(session, who, household_id), response)


@router.get("/households/{household_id}", responses=responses(404, 422))
def read(household_id: UUID, who: MayReadPeople, session: SessionDep, response: Response) -> HouseholdOut:
    """A household with its members."""
    return _answer(households.read_household(session, who, household_id), response)


@router.patch("/households/{household_id}", responses=responses(404, 412, 422, 428))
def rename(
    household_id: UUID,
    body: HouseholdRename,
    who: MayRegister,
    version: IfMatch,
    session: SessionDep,
    response: Response,
) -> HouseholdOut:
    """Give a household another name."""
    return _answer(households.rename(session, who, household_id, version, body.name), response)


@router.get("/people/{person_id}/household", responses=responses(404, 422))
def of_person(person_id: UUID, who: MayReadPeople, session: SessionDep, response: Response) -> HouseholdOut:
    """The household that a person belongs to; 404 when she belongs to none."""
    found = households.household_of(session, who, person_id)
    if found is None:
        raise NotFound("household")
    return _answer(found, response)


@router.put("/people/{person_id}/household", responses=responses(404, 409, 412, 422, 428))
def move_in(
    person_id: UUID, body: MoveIn, who: MayRegister, version: IfMatch, session: SessionDep, response: Response
) -> HouseholdOut:
    """Let a person move in, or take another role where she lives. 409 when she lives in another household."""
    joined = households.join(session, who, body.household_id, person_id, body.role, version=version)
    return _answer(joined, response)


@router.delete("/people/{person_id}/household", status_code=204, responses=responses(404, 412, 422, 428))
def move_out(person_id: UUID, who: MayRegister, version: IfMatch, session: SessionDep) -> None:
    """Let a person move out. The others stay; a household of nobody is taken away."""
    households.leave(session, who, person_id, version=version)


def _answer(view: HouseholdView, response: Response) -> HouseholdOut:
    set_etag(response, view.version)
    return HouseholdOut.model_validate(view)
