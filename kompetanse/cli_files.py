"""`kompetanse import …`: files into the registry."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Protocol

import typer
from rich.table import Table

from kompetanse.cli_base import FROYA, MunicipalityOption, err, out, transaction, working
from kompetanse.settings import Settings

imports = typer.Typer(help="Read files into the registry. A dry run comes first.", no_args_is_help=True)

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
    with working(f"Reading {file.name}"), transaction(municipality_no, write=apply) as (session, actor):
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
    files: Annotated[list[Path], typer.Argument(exists=True, help="Feed entries (JSON), or folders of them.")],
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Read vacancies from entries of the job service's feed, all in one transaction. Safe to repeat."""
    from kompetanse.exchange import service

    outcomes: Counter[str] = Counter()
    with working("Reading the feed"), transaction(municipality_no) as (session, actor):
        for file in _entries(files):
            content = file.read_bytes()
            if _is_page(content):
                err.print(f"{file.name} is a page of the feed, which only lists its entries: left out")
                continue
            outcomes[service.import_feed_entry(session, actor, content).outcome.value] += 1
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    out.print(f"Vacancies: {told or 'no entries found'}.")


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


def _entries(files: Iterable[Path]) -> Iterator[Path]:
    for file in files:
        yield from sorted(file.rglob("*.json")) if file.is_dir() else [file]


def _is_page(content: bytes) -> bool:
    from kompetanse.exchange.feed import FeedRefused, parse_feed_page

    try:
        parse_feed_page(content)
    except FeedRefused:
        return False
    return True
