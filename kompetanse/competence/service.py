"""Mapping a newcomer's competence: what she can, wants and likes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import Strength
from kompetanse.competence import history, parts, queries
from kompetanse.competence.accepting import Given, accept_wishes
from kompetanse.competence.fields import (
    CourseFields,
    EducationFields,
    ExperienceFields,
    InterestFields,
    LanguageFields,
    LicenceFields,
    OtherWishFields,
    PartFields,
    ProfilePart,
    SkillFields,
    WishedOccupationFields,
    WishFields,
)
from kompetanse.competence.tables import (
    Course,
    Education,
    Experience,
    Interest,
    PersonLanguage,
    PersonLicence,
    Profile,
    ProfileChange,
    Skill,
    Wish,
    WishedOccupation,
)
from kompetanse.database import touch
from kompetanse.errors import FieldFault, Invalid, NotFound, Stale
from kompetanse.people import service as people
from kompetanse.people.service import PersonRecord
from kompetanse.taxonomy import service as taxonomy

__all__ = [
    "CourseFields",
    "EducationFields",
    "ExperienceFields",
    "InterestFields",
    "LanguageFields",
    "LicenceFields",
    "OtherWishFields",
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
    "add_parts",
    "add_skill",
    "add_wished_occupation",
    "change_part",
    "change_wishes",
    "confirm_part",
    "read_person_profile",
    "read_profile",
    "remove_part",
    "restore",
    "set_language",
    "set_licence",
]

Part = TypeVar(
    "Part", Skill, Experience, Education, PersonLanguage, PersonLicence, WishedOccupation, Course, Wish, Interest
)

SOURCES = (ProfilePart.EXPERIENCES, ProfilePart.EDUCATIONS, ProfilePart.COURSES, ProfilePart.LICENCES)
"""Where a skill can come from."""


@dataclass(frozen=True, slots=True)
class ProfileDocument:
    """A whole profile. Version 0, and `updated_at` None: nothing was written yet. Parts in the order of writing."""

    person_id: UUID
    version: int
    updated_at: datetime | None
    mapped_on: date | None
    confirmed_on: date | None
    percentage_min: int | None
    percentage_max: int | None
    shifts: list[str] | None
    commute_minutes: int | None
    available_from: date | None
    pay_floor: int | None
    percentage_strength: Strength | None
    shifts_strength: Strength | None
    commute_strength: Strength | None
    start_strength: Strength | None
    pay_strength: Strength | None
    term_weights: dict[str, int] | None
    wishes_as_spoken: str | None
    skills: tuple[Skill, ...]
    experiences: tuple[Experience, ...]
    educations: tuple[Education, ...]
    languages: tuple[PersonLanguage, ...]
    licences: tuple[PersonLicence, ...]
    wished_occupations: tuple[WishedOccupation, ...]
    courses: tuple[Course, ...]
    wishes: tuple[Wish, ...]
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
    actor = actor.doing_to(Operation.READ_PROFILES, person_id)
    people.get(session, actor, person_id)
    audit.record(session, actor, "read", "profile", [person_id])
    return _document(session, actor, person_id)


def read_person_profile(session: Session, actor: Actor, person_id: UUID) -> PersonProfile:
    """A newcomer's record and profile together, as one reading. Raises NotFound."""
    actor = actor.doing_to(Operation.READ_PROFILES, person_id)
    person = people.get(session, actor, person_id)
    audit.record(session, actor, "read", "profile", [person_id])
    record = PersonRecord(person, people.contacts_of(session, actor, person_id))
    return PersonProfile(record, _document(session, actor, person_id))


def change_wishes(session: Session, actor: Actor, person_id: UUID, version: int, fields: WishFields) -> ProfileDocument:
    """Change what `fields` names of the wishes that are single values, and the mapping day.

    Raises:
        Invalid: a field that breaks a rule. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing_to(Operation.MAP_COMPETENCE, person_id)
    profile = _get_for_change(session, actor, person_id, version)
    standing = WishFields(percentage_min=profile.percentage_min, percentage_max=profile.percentage_max)
    before = _terms(profile, set(fields))
    for name, value in accept_wishes(fields, standing, clock.today()).items():
        setattr(profile, name, value)
    _changed(session, actor, profile, "change", sorted(fields))
    history.note_terms(session, actor, profile, before, _terms(profile, set(fields)))
    return _document(session, actor, person_id)


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
    document, ids = add_parts(session, actor, person_id, version, [(part, fields)])
    return document, ids[0]


def add_parts(
    session: Session, actor: Actor, person_id: UUID, version: int, entries: Sequence[tuple[ProfilePart, PartFields]]
) -> tuple[ProfileDocument, list[UUID]]:
    """Add several entries as one change, all of them or none; see add_part."""
    actor = actor.doing_to(Operation.MAP_COMPETENCE, person_id)
    profile = _get_for_change(session, actor, person_id, version)
    given = _given(session, actor)
    written: list[tuple[ProfilePart, parts.Written]] = []
    with session.begin_nested():
        for part, fields in entries:
            rows = _rows_of(session, actor, part, person_id)
            _check_source(session, actor, person_id, fields)
            written.append((part, parts.put(session, profile, part, rows, fields, given)))
    _changed(session, actor, profile, "add", sorted({name for entry in entries for name in _names(*entry)}))
    for part, one in written:
        history.note(session, actor, profile, part.value, one)
    return _document(session, actor, person_id), [one.entry_id for _, one in written]


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
    actor = actor.doing_to(Operation.MAP_COMPETENCE, person_id)
    profile = _get_for_change(session, actor, person_id, version)
    rows = _rows_of(session, actor, part, person_id)
    _check_source(session, actor, person_id, fields)
    written = parts.replace(profile, part, rows, part_id, fields, _given(session, actor))
    _changed(session, actor, profile, "change", _names(part, fields))
    history.note(session, actor, profile, part.value, written)
    return _document(session, actor, person_id)


def remove_part(
    session: Session, actor: Actor, person_id: UUID, version: int, part: ProfilePart, part_id: UUID
) -> ProfileDocument:
    """Take an entry out of the profile: unknown afterwards, which is not "no". Raises NotFound, Stale."""
    actor = actor.doing_to(Operation.MAP_COMPETENCE, person_id)
    profile = _get_for_change(session, actor, person_id, version)
    written = parts.remove(session, profile, part, _rows_of(session, actor, part, person_id), part_id)
    _changed(session, actor, profile, "remove", [part.attribute])
    history.note(session, actor, profile, part.value, written)
    return _document(session, actor, person_id)


def confirm_part(
    session: Session, actor: Actor, person_id: UUID, version: int, part: ProfilePart, part_id: UUID
) -> ProfileDocument:
    """Say, as an employee who has looked, that an entry holds as it stands. Raises NotFound, Stale."""
    actor = actor.doing(Operation.MAP_COMPETENCE)
    profile = _get_for_change(session, actor, person_id, version)
    row = parts.entry_of(profile, _rows_of(session, actor, part, person_id), part, part_id)
    _changed(session, actor, profile, "confirm", [part.attribute])
    history.note_confirmed(session, actor, profile, part.value, row)
    return _document(session, actor, person_id)


def restore(session: Session, actor: Actor, person_id: UUID, version: int, change_id: UUID) -> ProfileDocument:
    """Undo one change of the profile's history: what it touched is again as it was before. It is a change itself.

    Raises:
        Conflict: the entry is gone by now, or another one is the same. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing_to(Operation.MAP_COMPETENCE, person_id)
    profile = _get_for_change(session, actor, person_id, version)
    change = session.get(ProfileChange, (actor.municipality_no, change_id))
    if change is None or change.person_id != person_id:
        raise NotFound("change")
    if change.part == history.TERMS or change.entry_id is None:
        _restore_terms(session, actor, profile, change.before or {})
        return _document(session, actor, person_id)
    part = ProfilePart(change.part)
    rows = _rows_of(session, actor, part, person_id)
    written = parts.restore(session, profile, part, rows, change.entry_id, change.before)
    _changed(session, actor, profile, "restore", [part.attribute])
    history.note(session, actor, profile, part.value, written)
    return _document(session, actor, person_id)


def _terms(profile: Profile, names: set[str]) -> dict[str, Any]:
    """Wishes that are single values, as history keeps them. A stored list holds plain words, not members of a set."""
    return profile.model_dump(mode="json", include=names, warnings=False)


def _restore_terms(session: Session, actor: Actor, profile: Profile, before: dict[str, Any]) -> None:
    standing = _terms(profile, set(before))
    for name, value in before.items():
        setattr(profile, name, value)
    _changed(session, actor, profile, "restore", sorted(before))
    history.note_terms(session, actor, profile, standing, before)


def _given(session: Session, actor: Actor) -> Given:
    return Given(clock.today(), taxonomy.lexicon(session, actor))


def _check_source(session: Session, actor: Actor, person_id: UUID, fields: PartFields) -> None:
    """See that what a skill is said to come from is an entry of the same profile. Raises Invalid."""
    source = fields.get("source_id")
    if source is None:
        return
    document = _document(session, actor, person_id)
    known: set[object] = {row.id for part in SOURCES for row in document.part(part)}
    if source not in known:
        hint = "Name a job, education, course or licence of this profile"
        raise Invalid(FieldFault("/source_id", "The profile has no such entry", hint))


def _get_for_change(session: Session, actor: Actor, person_id: UUID, version: int) -> Profile:
    """The profile's head, made by the first change. The person is locked first, so that there is one first."""
    if session.exec(queries.person_for_change(actor, person_id)).one_or_none() is None:
        raise NotFound("person")
    profile = session.exec(queries.profile_of(actor, person_id)).one_or_none()
    if (profile.version if profile else 0) != version:
        raise Stale("The profile was changed since you read it; read it again")
    return profile or Profile(municipality_no=actor.municipality_no, person_id=person_id)


def _changed(session: Session, actor: Actor, profile: Profile, action: str, fields: list[str]) -> None:
    """Count the version up and leave the event. A new head is version 1 as it is made."""
    if profile in session:
        touch(profile)
    else:
        session.add(profile)
    session.flush()
    audit.record(session, actor, action, "profile", [profile.person_id], fields)


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
        confirmed_on=head.confirmed_on,
        percentage_min=head.percentage_min,
        percentage_max=head.percentage_max,
        shifts=[str(shift) for shift in head.shifts] if head.shifts is not None else None,
        commute_minutes=head.commute_minutes,
        available_from=head.available_from,
        pay_floor=head.pay_floor,
        percentage_strength=head.percentage_strength,
        shifts_strength=head.shifts_strength,
        commute_strength=head.commute_strength,
        start_strength=head.start_strength,
        pay_strength=head.pay_strength,
        term_weights=head.term_weights,
        wishes_as_spoken=head.wishes_as_spoken,
        skills=rows(Skill),
        experiences=rows(Experience),
        educations=rows(Education),
        languages=rows(PersonLanguage),
        licences=rows(PersonLicence),
        wished_occupations=rows(WishedOccupation),
        courses=rows(Course),
        wishes=rows(Wish),
        interests=rows(Interest),
    )
