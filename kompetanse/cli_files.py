"""`kompetanse import …`: files into the registry."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol
from uuid import UUID

import typer
from rich.table import Table

from kompetanse.cli_base import FROYA, MunicipalityOption, counting, err, out, transaction, working
from kompetanse.clock import OSLO
from kompetanse.codes.imports import ImportKind
from kompetanse.errors import FieldFault, Invalid
from kompetanse.paging import LIMIT_MAXIMUM, PageRequest
from kompetanse.settings import Settings

if TYPE_CHECKING:
    from kompetanse.exchange.importing import AnyMeant, Sent

imports = typer.Typer(help="Read files into the registry. A dry run comes first.", no_args_is_help=True)

_ADVERTISED = (".json", ".ndjson", ".jsonl")
"""How names of files with advertisements end; they come zipped, too."""

_COUNTED = {"came": "created", "changed": "updated", "went": "closed", "unchanged": "unchanged", "elsewhere": "ignored"}

_SHOWN = 50
"""Rows of one kind that are shown when not all are asked for."""


class Issue(Protocol):
    """A row of an import that needs somebody's eyes."""

    @property
    def row(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def detail(self) -> str: ...  # noqa: D102
    @property
    def hint(self) -> str: ...  # noqa: D102


SheetArgument = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX, XLS or ODS.")]
ApplyOption = Annotated[bool, typer.Option("--apply", help="Import the accepted rows, all in one transaction.")]
DespiteOption = Annotated[
    bool, typer.Option("--despite-duplicates", help="Also rows that are likely registered already.")
]
MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", exists=True, dir_okay=False, help='JSON: {"heading": "field"}; "" is a remark.'),
]
CopyOption = Annotated[
    Path | None, typer.Option("--report", dir_okay=False, help="Where to write a copy that says what is wrong.")
]
EveryOption = Annotated[bool, typer.Option("--all", help="Show every row with a remark, not only the first.")]


def _sheet_command(kind: ImportKind) -> Callable[..., None]:
    """A command that reads a spreadsheet of one kind."""

    def import_sheet(
        file: SheetArgument,
        apply: ApplyOption = False,
        despite_duplicates: DespiteOption = False,
        mapping: MappingOption = None,
        copy: CopyOption = None,
        every: EveryOption = False,
        municipality_no: MunicipalityOption = FROYA,
    ) -> None:
        if kind is ImportKind.VACANCIES and file.suffix.lower() in _ADVERTISED:
            raise typer.BadParameter(f"Not a spreadsheet. Advertisements: kompetanse import advertisements {file}")
        sent = _sent(file, mapping, despite_duplicates=despite_duplicates)
        _import_sheet(kind, sent, municipality_no, copy, apply=apply, every=every)

    return import_sheet


for _name, _kind, _what in (
    ("people", ImportKind.PEOPLE, "newcomers"),
    ("households", ImportKind.HOUSEHOLDS, "households of registered people, a row a member,"),
    ("vacancies", ImportKind.VACANCIES, "vacancies"),
    ("courses", ImportKind.COURSES, "courses on offer"),
):
    _help = f"Read {_what} from a spreadsheet: first a report of every row, then, with --apply, the import."
    imports.command(_name, help=_help)(_sheet_command(_kind))


def _sent(file: Path, mapping: Path | None, *, despite_duplicates: bool) -> "Sent":
    from kompetanse.exchange.importing import Sent
    from kompetanse.exchange.limits import MEGABYTE, Limits
    from kompetanse.exchange.mapping import NOTHING_STATED, Stated
    from kompetanse.sealing import Sealer

    settings = Settings()
    return Sent(
        file.read_bytes(),
        file.name,
        despite_duplicates,
        Stated.of_json(mapping.read_bytes()) if mapping else NOTHING_STATED,
        Sealer(settings.secret()),
        Limits(file_bytes=settings.max_upload_megabytes * MEGABYTE),
    )


def _import_sheet(
    kind: ImportKind, sent: "Sent", municipality_no: str, copy: Path | None, *, apply: bool, every: bool
) -> None:
    """Read a spreadsheet, write the copy that is asked for, and tell how its rows went."""
    from kompetanse.exchange import service
    from kompetanse.exchange.whole_files import write

    reading = f"Reading {_plain(sent.filename)}"
    with counting(reading) as told, transaction(municipality_no, write=apply) as (session, actor):
        if copy:
            write(copy, [service.copy_with_report(session, actor, kind, sent).content])
        report = service.import_file(session, actor, kind, sent, apply=apply, told=told)
    if report.sheet:
        out.print(f"Read from the sheet {_plain(report.sheet)}.", soft_wrap=True, highlight=False)
    for skipped in report.skipped_sheets:
        out.print(f"Not read: {_plain(skipped.name)}. {_plain(skipped.why)}.", soft_wrap=True, highlight=False)
    if report.imported_before:
        out.print(f"This very file was imported at {_minute(report.imported_before)}.", highlight=False)
    _show_columns(report.columns, otherwise="left out" if kind is ImportKind.HOUSEHOLDS else "a remark")
    _show("Rejected rows", report.rejected, every)
    _show("Likely registered already", report.duplicates, every)
    _show("Worth a look", report.warnings, every)
    done = "imported" if apply else "would be imported; add --apply to do it"
    out.print(
        f"{report.accepted} rows {done}. {len(report.rejected)} rejected, {report.skipped} skipped as likely "
        f"registered, {report.blank} blank, {len(report.warnings)} remarks.",
        soft_wrap=True,
    )
    if report.import_id:
        out.print(f"To undo it: kompetanse import undo {report.import_id}", soft_wrap=True)


@imports.command("advertisements")
def import_advertisements(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, help="Entries or pages of the feed, or NAV's transfer format; or folders of them."),
    ],
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Read advertisements from files (JSON, NDJSON or zip), all in one transaction. Safe to repeat.

    When one of them cannot be read none is kept, and the error names it.
    """
    from kompetanse.feeds import pushing, service

    counts: Counter[str] = Counter()
    wrong: list[FieldFault] = []
    with working("Reading advertisements"), transaction(municipality_no) as (session, actor):
        for file in _advertisements(files):
            intake = pushing.import_file(session, actor, file.name, file.read_bytes())
            if intake.pages:
                err.print(f"{file.name} is a page of the feed: its active lines say nothing without their entries")
            counts.update({said: getattr(intake, name) for name, said in _COUNTED.items()})
            for change in service.list_changes(session, actor, intake.id, PageRequest(LIMIT_MAXIMUM)).items:
                if change.kind == "unreadable":
                    which = f"{file.name}, {change.title}" if change.title else file.name
                    wrong.append(FieldFault("/file", f"{_plain(which)}: {', '.join(change.fields)}"))
        if wrong:
            raise Invalid(*wrong)
    told = ", ".join(f"{count} {said}" for said, count in sorted(counts.items()) if count)
    out.print(f"Vacancies: {told or 'no advertisements found'}.", highlight=False)


@imports.command("list")
def list_imports(
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most how many, newest first.")] = 20,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Show the imports that were made: when, what, how many rows, and whether they were undone."""
    from kompetanse.exchange import imports as made
    from kompetanse.paging import PageRequest

    with transaction(municipality_no, write=False) as (session, actor):
        found = made.list_imports(session, actor, PageRequest(limit)).items
    for run in found:
        undone = f", undone {_minute(run.undone_at)}" if run.undone_at else ""
        formed = f" ({run.households} households formed)" if run.households else ""
        told = f"{run.created} created{formed}, {run.rejected} rejected, {run.skipped} skipped{undone}"
        out.print(f"{run.id}  {_minute(run.imported_at)}  {run.kind.value}: {told}", soft_wrap=True, highlight=False)
    if not found:
        out.print("No file was imported yet.")


@imports.command("undo")
def undo_import(
    import_id: Annotated[UUID, typer.Argument(help="As `kompetanse import list` shows it.")],
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Take away everything that an import made, while nobody has changed it since."""
    from kompetanse.exchange import imports as made

    with transaction(municipality_no) as (session, actor):
        try:
            run = made.undo_import(session, actor, import_id)
        except made.ImportChanged as error:
            for one in error.changed:
                out.print(f"Row {one.row}: changed since ({', '.join(one.what)})")
            raise
    out.print(f"Undone: {run.created} records are gone.")


def _show_columns(columns: "Sequence[AnyMeant]", otherwise: str) -> None:
    """What the columns were read as, where that is no matter of course; `otherwise` is what became of the unknown."""
    from kompetanse.exchange.columns import LEFT_OUT

    table = Table("Column", "Read as", "Known by", title="Columns", title_justify="left")
    for one in columns:
        if one.how.value != "heading" or one.field == LEFT_OUT:
            known_by = "nothing; see --mapping" if one.how.value == "not" else one.how.value
            table.add_row(_plain(one.heading), one.field or otherwise, known_by)
    if table.row_count:
        out.print(table)


def _minute(moment: datetime) -> str:
    return moment.astimezone(OSLO).strftime("%Y-%m-%d %H:%M")


def _show(title: str, issues: Sequence[Issue], every: bool) -> None:
    if not issues:
        return
    shown = issues if every else issues[:_SHOWN]
    table = Table(
        "Row", "Column", "Value", "What", "Mend it so", title=f"{title} ({len(issues)})", title_justify="left"
    )
    for issue in shown:
        table.add_row(str(issue.row), *map(_plain, (issue.column, issue.value, issue.detail, issue.hint)))
    out.print(table)
    if len(shown) < len(issues):
        out.print(f"… and {len(issues) - len(shown)} more; --all shows them")


def _plain(text: str) -> str:
    """Text of a file, in which brackets are no markup."""
    return text.replace("[", r"\[")


def _advertisements(files: Iterable[Path]) -> Iterator[Path]:
    for file in files:
        below = sorted(found for found in file.rglob("*") if found.suffix.lower() in (*_ADVERTISED, ".zip"))
        yield from below if file.is_dir() else [file]
