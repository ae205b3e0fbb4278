"""One person against 5,000 open vacancies, from a database to explained JSON, as her coordinator asks."""

from functools import partial
from random import Random
from uuid import UUID

import numpy as np
from pydantic import TypeAdapter
from sqlmodel import col, select

from kompetanse.database import Database
from kompetanse.matching import service
from kompetanse.people.tables import Person
from schemas.matching import MatchOut
from tests.bench.demo_registry import MUNICIPALITY, coordinator, registry
from tests.bench.results import Results, Row
from tests.bench.timing import took

PEOPLE, VACANCIES, REQUESTS, WARMING = 850, 5000, 300, 10
_MOST_MS = 50
_DAYS = 120  # over which the vacancies' first days are spread

_SHOWN = TypeAdapter(list[MatchOut])


def run() -> Results:
    """The first answer of a process, and the spread of those that follow."""
    with registry(PEOPLE, VACANCIES, _DAYS) as database:
        with database.session(MUNICIPALITY, write=False) as session:
            people = session.exec(select(Person.id).order_by(col(Person.id))).all()
        asked = Random(5).choices(people, k=WARMING + REQUESTS)
        seconds = [took(partial(_answer, database, person)).wall for person in asked]
    warm = np.array(seconds[WARMING:]) * 1000
    p50, p99 = (float(np.percentile(warm, share)) for share in (50, 99))
    name = f"one person, {VACANCIES:,} vacancies, the 20 best explained"
    row = Row((name, f"{seconds[0]:.1f}", f"{p50:.1f}", f"{p99:.1f}", f"p99 {_MOST_MS}"), p99 <= _MOST_MS)
    columns = ("", "first s", "p50 ms", "p99 ms", "target")
    return Results(f"From database to explained JSON, {REQUESTS} requests, SQLite", columns, [row])


def _answer(database: Database, person_id: UUID) -> bytes:
    with database.session(MUNICIPALITY) as session:
        found = service.opportunities_for(session, coordinator(), person_id)
        return _SHOWN.dump_json([MatchOut.model_validate(one) for one in found.ranking.matches])
