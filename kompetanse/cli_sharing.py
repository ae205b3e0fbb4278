"""`kompetanse sharing …`: releases, agreements and the risk report. No person is shown."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from kompetanse import clock
from kompetanse.cli_base import FROYA, MunicipalityOption, err, everywhere, out, transaction
from kompetanse.codes.municipalities import municipality
from kompetanse.errors import Conflict, Invalid
from kompetanse.sealing import Sealer
from kompetanse.settings import Settings
from kompetanse.sharing.risk import RiskStatement
from kompetanse.sharing.tables import Agreement

sharing = typer.Typer(help="What neighbours see: releases, agreements, risk.", no_args_is_help=True)


@sharing.command("release")
def release(
    municipality_no: Annotated[
        str | None,
        typer.Option("--municipality", "-m", help="Only this one; every one with an agreement if left out."),
    ] = None,
) -> None:
    """Make this quarter's release. Run it on the first day of each quarter."""
    from kompetanse.sharing import queries
    from kompetanse.sharing.ledger import Refused

    sealer, refused = Sealer(Settings().secret()), False
    numbers = [municipality_no] if municipality_no else []
    if not numbers:
        with everywhere(write=False) as session:
            numbers = list(session.scalars(queries.sharing_municipalities(clock.today())))
    for number in numbers:
        try:
            out.print(f"{number}: {_release(number, sealer)}", soft_wrap=True)
        except Refused as error:
            err.print(f"[red]Error:[/] {number}: {error}", highlight=False, soft_wrap=True)
            refused = True
        except Conflict as error:  # it has been made, which is as good for whoever wants all of them
            if municipality_no:
                raise
            out.print(f"{number}: {error}", soft_wrap=True)
    if refused:
        raise typer.Exit(1)


@sharing.command("risk")
def risk(
    k: Annotated[int | None, typer.Option("--k", help="As an agreement would promise.", min=5, max=1000)] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write it here, signed.")] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="Write it here as a page to print.")] = None,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Report the risk of the next release as it would be made now, and check every release that was made."""
    from kompetanse.sharing import risk as reporting
    from kompetanse.sharing.risk_page import page

    sealer = Sealer(Settings().secret())
    with transaction(municipality_no, write=False) as (session, actor):
        told = reporting.statement(session, actor, sealer, k=k)
    document = reporting.signed(told, sealer)
    _show(told)
    for file, text in (
        (json_file, json.dumps(document, ensure_ascii=False, indent=2) + "\n"),
        (html_file, page(told, document["signature"])),
    ):
        if file is not None:
            file.write_text(text, "utf-8")
            out.print(escape(str(file)), soft_wrap=True, highlight=False)
    if told.broken:
        raise Conflict(f"Releases were changed after they were signed: {', '.join(told.broken)}")


@sharing.command("check")
def check(file: Annotated[Path, typer.Argument(help="A risk report as JSON.")]) -> None:
    """Check that a risk report is as this deployment wrote it."""
    from kompetanse.sharing import risk as reporting

    document = json.loads(file.read_text("utf-8"))
    if not isinstance(document, dict) or not reporting.is_signed(document, Sealer(Settings().secret())):
        raise Conflict("The report is not as it was written here")
    out.print("The report is as it was written.")


@sharing.command("pooling")
def pooling(municipality_no: MunicipalityOption = FROYA) -> None:
    """List the pooling agreements: with whom classes are made together, and who has not entered it."""
    from kompetanse.sharing import pools

    table = Table("Municipalities", "From", "To", "Not entered by", "State")
    with transaction(municipality_no, write=False) as (session, actor):
        for one in pools.poolings(session, actor):
            terms = one.agreement
            until = terms.ends_on.isoformat() if terms.ends_on else ""
            state = "revoked" if terms.revoked_at else "stands" if one.stands else "does not stand"
            parties, missing = (", ".join(map(_named, numbers)) for numbers in (terms.parties, one.missing))
            table.add_row(parties, terms.starts_on.isoformat(), until, missing, state)
    out.print(table)


@sharing.command("agreements")
def agreements(municipality_no: MunicipalityOption = FROYA) -> None:
    """List the agreements with neighbours, and which of them stand."""
    from kompetanse.sharing import agreements as service

    table = Table("Neighbour", "k", "From", "To", "Days to answer", "Days to keep", "Requests in 30 days", "State")
    with transaction(municipality_no, write=False) as (session, actor):
        for one in service.agreements(session, actor):
            numbers = map(str, (one.answer_days, one.grant_days, one.budget))
            until = one.ends_on.isoformat() if one.ends_on else ""
            table.add_row(_named(one.recipient_no), str(one.k), one.starts_on.isoformat(), until, *numbers, _state(one))
    out.print(table)


def _release(number: str, sealer: Sealer) -> str:
    """Make one municipality's release, and what it reaches in a line. Raises Conflict, Refused."""
    from kompetanse.sharing import publishing
    from kompetanse.sharing.periods import period_name

    with transaction(number) as (session, actor):
        made = publishing.release(session, actor, sealer)
        said = made.report
    smallest = f", the smallest of {said['k_reached']}" if said["classes"] else ""
    return (
        f"{period_name(made.period)} released with k {made.k}: {said['classes']} classes{smallest}; "
        f"{said['described']} of {said['people']} people described."
    )


def _show(told: RiskStatement) -> None:
    """The report in a table, the next release first."""
    table = Table("Release", "k", "Smallest class", "Fewest candidates", "Highest risk", "Described", "Record")
    if told.following is None:
        table.add_row("next", "", "", "", "", "", f"would be refused: {told.refused}")
    else:
        table.add_row("next", str(told.following.k_promised), *_reached(told.following.told()), "")
    for one in told.kept:
        table.add_row(one.period, str(one.k), *_reached(dict(one.report)), "as signed" if one.intact else "CHANGED")
    out.print(table)


def _reached(said: dict[str, object]) -> tuple[str, ...]:
    values = (said["k_reached"], said["candidates_reached"], said["prosecutor_risk"])
    return (*("" if one is None else str(one) for one in values), f"{said['described']} of {said['people']}")


def _state(one: Agreement) -> str:
    today = clock.today()
    if one.revoked_at is not None:
        return "revoked"
    if one.ends_on is not None and one.ends_on < today:
        return "ended"
    return "stands" if one.starts_on <= today else "to come"


def _named(number: str) -> str:
    try:
        return f"{number} {municipality(number).name}"
    except Invalid:
        return number
