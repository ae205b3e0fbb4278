"""The rows of a profile's parts: made, replaced and removed inside a change that the service has opened."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias
from uuid import UUID

from sqlmodel import Session

from kompetanse.competence import fields as accept
from kompetanse.competence.fields import PartFields, PartValues, ProfilePart
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
from kompetanse.errors import Conflict, NotFound

Row: TypeAlias = Skill | Experience | Education | PersonLanguage | PersonLicence | WishedOccupation | Interest

TABLES: Mapping[ProfilePart, type[Row]] = {
    ProfilePart.SKILLS: Skill,
    ProfilePart.EXPERIENCES: Experience,
    ProfilePart.EDUCATIONS: Education,
    ProfilePart.LANGUAGES: PersonLanguage,
    ProfilePart.LICENCES: PersonLicence,
    ProfilePart.WISHED_OCCUPATIONS: WishedOccupation,
    ProfilePart.INTERESTS: Interest,
}

IDENTIFYING: Mapping[ProfilePart, str] = {
    ProfilePart.SKILLS: "key",
    ProfilePart.LANGUAGES: "language",
    ProfilePart.LICENCES: "licence",
}
"""The column by which a profile holds a part at most once."""

_STATED_ANEW = frozenset({ProfilePart.LANGUAGES, ProfilePart.LICENCES})
"""Parts that adding again replaces: what somebody says today about a language is what counts."""

_ACCEPT: Mapping[ProfilePart, Callable[..., PartValues]] = {
    ProfilePart.SKILLS: accept.accept_skill,
    ProfilePart.EXPERIENCES: accept.accept_experience,
    ProfilePart.EDUCATIONS: accept.accept_education,
    ProfilePart.LANGUAGES: accept.accept_language,
    ProfilePart.LICENCES: accept.accept_licence,
    ProfilePart.WISHED_OCCUPATIONS: accept.accept_wished_occupation,
    ProfilePart.INTERESTS: accept.accept_interest,
}
_DATED = frozenset({ProfilePart.EXPERIENCES, ProfilePart.EDUCATIONS})


def put(
    session: Session, profile: Profile, part: ProfilePart, rows: tuple[Row, ...], fields: PartFields, today: date
) -> UUID:
    """Add a part, or state a language or licence anew; its id. `rows` are those that the profile has.

    Raises:
        Invalid: a field that breaks a rule. Conflict: the profile has the skill.
    """
    values = _values(part, fields, today)
    twin = _twin(part, rows, values)
    if twin is None:
        owned = {"municipality_no": profile.municipality_no, "person_id": profile.person_id}
        row = TABLES[part].model_validate({**owned, **values})
        session.add(row)
        session.flush()
        return row.id
    if part not in _STATED_ANEW:
        raise Conflict("The profile has this skill already; change it instead")
    _overwrite(twin, values)
    return twin.id


def replace(
    profile: Profile, part: ProfilePart, rows: tuple[Row, ...], part_id: UUID, fields: PartFields, today: date
) -> None:
    """State a part anew: what `fields` leaves out is "not stated" afterwards.

    Raises:
        NotFound, Invalid. Conflict: another part of the profile is the same skill, language or licence.
    """
    row = _of(profile, rows, part, part_id)
    values = _values(part, fields, today)
    twin = _twin(part, rows, values)
    if twin is not None and twin.id != part_id:
        raise Conflict("The profile has this already; change that one instead")
    _overwrite(row, values)


def remove(session: Session, profile: Profile, part: ProfilePart, rows: tuple[Row, ...], part_id: UUID) -> None:
    """Take a part out: afterwards nothing is known of it. Raises NotFound."""
    session.delete(_of(profile, rows, part, part_id))
    session.flush()


def _values(part: ProfilePart, fields: PartFields, today: date) -> PartValues:
    return _ACCEPT[part](fields, today) if part in _DATED else _ACCEPT[part](fields)


def _twin(part: ProfilePart, rows: tuple[Row, ...], values: PartValues) -> Row | None:
    column = IDENTIFYING.get(part)
    if column is None:
        return None
    return next((row for row in rows if getattr(row, column) == values[column]), None)


def _of(profile: Profile, rows: tuple[Row, ...], part: ProfilePart, part_id: UUID) -> Row:
    found = next((row for row in rows if row.id == part_id and row.person_id == profile.person_id), None)
    if found is None:
        raise NotFound(f"entry under {part.value}")
    return found


def _overwrite(row: Row, values: PartValues) -> None:
    kept = {"municipality_no", "id", "person_id"}
    for name, field in type(row).model_fields.items():
        if name not in kept:
            setattr(row, name, values.get(name, field.get_default()))
