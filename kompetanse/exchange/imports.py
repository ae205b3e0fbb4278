"""Imports that were made: kept, listed, looked at, and undone as one step."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.imports import ImportKind
from kompetanse.errors import Conflict, FieldFault, NotFound
from kompetanse.exchange import import_queries as queries
from kompetanse.exchange.tables import ImportedRow, ImportRun
from kompetanse.loading import Loader
from kompetanse.paging import Page, PageRequest, cut

_BATCH = 500

Item = TypeVar("Item")

RECORD_TYPES: Mapping[ImportKind, str] = {
    ImportKind.PEOPLE: "person",
    ImportKind.HOUSEHOLDS: "household",
    ImportKind.VACANCIES: "vacancy",
    ImportKind.COURSES: "course_offer",
}
"""What the audit trail calls the records of each kind."""


@dataclass(frozen=True, slots=True)
class MadeRow:
    """What a row of a file became: its record, and the household that a person was let live in."""

    row: int
    record_id: UUID
    household_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many rows of a file became nothing, and how many households were formed."""

    rejected: int = 0
    skipped: int = 0
    blank: int = 0
    households: int = 0


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row whose record was changed or used since the import; `what` are the tables that tell so."""

    row: int
    record_id: UUID
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import, and the rows for which it cannot be undone; none when it can, or when it is."""

    run: ImportRun
    changed: tuple[ChangedRow, ...]

    @property
    def can_be_undone(self) -> bool:
        """Whether it stands, and nobody has changed or used its records."""
        return self.run.undone_at is None and not self.changed


class ImportChanged(Conflict):
    """Records of the import were changed or used since: undoing it would lose somebody's work."""

    code = "import-changed"

    def __init__(self, changed: Sequence[ChangedRow]) -> None:
        super().__init__("Records of the import were changed since; nothing was undone")
        self.changed = tuple(changed)
        hint = "Take back what was changed, or correct the records one by one"
        self.faults = tuple(FieldFault(f"/rows/{one.row}", f"Changed: {', '.join(one.what)}", hint) for one in changed)


def keep_import(
    session: Session, actor: Actor, kind: ImportKind, sha256: str, made: Sequence[MadeRow], counts: RowCounts
) -> ImportRun:
    """Keep what an import made, as its last act: whatever is stated later counts as a change since."""
    session.flush()
    run = ImportRun(
        municipality_no=actor.municipality_no,
        kind=kind,
        sha256=sha256,
        imported_by=actor.id,
        imported_by_kind=actor.kind,
        created=len(made),
        rejected=counts.rejected,
        skipped=counts.skipped,
        blank=counts.blank,
        households=counts.households,
    )
    session.add(run)
    session.flush()
    with Loader(session, actor.municipality_no) as loader:
        for some in batches(made):
            for one in some:
                became = {
                    "import_id": run.id,
                    "row_no": one.row,
                    "record_id": one.record_id,
                    "household_id": one.household_id,
                }
                loader.add(ImportedRow, loader.bound(ImportedRow, became))
            loader.write()
    return run


def list_imports(session: Session, actor: Actor, page: PageRequest) -> Page[ImportRun]:
    """A page of imports, newest first. They hold counts and no personal data, so that reading them is no event."""
    actor = actor.doing(Operation.IMPORT_PEOPLE)
    found = session.exec(queries.imports(actor, page)).all()
    return cut(found, page.limit, [run.id for run in found])


def standing_import(session: Session, actor: Actor, kind: ImportKind, sha256: str) -> ImportRun | None:
    """The newest import of the very same file that was not undone, None when there is none."""
    return session.exec(queries.imports_of_file(actor, kind, sha256)).first()


def read_import(session: Session, actor: Actor, import_id: UUID) -> ImportView:
    """An import, with the rows that were changed since. Raises NotFound, also when it is another municipality's."""
    actor = actor.doing(Operation.IMPORT_PEOPLE)
    run = session.exec(queries.one_import(actor, import_id)).one_or_none()
    if run is None:
        raise NotFound("import")
    changed = () if run.undone_at is not None else _changed(session, run)
    if changed:
        audit.record(session, actor, "read", RECORD_TYPES[run.kind], [one.record_id for one in changed])
    return ImportView(run, changed)


def undo_import(session: Session, actor: Actor, import_id: UUID) -> ImportRun:
    """Take away everything that an import made: its records with all that belongs to them, and empty households.

    Raises:
        ImportChanged: records were changed or used since; nothing is undone. Conflict: it is undone already. NotFound.
    """
    actor = actor.doing(Operation.IMPORT_PEOPLE)
    run = session.exec(queries.one_import(actor, import_id).with_for_update()).one_or_none()
    if run is None:
        raise NotFound("import")
    if run.undone_at is not None:
        raise Conflict("The import is undone already")
    standing = list(session.scalars(queries.standing_records(run)))
    changed = _changed(session, run)
    if changed:
        raise ImportChanged(changed)
    connection = session.connection()
    connection.execute(queries.removing_records(run))
    connection.execute(queries.removing_empty_households(run))
    connection.execute(queries.renewing_households(run))
    session.expire_all()  # rows went past the session
    run.undone_at, run.undone_by = clock.now(), actor.id
    session.flush()
    audit.record(session, actor, "undo", "import", [run.id])
    for batch in batches(standing):
        audit.record(session, actor, "remove", RECORD_TYPES[run.kind], batch)
    return run


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, some hundreds at a time."""
    remaining = iter(items)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _changed(session: Session, run: ImportRun) -> tuple[ChangedRow, ...]:
    """The rows whose records were changed or used since, in the order of the file."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for table, select in queries.signs_of_change(run):
        for record_id in session.scalars(select):
            found[record_id].append(table)
    if not found:
        return ()
    return tuple(
        ChangedRow(row, record_id, tuple(found[record_id]))
        for row, record_id in session.execute(queries.rows(run))
        if record_id in found
    )
