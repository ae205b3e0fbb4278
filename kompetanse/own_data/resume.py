"""A profile as JSON Resume 1.0 (https://jsonresume.org/schema). Pure.

What the format has no place for is left out: it is in `everything`. What she does not hold, and would do for others, is
left out too: a CV says neither.
"""

from collections.abc import Mapping
from typing import Any

from kompetanse.codes.education import EducationLevel
from kompetanse.codes.languages import language
from kompetanse.codes.licences import authorisation, is_licence, licence
from kompetanse.codes.residence import ContactKind
from kompetanse.codes.work import CourseKind, ExperienceKind, InterestKind
from kompetanse.competence.rules import spoken_level
from kompetanse.competence.service import PersonProfile
from kompetanse.competence.tables import Education, Experience, PersonLanguage, PersonLicence

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
NATIVE = "Native speaker"

_SECTIONS: Mapping[CourseKind, tuple[str, str, str, str]] = {
    CourseKind.CERTIFICATE: ("certificates", "name", "issuer", "date"),
    CourseKind.COURSE: ("certificates", "name", "issuer", "date"),
    CourseKind.AWARD: ("awards", "title", "awarder", "date"),
    CourseKind.PUBLICATION: ("publications", "name", "publisher", "releaseDate"),
    CourseKind.PROJECT: ("projects", "name", "entity", "endDate"),
}
"""Where each kind of course goes: the section, and what its title, provider and day are called there."""


def json_resume(found: PersonProfile) -> dict[str, Any]:
    """A profile as a JSON Resume."""
    person, profile = found.record.person, found.profile
    reached = {one.kind: one.value for one in reversed(found.record.contacts)}
    volunteered = {ExperienceKind.UNPAID}
    told: dict[str, Any] = {
        "$schema": SCHEMA,
        "basics": _stated(
            name=f"{person.given_name} {person.family_name}".strip(),
            email=reached.get(ContactKind.EMAIL),
            phone=reached.get(ContactKind.PHONE),
        ),
        "work": [_job(one, "name") for one in profile.experiences if one.kind not in volunteered],
        "volunteer": [_job(one, "organization") for one in profile.experiences if one.kind in volunteered],
        "education": [_education(one) for one in profile.educations],
        "skills": [_stated(name=one.label, level=one.level) for one in profile.skills if one.holds],
        "languages": [_language(one) for one in profile.languages],
        "certificates": [_licence(one) for one in profile.licences if one.holds],
        "interests": [{"name": one.label} for one in profile.interests if one.kind is InterestKind.LIKES],
    }
    for one in profile.courses:
        section, title, provider, day = _SECTIONS[one.kind]
        told.setdefault(section, []).append(_stated(**{title: one.title, provider: one.provider, day: one.completed}))
    return {name: said for name, said in told.items() if said}


def _job(one: Experience, employer: str) -> dict[str, Any]:
    said = _stated(position=one.title, startDate=one.started, endDate=one.ended, summary=one.tasks)
    if one.employer:
        said[employer] = one.employer
    return said


def _education(one: Education) -> dict[str, Any]:
    level = EducationLevel(one.level).name_en if one.level is not None else None
    return _stated(
        institution=one.institution,
        area=one.title,
        studyType=level,
        startDate=str(one.started_year) if one.started_year else None,
        endDate=str(one.completed_year) if one.completed_year else None,
    )


def _language(one: PersonLanguage) -> dict[str, Any]:
    return _stated(language=language(one.language).name_en, fluency=NATIVE if one.mother_tongue else spoken_level(one))


def _licence(one: PersonLicence) -> dict[str, Any]:
    return {"name": licence(one.licence).name_nb if is_licence(one.licence) else authorisation(one.licence).name_en}


def _stated(**values: object) -> dict[str, Any]:
    """What is stated, as JSON."""
    return {name: str(value) for name, value in values.items() if value not in (None, "")}
