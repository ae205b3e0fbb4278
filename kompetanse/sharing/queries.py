"""Selects of what may be shared: people in circulation whose consent stands now, and no column but three."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.competence.tables import Education, Experience, PersonLanguage
from kompetanse.people.queries import consenting, in_circulation
from kompetanse.people.tables import HouseholdMember, Person
from kompetanse.sharing.tables import Agreement


def standing_agreement(actor: Actor, on: date) -> SelectOfScalar[Agreement]:
    """The agreement under which the actor's municipality may read, on a day."""
    return standing_agreements(actor, on).where(Agreement.recipient_no == actor.recipient_no)


def standing_agreements(actor: Actor, on: date) -> SelectOfScalar[Agreement]:
    """The agreements of the actor's municipality that stand on a day."""
    return agreements(actor).where(
        col(Agreement.starts_on) <= on, or_(col(Agreement.ends_on).is_(None), col(Agreement.ends_on) >= on)
    )


def strictest_k(municipality_no: str, on: date) -> Select[int]:
    """The largest k that any recipient is promised: all get the same publication."""
    return select(func.max(col(Agreement.k))).where(
        col(Agreement.municipality_no) == municipality_no,
        or_(col(Agreement.ends_on).is_(None), col(Agreement.ends_on) >= on),
    )


def agreements(actor: Actor) -> SelectOfScalar[Agreement]:
    """Every agreement of the actor's municipality."""
    return (
        entities(Agreement)
        .where(Agreement.municipality_no == actor.municipality_no)
        .order_by(col(Agreement.recipient_no))
    )


def shareable_people(municipality_no: str, on: date) -> Select[UUID, UUID | None]:
    """Ids of those who may be described, each with the household that she counts with."""
    member = (col(HouseholdMember.municipality_no) == col(Person.municipality_no)) & (
        col(HouseholdMember.person_id) == col(Person.id)
    )
    return (
        select(col(Person.id), col(HouseholdMember.household_id))
        .outerjoin(HouseholdMember, member)
        .where(
            in_circulation(municipality_no),
            col(Person.id).in_(consenting(municipality_no, ConsentPurpose.SHARE_WITH_NEIGHBOURS, on)),
        )
    )


def shareable_experience(municipality_no: str) -> SelectOfScalar[Experience]:
    """Work with an occupation's code; its dates decide which occupation is the main one, and go no further."""
    return entities(Experience).where(Experience.municipality_no == municipality_no, col(Experience.styrk).is_not(None))


def shareable_norwegian(municipality_no: str) -> SelectOfScalar[PersonLanguage]:
    """Norwegian, of those who speak it."""
    return entities(PersonLanguage).where(
        PersonLanguage.municipality_no == municipality_no, PersonLanguage.language == NORWEGIAN
    )


def shareable_education(municipality_no: str) -> SelectOfScalar[Education]:
    """Educations with a level."""
    return entities(Education).where(Education.municipality_no == municipality_no, col(Education.level).is_not(None))
