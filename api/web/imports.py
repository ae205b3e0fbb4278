"""Imports that were made, and the undoing of one."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.dependencies import FormDep, MayImport, WebPageDep, WebSessionDep
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.pages import go, page
from kompetanse.actor import Actor
from kompetanse.codes.imports import ImportKind
from kompetanse.exchange import imports
from kompetanse.exchange.imports import ImportChanged
from kompetanse.identity import service as identity

router = APIRouter(prefix="/import/runs")

RECORDS: Mapping[ImportKind, str] = {
    ImportKind.PEOPLE: "/people/{}",
    ImportKind.HOUSEHOLDS: "/households/{}/placements",
    ImportKind.VACANCIES: "/vacancies/{}",
    ImportKind.COURSES: "/courses/{}",
}
"""Where the records of each kind have their pages."""

LISTS: Mapping[ImportKind, str] = {
    ImportKind.PEOPLE: "/people",
    ImportKind.HOUSEHOLDS: "/people",
    ImportKind.VACANCIES: "/vacancies",
    ImportKind.COURSES: "/courses",
}
"""Where they are listed."""

_CHANGES: Mapping[str, str] = {
    "candidate_mark": _("Merket for en stilling"),
    "consent": _("Nytt svar om samtykke"),
    "contact_ask": _("Spurt på vegne av en nabo"),
    "course_offer": _("Tilbudet er endret"),
    "household": _("Husstanden er endret"),
    "household_member": _("Husstanden er endret"),
    "person": _("Personkortet er endret"),
    "person_merge": _("Slått sammen med et annet kort"),
    "profile": _("Profilen er endret"),
    "profile_change": _("Profilen er endret"),
    "referral": _("Formidlet til en stilling"),
    "vacancy": _("Stillingen er endret"),
}
_OTHER = _("I bruk et annet sted")


@router.get("")
def show_list(request: Request, who: MayImport, session: WebSessionDep, paging: WebPageDep) -> Response:
    """The imports, newest first."""
    found = imports.list_imports(session, who, paging)
    following = request.url.include_query_params(cursor=str(found.next)).remove_query_params("notice")
    return page(
        request,
        "exchange/runs.html",
        found=found.items,
        names=identity.names_of(session, who, {run.imported_by for run in found.items}),
        next_url=f"{following.path}?{following.query}" if found.next else None,
        first_url=request.url.path if paging.after else None,
    )


@router.get("/{import_id}")
def show(request: Request, import_id: UUID, who: MayImport, session: WebSessionDep) -> Response:
    """One import: whether it can be undone, and if not, which rows were changed since."""
    return _show(request, import_id, who, session)


@router.post("/{import_id}/undo")
def undo(request: Request, import_id: UUID, _form: FormDep, who: MayImport, session: WebSessionDep) -> Response:
    """Take away everything that the import made."""
    try:
        imports.undo_import(session, who, import_id)
    except ImportChanged:
        return _show(request, import_id, who, session, 409)
    return go("/import/runs", "import-undone")


def _show(request: Request, import_id: UUID, who: Actor, session: Session, status: int = 200) -> Response:
    view = imports.read_import(session, who, import_id)
    run = view.run
    return page(
        request,
        "exchange/run.html",
        status,
        view=view,
        run=run,
        records=RECORDS[run.kind],
        changed=[(one, _told(one.what)) for one in view.changed],
        names=identity.names_of(session, who, {run.imported_by, *filter(None, [run.undone_by])}),
    )


def _told(tables: Iterable[str]) -> str:
    """What was changed, in words, each once."""
    return ", ".join(dict.fromkeys(gettext(_CHANGES.get(table, _OTHER)) for table in tables))
