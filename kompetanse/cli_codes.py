"""`kompetanse codes …`: the code lists that are loaded, and their refreshing from Statistics Norway."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from kompetanse import clock
from kompetanse.cli_base import out
from kompetanse.codes import catalogue, fetching
from kompetanse.codes.catalogue import Entry, FormerEntry
from kompetanse.codes.refreshing import Refreshed
from kompetanse.settings import Settings

codes = typer.Typer(help="The code lists: what is loaded, of which version, and newer ones from Statistics Norway.")

"""Where the refreshed lists lie in the data directory."""


@codes.callback(invoke_without_command=True)
def list_codes(context: typer.Context) -> None:
    """List the code lists that are loaded, each with its version and source."""
    if context.invoked_subcommand:
        return
    table = Table("List", "What", "Version", "Valid from", "Codes", "Source")
    for one in catalogue.code_lists():
        head = one.head
        version = f"{head.version} (refreshed)" if one.refreshed else head.version
        table.add_row(one.name, *map(escape, (head.what, version, head.valid_from, str(one.size), head.source)))
    out.print(table)


@codes.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="LIST", help="A list of `kompetanse codes`.")],
    code: Annotated[str | None, typer.Argument(help="One code of it, also one that is no longer valid.")] = None,
) -> None:
    """Show the codes of a list and what they lie in; or one code, and what it became."""
    if code is None:
        table = Table("Code", "Name", "English", "In")
        for one in catalogue.entries(name):
            table.add_row(*map(escape, (one.code, one.name_nb, one.name_en, _joined(one.above))))
        out.print(table)
        return
    found = catalogue.entry(name, code)
    if isinstance(found, FormerEntry):
        _tell_former(found)
    else:
        _tell(found)


@codes.command("update")
def update(
    names: Annotated[list[str] | None, typer.Option("--list", help="Only this list; may be repeated.")] = None,
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="As the lists are on this day. [today]")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Use the refreshed lists from now on.")] = False,
    source: Annotated[
        str, typer.Option("--from", help="Another address of the Klass API, or a saved answer (with one --list).")
    ] = fetching.KLASS_URL,
) -> None:
    """Say what Statistics Norway changed in its lists since; with --apply, take it over."""
    when = day.date() if day else clock.today()
    found = _fetched(tuple(names or ()), when, source)
    for one in found:
        _tell_changes(one, applied=apply)
    changed = [one.name for one in found if one.changed]
    if not changed:
        out.print(f"Nothing changed until {when}: {', '.join(one.name for one in found)}.", soft_wrap=True)
    elif apply:
        folder = Settings().codes_dir
        fetching.keep(folder, found)
        out.print(
            f"{', '.join(changed)} as of {when} are in {folder}. A server that runs reads them when it starts again.",
            soft_wrap=True,
        )
    else:
        out.print("Nothing was changed; add --apply to take this over.")


def _fetched(names: tuple[str, ...], day: date, source: str) -> tuple[Refreshed, ...]:
    file = Path(source)
    if not file.is_file():
        # in the order in which lists lie in one another, each once
        chosen = [name for name in fetching.refreshable() if name in names or not names]
        unknown = [name for name in names if name not in fetching.refreshable()]
        return fetching.fetch([*chosen, *unknown], day, source)
    if len(names) != 1:
        raise typer.BadParameter("A file holds one list: say which with --list")
    return fetching.read(names[0], file, day)


def _tell_changes(one: Refreshed, *, applied: bool) -> None:
    if one.changed or one.left_out:
        table = Table("", "Code", "Name", "", title=one.name, title_justify="left")
        for code, name in one.added:
            table.add_row("added", code, escape(name), "")
        for code, before, name in one.renamed:
            table.add_row("renamed", code, escape(name), escape(f"was {before}"))
        for code, name, valid_to, became in one.gone:
            table.add_row("gone", code, escape(name), f"from {valid_to}, became {', '.join(became) or 'not told'}")
        for code, name in one.left_out:
            table.add_row("left out", code, escape(name), "not known to this version of the program")
        out.print(table)
    verb = "" if applied else "would be "
    out.print(
        f"{one.name}: {len(one.added)} {verb}added, {len(one.renamed)} {verb}renamed, {len(one.gone)} {verb}gone.",
        soft_wrap=True,
    )


def _tell(one: Entry) -> None:
    names = " / ".join(filter(None, (one.name_nb, one.name_en)))
    since = f", from {one.valid_from}" if one.valid_from else ""
    out.print(escape(f"{one.code} {names}{since}"), soft_wrap=True)
    for label, them in (("in", one.above), ("has", one.holds)):
        for code, name in them:
            out.print(escape(f"  {label} {code} {name}".rstrip()), soft_wrap=True)


def _tell_former(one: FormerEntry) -> None:
    since = f"from {one.valid_from} " if one.valid_from else ""
    out.print(escape(f"{one.code} {one.name_nb}: valid {since}until {one.valid_to}"), soft_wrap=True)
    for heir in one.became:
        out.print(escape(f"  became {heir.code} {heir.name_nb}"), soft_wrap=True)
    if not one.became:
        out.print("  what it became is not told")


def _joined(them: Iterable[tuple[str, str]]) -> str:
    return " < ".join(f"{code} {name}".rstrip() for code, name in them)
