"""Pages of the data-protection officer: what was done in the registry, and what people consent to."""

import re
from dataclasses import asdict, dataclass
from datetime import time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import URL
from starlette.responses import Response

from api.web import trail
from api.web.dependencies import MayReadAudit, MayReadConsents, WebPageDep, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, filled
from api.web.pages import page
from api.web.reading import Reader, moment_of
from kompetanse.actor import Operation
from kompetanse.audit import oversight
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.competence.listing import names_of
from kompetanse.errors import FieldFault
from kompetanse.identity import service as identity
from kompetanse.paging import PageRequest
from kompetanse.people import consents
from kompetanse.people.consents import ConsentFilter

router = APIRouter()

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class EventQuery:
    """What is looked for in the trail, as it was typed. Ids in an address are no names."""

    record: Annotated[str, Query(max_length=300)] = ""
    actor: UUID | None = None
    since: Annotated[str, Query(max_length=20)] = ""
    until: Annotated[str, Query(max_length=20)] = ""
    action: Annotated[str, Query(max_length=40, pattern="^[a-z_]*$")] = ""
    record_type: Annotated[str, Query(max_length=40, pattern="^[a-z_]*$")] = ""


@router.get("/audit")
def show_events(
    request: Request,
    wanted: Annotated[EventQuery, Depends()],
    who: MayReadAudit,
    session: WebSessionDep,
    paging: WebPageDep,
) -> Response:
    """Who did what to which records, when and why, newest first."""
    reader = Reader(filled(**asdict(wanted)))
    first, last = reader.day("since"), reader.day("until")
    about = _UUID.search(wanted.record)
    if wanted.record.strip() and about is None:
        reader.faults.append(FieldFault("/record", "Not an id"))
    if reader.faults:
        refused = Filled(reader.typed, complaints(reader.faults))
        return _events(request, 422, form=refused, found=None, actor_id=wanted.actor)
    asked = oversight.EventFilter(
        record_id=UUID(about[0]) if about else None,
        actor_id=wanted.actor,
        since=moment_of(first, time.min),
        until=moment_of(last, time.max),
        action=wanted.action or None,
        record_type=wanted.record_type or None,
    )
    found = oversight.events(session, who, paging, asked)
    next_url, first_url = _ways(request, found.next, paging)
    actors = {event.actor_id for event in found.items} | ({wanted.actor} if wanted.actor else set())
    return _events(
        request,
        form=Filled(reader.typed),
        found=found,
        names=identity.names_of(session, who, actors),
        actor_id=wanted.actor,
        searching=any(asdict(wanted).values()),
        everybody_url=_address(request.url.remove_query_params(["actor", "cursor"])),
        next_url=next_url,
        first_url=first_url,
    )


def _events(request: Request, status: int = 200, **context: object) -> Response:
    choices = {"actions": trail.actions(), "records": trail.records()}
    return page(request, "oversight/events.html", status, **choices, **context)


@router.get("/audit/verification")
def verify(request: Request, who: MayReadAudit, session: WebSessionDep) -> Response:
    """Prove the whole trail, and say where it is broken if it is."""
    return page(request, "oversight/verification.html", broken=oversight.verify(session, who))


@router.get("/consents")
def show_consents(
    request: Request,
    who: MayReadConsents,
    session: WebSessionDep,
    paging: WebPageDep,
    purpose: Annotated[str, Query(max_length=40)] = "",
    granted: Annotated[str, Query(max_length=3)] = "",
) -> Response:
    """How many consent to what, and the answers that stand."""
    asked = ConsentPurpose(purpose) if purpose in set(ConsentPurpose) else None
    found = consents.list_consents(session, who, ConsentFilter(asked, _ANSWERS.get(granted)), paging)
    whose = list(dict.fromkeys(one.person_id for one in found.items)) if who.may(Operation.READ_PEOPLE) else []
    next_url, first_url = _ways(request, found.next, paging)
    return page(
        request,
        "oversight/consents.html",
        form=Filled(filled(purpose=purpose, granted=granted)),
        tallies=consents.tallies(session, who),
        found=found,
        names=names_of(session, who, whose) if whose else {},
        searching=bool(purpose or granted),
        next_url=next_url,
        first_url=first_url,
    )


def _ways(request: Request, following: UUID | None, paging: PageRequest) -> tuple[str | None, str | None]:
    """The addresses of the next page and the first, where there are any."""
    after = request.url.include_query_params(cursor=str(following))
    first = request.url.remove_query_params("cursor")
    return _address(after) if following else None, _address(first) if paging.after else None


def _address(url: URL) -> str:
    """An address within the site."""
    return f"{url.path}?{url.query}" if url.query else url.path
