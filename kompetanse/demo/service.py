"""Filling an empty database with invented data, and the log-ins that go with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import func, insert, select
from sqlmodel import Session, SQLModel

from kompetanse import audit, clock
from kompetanse.actor import SYSTEM_ID, Role, system_actor
from kompetanse.contacts import announcing
from kompetanse.database import EVERYWHERE, Database
from kompetanse.demo import courses, personas, vacancies
from kompetanse.demo.generator import Maker
from kompetanse.errors import Conflict
from kompetanse.identity import service as identity
from kompetanse.loading import count_rows
from kompetanse.people.tables import Person
from kompetanse.sealing import Sealer
from kompetanse.settings import Settings
from kompetanse.sharing import agreements
from kompetanse.sharing.agreements import AgreementFields

PASSWORD = "laks og lefse på Frøya"  # noqa: S105 - invented data, known to all
SECRET = "demo-secret-that-everybody-knows"  # noqa: S105 - the same

FROYA, HITRA = "5014", "5056"
_NAMES = {FROYA: "Frøya", HITRA: "Hitra"}
_VACANCIES = {FROYA: 60, HITRA: 20}


@dataclass(frozen=True, slots=True)
class Login:
    """One way into the demo."""

    email: str
    password: str
    role: str
    municipality: str


_STAFF: tuple[tuple[str, str, tuple[Role, ...], str | None, str], ...] = (
    ("koordinator@froya.example", "Kari Koordinator", (Role.COORDINATOR,), None, FROYA),
    ("leder@froya.example", "Lars Leder", (Role.LEADER,), None, FROYA),
    ("hr@froya.example", "Hanne HR", (Role.HR,), "Økonomi", FROYA),
    ("personvern@froya.example", "Pål Personvern", (Role.DPO,), None, FROYA),
    ("admin@froya.example", "Anne Admin", (Role.ADMINISTRATOR,), None, FROYA),
    ("analyse@froya.example", "Arne Analytiker", (Role.ANALYST,), None, FROYA),
    ("koordinator@hitra.example", "Kåre Koordinator", (Role.COORDINATOR,), None, HITRA),
)

_NEIGHBOUR = {FROYA: HITRA, HITRA: FROYA}

_TERMS = AgreementFields(
    k=5,
    starts_on=date(2026, 1, 1),
    purpose="Finne hverandres kompetanse før vi leter utenfor regionen",
    legal_basis="Samtykke, personvernforordningen art. 6 nr. 1 bokstav a",
    signed_here="Lars Leder",
    signed_there="Hilde Hitterdal",
)
"""Invented, as all of it."""

_CLIENTS: tuple[tuple[str, Role, str | None], ...] = (
    ("demo-hitra", Role.NEIGHBOUR, HITRA),
    ("demo-job-service", Role.JOB_SERVICE, None),
    ("demo-own-system", Role.COORDINATOR, None),
)


def seed(settings: Settings, *, people: int, seed: int, console: Console) -> list[Login]:
    """Fill an empty database; one that has people is left as it is. The log-ins either way."""
    with _database(settings) as database:
        with database.session(EVERYWHERE, write=False) as session:
            empty = session.scalar(select(func.count()).select_from(Person)) == 0
        if empty:
            _fill(database, people, seed, Sealer(settings.secret()), console)
    staff = [Login(email, PASSWORD, roles[0].value, _NAMES[home]) for email, _, roles, _, home in _STAFF]
    return staff + [Login(f"API: {name}", SECRET, role.value, _NAMES[FROYA]) for name, role, _ in _CLIENTS]


def forget(settings: Settings) -> None:
    """Delete the embedded database.

    Raises:
        Conflict: the database is a server's; that is not ours to drop.
    """
    path = Database(settings.database_url).url.database
    if not settings.embedded or path is None:
        raise Conflict("Only the embedded database is reset; drop and create a server's database by hand")
    for suffix in ("", "-wal", "-shm"):
        Path(path + suffix).unlink(missing_ok=True)


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database_url)
    audit.install(database)
    yield database
    database.dispose()


def _fill(database: Database, people: int, seed: int, sealer: Sealer, console: Console) -> None:
    """All of it in one transaction a municipality: half a demo is none."""
    shares = {FROYA: people, HITRA: max(people // 4, 1)}
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Inventing newcomers", total=sum(shares.values()))
        for position, (municipality_no, count) in enumerate(shares.items()):
            with database.session(municipality_no) as session:
                maker = Maker(Random(seed + position), municipality_no, SYSTEM_ID, clock.today())
                if municipality_no == FROYA:
                    personas.tell(session, system_actor(FROYA))
                for number, batch in enumerate(maker.batches(count)):
                    for table, rows in batch.rows.items():
                        session.connection().execute(insert(table), rows)
                    if number == 0:
                        count_rows(session.connection(), batch.rows)
                    progress.advance(task, batch.people)
                _vacancies(session, maker)
                if municipality_no == FROYA:
                    courses.offer(session, system_actor(FROYA), maker.today)
                _accounts(session, municipality_no)
                _share(session, municipality_no, sealer)
                actor = system_actor(municipality_no)
                audit.record(session, actor, "seed", "person", fields=[f"{count} invented newcomers"])


def _vacancies(session: Session, maker: Maker) -> None:
    rows: dict[type[SQLModel], list[dict[str, object]]] = {}
    for opening in vacancies.openings(_VACANCIES[maker.municipality_no]):
        for table, row in vacancies.rows(maker, opening):
            rows.setdefault(table, []).append(row)
    for table, made in rows.items():
        session.connection().execute(insert(table), made)


def _share(session: Session, municipality_no: str, sealer: Sealer) -> None:
    """Both municipalities agree to share, and each makes its first release."""
    actor = system_actor(municipality_no)
    agreements.agree(session, actor, recipient_no=_NEIGHBOUR[municipality_no], fields=_TERMS)
    session.flush()
    announcing.release(session, actor, sealer)


def _accounts(session: Session, municipality_no: str) -> None:
    actor = system_actor(municipality_no)
    for email, name, roles, unit, home in _STAFF:
        if home == municipality_no:
            identity.add_account(
                session, actor, email=email, name=name, password=PASSWORD, roles=list(roles), unit=unit
            )
    if municipality_no == FROYA:
        for name, role, recipient_no in _CLIENTS:
            client, _ = identity.issue_client(session, actor, name=name, roles=[role], recipient_no=recipient_no)
            client.client_id, client.secret_hash = name, identity.digest(SECRET)
