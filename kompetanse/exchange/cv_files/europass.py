"""Europass (the `Candidate` document of europass.eu, since 2020) as text with suggestions.

Names, addresses, birth and photo are passed over: they are registered otherwise. `skills_passport` reads what came
before it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import find_country
from kompetanse.codes.education import is_education_field, level_of_eqf
from kompetanse.codes.languages import language
from kompetanse.codes.licences import is_licence, licence
from kompetanse.codes.partial_date import parse_partial_date
from kompetanse.codes.work import CourseKind, ExperienceKind
from kompetanse.competence.fields import (
    CourseFields,
    EducationFields,
    ExperienceFields,
    LanguageFields,
    LicenceFields,
    ProfilePart,
    SkillFields,
)
from kompetanse.exchange.cv_files.markup import language_code, local_name, opened, plain
from kompetanse.exchange.cv_files.told import Scribe, Told, long, short

_ROOT = re.compile(r"<(?:\w+:)?Candidate[\s>]")
_ISCED = re.compile(r"(\d{2,4})/?$")

_SPOKEN = {
    "CEF-Understanding-Listening": "listening",
    "CEF-Understanding-Reading": "reading",
    "CEF-Speaking-Interaction": "interaction",
    "CEF-Speaking-Production": "production",
    "CEF-Writing-Production": "writing",
}


def is_europass(source: str) -> bool:
    """Whether a text is a Europass document of today."""
    return source.lstrip().startswith("<") and _ROOT.search(source[:4000]) is not None


def read(source: str) -> Told:
    """A Europass document as text with suggestions.

    Raises:
        ValueError: it is no XML, or holds what no CV needs (entities, external files).
    """
    root, scribe = opened(source), Scribe()
    scribe.say(_prose(root, "ExecutiveSummary"))
    for name, tell in _TOLD.items():
        for one in _all(root, name):
            tell(scribe, one)
    return scribe.told()


def _jobs(scribe: Scribe, employer: Element) -> None:
    name = short(_text(employer, "OrganizationName"))
    for one in _all(employer, "PositionHistory"):
        title = short(_text(one, "PositionTitle")) or name
        if title is None:
            continue
        started, ended = _period(one)
        fields = ExperienceFields(
            title=title, kind=ExperienceKind.PAID, employer=name, started=started, ended=ended,
            country=find_country(_text(one, "Country") or _text(employer, "CountryCode") or ""),
        )  # fmt: skip
        if not ended and _text(one, "CurrentIndicator") == "true":
            fields["ongoing"] = True
        tasks = _prose(one, "Description")
        fields["tasks"] = long(tasks)
        when = f"{started or ''}–{ended or ''}: " if started or ended else ""
        scribe.entry(ProfilePart.EXPERIENCES, when + ", ".join(filter(None, (title, name, _text(one, "City")))), fields)
        scribe.say(tasks)


def _education(scribe: Scribe, one: Element) -> None:
    institution, degree = short(_text(one, "OrganizationName")), short(_text(one, "DegreeName"))
    title = degree or institution
    if title is None:
        return
    level, (started, ended) = _text(one, "EducationLevelCode") or "", _period(one)
    fields = EducationFields(
        title=title, institution=institution, country=find_country(_text(one, "CountryCode") or "")
    )
    if level.isdigit():
        fields["level"] = level_of_eqf(int(level))
    codes = (_ISCED.search(text.strip()) for text in _texts(one, "ProgramConcentration"))
    known = [code[1] for code in codes if code and is_education_field(code[1])]
    if known:
        fields["field"] = max(known, key=len)
    if started:
        fields["started_year"] = int(started[:4])
    if ended:
        fields["completed_year"], fields["completed"] = int(ended[:4]), True
    elif _text(one, "Ongoing") == "true":
        fields["completed"] = False
    years = f"{(started or '')[:4]}–{(ended or '')[:4]}: " if started or ended else ""
    scribe.entry(ProfilePart.EDUCATIONS, years + ", ".join(filter(None, (degree, institution))), fields)
    scribe.say(_prose(one, "OccupationalSkillsCovered"))


def _licence(scribe: Scribe, one: Element) -> None:
    code = f"driving:{(one.text or '').strip().upper()}"
    if is_licence(code):
        scribe.entry(ProfilePart.LICENCES, licence(code).name_nb, LicenceFields(licence=code, holds=True))


def _mother_tongue(scribe: Scribe, one: Element) -> None:
    code = language_code((one.text or "").strip())
    if code is not None:
        fields = LanguageFields(language=code, mother_tongue=True)
        scribe.entry(ProfilePart.LANGUAGES, language(code).name_nb, fields)


def _competency(scribe: Scribe, one: Element) -> None:
    """A language with its levels, or a skill."""
    if _text(one, "TaxonomyID") != "language":
        if label := short(_text(one, "CompetencyName")):
            scribe.entry(ProfilePart.SKILLS, label, SkillFields(label=label, holds=True))
        return
    said = _text(one, "CompetencyID") or ""
    code = language_code(said)
    if code is None:
        return
    levels: dict[str, Cefr] = {}
    for dimension in _all(one, "CompetencyDimension"):
        name, score = _SPOKEN.get(_text(dimension, "CompetencyDimensionTypeCode") or ""), _text(dimension, "ScoreText")
        if name and score in set(Cefr):
            levels[name] = Cefr(score)
    name, told = language(code).name_nb, ", ".join(dict.fromkeys(levels.values()))
    fields = LanguageFields(language=code, **levels)  # type: ignore[typeddict-item]
    scribe.entry(ProfilePart.LANGUAGES, f"{name}: {told}" if told else name, fields)


def _course(scribe: Scribe, one: Element) -> None:
    title = short(_text(one, "CertificationName") or _text(one, "Title"))
    if title is not None:
        fields = CourseFields(title=title, kind=CourseKind.CERTIFICATE, provider=short(_text(one, "OrganizationName")))
        scribe.entry(ProfilePart.COURSES, title, fields)


def _other(scribe: Scribe, one: Element) -> None:
    """A section of the person's own."""
    scribe.say(_text(one, "Title"))
    scribe.say(_prose(one, "Description"))


_TOLD: Mapping[str, Callable[[Scribe, Element], None]] = {
    "EmployerHistory": _jobs,
    "EducationOrganizationAttendance": _education,
    "PrimaryLanguageCode": _mother_tongue,
    "PersonCompetency": _competency,
    "LicenseTypeCode": _licence,
    "Certification": _course,
    "Other": _other,
}
"""What tells of which element, in the order of a CV."""


def _period(one: Element) -> tuple[str | None, str | None]:
    """When something began and ended, as dates of reduced precision."""
    return _day(one, "StartDate"), _day(one, "EndDate")


def _day(one: Element, name: str) -> str | None:
    for found in _all(one, name):
        said = (_text(found, "FormattedDateTime") or "")[:10]
        try:
            parse_partial_date(said)
        except ValueError:
            continue
        return said
    return None


def _prose(one: Element, name: str) -> str | None:
    return plain(_text(one, name))


def _all(one: Element, name: str) -> Iterator[Element]:
    return (child for child in one.iter() if local_name(child) == name)


def _texts(one: Element, name: str) -> list[str]:
    return [text for child in _all(one, name) if (text := (child.text or "").strip())]


def _text(one: Element, name: str) -> str | None:
    return next(iter(_texts(one, name)), None)
