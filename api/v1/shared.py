"""What neighbours read over REST: classes, skill groups, and what they must delete."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from api.dependencies import MayReadShared, SessionDep, StateDep
from api.problems import responses
from kompetanse.clock import OSLO
from kompetanse.contacts import announcing, handover
from kompetanse.errors import FieldFault, Invalid
from kompetanse.sharing import service
from kompetanse.sharing.classes import SharedClass
from kompetanse.sharing.periods import begins_on, period_name
from schemas.base import Styrk
from schemas.sharing import (
    CountTableOut,
    SharedClassesOut,
    SharedClassOut,
    SharedGroupOut,
    SharedGroupsOut,
    StatisticsOut,
    TombstoneOut,
    TombstonesOut,
)

router = APIRouter(prefix="/shared", tags=["sharing"])

Answer = TypeVar("Answer", SharedClassesOut, SharedGroupsOut, StatisticsOut)

_PRIVATE = "private, no-cache"


@dataclass(frozen=True, slots=True)
class ClassQuery:
    """Which classes are asked for, and which page of them."""

    occupation: Annotated[Styrk | None, Query(description="Only classes within this STYRK-08 code.")] = None
    norwegian: Annotated[str | None, Query(max_length=12, description="Only this level or band, as it is told.")] = None
    education: Annotated[str | None, Query(max_length=12, description="Only this level or band, as it is told.")] = None
    limit: Annotated[int, Query(ge=1, le=500, description="At most how many.")] = 100
    cursor: Annotated[str | None, Query(max_length=64, description="From the `next` link of the page before.")] = None

    def holds(self, one: SharedClass) -> bool:
        """Whether a class is asked for."""
        within = one.occupation.startswith(self.occupation or "")
        return within and self.norwegian in (None, one.norwegian) and self.education in (None, one.education)


@router.get("/classes", response_model=SharedClassesOut, responses=responses(304, 422))
def list_classes(
    who: MayReadShared,
    session: SessionDep,
    state: StateDep,
    request: Request,
    response: Response,
    wanted: Annotated[ClassQuery, Depends()],
    if_none_match: Annotated[str | None, Header()] = None,
) -> SharedClassesOut | Response:
    """The classes of the last release. Each describes at least k registered units, checked against every release."""
    announcing.tend(state.database, state.sealer, who.municipality_no)
    view = service.shared_view(session, who, state.sealer)
    found = [(handle, one) for handle, one in view.classes if wanted.holds(one)]
    shown, following = _page(found, wanted)
    answer = SharedClassesOut(
        municipality_no=view.municipality_no,
        k=view.k,
        release=None if view.period is None else period_name(view.period),
        pool=list(view.pool),
        stands_until=view.stands_until,
        classes=[_class(handle, one) for handle, one in shown],
        next=following,
    )
    if following is not None:
        address = request.url.include_query_params(cursor=following)
        response.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    return _tagged(answer, response, if_none_match)


@router.get("/skill-groups", response_model=SharedGroupsOut, responses=responses(304))
def list_skill_groups(
    who: MayReadShared,
    session: SessionDep,
    state: StateDep,
    response: Response,
    if_none_match: Annotated[str | None, Header()] = None,
) -> SharedGroupsOut | Response:
    """The groups of skills of the last release, and which are held together: of the municipality, and of no class."""
    view = service.shared_view(session, who, state.sealer)
    answer = SharedGroupsOut(
        municipality_no=view.municipality_no,
        k=view.k,
        release=None if view.period is None else period_name(view.period),
        groups=[SharedGroupOut(groups=list(one.groups), size_band=one.size_band.value) for one in view.groups],
    )
    return _tagged(answer, response, if_none_match)


@router.get("/statistics", response_model=StatisticsOut, responses=responses(304))
def list_statistics(
    who: MayReadShared,
    session: SessionDep,
    state: StateDep,
    response: Response,
    if_none_match: Annotated[str | None, Header()] = None,
) -> StatisticsOut | Response:
    """How many consent, in fixed tables: what is small, and what would give it away, is hidden; the rest is rounded."""
    view = service.shared_view(session, who, state.sealer)
    answer = StatisticsOut(
        municipality_no=view.municipality_no,
        release=None if view.period is None else period_name(view.period),
        tables=[CountTableOut.model_validate(one) for one in view.statistics],
    )
    return _tagged(answer, response, if_none_match)


@router.get("/tombstones", responses=responses())
def list_tombstones(who: MayReadShared, session: SessionDep, state: StateDep) -> TombstonesOut:
    """What you were told and must delete: all of earlier releases, withdrawn classes, contacts that ended."""
    announcing.tend(state.database, state.sealer, who.municipality_no)
    handover.tend(state.database, who.municipality_no)
    release, fallen = service.withdrawn(session, who, state.sealer)
    told = [TombstoneOut(kind="class", id=one.handle, ended_on=one.at.astimezone(OSLO).date()) for one in fallen]
    told += [TombstoneOut(kind="contact", id=str(one.id), ended_on=one.on) for one in handover.ended(session, who)]
    if release is not None:
        before = TombstoneOut(kind="release", id=period_name(release.period), ended_on=begins_on(release.period))
        told.append(before)
    told.sort(key=lambda one: (one.ended_on, one.kind, one.id))
    return TombstonesOut(municipality_no=who.municipality_no, tombstones=told)


def _class(handle: str, one: SharedClass) -> SharedClassOut:
    return SharedClassOut(
        handle=handle,
        occupation=one.occupation,
        norwegian=one.norwegian,
        education=one.education,
        size_band=one.size_band.value,
        age=one.age,
        country=one.country,
        arrival=one.arrival,
        municipality=one.municipality,
    )


def _page(found: list[tuple[str, SharedClass]], wanted: ClassQuery) -> tuple[list[tuple[str, SharedClass]], str | None]:
    """The classes after the cursor, and the cursor of the next page."""
    first = 0
    if wanted.cursor is not None:
        places = [place for place, (handle, _) in enumerate(found) if handle == wanted.cursor]
        if not places:
            raise Invalid(FieldFault("cursor", "No page begins here", "Begin again without cursor"))
        first = places[0] + 1
    shown = found[first : first + wanted.limit]
    return shown, shown[-1][0] if first + wanted.limit < len(found) else None


def _tagged(answer: Answer, response: Response, if_none_match: str | None) -> Answer | Response:
    """The answer with its ETag (RFC 9110 § 8.8.3), or that it is what the caller has."""
    etag = f'"{hashlib.sha256(answer.model_dump_json().encode()).hexdigest()[:32]}"'
    if if_none_match == etag:
        return Response(status_code=304, headers={"ETag": etag, "Cache-Control": _PRIVATE})
    response.headers["ETag"], response.headers["Cache-Control"] = etag, _PRIVATE
    return answer
