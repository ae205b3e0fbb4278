"""Courses on offer over REST."""

from dataclasses import dataclass
from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import (
    IfMatch,
    MayReadCourses,
    MayWriteCourses,
    OnceDep,
    PageDep,
    SessionDep,
    link_next,
    set_etag,
)
from api.problems import responses
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses import service
from kompetanse.courses.service import CourseOfferFields, CourseOfferFilter
from schemas.courses import CourseOfferChange, CourseOfferCreate, CourseOfferList, CourseOfferOut

router = APIRouter(prefix="/courses", tags=["courses"])


@dataclass(frozen=True, slots=True)
class CourseQuery:
    """The filters of the list, as query parameters."""

    kind: CourseOfferKind | None = None
    key: Annotated[str | None, Query(max_length=200, description="As it is stored.")] = None
    open: Annotated[bool, Query(description="Those that can be taken, or instead those that are retired.")] = True


@router.get("", responses=responses(422))
def find(
    wanted: Annotated[CourseQuery, Depends()],
    who: MayReadCourses,
    session: SessionDep,
    page: PageDep,
    request: Request,
    response: Response,
) -> CourseOfferList:
    """Courses, tests and procedures by the day that they begin, those without one last."""
    chosen = CourseOfferFilter(wanted.kind, wanted.key, wanted.open)
    found = service.list_offers(session, who, chosen, page)
    items = [CourseOfferOut.model_validate(offer) for offer in found.items]
    return CourseOfferList(items=items, next=link_next(request, response, found), total=found.total or 0)


@router.post("", status_code=201, responses=responses(409, 422))
def create(
    body: CourseOfferCreate, who: MayWriteCourses, session: SessionDep, once: OnceDep, response: Response
) -> CourseOfferOut:
    """Write down what is on offer."""
    offer_id = once.create(lambda: service.create(session, who, cast(CourseOfferFields, body.stated())).id)
    response.headers["Location"] = f"/api/v1/courses/{offer_id}"
    offer = service.read(session, who, offer_id)
    set_etag(response, offer.version)
    return CourseOfferOut.model_validate(offer)


@router.get("/{offer_id}", responses=responses(404, 422))
def read(offer_id: UUID, who: MayReadCourses, session: SessionDep, response: Response) -> CourseOfferOut:
    """A course, test or procedure, also one that is retired."""
    offer = service.read(session, who, offer_id)
    set_etag(response, offer.version)
    return CourseOfferOut.model_validate(offer)


@router.patch("/{offer_id}", responses=responses(404, 412, 422, 428))
def change(
    offer_id: UUID,
    body: CourseOfferChange,
    who: MayWriteCourses,
    version: IfMatch,
    session: SessionDep,
    response: Response,
) -> CourseOfferOut:
    """Change the fields that are sent, and no others."""
    offer = service.change(session, who, offer_id, version, cast(CourseOfferFields, body.stated()))
    set_etag(response, offer.version)
    return CourseOfferOut.model_validate(offer)


@router.delete("/{offer_id}", responses=responses(404, 412, 422, 428))
def retire(
    offer_id: UUID, who: MayWriteCourses, version: IfMatch, session: SessionDep, response: Response
) -> CourseOfferOut:
    """Say that it cannot be taken any more. It is kept, and opened again with `open`."""
    offer = service.retire(session, who, offer_id, version)
    set_etag(response, offer.version)
    return CourseOfferOut.model_validate(offer)
