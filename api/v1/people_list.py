"""The list of newcomers over REST."""

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import MayReadPeople, PageDep, SessionDep, link_next
from api.problems import responses
from kompetanse.codes.cefr import Cefr
from kompetanse.competence.listing import PeopleFilter, list_people
from schemas.base import Styrk
from schemas.competence import PeoplePage
from schemas.people import PersonSummary

router = APIRouter(prefix="/people", tags=["people"])


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """The filters of the list, as query parameters."""

    text: Annotated[str, Query(max_length=100, description="Words of a name, or part of a phone or e-mail.")] = ""
    occupation: Annotated[Styrk | None, Query(description="STYRK-08 code or the beginning of one.")] = None
    norwegian_at_least: Annotated[Cefr | None, Query(description="Spoken.")] = None
    skill: Annotated[str | None, Query(max_length=200, description="A concept's URI, or words.")] = None
    archived: Annotated[bool, Query(description="Only archived ones, instead of only the others.")] = False
    needs_interpreter: Annotated[bool | None, Query(description="As stated; left out means either.")] = None
    not_mapped: Annotated[bool, Query(description="Only those without a mapping day.")] = False


@router.get("", responses=responses(422))
def find(
    wanted: Annotated[PeopleQuery, Depends()],
    who: MayReadPeople,
    session: SessionDep,
    page: PageDep,
    request: Request,
    response: Response,
) -> PeoplePage:
    """Newcomers by name. Every filter that is given must hold."""
    found = list_people(session, who, PeopleFilter(**asdict(wanted)), page)
    items = [PersonSummary.model_validate(person) for person in found.items]
    return PeoplePage(items=items, next=link_next(request, response, found), total=found.total or 0)
