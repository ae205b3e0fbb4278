"""`kompetanse …`: everything an operator does, by the same services as the server."""

from typing import Annotated

import typer
from rich.table import Table

from kompetanse import __version__, migrations
from kompetanse.actor import Role
from kompetanse.cli_base import FROYA, Commands, MunicipalityOption, err, everywhere, out, transaction
from kompetanse.cli_codes import codes
from kompetanse.cli_cv import cv
from kompetanse.cli_exports import exports
from kompetanse.cli_feed import feed
from kompetanse.cli_files import imports
from kompetanse.cli_matching import match
from kompetanse.cli_sharing import sharing
from kompetanse.cli_taxonomy import follow, index, taxonomy
from kompetanse.cli_webhooks import webhooks
from kompetanse.codes.lists import use_folder
from kompetanse.database import Database
from kompetanse.errors import NotFound
from kompetanse.settings import Settings
from kompetanse.taxonomy.starter import starter

app = typer.Typer(
    name="kompetanse",
    cls=Commands,
    help="The registry of a municipality's newcomers' competence.\n\n"
    "Begin with: [bold]kompetanse migrate[/], [bold]kompetanse seed[/], [bold]kompetanse serve[/]. "
    "Settings are environment variables KOMPETANSE_…; see docs/operator.md.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
users = typer.Typer(help="Staff accounts: who can log in.", no_args_is_help=True)
clients = typer.Typer(help="API clients: neighbours, the job service, own systems.", no_args_is_help=True)
app.add_typer(imports, name="import")
app.add_typer(exports, name="export")
app.add_typer(taxonomy, name="taxonomy")
app.add_typer(codes, name="codes")
app.add_typer(match, name="match")
app.add_typer(sharing, name="sharing")
app.add_typer(cv, name="cv")
app.add_typer(users, name="user")
app.add_typer(clients, name="client")
app.add_typer(webhooks, name="webhooks")
app.add_typer(feed, name="feed")


def main() -> None:
    """Run the command; an error of the domain is one line and exit code 1."""
    app()


@app.callback()
def _begin() -> None:
    """Read the code lists that were refreshed in place of the shipped ones, whatever the command."""
    use_folder(Settings().codes_dir)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int, typer.Option(help="Processes; more than one needs PostgreSQL.", min=1)] = 1,
) -> None:
    """Serve the pages and the API."""
    import uvicorn

    from kompetanse.matching.vectors import scoring
    from kompetanse.messages.service import lacking

    settings = Settings()
    if workers > 1 and settings.embedded:
        raise typer.BadParameter("More than one worker needs PostgreSQL; set KOMPETANSE_DATABASE_URL")
    address, number = host or settings.host, port or settings.port
    if not settings.cookie_secure and address not in {"127.0.0.1", "localhost", "::1"}:
        err.print("[yellow]Warning:[/] serve behind HTTPS and set KOMPETANSE_COOKIE_SECURE=true")
    if not settings.public_url and (settings.cookie_secure or address not in {"127.0.0.1", "localhost", "::1"}):
        err.print("[yellow]Warning:[/] set KOMPETANSE_PUBLIC_URL: newcomers' links begin with what a request calls us")
    for name in lacking(settings):
        err.print(f"[yellow]Warning:[/] set {name}: no link is sent to anybody until then")
    index()
    with err.status("Making the matching ready: half a minute the first time"):
        scoring.warm()
    out.print(f"Kompetanse {__version__} on [bold]http://{address}:{number}/[/]  (Ctrl-C stops it)")
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=address,
        port=number,
        workers=workers,
        access_log=False,
        log_level="warning",
        server_header=False,
    )


@app.command()
def migrate(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail when something is missing.")] = False,
) -> None:
    """Bring the database to this version's shape. Safe to repeat; no row is lost."""
    settings = Settings()
    if check:
        migrations.check(settings.database_url)
        return
    Database(settings.database_url).dispose()
    migrations.upgrade(settings.database_url)
    with everywhere() as session:
        relinked = follow(session, starter().replaced)
    out.print("The database has this version's shape.")
    if relinked:
        what = "links of people, vacancies and courses follow concepts that have a new key in the starter lists"
        out.print(f"{relinked} {what}.")


@app.command()
def seed(
    reset: Annotated[bool, typer.Option("--reset", help="Delete the embedded database first.")] = False,
    people: Annotated[int, typer.Option(help="How many invented newcomers.", min=10, max=1_000_000)] = 850,
    number: Annotated[int, typer.Option("--seed", help="The same number gives the same people.")] = 2014,
) -> None:
    """Fill an empty database with invented people and vacancies of Frøya and Hitra, and print the log-ins."""
    from kompetanse.demo import service as demo

    settings = Settings()
    if reset:
        demo.forget(settings)
        migrations.upgrade(settings.database_url)
    logins = demo.seed(settings, people=people, seed=number, console=err)
    out.print("Invented demo data. Log in with:")
    for login in logins:
        out.print(f"  {login.email:28} {login.password:34} {login.role}, {login.municipality}", soft_wrap=True)


@users.command("add")
def add_user(
    email: str,
    name: Annotated[str, typer.Option(prompt=True)],
    role: Annotated[list[Role], typer.Option(help="May be repeated.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    unit: Annotated[str | None, typer.Option(help="The unit of an HR user.")] = None,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Make a staff account."""
    from kompetanse.identity import service as identity

    with transaction(municipality_no) as (session, actor):
        identity.add_account(session, actor, email=email, name=name, password=password, roles=role, unit=unit)
    out.print("The account can log in.")


@users.command("list")
def list_users(municipality_no: MunicipalityOption = FROYA) -> None:
    """List staff accounts."""
    from kompetanse.identity import service as identity

    table = Table("E-mail", "Name", "Roles", "Unit", "Closed")
    with transaction(municipality_no, write=False) as (session, actor):
        for account in identity.list_accounts(session, actor):
            closed = account.disabled_at.date().isoformat() if account.disabled_at else ""
            table.add_row(account.email, account.name, ", ".join(account.roles), account.unit or "", closed)
    out.print(table)


@users.command("disable")
def disable_user(email: str, municipality_no: MunicipalityOption = FROYA) -> None:
    """Close an account, and end its sessions at once."""
    from kompetanse.identity import service as identity

    with transaction(municipality_no) as (session, actor):
        accounts = {account.email: account.id for account in identity.list_accounts(session, actor)}
        if email.lower() not in accounts:
            raise NotFound("account in this municipality")
        identity.disable_account(session, actor, accounts[email.lower()])
    out.print("The account is closed.")


@clients.command("add")
def add_client(
    name: str,
    role: Annotated[list[Role], typer.Option(help="coordinator, hr, neighbour, job_service or employer.")],
    recipient: Annotated[str | None, typer.Option(help="The neighbour's municipality number.")] = None,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Make an API client; its secret is shown once."""
    from kompetanse.identity import service as identity

    with transaction(municipality_no) as (session, actor):
        client, secret = identity.issue_client(session, actor, name=name, roles=role, recipient_no=recipient)
    out.print(f"client_id      {client.client_id}\nclient_secret  {secret}", highlight=False)


@clients.command("add-organisation")
def add_organisation(
    name: str,
    recipient: Annotated[str, typer.Option(help="The neighbour's municipality number.")],
    organisation: Annotated[str, typer.Option(help="Its organisation number, nine digits.")],
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Let a neighbour in with tokens of Maskinporten; it gets no secret."""
    from kompetanse.identity import organisations

    with transaction(municipality_no) as (session, actor):
        client = organisations.register_organisation(
            session, actor, name=name, recipient_no=recipient, organisation_no=organisation
        )
    out.print(f"client_id      {client.client_id}", highlight=False)
    scope = Settings().maskinporten_scopes.get(municipality_no)
    if scope is None:
        err.print("[yellow]Warning:[/] no scope opens this municipality; set KOMPETANSE_MASKINPORTEN_SCOPES")
    else:
        out.print(f"scope          {scope}", highlight=False)


@clients.command("revoke")
def revoke_client(client_id: str, municipality_no: MunicipalityOption = FROYA) -> None:
    """Stop an API client; its tokens die with it."""
    from kompetanse.identity import service as identity

    with transaction(municipality_no) as (session, actor):
        identity.revoke_client(session, actor, client_id)
    out.print("The client is stopped.")
