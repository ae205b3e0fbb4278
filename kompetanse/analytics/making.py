"""Makes the file of an analytics extract, and tells the record of extracts how far it is."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor
from kompetanse.analytics import queries
from kompetanse.analytics.counting import counts
from kompetanse.analytics.dictionary import FILES, TABLES
from kompetanse.analytics.folding import Folded, fold
from kompetanse.analytics.naming import code_rows, column_rows
from kompetanse.analytics.package import packaged
from kompetanse.analytics.pseudonyms import Pseudonyms
from kompetanse.analytics.reading import People, cohort, quarter_of, read
from kompetanse.analytics.tables import AnalyticsRun
from kompetanse.analytics.writing import Batch, Batches
from kompetanse.database import Database
from kompetanse.exchange.csv_safe import Value

BATCH_ROWS = 50_000
"""Rows written at a time."""

RECORD_TYPE = "analytics_extract"
"""What an extract is called in the audit trail."""


class Making:
    """Makes the file of one extract."""

    def __init__(self, database: Database, actor: Actor, run: AnalyticsRun) -> None:
        self._database, self._actor, self._run = database, actor, run
        self._today = clock.today()
        self._columns = sorted({one.column for table in TABLES for one in table.attributes})

    def chunks(self) -> Iterator[bytes]:
        """The file. The secret of its keys is gone with it."""
        people = self._people()
        threshold, year = self._run.threshold, self._today.year
        folded = {one.name: fold(one, people.tables[one.name], threshold, year) for one in TABLES}
        with self._session() as session:
            run = session.exec(queries.run(self._actor, self._run.id)).one()
            run.row_count = sum(len(one.rows) for one in folded.values())
        pseudonyms = Pseudonyms()
        tables: dict[str, Batches] = {
            name: _batches(one, _keys(one, people, pseudonyms)) for name, one in folded.items()
        }
        tables |= {name: _listed(rows) for name, rows in self._told(folded).items()}
        yield from packaged(
            {name: tables[name] for name in FILES}, self._run.formats, self._actor.municipality_no, threshold
        )

    def finished(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same chunks; when the last was taken, the record says how long the file is, and its digest."""
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        with self._session() as session:
            run = session.exec(queries.run(self._actor, self._run.id)).one()
            run.size, run.sha256, run.finished_at = size, digest.hexdigest(), clock.now()
            told = [f"{run.people} people", f"{run.row_count} rows", f"{run.threshold} households at least"]
            audit.record(session, self._actor, "complete_export", RECORD_TYPE, [run.id], told)

    def _people(self) -> People:
        with self._session() as session:
            chosen = cohort(session, self._actor, self._run.threshold)
            session.exec(queries.run(self._actor, self._run.id)).one().waiting = chosen.waiting
        return read(self._database, self._actor, chosen, self._today, self._note)

    def _note(self, ids: Sequence[UUID]) -> None:
        with self._session() as session:
            session.exec(queries.run(self._actor, self._run.id)).one().people += len(ids)
            audit.record(session, self._actor, "export", "person", ids, self._columns)

    def _told(self, folded: Mapping[str, Folded]) -> dict[str, Sequence[tuple[Value, ...]]]:
        """The rows of the tables that nobody is in."""
        year = self._today.year
        counted = [
            (table.name, rows, cell.row, columns, cell.column, cell.count)
            for table in TABLES
            for rows, columns in table.overviews
            for cell in counts(folded[table.name], rows, columns)
        ]
        return {
            "stillinger": self._vacancies(),
            "antall": counted,
            "kodeverk": list(code_rows(year)),
            "dataordbok": list(column_rows(year)),
        }

    def _vacancies(self) -> list[tuple[Value, ...]]:
        with self._session(write=False) as session:
            return [_vacancy(row) for row in session.execute(queries.vacancies(self._actor))]

    def _session(self, *, write: bool = True) -> AbstractContextManager[Session]:
        return self._database.session(self._actor.municipality_no, write=write, in_bulk=True)


def _keys(folded: Folded, people: People, pseudonyms: Pseudonyms) -> NDArray[np.bytes_]:
    owners = people.tables[folded.table.name].people[folded.rows]
    return pseudonyms.keys(folded.table.name, people.ids, owners)


def _batches(folded: Folded, keys: NDArray[np.bytes_]) -> Batches:
    """A folded table in the order of its keys, so that the order tells nothing of who came first."""
    order = np.argsort(keys)
    labels = [np.array(one, dtype=object) for one in folded.labels]

    def batches() -> Iterator[Batch]:
        for start in range(0, len(order), BATCH_ROWS):
            rows = order[start : start + BATCH_ROWS]
            codes = (labels[place][folded.column(place, rows)].tolist() for place in range(len(labels)))
            yield [keys[rows].astype(str).tolist(), *codes]

    return batches


def _vacancy(row: Row[Any]) -> tuple[Value, ...]:
    return (
        row.styrk,
        row.status.value,
        row.source.value,
        quarter_of(row.created_at),
        row.positions,
        row.percentage_min,
        row.percentage_max,
        row.education_level and row.education_level.value,
        row.minimum and row.minimum.value,
    )


def _listed(rows: Sequence[tuple[Value, ...]]) -> Batches:
    """Rows that are in memory."""
    return lambda: (
        list(zip(*rows[start : start + BATCH_ROWS], strict=True)) for start in range(0, len(rows), BATCH_ROWS)
    )
