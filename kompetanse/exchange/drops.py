"""Scheduled exports: the job service's package, written to a folder once a period.

Whoever looks, a server's thread or `kompetanse export drop` under cron, writes the package of the period that runs now
unless it was written: the record of exports lets each period be taken once, however many look at the same time.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.codes.exports import ExportShape
from kompetanse.database import Database, violated_constraint
from kompetanse.exchange import queries
from kompetanse.exchange.job_service import Export, Wanted, export_job_service
from kompetanse.exchange.whole_files import write
from kompetanse.settings import Settings

EVERY = 60.0
"""Seconds between two looks."""

_ONCE_A_PERIOD = "uq_export_run_scheduled_for"


@dataclass(frozen=True, slots=True)
class DropPlan:
    """Where packages are dropped, of which municipalities, and how often.

    `incremental`: after the first, only what changed since the last whole one. `password` encrypts them.
    """

    folder: Path
    municipalities: tuple[str, ...]
    every: timedelta
    incremental: bool = False
    password: str | None = None


def plan_of(settings: Settings) -> DropPlan | None:
    """What the operator planned; None when nothing is to be dropped."""
    if settings.export_folder is None or not settings.export_municipalities:
        return None
    password = settings.export_password
    return DropPlan(
        settings.export_folder,
        tuple(settings.export_municipalities),
        timedelta(hours=settings.export_every_hours),
        settings.export_incremental,
        password.get_secret_value() if password else None,
    )


def drop_due(database: Database, plan: DropPlan, municipality_no: str) -> Path | None:
    """Write the package of the period that runs now; None when that was done, or somebody else does it.

    Raises:
        OSError: the folder is not there, or not to be written. The period stays due.
    """
    actor = system_actor(municipality_no).doing(Operation.EXPORT_JOB_SERVICE)
    began = _period_began(clock.now(), plan.every)
    if not plan.folder.is_dir():
        raise NotADirectoryError(20, "The folder for exports is not there", str(plan.folder))
    export = _begun(database, actor, plan, began)
    if export is None:
        return None
    kind = "endringer" if export.since else "alle"
    file = plan.folder / f"jobbformidling-{municipality_no}-{began:%Y%m%dT%H%MZ}-{kind}.zip"
    try:
        write(file, export.chunks)
    except BaseException:
        _give_back(database, actor, export.id)
        raise
    return file


def _period_began(now: datetime, every: timedelta) -> datetime:
    """Periods are counted from midnight, 1 January 1970, UTC."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch + (now - epoch) // every * every


def _begun(database: Database, actor: Actor, plan: DropPlan, began: datetime) -> Export | None:
    period = began.strftime("%Y-%m-%dT%H:%MZ")
    with database.session(actor.municipality_no, write=False) as session:
        if session.exec(queries.drop_for(actor, period)).first() is not None:
            return None
        last = session.exec(queries.last_drop(actor)).first() if plan.incremental else None
    wanted = Wanted(ExportShape.PACKAGE, last.began_at if last else None, plan.password, period)
    try:
        return export_job_service(database, actor, wanted)
    except IntegrityError as error:
        if violated_constraint(error) != _ONCE_A_PERIOD:
            raise
        return None


def _give_back(database: Database, actor: Actor, run_id: UUID) -> None:
    """Let the period be due again: its file was not written."""
    with database.session(actor.municipality_no) as session:
        run = session.exec(queries.export_run(actor, run_id)).one()
        run.scheduled_for = None
        audit.record(session, actor, "change", "job_service_export", [run_id], ["scheduled_for"])
