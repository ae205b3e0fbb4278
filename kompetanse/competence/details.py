"""More of each person on a page of the list, as far as its columns want it: one statement for each part."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor, Operation
from kompetanse.competence import queries
from kompetanse.competence.tables import (
    Education,
    PersonLanguage,
    PersonLicence,
    Profile,
    Skill,
    WishedOccupation,
)
from kompetanse.people import queries as people_queries
from kompetanse.people.tables import ContactPoint, Person


class Part(StrEnum):
    """What is read of people beside what every list shows."""

    PERSON = "person"
    CONTACTS = "contacts"
    PROFILE = "profile"
    EDUCATIONS = "educations"
    LANGUAGES = "languages"
    SKILLS = "skills"
    LICENCES = "licences"
    WISHES = "wishes"


@dataclass(slots=True)
class Details:
    """What is read of one person; a part that was not asked for is as if nothing was stated."""

    person: Person | None = None
    profile: Profile | None = None
    contacts: list[ContactPoint] = field(default_factory=list)
    educations: list[Education] = field(default_factory=list)
    languages: list[PersonLanguage] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)
    licences: list[PersonLicence] = field(default_factory=list)
    wishes: list[WishedOccupation] = field(default_factory=list)


def _rows(actor: Actor, ids: Sequence[UUID]) -> Mapping[Part, SelectOfScalar[Any]]:
    """The selects of the parts of which a person may have several rows, in the order of their making."""
    return {
        Part.EDUCATIONS: queries.parts_of(actor, Education, ids),
        Part.LANGUAGES: queries.parts_of(actor, PersonLanguage, ids),
        Part.SKILLS: queries.parts_of(actor, Skill, ids),
        Part.LICENCES: queries.parts_of(actor, PersonLicence, ids),
        Part.WISHES: queries.parts_of(actor, WishedOccupation, ids),
    }


def details(session: Session, actor: Actor, ids: Sequence[UUID], parts: Collection[Part]) -> Mapping[UUID, Details]:
    """These parts of these people, whom the caller found to be the actor's and has recorded as shown."""
    actor = actor.doing(Operation.READ_PEOPLE)
    found: dict[UUID, Details] = defaultdict(Details)
    if Part.PERSON in parts:
        for person in session.exec(people_queries.people_by_id(actor, ids)):
            found[person.id].person = person
    if Part.CONTACTS in parts:
        for point in session.exec(people_queries.contact_points(actor, list(ids))):
            found[point.person_id].contacts.append(point)
    if Part.PROFILE in parts:
        for profile in session.exec(queries.profiles_of(actor, ids)):
            found[profile.person_id].profile = profile
    for part, selected in _rows(actor, ids).items():
        if part in parts:
            for row in session.exec(selected):
                getattr(found[row.person_id], part.value).append(row)
    return found
