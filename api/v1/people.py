"""Newcomers over REST."""

from dataclasses import replace
from typing import cast
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.dependencies import IfMatch, MayReadPeople, MayRegister, OnceDep, SessionDep, StateDep, set_etag
from api.problems import responses
from kompetanse.codes.national_id import NationalId, parse_national_id
from kompetanse.errors import Invalid
from kompetanse.people import merging, service
from kompetanse.people.rules import Contact, PersonFields
from kompetanse.people.service import PersonRecord
from schemas.people import (
    DuplicateQuery,
    LikelyTwin,
    LikelyTwins,
    MergeIn,
    NationalIdIn,
    PersonChange,
    PersonCreate,
    PersonOut,
)

router = APIRouter(prefix="/people", tags=["people"])


@router.post("", status_code=201, responses=responses(409, 422))
def register(
    body: PersonCreate,
    who: MayRegister,
    session: SessionDep,
    once: OnceDep,
    response: Response,
    despite_duplicates: bool = Query(False, description="Register although somebody alike is there."),
) -> PersonOut:
    """Register a newcomer. 409 names those who may be the same person."""

    def make() -> UUID:
        record = service.register(session, who, _fields(body), despite_duplicates=despite_duplicates)
        return record.person.id

    person_id = once.create(make)
    response.headers["Location"] = f"/api/v1/people/{person_id}"
    return _answer(service.read(session, who, person_id), response)


@router.post("/duplicates", responses=responses(422))
def find_duplicates(body: DuplicateQuery, who: MayReadPeople, session: SessionDep) -> LikelyTwins:
    """Who is registered already and may be the same person: birth that agrees, and a name alike in any script."""
    found = service.find_duplicates(session, who, cast(PersonFields, body.model_dump()))
    return LikelyTwins(items=[LikelyTwin.model_validate(person) for person in found])


@router.get("/{person_id}", responses=responses(404, 422))
def read(person_id: UUID, who: MayReadPeople, session: SessionDep, response: Response) -> PersonOut:
    """A newcomer's record."""
    return _answer(service.read(session, who, person_id), response)


@router.patch("/{person_id}", responses=responses(404, 412, 422, 428))
def change(
    person_id: UUID, body: PersonChange, who: MayRegister, version: IfMatch, session: SessionDep, response: Response
) -> PersonOut:
    """Change the fields that are sent, and no others."""
    return _answer(service.change(session, who, person_id, version, _fields(body)), response)


@router.put("/{person_id}/national-id", status_code=204, responses=responses(404, 409, 412, 422, 428))
def set_national_id(
    person_id: UUID,
    body: NationalIdIn,
    who: MayRegister,
    version: IfMatch,
    session: SessionDep,
    state: StateDep,
    response: Response,
) -> None:
    """Store a national number, sealed. It is not readable over this interface."""
    number = _number(body)
    set_etag(response, service.set_national_id(session, who, person_id, version, number, state.sealer).version)


def _number(body: NationalIdIn) -> NationalId:
    try:
        return parse_national_id(body.number)
    except Invalid as error:
        raise Invalid(*(replace(fault, pointer="/number") for fault in error.faults)) from error


@router.delete("/{person_id}/national-id", status_code=204, responses=responses(404, 412, 422, 428))
def remove_national_id(
    person_id: UUID, who: MayRegister, version: IfMatch, session: SessionDep, state: StateDep, response: Response
) -> None:
    """Remove the national number."""
    set_etag(response, service.set_national_id(session, who, person_id, version, None, state.sealer).version)


@router.post("/{person_id}/archive", responses=responses(404, 409, 412, 422, 428))
def archive(
    person_id: UUID,
    who: MayRegister,
    version: IfMatch,
    session: SessionDep,
    response: Response,
    told: bool = Query(False, description="She was told otherwise what she was answered."),
) -> PersonOut:
    """Take a newcomer out of lists, matches and whatever leaves the municipality.

    409 while she has not read, on her own pages, what she was answered when she asked to be erased: they are shut.
    """
    service.archive(session, who, person_id, version, told=told)
    return _answer(service.read(session, who, person_id), response)


@router.post("/{person_id}/restore", responses=responses(404, 412, 422, 428))
def restore(person_id: UUID, who: MayRegister, version: IfMatch, session: SessionDep, response: Response) -> PersonOut:
    """Undo archiving."""
    service.restore(session, who, person_id, version)
    return _answer(service.read(session, who, person_id), response)


@router.post("/{person_id}/merge", responses=responses(404, 409, 412, 422, 428))
def merge(
    person_id: UUID,
    body: MergeIn,
    who: MayRegister,
    version: IfMatch,
    session: SessionDep,
    state: StateDep,
    response: Response,
) -> PersonOut:
    """Let this record absorb another of the same person. Everything of hers moves; nothing is lost.

    409 while the absorbed one has not read, on her own pages, what she was answered when she asked to be erased.
    """
    merged = merging.merge(
        session, who, keep_id=person_id, absorb_id=body.absorb_id, version=version, sealer=state.sealer, told=body.told
    )
    return _answer(merged, response)


def _fields(body: PersonChange) -> PersonFields:
    stated = body.stated()
    if "contacts" in stated:
        stated["contacts"] = [Contact(point.kind, point.value) for point in body.contacts]
    return cast(PersonFields, stated)


def _answer(record: PersonRecord, response: Response) -> PersonOut:
    set_etag(response, record.person.version)
    plain = record.person.model_dump()
    return PersonOut.model_validate(
        {**plain, "contacts": [{"kind": c.kind, "value": c.value} for c in record.contacts]}
    )
