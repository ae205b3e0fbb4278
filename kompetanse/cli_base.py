"""What every command shares: consoles, how an error is told, and a transaction in one municipality."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from typer.core import TyperGroup

from kompetanse import audit
from kompetanse.actor import Actor, system_actor
from kompetanse.codes.municipalities import municipality
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import DomainError, Invalid
from kompetanse.settings import Settings

out = Console()
err = Console(stderr=True)

MunicipalityOption = Annotated[
    str, typer.Option("--municipality", "-m", help="Number of the municipality, four digits.", show_default=True)
]
FROYA = "5014"


class Commands(TyperGroup):
    """A group of commands that tells an error in one line and ends with exit code 1."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as click has it
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (DomainError, SQLAlchemyError, OSError, ValueError) as error:
            err.print(f"[red]Error:[/] {_told(error)}", highlight=False, soft_wrap=True)
            raise typer.Exit(1) from None


def _told(error: Exception) -> str:
    """The error in a line. A database's own words may hold values of rows, so only its kind is told."""
    match error:
        case Invalid(faults=faults) if faults:
            return "; ".join(f"{one.detail}. {one.hint}".rstrip(". ") for one in faults)
        case DomainError():
            return str(error)
        case ValidationError():
            return _refused(error)
        case SQLAlchemyError():
            return f"The database refused ({type(error).__name__}). Is it there? Run: kompetanse migrate"
        case OSError():
            return f"{error.strerror or type(error).__name__}: {error.filename or ''}"
        case _:
            return str(error)


def _refused(error: ValidationError) -> str:
    """What is wrong with which settings. What somebody wrote into them is not repeated: it may be a password."""
    if error.title != "Settings":
        return f"{error.error_count()} settings or values are wrong; see docs/operator.md"
    told = ((str(one["loc"][0]).upper(), one["msg"].removeprefix("Value error, ")) for one in error.errors())
    wrong = "; ".join(f"KOMPETANSE_{name}: {what}" for name, what in told)
    return f"Wrong settings, see docs/operator.md: {wrong}"


def _database() -> Database:
    settings = Settings()
    return Database(settings.database_url, settings.derived_dir, semantic=settings.semantic)


@contextmanager
def opened(municipality_no: str) -> Iterator[tuple[Database, Actor]]:
    """The database, and the system as it acts in one municipality. Raises UnknownCode."""
    municipality(municipality_no)
    database = _database()
    audit.install(database)
    try:
        yield database, system_actor(municipality_no)
    finally:
        database.dispose()


@contextmanager
def everywhere(*, write: bool = True) -> Iterator[Session]:
    """A transaction over all municipalities of the deployment, for what belongs to none of them."""
    database = _database()
    audit.install(database)
    try:
        with database.session(EVERYWHERE, write=write) as session:
            yield session
    finally:
        database.dispose()


@contextmanager
def transaction(municipality_no: str, *, write: bool = True) -> Iterator[tuple[Session, Actor]]:
    """A transaction in one municipality, as the system; committed when the block ends well."""
    with opened(municipality_no) as (database, actor), database.session(municipality_no, write=write) as session:
        yield session, actor


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, float], None]]:
    """A bar that moves while one waits; hears how many rows are done, and which share of all that is."""
    columns = (TextColumn(what), BarColumn(), TextColumn("{task.fields[rows]:,} rows"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(what, total=1.0, rows=0)
        yield lambda rows, share: progress.update(task, completed=share, rows=rows)


def working(what: str) -> Progress:
    """Something that moves while one waits; gone afterwards."""
    progress = Progress(SpinnerColumn(), TextColumn(what), TimeElapsedColumn(), console=err, transient=True)
    progress.add_task(what, total=None)
    return progress
