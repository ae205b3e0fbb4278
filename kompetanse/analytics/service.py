"""Makes the analytics extract, for the municipality's own analysts, and keeps the record of extracts.

It rests on the municipality's task and on no consent (docs/privacy.md), and is for statistics alone. Whose data were
read for it is in the audit trail before a byte leaves. There is no filter to choose, and the threshold is not the
caller's: the difference between two extracts with other filters or thresholds would tell of few.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row
from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.analytics import queries
from kompetanse.analytics.counting import counts
from kompetanse.analytics.dictionary import FILES, TABLES, VERSION
from kompetanse.analytics.folding import Folded, fold
from kompetanse.analytics.naming import code_rows, column_rows
from kompetanse.analytics.package import packaged
from kompetanse.analytics.pseudonyms import Pseudonyms
from kompetanse.analytics.reading import People, cohort, quarter_of, read
from kompetanse.analytics.rules import THRESHOLD_FLOOR, batch
from kompetanse.analytics.tables import AnalyticsRun
from kompetanse.analytics.writing import Batch, Batches
from kompetanse.codes.exports import AnalyticsFormat
from kompetanse.database import Database
from kompetanse.errors import FieldFault, Invalid, NotFound
from kompetanse.exchange.csv_safe import Value
from kompetanse.paging import Page, PageRequest, cut

BATCH_ROWS = 50_000
"""Rows written at a time."""

_RECORD_TYPE = "analytics_extract"


@dataclass(frozen=True, slots=True)
class Extract:
    """An extract that has begun: its id in the record, and its file in chunks."""

    id: UUID
    chunks: Iterator[bytes]


def make_extract(
    database: Database,
    actor: Actor,
    *,
    threshold: int,
    formats: Sequence[AnalyticsFormat] = tuple(AnalyticsFormat),
) -> Extract:
    """Begin an extract; see `dictionary` for what is in it.

    Args:
        database: where the people are.
        actor: who makes it.
        threshold: fewest households behind each row, as the municipality set it.
        formats: in which tables are written.

    Raises:
        Forbidden, Invalid: at once, not only when the first chunk is taken.
    """
    actor = actor.doing(Operation.EXPORT_ANALYTICS)
    if threshold < THRESHOLD_FLOOR:
        hint = f"Use {THRESHOLD_FLOOR} or more"
        raise Invalid(FieldFault("/threshold", f"The threshold is at least {THRESHOLD_FLOOR}", hint))
    wanted = [one for one in AnalyticsFormat if one in formats]
    if not wanted:
        raise Invalid(FieldFault("/formats", "No format is chosen", "Choose csv, parquet or both"))
    with database.session(actor.municipality_no) as session:
        run = AnalyticsRun(
            municipality_no=actor.municipality_no,
            made_by=actor.id,
            actor_kind=actor.kind,
            purpose=actor.purpose,
            formats=wanted,
            dictionary_version=VERSION,
            threshold=threshold,
            waiting=cohort(session, actor, threshold).waiting,
        )
        session.add(run)
        audit.record(session, actor, "begin_export", _RECORD_TYPE, [run.id], [one.value for one in wanted])
    making = _Making(database, actor, run)
    return Extract(run.id, making.finished(making.chunks()))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an extract would be of now: how many people, and how many of the newest wait until they are `batch`."""

    people: int
    waiting: int
    batch: int


def outlook(session: Session, actor: Actor, threshold: int) -> Outlook:
    """Whom an extract would be of now. Raises Forbidden."""
    actor = actor.doing(Operation.EXPORT_ANALYTICS)
    chosen = cohort(session, actor, threshold)
    people = session.execute(queries.circulating(actor, chosen.last)).scalar_one() if chosen.last else 0
    return Outlook(people, chosen.waiting, batch(threshold))


def count_extracts(session: Session, actor: Actor) -> int:
    """How many extracts were begun. Raises Forbidden."""
    actor = actor.doing(Operation.EXPORT_ANALYTICS)
    found: int = session.execute(queries.count_runs(actor)).scalar_one()
    return found


def extracts(session: Session, actor: Actor, page: PageRequest) -> Page[AnalyticsRun]:
    """The extracts that were begun, newest first. Raises Forbidden."""
    actor = actor.doing(Operation.EXPORT_ANALYTICS)
    found = queries.runs(actor)
    if page.after:
        found = found.where(col(AnalyticsRun.id) < page.after)
    rows = session.exec(found.limit(page.limit + 1)).all()
    return cut(rows, page.limit, [row.id for row in rows])


def read_extract(session: Session, actor: Actor, extract_id: UUID) -> AnalyticsRun:
    """One extract: whether its file is whole, its rows and its digest. Raises Forbidden, NotFound."""
    actor = actor.doing(Operation.EXPORT_ANALYTICS)
    found = session.exec(queries.run(actor, extract_id)).one_or_none()
    if found is None:
        raise NotFound("extract")
    return found


class _Making:
    """Makes the file of one extract."""

    def __init__(self, database: Database, actor: Actor, run: AnalyticsRun) -> None:
        self._database, self._actor, self._run = database, actor, run
        self._today = clock.today()
        self._columns = sorted({one.column for table in TABLES for one in table.attributes})

    def chunks(self) -> Iterator[bytes]:
        """The file. The secret of its keys is gone with it."""
        people = self._people()
        folded = {one.name: self._folded(one.name, people) for one in TABLES}
        with self._recording() as run:
            run.row_count = sum(len(one.rows) for one in folded.values())
        pseudonyms = Pseudonyms()
        tables: dict[str, Batches] = {
            name: _batches(one, _keys(one, people, pseudonyms)) for name, one in folded.items()
        }
        tables |= {"stillinger": self._vacancies, **self._told(folded)}
        yield from packaged(
            {name: tables[name] for name in FILES}, self._run.formats, self._actor.municipality_no, self._run.threshold
        )

    def finished(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same chunks; when the last was taken, the record says how long the file is, and its digest."""
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        with self._recording("complete_export") as run:
            run.size, run.sha256, run.finished_at = size, digest.hexdigest(), clock.now()

    def _people(self) -> People:
        with self._database.session(self._actor.municipality_no, write=False) as session:
            chosen = cohort(session, self._actor, self._run.threshold)
        return read(self._database, self._actor, chosen, self._today, self._note)

    def _folded(self, name: str, people: People) -> Folded:
        table = next(one for one in TABLES if one.name == name)
        return fold(table, people.tables[name], self._run.threshold, self._today.year)

    def _note(self, ids: Sequence[UUID]) -> None:
        with self._database.session(self._actor.municipality_no, in_bulk=True) as session:
            run = read_extract(session, self._actor, self._run.id)
            run.people += len(ids)
            audit.record(session, self._actor, "export", "person", ids, self._columns)

    def _told(self, folded: Mapping[str, Folded]) -> dict[str, Batches]:
        """The tables that are made of others, or of the dictionary."""
        counted: list[tuple[Value, ...]] = [
            (table.name, rows, cell.row, columns, cell.column, cell.count)
            for table in TABLES
            for rows, columns in table.overviews
            for cell in counts(folded[table.name], rows, columns)
        ]
        year = self._today.year
        return {
            "antall": _listed(counted),
            "kodeverk": _listed(list(code_rows(year))),
            "dataordbok": _listed(list(column_rows(year))),
        }

    def _vacancies(self) -> Iterator[Batch]:
        with self._database.session(self._actor.municipality_no, write=False, in_bulk=True) as session:
            found = session.execute(queries.vacancies(self._actor)).yield_per(BATCH_ROWS)
            for rows in found.partitions():
                yield _columns([_vacancy(row) for row in rows])

    @contextmanager
    def _recording(self, action: str | None = None) -> Iterator[AnalyticsRun]:
        with self._database.session(self._actor.municipality_no, in_bulk=True) as session:
            run = read_extract(session, self._actor, self._run.id)
            yield run
            if action:
                told = [f"{run.people} people", f"{run.row_count} rows", f"{run.threshold} households at least"]
                audit.record(session, self._actor, action, _RECORD_TYPE, [run.id], told)


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
            codes = (labels[place][folded.column(place)[rows]].tolist() for place in range(len(labels)))
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
    return lambda: iter([_columns(rows)] if rows else [])


def _columns(rows: Sequence[tuple[Value, ...]]) -> Batch:
    return list(zip(*rows, strict=True))
