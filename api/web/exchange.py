"""Files into the registry: the spreadsheet that the municipality has."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web.dependencies import FormDep, MayImport, WebSessionDep
from api.web.faults import Complaint, complaints
from api.web.forms import Filled, Typed
from api.web.imports import LISTS, RECORDS
from api.web.pages import page
from api.web.words import word
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


@dataclass(frozen=True, slots=True)
class Tried:
    """What a page tells of a file: its columns, and how its rows went or would go; None where they cannot be read.

    `digest` proves that the file that is imported is the one that was tried.
    """

    digest: str = ""
    columns: Sequence[AnyMeant] = ()
    report: ImportReport | None = None

    @property
    def columns_digest(self) -> str:
        """SHA-256 of what the columns are read as; proves that they are read as they were when the file was tried."""
        return hashlib.sha256("\n".join(f"{one.digest} {one.field}" for one in self.columns).encode()).hexdigest()


@router.get("/import")
def choose_file(request: Request, _who: MayImport, state: StateDep) -> Response:
    """The form for a spreadsheet."""
    return _import_page(request, state, Filled())


@router.post("/import")
def import_file(request: Request, form: FormDep, who: MayImport, session: WebSessionDep, state: StateDep) -> Response:
    """Try a file and report every row; import it when it is the one that was tried, its columns read as they were.

    The file is kept nowhere between the two: the browser sends it again.
    """
    sent = _sent(form, state)
    if sent is None:
        return _refused(request, state, form, "Not a file")
    apply = form.ticked("apply")
    if apply and form.raw("digest") != sent.sha256:
        return _refused(request, state, form, "Not the file that was tried")
    tried = Tried(sent.sha256)
    try:
        columns = exchange.file_columns(session, who, _kind(form), sent)[1]
        tried = Tried(sent.sha256, columns)
        if apply and form.raw("columns") != tried.columns_digest:
            return _refused(request, state, form, "Not the columns that were tried", tried)
        report = exchange.import_file(session, who, _kind(form), sent, apply=apply)
    except TableRefused as error:
        return _import_page(request, state, Filled(form, _told(error)), tried)
    return _import_page(request, state, Filled(form), Tried(sent.sha256, columns, report))


@router.post("/import/copy")
def copy_file(request: Request, form: FormDep, who: MayImport, session: WebSessionDep, state: StateDep) -> Response:
    """The file with what is wrong with each row in its first column; nothing is stored."""
    sent = _sent(form, state)
    if sent is None:
        return _refused(request, state, form, "Not a file")
    try:
        copy = exchange.copy_with_report(session, who, _kind(form), sent)
    except TableRefused as error:
        return _import_page(request, state, Filled(form, _told(error)))
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


def _told(error: TableRefused) -> list[Complaint]:
    """What is wrong with a file; its texts are bokmål already."""
    return [Complaint("file", f"{fault.detail}. {fault.hint}") for fault in error.faults]


def _refused(request: Request, state: State, form: Typed, fault: str, tried: Tried | None = None) -> Response:
    return _import_page(request, state, Filled(form, complaints([FieldFault("/file", fault)])), tried)


def _import_page(request: Request, state: State, form: Filled, tried: Tried | None = None) -> Response:
    kind = _kind(form.typed)
    return page(
        request,
        "exchange/import.html",
        422 if form.complaints else 200,
        form=form,
        kind=kind,
        kinds=[(one.value, word(one)) for one in IMPORTERS],
        tried=tried or Tried(),
        likelier=exchange.likelier_kind(kind, [one.heading for one in tried.columns]) if tried else None,
        records=RECORDS[kind],
        list=LISTS[kind],
        fields=sorted(IMPORTERS[kind].columns.columns, key=lambda one: one.label_nb),
        meaning=MEANING.format(kind.value),
        was=WAS,
        most=state.settings.max_upload_megabytes,
    )
