"""Selects of what may be shared: people in circulation whose consent stands now, and no column that `rules` omits."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.consent import ClassAttribute, ConsentPurpose, OwnSection
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.competence.tables import Education, Experience, PersonLanguage, Skill
from kompetanse.people.queries import consenting, in_circulation
from kompetanse.people.tables import Consent, HouseholdMember, Person
from kompetanse.sharing.tables import (
    Agreement,
    AgreementRecord,
    LedgerRecord,
    PoolingAgreement,
    ReleaseClass,
    ReleaseHierarchies,
    ReleaseMember,
)


def standing_agreement(actor: Actor, on: date) -> SelectOfScalar[Agreement]:
    """The agreement under which the actor's municipality may read, on a day."""
    return standing_agreements(actor, on).where(Agreement.recipient_no == actor.recipient_no)


def standing_agreements(actor: Actor, on: date) -> SelectOfScalar[Agreement]:
    """The agreements of the actor's municipality that stand on a day."""
    return agreements(actor).where(_stands(on))


def _stands(on: date) -> ColumnElement[bool]:
    """Whether an agreement stands on a day."""
    begun = (col(Agreement.starts_on) <= on) & col(Agreement.revoked_at).is_(None)
    return begun & or_(col(Agreement.ends_on).is_(None), col(Agreement.ends_on) >= on)


def one_agreement(actor: Actor, agreement_id: UUID) -> SelectOfScalar[Agreement]:
    """An agreement by its id."""
    return agreements(actor).where(Agreement.id == agreement_id)


def agreement_with(actor: Actor, recipient_no: str, on: date) -> SelectOfScalar[Agreement]:
    """The actor's agreement with one neighbour, where it stands on a day."""
    return standing_agreements(actor, on).where(Agreement.recipient_no == recipient_no)


def agreements_with(recipient_no: str, on: date) -> SelectOfScalar[Agreement]:
    """The agreements of whichever municipality that let one recipient read, on a day: for a scope of all."""
    found = entities(Agreement).where(Agreement.recipient_no == recipient_no, _stands(on))
    return found.order_by(col(Agreement.municipality_no))


def sharing_municipalities(on: date) -> Select[str]:
    """Municipalities that share with anybody on a day: for a scope of all."""
    return select(col(Agreement.municipality_no)).where(_stands(on)).distinct().order_by(Agreement.municipality_no)


def promised(municipality_no: str, on: date) -> Select[str, int, list[ClassAttribute]]:
    """Each recipient of a municipality, on a day or later, the k that it is promised, and what else it may be told."""
    return select(col(Agreement.recipient_no), col(Agreement.k), col(Agreement.attributes)).where(
        col(Agreement.municipality_no) == municipality_no,
        col(Agreement.revoked_at).is_(None),
        or_(col(Agreement.ends_on).is_(None), col(Agreement.ends_on) >= on),
    )


def poolings(municipality_no: str) -> SelectOfScalar[PoolingAgreement]:
    """The pooling agreements of a municipality, the newest first."""
    own = entities(PoolingAgreement).where(PoolingAgreement.municipality_no == municipality_no)
    return own.order_by(col(PoolingAgreement.id).desc())


def standing_poolings(numbers: Collection[str], on: date) -> SelectOfScalar[PoolingAgreement]:
    """The pooling agreements of municipalities that are in force on a day, whether the others have entered them or not.

    Of others than one's own it wants a scope of all.
    """
    return entities(PoolingAgreement).where(
        col(PoolingAgreement.municipality_no).in_(numbers),
        col(PoolingAgreement.revoked_at).is_(None),
        col(PoolingAgreement.starts_on) <= on,
        or_(col(PoolingAgreement.ends_on).is_(None), col(PoolingAgreement.ends_on) >= on),
    )


def releases(municipality_no: str) -> SelectOfScalar[LedgerRecord]:
    """Every release of a municipality, the oldest first."""
    return (
        entities(LedgerRecord).where(LedgerRecord.municipality_no == municipality_no).order_by(col(LedgerRecord.period))
    )


def newest_release(municipality_no: str) -> SelectOfScalar[LedgerRecord]:
    """The last release of a municipality."""
    return releases(municipality_no).order_by(None).order_by(col(LedgerRecord.period).desc()).limit(1)


def hierarchies(municipality_no: str) -> SelectOfScalar[ReleaseHierarchies]:
    """The hierarchies that releases of a municipality used."""
    return entities(ReleaseHierarchies).where(ReleaseHierarchies.municipality_no == municipality_no)


def classes(municipality_no: str) -> SelectOfScalar[ReleaseClass]:
    """Every class of every release of a municipality."""
    return entities(ReleaseClass).where(ReleaseClass.municipality_no == municipality_no)


def members(municipality_no: str) -> Select[int, UUID, UUID, UUID]:
    """Whom each release of a municipality described: period, class, member, unit."""
    return select(
        col(ReleaseMember.period), col(ReleaseMember.class_id), col(ReleaseMember.member_id), col(ReleaseMember.unit)
    ).where(col(ReleaseMember.municipality_no) == municipality_no)


def members_of(municipality_no: str, period: int) -> Select[UUID, UUID]:
    """Whom one release described: member and class."""
    return select(col(ReleaseMember.member_id), col(ReleaseMember.class_id)).where(
        col(ReleaseMember.municipality_no) == municipality_no, col(ReleaseMember.period) == period
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


def shareable_background(municipality_no: str, on: date) -> Select[UUID, str | None, str | None, str | None]:
    """When and where those are from, and when they came, who said yes to just that, and whose yes stands on a day."""
    said_yes = select(col(Consent.person_id)).where(
        col(Consent.municipality_no) == municipality_no,
        col(Consent.purpose) == ConsentPurpose.SHARE_WITH_NEIGHBOURS,
        col(Consent.recipient_no) == "",
        col(Consent.section) == OwnSection.BACKGROUND.value,
        col(Consent.superseded_at).is_(None),
        col(Consent.granted).is_(True),
        col(Consent.expires_on) > on,
    )
    told = (col(Person.id), col(Person.born), col(Person.country_of_origin), col(Person.arrived_in_norway))
    return select(*told).where(in_circulation(municipality_no), col(Person.id).in_(said_yes))


def signs(municipality_no: str) -> Select[UUID, str | None, str, str | None]:
    """By what somebody is recognised in another municipality: fingerprint of the number, name as compared, birth."""
    told = (col(Person.id), col(Person.national_id_fingerprint), col(Person.name_key), col(Person.born))
    return select(*told).where(in_circulation(municipality_no))


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


def shareable_skills(municipality_no: str) -> Select[UUID, str]:
    """Skills that are held: whose, and which concept."""
    return select(col(Skill.person_id), col(Skill.key)).where(
        col(Skill.municipality_no) == municipality_no, col(Skill.holds).is_(True)
    )


def agreement_records(actor: Actor, agreement_id: UUID) -> SelectOfScalar[AgreementRecord]:
    """Every version of an agreement's terms, newest first."""
    own = entities(AgreementRecord).where(
        AgreementRecord.municipality_no == actor.municipality_no, AgreementRecord.agreement_id == agreement_id
    )
    return own.order_by(col(AgreementRecord.id).desc())
