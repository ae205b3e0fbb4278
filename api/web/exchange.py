"""Files into the registry: the spreadsheet that the municipality has."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web.dependencies import FormDep, MayImport, WebSessionDep
from api.web.faults import Complaint, complaints
from api.web.forms import Filled, Typed
from api.web.imports import LISTS, RECORDS
from api.web.pages import page
from api.web.streaming import Told, streamed
from api.web.words import word
from kompetanse.actor import Actor
from kompetanse.codes.imports import ImportKind
from kompetanse.errors import FieldFault
from kompetanse.exchange import service as exchange
from kompetanse.exchange.limits import MEGABYTE, Limits
from kompetanse.exchange.mapping import Stated
from kompetanse.exchange.service import IMPORTERS, AnyMeant, ImportReport, Sent, TableRefused

router = APIRouter()

MEANING, WAS = "meaning-{}-", "-was"
"""Begins the name of the field in which a column's meaning is chosen; behind it stands the digest of its heading. With
`WAS` behind that: what the column was read as without anybody's choice, so that a choice left alone is none."""


LARGE = 512 * 1024
"""Bytes of a file from which on one waits long enough to want to see how far it is."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a page tells of a file: what is wrong with it, its columns, and how its rows went or would go.

    `digest` proves that the file that is imported is the one that was tried.
    """

    form: Filled = field(default_factory=Filled)
    kind: ImportKind = ImportKind.PEOPLE
    digest: str = ""
    columns: Sequence[AnyMeant] = ()
    report: ImportReport | None = None

    @property
    def likelier(self) -> ImportKind | None:
        """The kind of file that its headings are more like."""
        return exchange.likelier_kind(self.kind, [one.heading for one in self.columns])

    @property
    def columns_digest(self) -> str:
        """SHA-256 of what the columns are read as; proves that they are read as they were when the file was tried."""
        return hashlib.sha256("\n".join(f"{one.digest} {one.field}" for one in self.columns).encode()).hexdigest()


@router.get("/import")
def choose_file(request: Request, _who: MayImport, state: StateDep) -> Response:
    """The form for a spreadsheet."""
    return _import_page(request, state, Tried())


@router.post("/import")
def import_file(request: Request, form: FormDep, who: MayImport, state: StateDep) -> Response:
    """Try a file and report every row; import it when it is the one that was tried, its columns read as they were.

    The file is kept nowhere between the two: the browser sends it again. A large one is read while the page is sent.
    """
    sent = _sent(form, state)
    if sent is None:
        return _refused(request, state, form, "Not a file")
    if form.ticked("apply") and form.raw("digest") != sent.sha256:
        return _refused(request, state, form, "Not the file that was tried")
    if len(sent.source) < LARGE:
        return _import_page(request, state, _read(form, who, state, sent))
    broken = Tried(_complaining(form, "Something broke off"), _kind(form), sent.sha256)
    return streamed(
        request,
        "exchange/import.html",
        do=lambda told: _read(form, who, state, sent, told),
        instead=lambda: broken,
        form=Filled(form),
        **_choices(state, _kind(form)),
    )


def _read(form: Typed, who: Actor, state: State, sent: Sent, told: Told = exchange.tell_nobody) -> Tried:
    """Try a file, or import it; in a transaction of its own, as the page may be on its way already."""
    apply, kind = form.ticked("apply"), _kind(form)
    tried = Tried(Filled(form), kind, sent.sha256)
    try:
        with state.database.session(who.municipality_no, write=apply) as session:
            tried = replace(tried, columns=exchange.file_columns(session, who, kind, sent)[1])
            if apply and form.raw("columns") != tried.columns_digest:
                return replace(tried, form=_complaining(form, "Not the columns that were tried"))
            return replace(tried, report=exchange.import_file(session, who, kind, sent, apply=apply, told=told))
    except TableRefused as error:
        return replace(tried, form=Filled(form, _sentences(error)))


@router.post("/import/copy")
def copy_file(request: Request, form: FormDep, who: MayImport, session: WebSessionDep, state: StateDep) -> Response:
    """The file with what is wrong with each row in its first column; nothing is stored."""
    sent = _sent(form, state)
    if sent is None:
        return _refused(request, state, form, "Not a file")
    try:
        copy = exchange.copy_with_report(session, who, _kind(form), sent)
    except TableRefused as error:
        return _import_page(request, state, Tried(Filled(form, _sentences(error)), _kind(form)))
    named = {"Content-Disposition": f'attachment; filename="{copy.name}"'}
    return Response(copy.content, media_type=copy.media_type, headers=named)


def _kind(form: Typed) -> ImportKind:
    """What the file is said to hold; people where nothing is said."""
    chosen = form.raw("kind")
    return ImportKind(chosen) if chosen in set(ImportKind) else ImportKind.PEOPLE


def _sent(form: Typed, state: State) -> Sent | None:
    """The file as it was sent, None when there is none."""
    file = form.files.get("file")
    content = file.file.read() if file is not None else b""
    if file is None or not content:
        return None
    return Sent(
        content,
        file.filename or "",
        form.ticked("despite_duplicates"),
        Stated(dict(_chosen(form))),
        state.sealer,
        Limits(file_bytes=state.settings.max_upload_megabytes * MEGABYTE),
    )


def _chosen(form: Typed) -> Iterator[tuple[str, str]]:
    """The columns whose meaning was chosen, by the digests of their headings, for the kind that the file is now."""
    kind = _kind(form)
    beginning, columns = MEANING.format(kind.value), IMPORTERS[kind].columns
    for name in form.texts:
        chosen = form.raw(name)
        left_alone = form.has(name + WAS) and form.raw(name + WAS) == chosen
        if not name.startswith(beginning) or name.endswith(WAS) or left_alone:
            continue
        if not chosen or columns.of_field(chosen):
            yield name.removeprefix(beginning), chosen


def _sentences(error: TableRefused) -> list[Complaint]:
    """What is wrong with a file; its texts are bokmål already."""
    return [Complaint("file", f"{fault.detail}. {fault.hint}") for fault in error.faults]


def _complaining(form: Typed, fault: str) -> Filled:
    return Filled(form, complaints([FieldFault("/file", fault)]))


def _refused(request: Request, state: State, form: Typed, fault: str) -> Response:
    return _import_page(request, state, Tried(_complaining(form, fault), _kind(form)))


def _import_page(request: Request, state: State, tried: Tried) -> Response:
    status = 422 if tried.form.complaints else 200
    choices = _choices(state, tried.kind)
    return page(request, "exchange/import.html", status, form=tried.form, progress=(), outcome=lambda: tried, **choices)


def _choices(state: State, kind: ImportKind) -> dict[str, Any]:
    """What the page says of any file of a kind."""
    return {
        "kind": kind,
        "kinds": [(one.value, word(one)) for one in IMPORTERS],
        "records": RECORDS[kind],
        "list": LISTS[kind],
        "fields": sorted(IMPORTERS[kind].columns.columns, key=lambda one: one.label_nb),
        "meaning": MEANING.format(kind.value),
        "was": WAS,
        "most": state.settings.max_upload_megabytes,
    }
