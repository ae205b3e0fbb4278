"""`kompetanse export …`: files for partners and for the municipality's analysts, out of the registry."""

import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kompetanse.cli_base import FROYA, MunicipalityOption, err, opened, out, transaction, working
from kompetanse.codes.exports import AnalyticsFormat
from kompetanse.errors import Conflict
from kompetanse.settings import Settings

exports = typer.Typer(help="Write files for partners and analysts, and see what was written.", no_args_is_help=True)

_MOMENT = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]
_PASSWORD_BYTES = 15


@exports.command("job-service")
def export_job_service(
    file: Annotated[Path, typer.Argument(help="Where to write: NAME.csv (one line a person) or NAME.zip (package).")],
    since: Annotated[
        datetime | None, typer.Option(formats=_MOMENT, help="Only changes from then on, and whom to delete. UTC.")
    ] = None,
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Ask for a password, and encrypt the zip.")] = False,
    make_password: Annotated[bool, typer.Option("--make-password", help="Encrypt, and show a password once.")] = False,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Write consenting people for the job service.

    Beside a CSV come FILE.schema.json (Frictionless Table Schema: its columns) and FILE.resource.json (how it is
    written, its rows and SHA-256). A zip has all that inside, in datapackage.json.
    """
    from kompetanse.codes.exports import ExportShape
    from kompetanse.exchange import job_service
    from kompetanse.exchange.whole_files import write

    shape = {".csv": ExportShape.WIDE, ".zip": ExportShape.PACKAGE}.get(file.suffix.lower())
    if shape is None:
        raise typer.BadParameter("The file's name ends in .csv or .zip")
    if (encrypt or make_password) and shape is not ExportShape.PACKAGE:
        raise typer.BadParameter("Only a package can be encrypted: let the file's name end in .zip")
    wanted = job_service.Wanted(shape, since and _utc(since), _password(encrypt, make_password))
    with working(f"Writing {file.name}"), opened(municipality_no) as (database, actor):
        export = job_service.export_job_service(database, actor, wanted)
        write(file, export.chunks)
    with transaction(municipality_no, write=False) as (session, actor):
        run = job_service.read_export(session, actor, export.id)
    if shape is ExportShape.WIDE:
        _describe(file, run.size, run.rows, run.sha256 or "")
    out.print(f"Written: {file}. It holds personal data of {run.people} people.", soft_wrap=True)
    out.print(f"{run.ended} to be deleted. SHA-256 {run.sha256}", soft_wrap=True, highlight=False)


@exports.command("analytics")
def export_analytics(
    file: Annotated[Path, typer.Argument(help="Where to write: NAME.zip.")],
    only: Annotated[AnalyticsFormat | None, typer.Option(help="Write tables in this format alone.")] = None,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Write the analytics extract: pseudonymised tables and counts for the municipality's own analysts.

    Each row about people stands for at least KOMPETANSE_ANALYTICS_THRESHOLD households. It is personal data still.
    """
    from kompetanse.analytics import service
    from kompetanse.exchange.whole_files import write

    if file.suffix.lower() != ".zip":
        raise typer.BadParameter("The file's name ends in .zip")
    formats = [only] if only else list(AnalyticsFormat)
    with working(f"Writing {file.name}"), opened(municipality_no) as (database, actor):
        made = service.make_extract(database, actor, threshold=Settings().analytics_threshold, formats=formats)
        write(file, made.chunks)
    with transaction(municipality_no, write=False) as (session, actor):
        run = service.read_extract(session, actor, made.id)
    out.print(f"Written: {file}. Of {run.people} people, {run.row_count} rows; {run.waiting} wait.", soft_wrap=True)
    out.print(f"SHA-256 {run.sha256}", soft_wrap=True, highlight=False)


@exports.command("list")
def list_exports(
    most: Annotated[int, typer.Option(help="How many.", min=1, max=200)] = 20,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """List what was exported, newest first."""
    from kompetanse.exchange import job_service
    from kompetanse.paging import PageRequest

    with transaction(municipality_no, write=False) as (session, actor):
        found = job_service.exports(session, actor, PageRequest(most)).items
    for one in found:
        by = "schedule" if one.scheduled_for else f"{one.actor_kind.value} {one.made_by}"
        since = f", changes since {one.since:%Y-%m-%dT%H:%M:%SZ}" if one.since else ""
        told = f"{one.shape.value}, {one.people} people, {one.ended} to delete{since}{', encrypted' * one.encrypted}"
        out.print(f"{one.began_at:%Y-%m-%dT%H:%M:%SZ}  {told}, by {by}", soft_wrap=True, highlight=False)
        out.print(f"  SHA-256 {one.sha256 or 'none: not whole'}", soft_wrap=True, highlight=False)
    if not found:
        out.print("Nothing was exported yet.")


@exports.command("drop")
def drop() -> None:
    """Write the scheduled package of each municipality that is due. A running server does so by itself."""
    from kompetanse.exchange.drops import drop_due, plan_of

    settings = Settings()
    plan = plan_of(settings)
    if plan is None:
        raise Conflict("Nothing is planned: set KOMPETANSE_EXPORT_FOLDER and KOMPETANSE_EXPORT_MUNICIPALITIES")
    for municipality_no in plan.municipalities:
        with working(f"Writing for {municipality_no}"), opened(municipality_no) as (database, _):
            written = drop_due(database, plan, municipality_no)
        out.print(f"{municipality_no}: {written or 'nothing is due'}", soft_wrap=True, highlight=False)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _password(ask: bool, make: bool) -> str | None:
    if make:
        made = secrets.token_urlsafe(_PASSWORD_BYTES)
        err.print(f"Password, shown this once: {made}", highlight=False, markup=False)
        return made
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True)) if ask else None


def _describe(file: Path, size: int, rows: int, sha256: str) -> None:
    """Write what the CSV is beside it."""
    from kompetanse.exchange import job_seekers
    from kompetanse.exchange.csv_safe import counted
    from kompetanse.exchange.whole_files import write

    resource = counted(job_seekers.resource(file.name), size, rows, sha256)
    for kind, described in (("schema", job_seekers.schema()), ("resource", resource)):
        text = json.dumps(described, ensure_ascii=False, indent=2)
        write(file.with_name(f"{file.name}.{kind}.json"), [text.encode()])
