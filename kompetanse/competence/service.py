"""Mapping a newcomer's competence: what she can, wants and likes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, cast
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.competence import parts, queries
from kompetanse.competence.fields import (
    EducationFields,
    ExperienceFields,
    InterestFields,
    LanguageFields,
    LicenceFields,
    PartFields,
    ProfilePart,
    SkillFields,
    WishedOccupationFields,
    WishFields,
    accept_wishes,
)
from kompetanse.competence.tables import (
    Education,
    Experience,
    Interest,
    PersonLanguage,
    PersonLicence,
    Profile,
    Skill,
    WishedOccupation,
)
from kompetanse.database import touch
from kompetanse.errors import NotFound, Stale
from kompetanse.people import service as people
from kompetanse.people.service import PersonRecord

__all__ = [
    "EducationFields",
    "ExperienceFields",
    "InterestFields",
    "LanguageFields",
    "LicenceFields",
    "PartFields",
    "PersonProfile",
    "ProfileDocument",
    "ProfilePart",
    "SkillFields",
    "WishFields",
    "WishedOccupationFields",
    "add_education",
    "add_experience",
    "add_interest",
    "add_part",
    "add_skill",
    "add_wished_occupation",
    "change_part",
    "change_wishes",
    "read_person_profile",
    "read_profile",
    "remove_part",
    "set_language",
    "set_licence",
]

Part = TypeVar("Part", Skill, Experience, Education, PersonLanguage, PersonLicence, WishedOccupation, Interest)


@dataclass(frozen=True, slots=True)
class ProfileDocument:
    """A whole profile. Version 0, and `updated_at` None: nothing was written yet. Parts in the order of writing."""

    person_id: UUID
    version: int
    updated_at: datetime | None
    mapped_on: date | None
    percentage_min: int | None
    percentage_max: int | None
    shifts: list[str] | None
    commute_minutes: int | None
    available_from: date | None
    wishes_as_spoken: str | None
    skills: tuple[Skill, ...]
    experiences: tuple[Experience, ...]
    educations: tuple[Education, ...]
    languages: tuple[PersonLanguage, ...]
    licences: tuple[PersonLicence, ...]
    wished_occupations: tuple[WishedOccupation, ...]
    interests: tuple[Interest, ...]

    def part(self, part: ProfilePart) -> tuple[parts.Row, ...]:
        """The rows of one part."""
        return cast(tuple[parts.Row, ...], getattr(self, part.attribute))


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """Who, and what she can, wants and likes."""

    record: PersonRecord
    profile: ProfileDocument


def read_profile(session: Session, actor: Actor, person_id: UUID) -> ProfileDocument:
    """A newcomer's profile. Raises NotFound, also when she is another municipality's."""
    actor = actor.doing(Operation.READ_PROFILES)
    people.get(session, actor, person_id)
    audit.record(session, actor, "read", "profile", [person_id])
    return _document(session, actor, person_id)


def read_person_profile(session: Session, actor: Actor, person_id: UUID) -> PersonProfile:
    """A newcomer's record and profile together, as one reading. Raises NotFound."""
    actor = actor.doing(Operation.READ_PROFILES)
    person = people.get(session, actor, person_id)
    audit.record(session, actor, "read", "profile", [person_id])
    record = PersonRecord(person, people.contacts_of(session, actor, person_id))
    return PersonProfile(record, _document(session, actor, person_id))


def change_wishes(session: Session, actor: Actor, person_id: UUID, version: int, fields: WishFields) -> ProfileDocument:
    """Change what `fields` names of the wishes that are single values, and the mapping day.

    Raises:
        Invalid: a field that breaks a rule. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    profile = _get_for_change(session, actor, person_id, version)
    standing = WishFields(percentage_min=profile.percentage_min, percentage_max=profile.percentage_max)
    for name, value in accept_wishes(fields, standing, clock.today()).items():
        setattr(profile, name, value)
    return _changed(session, actor, profile, "change", sorted(fields))


def add_skill(session: Session, actor: Actor, person_id: UUID, version: int, fields: SkillFields) -> ProfileDocument:
    """Write down a skill that the person has, or says she has not. Raises Conflict when it is there; see add_part."""
    return add_part(session, actor, person_id, version, ProfilePart.SKILLS, fields)[0]


def add_experience(
    session: Session, actor: Actor, person_id: UUID, version: int, fields: ExperienceFields
) -> ProfileDocument:
    """Write down a job, its title linked to an occupation where it can be; see add_part."""
    return add_part(session, actor, person_id, version, ProfilePart.EXPERIENCES, fields)[0]


def add_education(
    session: Session, actor: Actor, person_id: UUID, version: int, fields: EducationFields
) -> ProfileDocument:
    """Write down an education; see add_part."""
    return add_part(session, actor, person_id, version, ProfilePart.EDUCATIONS, fields)[0]


def set_language(
    session: Session, actor: Actor, person_id: UUID, version: int, fields: LanguageFields
) -> ProfileDocument:
    """State a language and its levels, anew when it is there; see add_part."""
    return add_part(session, actor, person_id, version, ProfilePart.LANGUAGES, fields)[0]


def set_licence(
    session: Session, actor: Actor, person_id: UUID, version: int, fields: LicenceFields
) -> ProfileDocument:
    """State a licence or authorisation, anew when it is there; see add_part."""
    return add_part(session, actor, person_id, version, ProfilePart.LICENCES, fields)[0]


def add_wished_occupation(
    session: Session, actor: Actor, person_id: UUID, version: int, fields: WishedOccupationFields
) -> ProfileDocument:
    """Write down an occupation that the person wants, or wants never; see add_part."""
    return add_part(session, actor, person_id, version, ProfilePart.WISHED_OCCUPATIONS, fields)[0]


def add_interest(
    session: Session, actor: Actor, person_id: UUID, version: int, fields: InterestFields
) -> ProfileDocument:
    """Write down what the person likes; see add_part."""
    return add_part(session, actor, person_id, version, ProfilePart.INTERESTS, fields)[0]


def add_part(
    session: Session, actor: Actor, person_id: UUID, version: int, part: ProfilePart, fields: PartFields
) -> tuple[ProfileDocument, UUID]:
    """Add an entry to a part of the profile; the new profile, and the entry's id.

    Raises:
        Invalid: a field that breaks a rule. Conflict: the skill is there. Stale: `version` is not the newest;
        0 is the version of a profile in which nothing was written. NotFound: no such person.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    profile = _get_for_change(session, actor, person_id, version)
    rows = _rows_of(session, actor, part, person_id)
    part_id = parts.put(session, profile, part, rows, fields, clock.today())
    return _changed(session, actor, profile, "add", _names(part, fields)), part_id


def change_part(
    session: Session,
    actor: Actor,
    person_id: UUID,
    version: int,
    part: ProfilePart,
    part_id: UUID,
    fields: PartFields,
) -> ProfileDocument:
    """State an entry anew: what `fields` leaves out is "not stated" afterwards. Raises as add_part does."""
    actor = actor.doing(Operation.MAP_COMPETENCE)
    profile = _get_for_change(session, actor, person_id, version)
    rows = _rows_of(session, actor, part, person_id)
    parts.replace(profile, part, rows, part_id, fields, clock.today())
    return _changed(session, actor, profile, "change", _names(part, fields))


def remove_part(
    session: Session, actor: Actor, person_id: UUID, version: int, part: ProfilePart, part_id: UUID
) -> ProfileDocument:
    """Take an entry out of the profile: unknown afterwards, which is not "no". Raises NotFound, Stale."""
    actor = actor.doing(Operation.MAP_COMPETENCE)
    profile = _get_for_change(session, actor, person_id, version)
    parts.remove(session, profile, part, _rows_of(session, actor, part, person_id), part_id)
    return _changed(session, actor, profile, "remove", [part.attribute])


def _get_for_change(session: Session, actor: Actor, person_id: UUID, version: int) -> Profile:
    """The profile's head, made by the first change. The person is locked first, so that there is one first."""
    if session.exec(queries.person_for_change(actor, person_id)).one_or_none() is None:
        raise NotFound("person")
    profile = session.exec(queries.profile_of(actor, person_id)).one_or_none()
    if (profile.version if profile else 0) != version:
        raise Stale("The profile was changed since you read it; read it again")
    return profile or Profile(municipality_no=actor.municipality_no, person_id=person_id)


def _changed(session: Session, actor: Actor, profile: Profile, action: str, fields: list[str]) -> ProfileDocument:
    """Count the version up, leave the event, and read what came of it. A new head is version 1 as it is made."""
    if profile in session:
        touch(profile)
    else:
        session.add(profile)
    session.flush()
    audit.record(session, actor, action, "profile", [profile.person_id], fields)
    return _document(session, actor, profile.person_id)


def _names(part: ProfilePart, fields: PartFields) -> list[str]:
    return sorted(f"{part.attribute}.{name}" for name in fields)


def _rows_of(session: Session, actor: Actor, part: ProfilePart, person_id: UUID) -> tuple[parts.Row, ...]:
    table = cast(type[Skill], parts.TABLES[part])
    return tuple(session.exec(queries.parts_of(actor, table, [person_id])))


def _document(session: Session, actor: Actor, person_id: UUID) -> ProfileDocument:
    def rows(table: type[Part]) -> tuple[Part, ...]:
        return tuple(session.exec(queries.parts_of(actor, table, [person_id])))

    found = session.exec(queries.profile_of(actor, person_id)).one_or_none()
    head = found or Profile(municipality_no=actor.municipality_no, person_id=person_id)
    return ProfileDocument(
        person_id=person_id,
        version=head.version if found else 0,
        updated_at=head.updated_at if found else None,
        mapped_on=head.mapped_on,
        percentage_min=head.percentage_min,
        percentage_max=head.percentage_max,
        shifts=[str(shift) for shift in head.shifts] if head.shifts is not None else None,
        commute_minutes=head.commute_minutes,
        available_from=head.available_from,
        wishes_as_spoken=head.wishes_as_spoken,
        skills=rows(Skill),
        experiences=rows(Experience),
        educations=rows(Education),
        languages=rows(PersonLanguage),
        licences=rows(PersonLicence),
        wished_occupations=rows(WishedOccupation),
        interests=rows(Interest),
    )
