"""Makes the registry that exports are measured on: invented people, multiplied, who all consent."""

from datetime import UTC, date, datetime
from random import Random

from sqlalchemy import Connection, Table, create_engine, insert
from sqlmodel import SQLModel

from kompetanse import migrations
from kompetanse.actor import SYSTEM_ID
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.competence import tables as competence
from kompetanse.demo.generator import Maker
from kompetanse.people.tables import Consent, ContactPoint, Person

MUNICIPALITY = "5014"
DRAWN = 10_000
"""People who differ; the others are their copies, under ids of their own."""

_TABLES: tuple[type[SQLModel], ...] = (
    Person,
    ContactPoint,
    competence.Profile,
    competence.Experience,
    competence.Education,
    competence.PersonLanguage,
    competence.PersonLicence,
    competence.WishedOccupation,
    competence.Wish,
    Consent,
)
_IDS = {"id", "person_id"}


def fill(url: str, people: int) -> None:
    """Migrate a fresh database, of which `url` names one who may leave foreign keys unchecked, and fill it."""
    engine = create_engine(url)
    with engine.connect() as connection:
        _unchecked(connection)
        _draw(connection, min(people, DRAWN))
        for table in _TABLES:
            _multiply(connection, SQLModel.metadata.tables[str(table.__tablename__)], people // DRAWN)
        connection.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE")
    engine.dispose()


def migrate(url: str) -> None:
    """Bring a fresh database to this version's shape."""
    migrations.upgrade(url)


def _unchecked(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
    else:
        connection.exec_driver_sql("SET session_replication_role = replica")


def _draw(connection: Connection, people: int) -> None:
    maker = Maker(Random(1), MUNICIPALITY, SYSTEM_ID, date(2026, 6, 1))
    for batch in maker.batches(people):
        rows = dict(batch.rows)
        for row in rows[Person]:
            row.update(archived_at=None, merged_into_id=None, protected_address=False, national_id_fingerprint=None)
        rows[Consent] = [_consent(maker, row["id"]) for row in rows[Person]]
        for table in _TABLES:
            if rows.get(table):
                connection.execute(insert(table), rows[table])


def _consent(maker: Maker, person_id: object) -> dict[str, object]:
    return {
        "municipality_no": MUNICIPALITY,
        "id": maker.new_id(),
        "person_id": person_id,
        "purpose": ConsentPurpose.EXPORT_TO_JOB_SERVICE,
        "granted": True,
        "form": ConsentForm.WRITTEN,
        "given_on": date(2026, 1, 15),
        "expires_on": date(2099, 1, 1),
        "text_version": "2026-1",
        "recorded_at": datetime(2026, 1, 15, tzinfo=UTC),
        "recorded_by": SYSTEM_ID,
    }


def _multiply(connection: Connection, table: Table, times: int) -> None:
    """Copy every row `times` - 1 times; the first 32 bits of their ids number the copies."""
    sqlite = connection.dialect.name == "sqlite"
    number = "printf('%08x', n)" if sqlite else "lpad(to_hex(n), 8, '0')"

    def copied(name: str) -> str:
        whole = f"{number} || substr({name}, 9)" if sqlite else f"({number} || substr({name}::text, 9))::uuid"
        return whole if name in _IDS else name

    names = [column.name for column in table.columns]
    counted = f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {times - 1})"
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({', '.join(names)}) {counted}"
        f" SELECT {', '.join(map(copied, names))} FROM k CROSS JOIN {table.name} ORDER BY n, {table.name}.id"
        if times > 1
        else "SELECT 1"
    )
