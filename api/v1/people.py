"""Newcomers over REST."""

from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import (
    IfMatch,
    MayReadPeople,
    MayRegister,
    OnceDep,
    PageDep,
    SessionDep,
    StateDep,
    link_next,
    set_etag,
)
from api.problems import responses
from kompetanse.codes.national_id import parse_national_id
from kompetanse.people import service
from kompetanse.people.rules import Contact, PersonFields
from kompetanse.people.service import PersonRecord
from schemas.people import NationalIdIn, PersonChange, PersonCreate, PersonOut

router = APIRouter(prefix="/people", tags=["people"])


@router.post("", status_code=201, response_model=PersonOut, responses=responses(409, 422))
def register(
    body: PersonCreate,
    who: MayRegister,
    session: SessionDep,
    once: OnceDep,
    response: Response,
    despite_duplicates: bool = Query(False, description="Register although somebody alike is there."),
) -> PersonOut:
    """Register a newcomer."""

    def make() -> UUID:
        record = service.register(session, who, _fields(body), despite_duplicates=despite_duplicates)
        return record.person.id

    person_id = once.create(make)
    response.headers["Location"] = f"/api/v1/people/{person_id}"
    return _answer(service.read(session, who, person_id), response)


@router.get("/{person_id}", response_model=PersonOut, responses=responses(404))
def read(person_id: UUID, who: MayReadPeople, session: SessionDep, response: Response) -> PersonOut:
    """A newcomer's record."""
    return _answer(service.read(session, who, person_id), response)


@router.patch("/{person_id}", response_model=PersonOut, responses=responses(404, 412, 422, 428))
def change(
    person_id: UUID, body: PersonChange, who: MayRegister, version: IfMatch, session: SessionDep, response: Response
) -> PersonOut:
    """Change the fields that are sent, and no others."""
    return _answer(service.change(session, who, person_id, version, _fields(body)), response)


@router.put("/{person_id}/national-id", status_code=204, responses=responses(404, 409, 412, 422, 428))
def set_national_id(
    person_id: UUID, body: NationalIdIn, who: MayRegister, version: IfMatch, session: SessionDep, state: StateDep
) -> None:
    """Store a national number, sealed. It is not readable over this interface."""
    number = parse_national_id(body.number)
    service.set_national_id(session, who, person_id, version, number, state.sealer)


@router.post("/{person_id}/archive", response_model=PersonOut, responses=responses(404, 412, 428))
def archive(
    person_id: UUID, who: MayRegister, version: IfMatch, session: SessionDep, response: Response
) -> PersonOut:
    """Take a newcomer out of lists, matches and whatever leaves the municipality."""
    service.archive(session, who, person_id, version)
    return _answer(service.read(session, who, person_id), response)


@router.post("/{person_id}/restore", response_model=PersonOut, responses=responses(404, 412, 428))
def restore(
    person_id: UUID, who: MayRegister, version: IfMatch, session: SessionDep, response: Response
) -> PersonOut:
    """Undo archiving."""
    service.restore(session, who, person_id, version)
    return _answer(service.read(session, who, person_id), response)


def _fields(body: PersonChange) -> PersonFields:
    stated = body.stated()
    if "contacts" in stated:
        stated["contacts"] = [Contact(point.kind, point.value) for point in body.contacts]
    return PersonFields(**stated)


def _answer(record: PersonRecord, response: Response) -> PersonOut:
    set_etag(response, record.person.version)
    plain = record.person.model_dump()
    return PersonOut.model_validate({**plain, "contacts": [{"kind": c.kind, "value": c.value} for c in record.contacts]})
