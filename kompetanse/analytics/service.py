"""Makes the analytics extract, for the municipality's own analysts, and keeps the record of extracts.

It rests on the municipality's task and on no consent (docs/privacy.md), and is for statistics alone. Whose data were
read for it is in the audit trail before a byte leaves. There is no filter to choose, and the threshold is not the
caller's: the difference between two extracts with other filters or thresholds would tell of few.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.analytics import queries
from kompetanse.analytics.dictionary import VERSION
from kompetanse.analytics.making import RECORD_TYPE, Making
from kompetanse.analytics.reading import cohort
from kompetanse.analytics.rules import THRESHOLD_FLOOR, batch
from kompetanse.analytics.tables import AnalyticsRun
from kompetanse.codes.exports import AnalyticsFormat
from kompetanse.database import Database
from kompetanse.errors import FieldFault, Invalid, NotFound
from kompetanse.paging import Page, PageRequest, cut


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
        )
        session.add(run)
        audit.record(session, actor, "begin_export", RECORD_TYPE, [run.id], [one.value for one in wanted])
    making = Making(database, actor, run)
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
