"""Selects for files in and out, each born scoped to who asks."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.exchange.tables import ExportRun
from kompetanse.people.queries import in_scope
from kompetanse.people.tables import Household, HouseholdMember, Person


def registered(actor: Actor) -> Select[UUID, str, str | None]:
    """Ids, names as compared and births of everybody."""
    return select(col(Person.id), col(Person.name_key), col(Person.born)).where(
        in_scope(actor), col(Person.merged_into_id).is_(None)
    )


def holders(actor: Actor, fingerprints: Collection[str]) -> Select[UUID, str | None]:
    """Who has one of these national numbers."""
    return select(col(Person.id), col(Person.national_id_fingerprint)).where(
        in_scope(actor), col(Person.national_id_fingerprint).in_(fingerprints)
    )


def households_of(actor: Actor, person_ids: Collection[UUID], source_key: str) -> SelectOfScalar[Household]:
    """The households of these people that an earlier file called `source_key`."""
    member = select(col(HouseholdMember.household_id)).where(
        col(HouseholdMember.municipality_no) == actor.municipality_no, col(HouseholdMember.person_id).in_(person_ids)
    )
    return (
        entities(Household)
        .where(
            Household.municipality_no == actor.municipality_no,
            Household.source_key == source_key,
            col(Household.id).in_(member),
        )
        .order_by(col(Household.id))
    )


def export_runs(actor: Actor) -> SelectOfScalar[ExportRun]:
    """The exports of the municipality, newest first."""
    own = entities(ExportRun).where(ExportRun.municipality_no == actor.municipality_no)
    return own.order_by(col(ExportRun.id).desc())


def export_run(actor: Actor, run_id: UUID) -> SelectOfScalar[ExportRun]:
    """One export of the municipality."""
    return export_runs(actor).where(ExportRun.id == run_id)


def drop_for(actor: Actor, period: str) -> SelectOfScalar[ExportRun]:
    """The scheduled export of a period."""
    return export_runs(actor).where(ExportRun.scheduled_for == period)


def last_drop(actor: Actor) -> SelectOfScalar[ExportRun]:
    """The newest scheduled export that is whole."""
    whole = col(ExportRun.scheduled_for).is_not(None) & col(ExportRun.finished_at).is_not(None)
    return export_runs(actor).where(whole).limit(1)
