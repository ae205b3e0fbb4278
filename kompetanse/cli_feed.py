"""`kompetanse feed …`: following the job service's vacancy feed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from pydantic import JsonValue
from rich.table import Table
from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.cli_base import FROYA, MunicipalityOption, err, opened, out, transaction
from kompetanse.errors import FieldFault, Invalid
from kompetanse.settings import Settings

if TYPE_CHECKING:
    from kompetanse.feeds.nav_import import NavImport

feed = typer.Typer(help="The job service's vacancy feed.", no_args_is_help=True)


_HOW_TO_MEND = {
    "unreachable": "Nobody answers at KOMPETANSE_FEED_URL.",
    "refused": "The feed takes no such token: mend KOMPETANSE_FEED_TOKEN, or take it away.",
    "busy": "The feed asks us to wait.",
    "missing": "There is no feed at KOMPETANSE_FEED_URL.",
    "not_a_feed": "What answers at KOMPETANSE_FEED_URL is no such feed.",
}
"""What an operator does about a fault, where it is hers to mend."""


@feed.command("sync")
def sync(
    municipality_no: MunicipalityOption = FROYA,
    keep: Annotated[
        list[str] | None, typer.Option(help="Keep vacancies of this municipality too; may be repeated.")
    ] = None,
    take_over: Annotated[bool, typer.Option("--take-over", help="Break off a reading that seems to go on.")] = False,
) -> None:
    """Read the feed from where it was read to. Safe to repeat; a running server does so by itself."""
    from kompetanse.feeds.client import FeedClient
    from kompetanse.feeds.following import follow

    settings = Settings()
    if not settings.feed_url:
        raise typer.BadParameter("There is no feed to follow; set KOMPETANSE_FEED_URL (docs/operator.md)")
    token = settings.feed_token.get_secret_value() if settings.feed_token else None
    wanted = [*settings.feed_municipalities.get(municipality_no, [municipality_no]), *(keep or ())]
    with (
        err.status("Reading the feed"),
        opened(municipality_no) as (database, _),
        FeedClient(settings.feed_url, token) as client,
    ):
        every = timedelta(minutes=settings.feed_minutes)
        done = follow(database, client, municipality_no, wanted, every=every, take_over=take_over)
    counts = f"{done.came} came, {done.changed} changed, {done.went} went, {done.unreadable} could not be read"
    out.print(f"{done.pages} pages, {done.lines} lines: {counts}.", highlight=False)
    if done.fault is not None:
        why = f"{done.fault.value}. {_HOW_TO_MEND.get(done.fault.value, '')}".strip()
        err.print(f"[red]Not read to the end:[/] {why} What was read is kept; sync again goes on there.")
        raise typer.Exit(1)


@feed.command("status")
def status(
    municipality_no: MunicipalityOption = FROYA,
    limit: Annotated[int, typer.Option(help="How many to show.", min=1, max=200)] = 10,
) -> None:
    """Show when advertisements came in, what that changed, and how it ended."""
    from kompetanse.feeds import service
    from kompetanse.paging import PageRequest

    table = Table("When", "From", "Came", "Changed", "Went", "Unreadable", "Ended")
    with transaction(municipality_no, write=False) as (session, actor):
        for one in service.list_intakes(session, actor, PageRequest(limit), all_of_them=True).items:
            ended = one.status.value if one.fault is None else f"{one.status.value}: {one.fault.value}"
            counts = map(str, (one.came, one.changed, one.went, one.unreadable))
            table.add_row(f"{one.started_at:%Y-%m-%d %H:%M}", one.sender or "the feed", *counts, ended)
    out.print(table)


@feed.command("publish")
def publish(
    vacancies: Annotated[
        list[UUID] | None, typer.Argument(help="Ids of own vacancies; none: those that changed since.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what NAV would get; send nothing.")] = False,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Have NAV advertise own vacancies, send again those that changed since, and take down those that ended."""
    from kompetanse.feeds import publishing

    with opened(municipality_no) as (database, actor):
        with database.session(municipality_no, write=False) as session:
            changed, ended = publishing.outdated(session, actor)
            chosen = [*(vacancies or changed)]
            written = _drafts(session, actor, chosen)
        if dry_run:
            for one in written:
                out.print_json(data=one)
            for ending in ended:
                err.print(f"{ending} would be taken down")
            if not written and not ended:
                err.print("NAV shows all as it is.")
            return
        told = []
        with _nav_import() as client:
            told += publishing.publish(database, client, actor, chosen) if chosen else []
            told += [publishing.stop(database, client, actor, one) for one in ended]
    for answer in told:
        said = f"{answer.title}: {answer.receipt.status.value} {answer.receipt.message or ''}"
        out.print(said.rstrip(), markup=False, highlight=False)
    if not told:
        out.print("NAV shows all as it is.")
    if any(answer.receipt.status == "ERROR" for answer in told):
        raise typer.Exit(1)


def _drafts(session: Session, actor: Actor, vacancies: Sequence[UUID]) -> list[dict[str, JsonValue]]:
    """What NAV would get. Raises Invalid: it demands what is lacking; each fault names whose it is."""
    from kompetanse.feeds import publishing

    written, faults = [], []
    for one in vacancies:
        try:
            written += publishing.drafts(session, actor, [one])
        except Invalid as error:
            lacking = ((fault.pointer.strip("/"), fault.hint) for fault in error.faults)
            faults += [FieldFault(f"/{name}", f"{one} lacks {name}, which NAV demands", hint) for name, hint in lacking]
    if faults:
        raise Invalid(*faults)
    return written


def _nav_import() -> "NavImport":
    from kompetanse.feeds.nav_import import NavImport

    settings = Settings()
    if not settings.sends_to_nav or settings.nav_import_token is None:
        raise typer.BadParameter("Set KOMPETANSE_NAV_IMPORT_URL, _PROVIDER and _TOKEN (docs/operator.md)")
    return NavImport(
        settings.nav_import_url, settings.nav_import_provider, settings.nav_import_token.get_secret_value()
    )
