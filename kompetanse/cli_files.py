"""`kompetanse import …` and `kompetanse export …`: files into the registry and out of it."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Protocol
from uuid import uuid4

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from kompetanse.cli_base import FROYA, MunicipalityOption, err, opened, out, transaction
from kompetanse.errors import FieldFault, Invalid
from kompetanse.paging import LIMIT_MAXIMUM, PageRequest
from kompetanse.settings import Settings

imports = typer.Typer(help="Read files into the registry. A dry run comes first.", no_args_is_help=True)
exports = typer.Typer(help="Write files for partners.", no_args_is_help=True)

_KINDS = ("*.json", "*.ndjson", "*.jsonl", "*.zip")

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


@imports.command("people")
def import_people(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX, XLS or ODS.")],
    apply: Annotated[bool, typer.Option("--apply", help="Import the accepted rows, all in one transaction.")] = False,
    despite_duplicates: Annotated[
        bool, typer.Option("--despite-duplicates", help="Also rows whose person is likely registered already.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every row with a remark, not only the first.")] = False,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Read newcomers from a spreadsheet: first a report of every row, then, with --apply, the import."""
    from kompetanse.exchange import service
    from kompetanse.exchange.limits import MEGABYTE, Limits
    from kompetanse.sealing import Sealer

    settings = Settings()
    with _working(f"Reading {file.name}"), transaction(municipality_no, write=apply) as (session, actor):
        report = service.import_people(
            session,
            actor,
            file.read_bytes(),
            file.name,
            apply=apply,
            despite_duplicates=despite_duplicates,
            sealer=Sealer(settings.secret()),
            limits=Limits(file_bytes=settings.max_upload_megabytes * MEGABYTE),
        )
    _show("Rejected rows", report.rejected, every)
    _show("Likely registered already", report.duplicates, every)
    _show("Worth a look", report.warnings, every)
    done = "imported" if apply else "would be imported; add --apply to do it"
    out.print(
        f"{report.accepted} rows {done}. {len(report.rejected)} rejected, {report.skipped} skipped as likely "
        f"registered, {report.blank} blank, {len(report.warnings)} remarks.",
        soft_wrap=True,
    )


@imports.command("vacancies")
def import_vacancies(
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
    with _working("Reading advertisements"), transaction(municipality_no) as (session, actor):
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


@exports.command("job-service")
def export_job_service(
    file: Annotated[Path, typer.Argument(help="Where to write the CSV; its schema is written beside it.")],
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Write the job service's CSV of consenting people.

    Beside it come FILE.schema.json (Frictionless Table Schema: its columns) and FILE.resource.json (how it is written).
    """
    from kompetanse.exchange import job_service

    with _working(f"Writing {file.name}"), opened(municipality_no) as (database, actor):
        _write(file, job_service.export_job_service(database, actor))
    for kind, described in (("schema", job_service.schema()), ("resource", job_service.resource(file.name))):
        text = json.dumps(described, ensure_ascii=False, indent=2)
        _write(file.with_name(f"{file.name}.{kind}.json"), [text.encode()])
    out.print(
        f"Written: {file}, and beside it its .schema.json and .resource.json. The CSV holds personal data.",
        soft_wrap=True,
    )


def _working(what: str) -> Progress:
    """Something that moves while one waits; gone afterwards."""
    progress = Progress(SpinnerColumn(), TextColumn(what), TimeElapsedColumn(), console=err, transient=True)
    progress.add_task(what, total=None)
    return progress


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
        yield from sorted(found for kind in _KINDS for found in file.rglob(kind)) if file.is_dir() else [file]


def _write(file: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole or not at all, readable by its owner alone: a reader never meets half of it."""
    temporary = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            for chunk in chunks:
                handle.write(chunk)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
