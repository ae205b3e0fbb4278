"""Selects for files in and out, each born scoped to who asks."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import Select as EntitySelect
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.competence.tables import Profile
from kompetanse.people.queries import consenting, in_circulation, in_scope
from kompetanse.people.tables import Consent, Household, HouseholdMember, Person

_PURPOSE = ConsentPurpose.EXPORT_TO_JOB_SERVICE


def registered(actor: Actor, first_year: int, last_year: int) -> Select[UUID, str, str | None]:
    """Ids, names as compared and births of everybody born in these years, and of those whose birth is not stated."""
    between = (col(Person.born) >= f"{first_year:04}") & (col(Person.born) < f"{last_year + 1:04}")
    return select(col(Person.id), col(Person.name_key), col(Person.born)).where(
        in_scope(actor), col(Person.merged_into_id).is_(None), or_(between, col(Person.born).is_(None))
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


def job_seekers(actor: Actor, after: UUID | None, limit: int) -> EntitySelect[Person, Consent]:
    """The next people to export, by id, each with the consent that stands for it at this moment.

    `people.queries.in_scope` gives a job service nobody, and rightly so: this is the only door it has. Whoever
    is archived, merged, has a protected address or does not consent now is behind it.
    """
    municipality_no = actor.municipality_no
    own = (col(Consent.municipality_no) == col(Person.municipality_no)) & (col(Consent.person_id) == col(Person.id))
    standing = (col(Consent.purpose) == _PURPOSE) & col(Consent.superseded_at).is_(None)
    consented = consenting(municipality_no, _PURPOSE, clock.today())
    page = (
        entities(Person, Consent)
        .join(Consent, own & standing)
        .where(in_circulation(municipality_no), col(Person.id).in_(consented))
        .order_by(col(Person.id))
        .limit(limit)
    )
    return page if after is None else page.where(col(Person.id) > after)


def profiles(actor: Actor, person_ids: Collection[UUID]) -> SelectOfScalar[Profile]:
    """The heads of profiles of people whom the caller found to be the actor's to know of."""
    return entities(Profile).where(
        Profile.municipality_no == actor.municipality_no, col(Profile.person_id).in_(person_ids)
    )
