"""A registry of invented people and open vacancies in an SQLite file, as the demo makes them."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import insert
from sqlmodel import SQLModel

from kompetanse import audit, clock, ids, migrations
from kompetanse.actor import SYSTEM_ID, Actor, ActorKind, Role
from kompetanse.database import Database
from kompetanse.demo import vacancies
from kompetanse.demo.generator import Maker, Row

MUNICIPALITY = "5014"


@contextmanager
def registry(people: int, openings: int, days: int = 1) -> Iterator[Database]:
    """So many of each; the vacancies begin up to so many days later than the demo's."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'registry.db'}")
        migrations.upgrade(str(database.url))
        audit.install(database)
        _fill(database, people, openings, days)
        yield database
        database.dispose()


def coordinator() -> Actor:
    """Somebody who may match."""
    return Actor(
        id=ids.new_id(),
        kind=ActorKind.STAFF,
        municipality_no=MUNICIPALITY,
        roles=frozenset({Role.COORDINATOR}),
        request_id="bench",
    )


def _fill(database: Database, people: int, openings: int, days: int) -> None:
    maker = Maker(Random(1), MUNICIPALITY, SYSTEM_ID, clock.today())
    made: dict[type[SQLModel], list[Row]] = defaultdict(list)
    for batch in maker.batches(people):
        for table, rows in batch.rows.items():
            made[table] += rows
    for opening in vacancies.openings(openings):
        for table, row in vacancies.rows(maker, opening):
            if "starts_on" in row:
                row["starts_on"] += timedelta(days=maker.random.randrange(days))
            made[table].append(row)
    with database.session(MUNICIPALITY) as session:
        for table, rows in made.items():
            session.connection().execute(insert(table), rows)
