"""What is done with several people of a list at once: put on a list or taken off it, written to a file, invited."""

import secrets
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web import link_sending, people_columns, searches
from api.web.csv_answer import CSV_TYPE
from api.web.dependencies import FormDep, MayExportPeople, MayReadPeople, MayRegister, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed, filled
from api.web.i18n import gettext as _
from api.web.pages import go, page
from api.web.people_columns import Row
from kompetanse.actor import Actor
from kompetanse.competence import listing
from kompetanse.errors import FieldFault, Invalid
from kompetanse.exchange.people_file import FileFormat, Heading, write_people
from kompetanse.finding import lists
from kompetanse.finding.criteria import NO_SEARCH

router = APIRouter(prefix="/people/chosen")

MOST_IN_FILE = 20_000
MOST_INVITED = 50
"""So many sheets are made at once: as many as somebody hands out before they run out."""

_TYPES = {
    FileFormat.CSV: CSV_TYPE,
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Member = TypeVar("Member", bound=StrEnum)


class Doing(StrEnum):
    """What is done with those who are chosen."""

    LIST = "list"
    OFF = "off"
    FILE = "file"
    INVITE = "invite"


@router.post("")
def ask(request: Request, form: FormDep, who: MayReadPeople, session: WebSessionDep, state: StateDep) -> Response:
    """Ask what must be known before it is done; how many are chosen is told."""
    ids = chosen_people(session, state, who, form, MOST_IN_FILE)
    doing = _choice(form, "do", Doing)
    if doing is Doing.OFF:
        change = lists.remove(session, who, _list_of(form), ids)
        return go(f"/people/lists/{_list_of(form)}", "taken-off-list", undo=change.id)
    return _asking(request, session, who, doing, form, ids)


@router.post("/list")
def put_on_list(request: Request, form: FormDep, who: MayRegister, session: WebSessionDep, state: StateDep) -> Response:
    """Put those who are chosen on a list, or on a new one."""
    ids = chosen_people(session, state, who, form, MOST_IN_FILE)
    try:
        list_id = _list_of(form) if form.text("list") else lists.create(session, who, form.raw("name"), by_hand=True).id
        change = lists.add(session, who, list_id, ids)
    except Invalid as error:
        return _asking(request, session, who, Doing.LIST, form, ids, error)
    if not change.people:
        return go(f"/people/lists/{list_id}", "nobody-put")
    return go(f"/people/lists/{list_id}", "put-on-list", undo=change.id)


@router.post("/file")
def write_file(
    request: Request, form: FormDep, who: MayExportPeople, session: WebSessionDep, state: StateDep
) -> Response:
    """Write those who are chosen to a file, with the columns that are ticked."""
    ids = chosen_people(session, state, who, form, MOST_IN_FILE)
    columns = people_columns.named(form.all("column"))
    if not columns:
        nothing = Invalid(FieldFault("/column", "No column is chosen", "Choose at least one column"))
        return _asking(request, session, who, Doing.FILE, form, ids, nothing)
    people = [one for one in listing.people_of(session, who, ids) if not one.protected_address]
    rows = people_columns.rows(session, who, people, columns)
    headings = [
        Heading[Row]("family_name", _("Etternavn"), lambda row: row.listed.family_name or None),
        Heading[Row]("given_name", _("Fornavn"), lambda row: row.listed.given_name or None),
        *(Heading[Row](column.name, column.text, column.told) for column in columns),
    ]
    kind = _choice(form, "format", FileFormat)
    chunks = write_people(session, who, [one.id for one in people], headings, rows, kind)
    named = {"Content-Disposition": f'attachment; filename="personer.{kind.value}"'}
    return Response(b"".join(chunks), media_type=_TYPES[kind], headers=named)


def _asking(
    request: Request,
    session: Session,
    who: Actor,
    doing: Doing,
    form: Typed,
    ids: Sequence[UUID],
    error: Invalid | None = None,
) -> Response:
    protected = 0
    if doing is Doing.FILE:
        protected = sum(one.protected_address for one in listing.people_of(session, who, ids))
    columns = [column.name for column in people_columns.chosen(request)]
    typed = form if error else filled(column=columns, format=FileFormat.XLSX.value)
    return page(
        request,
        "people/chosen.html",
        422 if error else 200,
        doing=doing,
        count=len(ids),
        protected=protected,
        too_many=doing is Doing.INVITE and len(ids) > MOST_INVITED,
        most=MOST_INVITED,
        asked=secrets.token_urlsafe(16),
        ways=link_sending.ways(State.of(request)),
        all=form.ticked("all"),
        ids=[] if form.ticked("all") else ids,
        search=form.raw("search"),
        lists=[(str(list_id), name) for list_id, name in lists.names(session, who).items()],
        columns=list(people_columns.COLUMNS.values()),
        form=Filled(typed, complaints(error.faults) if error else ()),
    )


def chosen_people(session: Session, state: State, who: Actor, form: Typed, most: int) -> list[UUID]:
    """Those who are ticked, or all whom the search finds.

    Raises:
        Invalid: nobody is, or more than `most`; or the search is somebody else's.
    """
    if form.ticked("all"):
        wanted = searches.unseal(state.sealer, who, form.raw("search"))
        if form.raw("search") and wanted == NO_SEARCH:  # somebody else's: it would be everybody
            raise Invalid(FieldFault("/search", "The search is not yours", "Search again"))
        found = listing.everybody(session, who, wanted, most + 1)
    else:
        found = [_id(text) for text in form.all("person")]
    if not found:
        raise Invalid(FieldFault("/person", "Nobody is ticked", "Tick at least one person"))
    if len(found) > most:
        raise Invalid(FieldFault("/person", "Too many people are chosen", f"Choose at most {most}"))
    return found


def _list_of(form: Typed) -> UUID:
    return _id(form.raw("list"), "/list")


def _id(text: str, pointer: str = "/person") -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(FieldFault(pointer, "Not a choice of the list")) from None


def _choice(form: Typed, name: str, kind: type[Member]) -> Member:
    try:
        return kind(form.raw(name))
    except ValueError:
        raise Invalid(FieldFault(f"/{name}", "Not a choice of the list")) from None
