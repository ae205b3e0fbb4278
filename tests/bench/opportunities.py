"""One person against 5,000 open vacancies, from a database to explained JSON, as her coordinator asks."""

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

import numpy as np
from pydantic import TypeAdapter
from sqlalchemy import insert
from sqlmodel import Session

from kompetanse import audit, clock, ids, migrations
from kompetanse.actor import SYSTEM_ID, Actor, ActorKind, Role
from kompetanse.database import Database
from kompetanse.demo import vacancies
from kompetanse.demo.generator import Maker
from kompetanse.matching import service
from kompetanse.people.tables import Person
from schemas.matching import MatchOut
from tests.bench.results import Results, Row
from tests.bench.timing import took

MUNICIPALITY = "5014"
PEOPLE, VACANCIES, REQUESTS, WARMING = 850, 5000, 300, 10
MOST_MS = 50

_SHOWN = TypeAdapter(list[MatchOut])


def run() -> Results:
    """The first answer of a process, and the spread of those that follow."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'registry.db'}")
        migrations.upgrade(str(database.url))
        audit.install(database)
        people = _fill(database)
        asked = Random(5).choices(people, k=WARMING + REQUESTS)
        seconds = [took(partial(_answer, database, person)).wall for person in asked]
        database.dispose()
    warm = np.array(seconds[WARMING:]) * 1000
    p50, p99 = (float(np.percentile(warm, share)) for share in (50, 99))
    name = f"one person, {VACANCIES:,} vacancies, the 20 best explained"
    row = Row((name, f"{seconds[0]:.1f}", f"{p50:.1f}", f"{p99:.1f}", f"p99 {MOST_MS}"), p99 <= MOST_MS)
    columns = ("", "first s", "p50 ms", "p99 ms", "target")
    return Results(f"From database to explained JSON, {REQUESTS} requests, SQLite", columns, [row])


def _fill(database: Database) -> Sequence[UUID]:
    """Invented people and open vacancies of one municipality; who they are."""
    with database.session(MUNICIPALITY) as session:
        maker = Maker(Random(1), MUNICIPALITY, SYSTEM_ID, clock.today())
        people: list[UUID] = []
        for batch in maker.batches(PEOPLE):
            for table, rows in batch.rows.items():
                session.connection().execute(insert(table), rows)
            people += [row["id"] for row in batch.rows[Person]]
        _open(session, maker)
    return people


def _open(session: Session, maker: Maker) -> None:
    """Vacancies that begin on many days, as they do."""
    made = defaultdict(list)
    for opening in vacancies.openings(VACANCIES):
        for table, row in vacancies.rows(maker, opening):
            if "starts_on" in row:
                row["starts_on"] += timedelta(days=maker.random.randrange(120))
            made[table].append(row)
    for table, rows in made.items():
        session.connection().execute(insert(table), rows)


def _answer(database: Database, person_id: UUID) -> bytes:
    coordinator = Actor(
        id=ids.new_id(),
        kind=ActorKind.STAFF,
        municipality_no=MUNICIPALITY,
        roles=frozenset({Role.COORDINATOR}),
        request_id="bench",
    )
    with database.session(MUNICIPALITY) as session:
        found = service.opportunities_for(session, coordinator, person_id)
        return _SHOWN.dump_json([MatchOut.model_validate(one) for one in found.ranking.matches])
