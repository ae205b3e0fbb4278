"""Selects of imports that were made and of what became of their records, each born scoped to who asks."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Delete, Select, Table, Update, case, delete, exists, select, update
from sqlmodel import SQLModel, col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.imports import ImportKind
from kompetanse.codes.residence import HouseholdRole
from kompetanse.codes.work import VacancySource, VacancyStatus
from kompetanse.competence.parts import TABLES
from kompetanse.competence.tables import ProfileChange
from kompetanse.courses.tables import CourseOffer
from kompetanse.database import DERIVED, Owned
from kompetanse.exchange.tables import ColumnMapping, ImportedRow, ImportRun
from kompetanse.paging import PageRequest
from kompetanse.people.queries import in_scope as people_in_scope
from kompetanse.people.tables import ContactPoint, Household, HouseholdMember, Person
from kompetanse.vacancies.queries import in_scope
from kompetanse.vacancies.tables import Vacancy, VacancyLanguage, VacancyLicence, VacancySkill

ROOTS: Mapping[ImportKind, type[Owned]] = MappingProxyType(
    {
        ImportKind.PEOPLE: Person,
        ImportKind.HOUSEHOLDS: Household,
        ImportKind.VACANCIES: Vacancy,
        ImportKind.COURSES: CourseOffer,
    }
)
"""The table of the records that the rows of each kind became."""

_TOLD_BY_THEIR_HEAD = frozenset(
    str(table.__tablename__)
    for table in (ContactPoint, HouseholdMember, *TABLES.values(), VacancySkill, VacancyLanguage, VacancyLicence)
)
"""Tables that an import writes and whose changes show elsewhere: on the record, the profile, or the place at home."""

_MEANS_NOTHING: Mapping[str, ColumnElement[bool]] = {
    str(ProfileChange.__tablename__): col(ProfileChange.by_word).is_(True)
}
"""Rows, by their table, that do not keep an import from being undone.

Linking a word is kept as the municipality's own word: whoever is imported again is linked so from the beginning.
"""

_STAMPS = ("updated_at", "recorded_at")
"""Columns that say when a row was stated last."""


def imports(actor: Actor, page: PageRequest) -> SelectOfScalar[ImportRun]:
    """At most `limit` + 1 imports, newest first, from the one after the cursor."""
    found = entities(ImportRun).where(ImportRun.municipality_no == actor.municipality_no)
    if page.after is not None:
        found = found.where(col(ImportRun.id) < page.after)
    return found.order_by(col(ImportRun.id).desc()).limit(page.limit + 1)


def one_import(actor: Actor, import_id: UUID) -> SelectOfScalar[ImportRun]:
    """An import by its id."""
    return entities(ImportRun).where(ImportRun.municipality_no == actor.municipality_no, ImportRun.id == import_id)


def imports_of_file(actor: Actor, kind: ImportKind, sha256: str) -> SelectOfScalar[ImportRun]:
    """The imports of one file that stand, newest first."""
    return (
        entities(ImportRun)
        .where(
            ImportRun.municipality_no == actor.municipality_no,
            ImportRun.kind == kind,
            ImportRun.sha256 == sha256,
            col(ImportRun.undone_at).is_(None),
        )
        .order_by(col(ImportRun.id).desc())
    )


def mapping_of(actor: Actor, kind: ImportKind, headings: str) -> SelectOfScalar[ColumnMapping]:
    """What the columns of files with these headings were said to mean."""
    return entities(ColumnMapping).where(
        ColumnMapping.municipality_no == actor.municipality_no,
        ColumnMapping.kind == kind,
        ColumnMapping.headings == headings,
    )


def vacancies_to_compare(actor: Actor) -> Select[UUID, str, str | None, str | None, date | None, str | None, bool]:
    """What vacancies of files are compared with: whose title, seeker and deadline; `standing` while it is open."""
    return select(
        col(Vacancy.id),
        col(Vacancy.title),
        col(Vacancy.employer_name),
        col(Vacancy.unit),
        col(Vacancy.deadline),
        case((col(Vacancy.source) == VacancySource.FILE, col(Vacancy.external_id))).label("external_id"),
        (col(Vacancy.status) == VacancyStatus.OPEN).label("standing"),
    ).where(in_scope(actor))


def offers_to_compare(actor: Actor) -> Select[UUID, str, str | None, date | None]:
    """What courses of files are compared with: title, place and first day of those that can be taken."""
    offer = CourseOffer
    return select(col(offer.id), col(offer.title), col(offer.place), col(offer.starts_on)).where(
        col(offer.municipality_no) == actor.municipality_no, col(offer.open).is_(True)
    )


def people_at_home(actor: Actor) -> Select[UUID, str, str | None, UUID | None, str | None]:
    """Everybody on the coordinator's list: name as compared, birth, and the household with what a file called it."""
    hers = (col(HouseholdMember.municipality_no) == col(Person.municipality_no)) & (
        col(HouseholdMember.person_id) == col(Person.id)
    )
    home = (col(Household.municipality_no) == col(HouseholdMember.municipality_no)) & (
        col(Household.id) == col(HouseholdMember.household_id)
    )
    return (
        select(
            col(Person.id),
            col(Person.name_key),
            col(Person.born),
            col(HouseholdMember.household_id),
            col(Household.source_key),
        )
        .outerjoin(HouseholdMember, hers)
        .outerjoin(Household, home)
        .where(people_in_scope(actor), col(Person.merged_into_id).is_(None), col(Person.archived_at).is_(None))
    )


def records(run: ImportRun) -> Select[UUID]:
    """The ids of the records that an import made."""
    return select(col(ImportedRow.record_id)).where(_of(run))


def rows(run: ImportRun) -> Select[int, UUID]:
    """The rows of an import, with the records that they became."""
    return select(col(ImportedRow.row_no), col(ImportedRow.record_id)).where(_of(run)).order_by(col(ImportedRow.row_no))


def standing_records(run: ImportRun) -> Select[UUID]:
    """The import's records that are there, locked in one order until the transaction ends."""
    root = ROOTS[run.kind]
    here = (col(root.municipality_no) == run.municipality_no) & col(root.id).in_(records(run))
    return select(col(root.id)).where(here).order_by(col(root.id)).with_for_update()


def signs_of_change(run: ImportRun) -> Iterator[tuple[str, Select[UUID]]]:
    """Selects of the records that somebody changed or used since the import, each with the table that tells.

    Whatever belongs to a record is found by its foreign key, so that a table made tomorrow is asked too: a row that
    no import writes means that the record is in use. What is derived is made anew and means nothing.
    """
    root = SQLModel.metadata.tables[str(ROOTS[run.kind].__tablename__)]
    yield root.name, _stated_since(run, root, root.c.id)
    for table in SQLModel.metadata.sorted_tables:
        key = _key_to(table, root)
        if key is not None and not table.info.get(DERIVED) and table.name not in _TOLD_BY_THEIR_HEAD:
            yield table.name, _stated_since(run, table, key)
    if run.kind is ImportKind.PEOPLE:
        yield str(HouseholdMember.__tablename__), _lives_elsewhere(run)


def _stated_since(run: ImportRun, table: Table, key: Column[UUID]) -> Select[UUID]:
    """The records that have a row of the table that was stated since; any row where none says when it was."""
    told = [table.c[name] > run.imported_at for name in _STAMPS if name in table.c]
    if table.name in _MEANS_NOTHING:
        told.append(~_MEANS_NOTHING[table.name])
    return select(key).distinct().where(table.c.municipality_no == run.municipality_no, key.in_(records(run)), *told)


def _key_to(table: Table, root: Table) -> Column[UUID] | None:
    """The column by which the rows of a table belong to a record of `root`."""
    for constraint in table.foreign_key_constraints:
        if constraint.referred_table is root:
            return next(element.parent for element in constraint.elements if element.column is root.c.id)
    return None


def _lives_elsewhere(run: ImportRun) -> Select[UUID]:
    """The people who live in another household than the import said, or are something else there."""
    hers = (col(HouseholdMember.municipality_no) == col(ImportedRow.municipality_no)) & (
        col(HouseholdMember.person_id) == col(ImportedRow.record_id)
    )
    moved = col(HouseholdMember.household_id).is_distinct_from(col(ImportedRow.household_id))
    other = col(HouseholdMember.role) != HouseholdRole.ADULT
    return select(col(ImportedRow.record_id)).outerjoin(HouseholdMember, hers).where(_of(run), moved | other)


def removing_records(run: ImportRun) -> Delete:
    """Takes away the import's records with everything that belongs to them."""
    root = ROOTS[run.kind]
    return delete(root).where(col(root.municipality_no) == run.municipality_no, col(root.id).in_(records(run)))


def removing_empty_households(run: ImportRun) -> Delete:
    """Takes away the households that the import let people live in and in which nobody lives now."""
    return delete(Household).where(_its_households(run), ~_lived_in())


def renewing_households(run: ImportRun) -> Update:
    """Marks the households that people of the import lived in, and others live in still, as changed."""
    newer = {"version": col(Household.version) + 1, "updated_at": clock.now()}
    return update(Household).where(_its_households(run), _lived_in()).values(newer)


def _its_households(run: ImportRun) -> ColumnElement[bool]:
    named = select(col(ImportedRow.household_id)).where(_of(run), col(ImportedRow.household_id).is_not(None))
    return (col(Household.municipality_no) == run.municipality_no) & col(Household.id).in_(named)


def _lived_in() -> ColumnElement[bool]:
    return exists().where(
        col(HouseholdMember.municipality_no) == col(Household.municipality_no),
        col(HouseholdMember.household_id) == col(Household.id),
    )


def _of(run: ImportRun) -> ColumnElement[bool]:
    return (col(ImportedRow.municipality_no) == run.municipality_no) & (col(ImportedRow.import_id) == run.id)
