"""The rows of a profile's parts: made, replaced and removed inside a change that the service has opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from sqlmodel import Session

from kompetanse.competence import accepting
from kompetanse.competence.accepting import Given
from kompetanse.competence.fields import PartFields, PartValues, ProfilePart
from kompetanse.competence.tables import (
    Course,
    Education,
    Experience,
    Interest,
    PersonLanguage,
    PersonLicence,
    Profile,
    Skill,
    Wish,
    WishedOccupation,
)
from kompetanse.errors import Conflict, NotFound

Row: TypeAlias = (
    Skill | Experience | Education | PersonLanguage | PersonLicence | WishedOccupation | Course | Wish | Interest
)

TABLES: Mapping[ProfilePart, type[Row]] = {
    ProfilePart.SKILLS: Skill,
    ProfilePart.EXPERIENCES: Experience,
    ProfilePart.EDUCATIONS: Education,
    ProfilePart.LANGUAGES: PersonLanguage,
    ProfilePart.LICENCES: PersonLicence,
    ProfilePart.WISHED_OCCUPATIONS: WishedOccupation,
    ProfilePart.COURSES: Course,
    ProfilePart.WISHES: Wish,
    ProfilePart.INTERESTS: Interest,
}

IDENTIFYING: Mapping[ProfilePart, str] = {
    ProfilePart.SKILLS: "key",
    ProfilePart.LANGUAGES: "language",
    ProfilePart.LICENCES: "licence",
}
"""The column by which a profile holds a part at most once."""

STATED_ANEW = frozenset({ProfilePart.LANGUAGES, ProfilePart.LICENCES})
"""Parts that adding again replaces: what somebody says today about a language is what counts."""

_ACCEPT: Mapping[ProfilePart, Callable[..., PartValues]] = {
    ProfilePart.SKILLS: accepting.accept_skill,
    ProfilePart.EXPERIENCES: accepting.accept_experience,
    ProfilePart.EDUCATIONS: accepting.accept_education,
    ProfilePart.LANGUAGES: accepting.accept_language,
    ProfilePart.LICENCES: accepting.accept_licence,
    ProfilePart.WISHED_OCCUPATIONS: accepting.accept_wished_occupation,
    ProfilePart.COURSES: accepting.accept_course,
    ProfilePart.WISHES: accepting.accept_other_wish,
    ProfilePart.INTERESTS: accepting.accept_interest,
}
_WHOSE = ("municipality_no", "id", "person_id")

Stored: TypeAlias = dict[str, Any]
"""An entry as history keeps it: column → JSON value, without what says whose it is."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a change did to an entry: what stood there (None: nothing) and what stands there now (None: nothing)."""

    entry_id: UUID
    before: Stored | None
    after: Stored | None


def put(
    session: Session, profile: Profile, part: ProfilePart, rows: tuple[Row, ...], fields: PartFields, given: Given
) -> Written:
    """Add a part, or state a language or licence anew. `rows` are those that the profile has.

    Raises:
        Invalid: a field that breaks a rule. Conflict: the profile has the skill.
    """
    values = _ACCEPT[part](fields, given)
    twin = _twin(part, rows, values)
    if twin is None:
        owned = {"municipality_no": profile.municipality_no, "person_id": profile.person_id}
        row = TABLES[part].model_validate({**owned, **values})
        session.add(row)
        session.flush()
        return Written(row.id, None, stored(row))
    if part not in STATED_ANEW:
        raise Conflict("The profile has this skill already; change it instead")
    return _overwrite(twin, values)


def check(part: ProfilePart, fields: PartFields, given: Given) -> None:
    """See that an entry breaks no rule. Raises Invalid."""
    _ACCEPT[part](fields, given)


def replace(
    profile: Profile, part: ProfilePart, rows: tuple[Row, ...], part_id: UUID, fields: PartFields, given: Given
) -> Written:
    """State a part anew: what `fields` leaves out is "not stated" afterwards.

    Raises:
        NotFound, Invalid. Conflict: another part of the profile is the same skill, language or licence.
    """
    row = entry_of(profile, rows, part, part_id)
    values = _ACCEPT[part](fields, given)
    twin = _twin(part, rows, values)
    if twin is not None and twin.id != part_id:
        raise Conflict("The profile has this already; change that one instead")
    return _overwrite(row, values)


def remove(session: Session, profile: Profile, part: ProfilePart, rows: tuple[Row, ...], part_id: UUID) -> Written:
    """Take a part out: afterwards nothing is known of it. Raises NotFound."""
    row = entry_of(profile, rows, part, part_id)
    written = Written(row.id, stored(row), None)
    session.delete(row)
    session.flush()
    return written


def restore(
    session: Session, profile: Profile, part: ProfilePart, rows: tuple[Row, ...], entry_id: UUID, before: Stored | None
) -> Written:
    """Let an entry be again what it was; None: not there.

    Raises:
        Conflict: another entry of the profile is the same skill, language or licence by now.
    """
    row = next((one for one in rows if one.id == entry_id), None)
    if before is None:
        if row is None:
            raise Conflict("The entry is taken out already")
        return remove(session, profile, part, rows, entry_id)
    twin = _twin(part, rows, before)
    if twin is not None and twin.id != entry_id:
        raise Conflict("The profile has this already; change that one instead")
    if row is not None:
        return _overwrite(row, before)
    owned = {"municipality_no": profile.municipality_no, "person_id": profile.person_id, "id": entry_id}
    again = TABLES[part].model_validate({**before, **owned})
    session.add(again)
    session.flush()
    return Written(entry_id, None, stored(again))


def stored(row: Row) -> Stored:
    """An entry as history keeps it."""
    return row.model_dump(mode="json", exclude=set(_WHOSE))


def _twin(part: ProfilePart, rows: tuple[Row, ...], values: PartValues) -> Row | None:
    column = IDENTIFYING.get(part)
    if column is None:
        return None
    return next((row for row in rows if getattr(row, column) == values[column]), None)


def entry_of(profile: Profile, rows: tuple[Row, ...], part: ProfilePart, part_id: UUID) -> Row:
    """The entry of an id among the profile's. Raises NotFound."""
    found = next((row for row in rows if row.id == part_id and row.person_id == profile.person_id), None)
    if found is None:
        raise NotFound(f"entry under {part.value}")
    return found


def _overwrite(row: Row, values: PartValues) -> Written:
    before = stored(row)
    for name, field in type(row).model_fields.items():
        if name not in _WHOSE:
            setattr(row, name, values.get(name, field.get_default()))
    return Written(row.id, before, stored(row))
