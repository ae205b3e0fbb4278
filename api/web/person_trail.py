"""Who looked at one person, when and why: pages of the data-protection officer, and the file she answers with."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.web import trail
from api.web.csv_answer import csv_answer
from api.web.dependencies import FormDep, MayReadAudit, WebSessionDep
from api.web.faults import complaints
from api.web.formats import municipality_name
from api.web.forms import Filled, filled
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.pages import page
from api.web.reading import Reader, moment_of
from api.web.words import word
from kompetanse.actor import ActorKind, Purpose
from kompetanse.audit import oversight
from kompetanse.audit.kinds import ACTIONS, DeedKind, kind_of
from kompetanse.audit.oversight import AuditEvent, EventFilter, Tally
from kompetanse.clock import OSLO
from kompetanse.exchange.csv_safe import CellType, Column
from kompetanse.identity import service as identity
from kompetanse.identity.service import Known
from kompetanse.paging import PageRequest
from kompetanse.people import overseeing

router = APIRouter(prefix="/audit/people")

PAGE_LENGTH = 100
"""Events a page of one person's trail: some weeks of an ordinary person."""

_SOURCES: Mapping[ActorKind, str] = {
    ActorKind.STAFF: _("Nettsidene"),
    ActorKind.CLIENT: _("API"),
    ActorKind.NEWCOMER: _("Egne sider"),
    ActorKind.SYSTEM: _("Systemet"),
}
_NEIGHBOUR = _("API, %(place)s")
_HERSELF = _("Personen selv")


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """What is looked for in a person's trail, as it was typed."""

    since: Annotated[str, Query(max_length=20)] = ""
    until: Annotated[str, Query(max_length=20)] = ""
    by: Annotated[str, Query(max_length=36)] = ""
    kind: Annotated[str, Query(max_length=20)] = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """An event in words."""

    at: datetime
    who: str
    role: str
    what: str
    fields: str
    why: Purpose
    source: str
    kind: DeedKind


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who did something, how often of each kind, and when last."""

    actor_id: UUID
    who: str
    role: str
    times: Counter[DeedKind]
    last: datetime


@router.post("")
def find(request: Request, form: FormDep, who: MayReadAudit, session: WebSessionDep) -> Response:
    """People by name. It is a form that is sent, so that no name stands in an address."""
    found = overseeing.find_people(session, who, form.raw("text")[:100])
    most = overseeing.MOST_FOUND
    return page(request, "oversight/find.html", form=Filled(form), people=found, more=len(found) == most, most=most)


@router.get("/{person_id}")
def show(
    request: Request,
    person_id: UUID,
    wanted: Annotated[TrailQuery, Depends()],
    who: MayReadAudit,
    session: WebSessionDep,
    cursor: Annotated[UUID | None, Query()] = None,
) -> Response:
    """What was done with somebody's data, day by day, newest first."""
    reader = Reader(filled(**asdict(wanted)))
    asked = _filter(reader)
    paging = PageRequest(PAGE_LENGTH, cursor)
    found = overseeing.trail_of(session, who, person_id, paging, asked)
    known = identity.known(session, who, {one.actor_id for one in found.tallies})
    deeds = [_deed(event, found.subject, known) for event in found.events.items]
    parties = _parties(found.tallies, found.subject, known)
    following = request.url.include_query_params(cursor=str(found.events.next))
    first = request.url.remove_query_params("cursor")
    return page(
        request,
        "oversight/person.html",
        422 if reader.faults else 200,
        form=Filled(reader.typed, complaints(reader.faults)),
        person=found.subject.person,
        days=[(day, list(some)) for day, some in groupby(deeds, key=lambda one: one.at.astimezone(OSLO).date())],
        parties=parties,
        who_choices=[(str(one.actor_id), one.who) for one in parties],
        kinds=Counter({kind: sum(one.times[kind] for one in parties) for kind in DeedKind}),
        verified=oversight.last_verified(session, who),
        searching=any(asdict(wanted).values()),
        file_url=_address(f"/audit/people/{found.subject.person.id}/trail.csv", first.query),
        next_url=_address(following.path, following.query) if found.events.next else None,
        first_url=_address(first.path, first.query) if cursor else None,
    )


@router.get("/{person_id}/trail.csv")
def download(
    person_id: UUID, wanted: Annotated[TrailQuery, Depends()], who: MayReadAudit, session: WebSessionDep
) -> Response:
    """The same as a file, all of it: what a person is answered with who asks who has seen her data."""
    reader = Reader(filled(**asdict(wanted)))
    asked = _filter(reader)
    reader.refuse()
    subject, events = overseeing.export_trail(session, who, person_id, asked)
    known = identity.known(session, who, {one.actor_id for one in events})
    return csv_answer(_COLUMNS, (_deed(event, subject, known) for event in events), "innsyn-i-loggen.csv")


def _filter(reader: Reader) -> EventFilter:
    first, last = reader.day("since"), reader.day("until")
    kind = reader.choice("kind", DeedKind)
    return EventFilter(
        actor_id=reader.id("by"),
        since=moment_of(first, time.min),
        until=moment_of(last, time.max),
        actions=ACTIONS[kind] if kind else None,
    )


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _deed(event: AuditEvent, subject: overseeing.Subject, known: Mapping[UUID, Known]) -> Deed:
    who, role = _whom(event.actor_id, event.actor_kind, subject, known)
    return Deed(
        at=event.occurred_at,
        who=who,
        role=role,
        what=trail.deed_told(event),
        fields=", ".join(trail.field_told(name) for name in event.fields),
        why=event.purpose,
        source=_source(event.actor_kind, known.get(event.actor_id)),
        kind=kind_of(event.action),
    )


def _whom(actor_id: UUID, kind: ActorKind, subject: overseeing.Subject, known: Mapping[UUID, Known]) -> tuple[str, str]:
    """Who it was, and in which role; an account that is no more is told by its kind."""
    if kind is ActorKind.NEWCOMER:
        own = actor_id == subject.person.id or actor_id in subject.earlier
        return (gettext(_HERSELF), "") if own else (str(word(kind)), "")
    one = known.get(actor_id)
    return (one.name, ", ".join(str(word(role)) for role in one.roles)) if one else (str(word(kind)), "")


def _source(kind: ActorKind, one: Known | None) -> str:
    if one is not None and one.recipient_no is not None:
        return gettext(_NEIGHBOUR) % {"place": municipality_name(one.recipient_no)}
    return gettext(_SOURCES[kind])


def _parties(tallies: Sequence[Tally], subject: overseeing.Subject, known: Mapping[UUID, Known]) -> list[Party]:
    """Who did something, the latest first."""
    found: dict[UUID, Party] = {}
    for one in tallies:
        who, role = _whom(one.actor_id, one.actor_kind, subject, known)
        before = found.setdefault(one.actor_id, Party(one.actor_id, who, role, Counter(), one.last))
        before.times[kind_of(one.action)] += one.times
    return list(found.values())


_COLUMNS: tuple[Column[Deed], ...] = (
    Column("tidspunkt", lambda one: one.at, CellType.DATETIME, "Når det skjedde (UTC)", "When (UTC)"),
    Column("hvem", lambda one: one.who, CellType.STRING, "Hvem som gjorde det", "Who did it"),
    Column("rolle", lambda one: one.role, CellType.STRING, "Rollen i dag", "Her role as of today"),
    Column("hva", lambda one: one.what, CellType.STRING, "Hva som ble gjort", "What was done"),
    Column("felt", lambda one: one.fields, CellType.STRING, "Hvilke opplysninger", "Which fields"),
    Column("formål", lambda one: word(one.why), CellType.STRING, "Hvorfor", "For which purpose"),
    Column("fra", lambda one: one.source, CellType.STRING, "Hvor det ble gjort fra", "From where"),
)
