"""JSON Resume 1.x (https://jsonresume.org/schema) as text with suggestions. References, third persons, are left out.

What a file holds beside the schema, or in another shape, is passed over: people write these files by hand.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import find_country
from kompetanse.codes.languages import find_language
from kompetanse.codes.partial_date import parse_partial_date
from kompetanse.codes.work import CourseKind, ExperienceKind, InterestKind
from kompetanse.competence.fields import (
    CourseFields,
    EducationFields,
    ExperienceFields,
    InterestFields,
    LanguageFields,
    ProfilePart,
    SkillFields,
)
from kompetanse.exchange.cv_files.told import Scribe, Told, long, short

Entry = Mapping[str, Any]

_KNOWN = {"basics", "work", "education", "skills", "languages", "volunteer", "certificates", "projects", "interests"}
_LEVEL = re.compile(r"\b([ABC][12])\b")
_NATIVE = re.compile(r"native|mother|first language|morsmål|ojczysty|gimtoji|рідна", re.IGNORECASE)


def is_json_resume(source: str) -> bool:
    """Whether a text is a JSON Resume, whatever else it may be."""
    return _document(source) is not None


def read(source: str) -> Told:
    """A JSON Resume as text with suggestions.

    Raises:
        ValueError: it is none.
    """
    document = _document(source)
    if document is None:
        raise ValueError("not a JSON Resume")
    scribe = Scribe()
    basics = document.get("basics")
    scribe.say(_word(basics, "summary") if isinstance(basics, dict) else None)
    for name, tell in _TOLD.items():
        for one in _entries(document, name):
            tell(scribe, one)
    return scribe.told()


def _document(source: str) -> Entry | None:
    if not source.lstrip().startswith("{"):
        return None
    try:
        document = json.loads(source)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) and _KNOWN & document.keys() else None


def _job(scribe: Scribe, one: Entry, kind: ExperienceKind) -> None:
    title = _word(one, "position") or _word(one, "name")
    if title is None:
        return
    employer = _word(one, "name") or _word(one, "organization") or _word(one, "company")
    started, ended = _day(one, "startDate"), _day(one, "endDate")
    fields = ExperienceFields(title=title, kind=kind, employer=employer, started=started, ended=ended)
    if started and not ended and not _word(one, "endDate"):
        fields["ongoing"] = True
    where = _word(one, "location")
    if where is not None and (country := find_country(where.rpartition(",")[2])):
        fields["country"] = country
    told = [*_words(one, "highlights")]
    summary = one.get("summary")
    fields["tasks"] = long("\n".join([summary if isinstance(summary, str) else "", *told]))
    when = f"{started or ''}–{ended or ''}: " if started or ended else ""
    scribe.entry(ProfilePart.EXPERIENCES, when + ", ".join(filter(None, (title, employer, where))), fields)
    for line in (summary if isinstance(summary, str) else None, *told):
        scribe.say(line)


def _education(scribe: Scribe, one: Entry) -> None:
    title = ", ".join(filter(None, (_word(one, "studyType"), _word(one, "area"))))
    institution = _word(one, "institution")
    if not title and not institution:
        return
    fields = EducationFields(title=(title or institution or "")[:200], institution=institution)
    started, ended = _day(one, "startDate"), _day(one, "endDate")
    if started:
        fields["started_year"] = int(started[:4])
    if ended:
        fields["completed_year"], fields["completed"] = int(ended[:4]), True
    years = f"{(started or '')[:4]}–{(ended or '')[:4]}: " if started or ended else ""
    scribe.entry(ProfilePart.EDUCATIONS, years + ", ".join(filter(None, (title, institution))), fields)
    for course in _words(one, "courses"):
        said = CourseFields(title=course, kind=CourseKind.COURSE, provider=institution)
        scribe.entry(ProfilePart.COURSES, course, said)


def _skills(scribe: Scribe, one: Entry) -> None:
    for label in filter(None, (_word(one, "name"), *_words(one, "keywords"))):
        scribe.entry(ProfilePart.SKILLS, label, SkillFields(label=label, holds=True))


def _language(scribe: Scribe, one: Entry) -> None:
    name, fluency = _word(one, "language"), _word(one, "fluency") or ""
    code = find_language(name) if name else None
    if code is None:
        scribe.say(name)
        return
    fields = LanguageFields(language=code)
    if _NATIVE.search(fluency):
        fields["mother_tongue"] = True
    elif said := _LEVEL.search(fluency.upper()):
        level = Cefr(said[1])
        levels = LanguageFields(listening=level, reading=level, interaction=level, production=level, writing=level)
        fields = {**fields, **levels}
    scribe.entry(ProfilePart.LANGUAGES, f"{name} ({fluency})" if fluency else str(name), fields)


def _course(scribe: Scribe, one: Entry, kind: CourseKind) -> None:
    title = _word(one, "name") or _word(one, "title")
    if title is None:
        return
    provider = next((said for name in ("issuer", "awarder", "publisher", "entity") if (said := _word(one, name))), None)
    days = (_day(one, name) for name in ("date", "releaseDate", "endDate"))
    completed = next((day for day in days if day), None)
    fields = CourseFields(title=title, kind=kind, provider=provider, completed=completed)
    scribe.entry(ProfilePart.COURSES, ", ".join(filter(None, (completed, title, provider))), fields)
    for line in ("summary", "description"):
        scribe.say(_word(one, line))


def _interest(scribe: Scribe, one: Entry) -> None:
    for label in filter(None, (_word(one, "name"), *_words(one, "keywords"))):
        scribe.entry(ProfilePart.INTERESTS, label, InterestFields(label=label, kind=InterestKind.LIKES))


_TOLD: Mapping[str, Callable[[Scribe, Entry], None]] = {
    "work": partial(_job, kind=ExperienceKind.PAID),
    "volunteer": partial(_job, kind=ExperienceKind.UNPAID),
    "education": _education,
    "skills": _skills,
    "languages": _language,
    "certificates": partial(_course, kind=CourseKind.CERTIFICATE),
    "awards": partial(_course, kind=CourseKind.AWARD),
    "publications": partial(_course, kind=CourseKind.PUBLICATION),
    "projects": partial(_course, kind=CourseKind.PROJECT),
    "interests": _interest,
}
"""What tells of which section, in the order of a CV."""


def _entries(document: Entry, section: str) -> Iterator[Entry]:
    found = document.get(section)
    yield from (one for one in (found if isinstance(found, list) else []) if isinstance(one, dict))


def _word(one: Entry, name: str) -> str | None:
    found = one.get(name)
    return short(found) if isinstance(found, str) else None


def _words(one: Entry, name: str) -> list[str]:
    found = one.get(name)
    return [said for one in (found if isinstance(found, list) else []) if isinstance(one, str) and (said := short(one))]


def _day(one: Entry, name: str) -> str | None:
    """A date of reduced precision; the schema allows 2014, 2014-06 and 2014-06-29."""
    said = (_word(one, name) or "")[:10]
    try:
        parse_partial_date(said)
    except ValueError:
        return None
    return said
