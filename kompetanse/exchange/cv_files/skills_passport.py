"""Europass of before 2020 as text with suggestions: what Cedefop's editor put into a PDF as `attachment.xml`.

Two generations are read alike: `SkillsPassport` (schema 3.0 to 3.4, 2012 to 2020) and `learnerinfo` (schema 2.0, 2008
to 2012). Their names differ in little but capitals, so they are compared without, and without namespaces. Names,
addresses, birth, photo, letters and attachments are passed over.

Source: the schemas and examples of github.com/europass/ewa-cedefop, `services/core/src/main/resources/schema`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import find_country
from kompetanse.codes.education import EducationLevel, level_of_eqf
from kompetanse.codes.languages import language
from kompetanse.codes.licences import is_licence, licence
from kompetanse.codes.partial_date import parse_partial_date
from kompetanse.codes.work import CourseKind, ExperienceKind, Strength
from kompetanse.competence.fields import (
    CourseFields,
    EducationFields,
    ExperienceFields,
    LanguageFields,
    LicenceFields,
    ProfilePart,
    WishedOccupationFields,
)
from kompetanse.exchange.cv_files.markup import language_code, local_name, opened, plain
from kompetanse.exchange.cv_files.told import Scribe, Told, long, short

_ROOT = re.compile(r"<(?:\w+:)?(?:SkillsPassport|learnerinfo)[\s>]")
_NUMBER = re.compile(r"\d+")
_LISTED = 0.6
"""How sure it is that a line of a list of courses is one; somebody should look."""

_SPOKEN = {
    "listening": "listening",
    "reading": "reading",
    "spokeninteraction": "interaction",
    "spokenproduction": "production",
    "writing": "writing",
}
_ISCED_97 = {
    "1": EducationLevel.PRIMARY,
    "2": EducationLevel.LOWER_SECONDARY,
    "3": EducationLevel.UPPER_SECONDARY,
    "4": EducationLevel.POST_SECONDARY,
    "6": EducationLevel.DOCTORATE,
}
"""Levels of ISCED 1997 (UNESCO); 5 is a bachelor's and a master's degree, and which it is the title has to say."""

_FIELDS = {
    "01": "001", "08": "002", "09": "003", "14": "011", "21": "021", "22": "02", "31": "031", "32": "032", "34": "041",
    "38": "042", "42": "051", "44": "053", "46": "054", "48": "061", "52": "071", "54": "072", "58": "073", "62": "08",
    "64": "084", "72": "091", "76": "092", "81": "101", "84": "104", "86": "103",
}  # fmt: skip
"""The fields of ISCED 1997 in ISCED-F 2013 (UNESCO 2014, appendix II), each as narrow as it certainly is."""

_WANTED = {"preferred_job", "job_applied_for"}
_COURSES = {"courses": CourseKind.COURSE, "certifications": CourseKind.CERTIFICATE}
_OF_OTHERS = {"references", "citations"}
"""Achievements that tell of third persons."""


def is_skills_passport(source: str) -> bool:
    """Whether a text is a Europass document of before 2020."""
    return source.lstrip().startswith("<") and _ROOT.search(source[:4000]) is not None


def read(source: str) -> Told:
    """A Europass document of before 2020 as text with suggestions.

    Raises:
        ValueError: it is no XML, or holds what no CV needs (entities, external files).
    """
    root, scribe = opened(source), Scribe()
    learner = next(_all(root, "learnerinfo"), None)
    if learner is not None:
        for name, tell in _TOLD.items():
            for one in _all(learner, name):
                tell(scribe, one)
    return scribe.told()


def _headline(scribe: Scribe, one: Element) -> None:
    """What she is, says of herself, or would like to be."""
    kind, words = _said(one, "type", "code"), _said(one, "description", "label")
    if kind in _WANTED:
        _wanted(scribe, words)
    else:
        scribe.say(plain(words))


def _application(scribe: Scribe, one: Element) -> None:
    _wanted(scribe, _said(one, "label"))


def _wanted(scribe: Scribe, words: str | None) -> None:
    if title := short(plain(words)):
        fields = WishedOccupationFields(title=title, strength=Strength.PREFER)
        scribe.entry(ProfilePart.WISHED_OCCUPATIONS, title, fields)


def _job(scribe: Scribe, one: Element) -> None:
    employer = _child(one, "employer")
    name = short(_said(one, "employer", "name"))
    title = short(_said(one, "position", "label")) or name
    if title is None:
        return
    started, ended, goes_on = _period(one)
    fields = ExperienceFields(title=title, kind=ExperienceKind.PAID, employer=name, started=started, ended=ended)
    fields["country"] = _country(employer)
    if goes_on:
        fields["ongoing"] = True
    tasks = plain(_said(one, "activities"))
    fields["tasks"] = long(tasks)
    line = ", ".join(filter(None, (title, name, _place(employer))))
    scribe.entry(ProfilePart.EXPERIENCES, _when(started, ended) + line, fields)
    scribe.say(tasks)


def _education(scribe: Scribe, one: Element) -> None:
    institution = short(_said(one, "organisation", "name"))
    degree = short(plain(_said(one, "title")))
    title = degree or institution
    if title is None:
        return
    started, ended, goes_on = _period(one)
    fields = EducationFields(
        title=title, institution=institution, country=_country(_child(one, "organisation")), level=_level(one)
    )
    field = _said(one, "field", "code") or _said(one, "educationalfield", "code")
    if field in _FIELDS:
        fields["field"] = _FIELDS[field]
    if started:
        fields["started_year"] = int(started[:4])
    if ended:
        fields["completed_year"], fields["completed"] = int(ended[:4]), True
    elif goes_on:
        fields["completed"] = False
    line = ", ".join(filter(None, (degree, institution)))
    scribe.entry(ProfilePart.EDUCATIONS, _when((started or "")[:4], (ended or "")[:4]) + line, fields)
    scribe.say(plain(_said(one, "activities") or _said(one, "skills")))


def _level(one: Element) -> EducationLevel | None:
    """The level of an education: of EQF in schema 3, of ISCED 1997 in schema 2 and where the label says so."""
    code, label = _said(one, "level", "code") or "", _said(one, "level", "label") or ""
    if "ISCED" in label.upper() or local_name(one).islower():
        return _ISCED_97.get(code)
    return level_of_eqf(int(code)) if re.fullmatch("[1-8]", code) else None


def _mother_tongue(scribe: Scribe, one: Element) -> None:
    """One language with its code, or several in words: "polsk, tysk"."""
    described = _child(one, "description")
    described = one if described is None else described
    said = _said(described, "code")
    for words in [said] if said else (_said(described, "label") or "").split(","):
        code = language_code(words.strip())
        if code is None:
            scribe.say(words)
        else:
            fields = LanguageFields(language=code, mother_tongue=True)
            scribe.entry(ProfilePart.LANGUAGES, language(code).name_nb, fields)


def _foreign_language(scribe: Scribe, one: Element) -> None:
    described = _child(one, "description")
    described = one if described is None else described
    words = _said(described, "label") or ""
    code = language_code(_said(described, "code") or words) or language_code(words)
    if code is None:
        scribe.say(words)
        return
    levels: dict[str, Cefr] = {}
    scores = _child(one, "proficiencylevel")
    scores = _child(one, "level") if scores is None else scores
    for score in () if scores is None else scores:
        name, level = _SPOKEN.get(local_name(score).lower()), (score.text or "").strip().upper()
        if name and level in set(Cefr):
            levels[name] = Cefr(level)
    name, told = language(code).name_nb, ", ".join(dict.fromkeys(levels.values()))
    fields = LanguageFields(language=code, **levels)  # type: ignore[typeddict-item]
    scribe.entry(ProfilePart.LANGUAGES, f"{name}: {told}" if told else name, fields)
    for proof in _all(one, "certificate"):
        if title := short(_said(proof, "title")):
            scribe.entry(ProfilePart.COURSES, title, CourseFields(title=title, kind=CourseKind.CERTIFICATE))


def _language(scribe: Scribe, one: Element) -> None:
    """A language of schema 2, whose type says whose it is."""
    kind = next((value for name, value in one.attrib.items() if name.rpartition("}")[2] == "type"), "")
    tell = _mother_tongue if kind.rpartition(":")[2] == "mother" else _foreign_language
    tell(scribe, one)


def _skills(scribe: Scribe, one: Element) -> None:
    """Skills in prose, under one of the headings of schema 3."""
    scribe.say(plain(_said(one, "description")))


def _skill(scribe: Scribe, one: Element) -> None:
    scribe.say(plain(one.text))


def _licence(scribe: Scribe, one: Element) -> None:
    code = f"driving:{(one.text or '').strip().upper()}"
    if is_licence(code):
        scribe.entry(ProfilePart.LICENCES, licence(code).name_nb, LicenceFields(licence=code, holds=True))


def _achievement(scribe: Scribe, one: Element) -> None:
    code, told = _said(one, "title", "code"), plain(_said(one, "description"))
    if code in _OF_OTHERS:
        return
    if code not in _COURSES:
        scribe.say(_said(one, "title", "label"))
        scribe.say(told)
        return
    for line in (told or "").splitlines():
        if title := short(line):
            fields = CourseFields(title=title, kind=_COURSES[code])
            scribe.entry(ProfilePart.COURSES, title, fields, _LISTED)


def _additional(scribe: Scribe, one: Element) -> None:
    """What schema 2 has for all the rest; its list of annexes tells nothing."""
    if one.get("type") != "annexes":
        scribe.say(plain(one.text))


_TOLD: Mapping[str, Callable[[Scribe, Element], None]] = {
    "headline": _headline,
    "application": _application,
    "workexperience": _job,
    "education": _education,
    "mothertongue": _mother_tongue,
    "foreignlanguage": _foreign_language,
    "language": _language,
    "communication": _skills,
    "organisational": _skills,
    "jobrelated": _skills,
    "computer": _skills,
    "other": _skills,
    "skill": _skill,
    "licence": _licence,
    "drivinglicence": _licence,
    "achievement": _achievement,
    "misc": _additional,
}
"""What tells of which element, in the order of a CV."""


def _country(organisation: Element | None) -> str | None:
    if organisation is None:
        return None
    country = next(_all(organisation, "country"), organisation)
    return find_country(_said(country, "code") or "") or find_country(_said(country, "label") or "")


def _place(organisation: Element | None) -> str | None:
    found = next(_all(organisation, "municipality"), None) if organisation is not None else None
    return None if found is None else short(found.text)


def _when(started: str | None, ended: str | None) -> str:
    return f"{started or ''}–{ended or ''}: " if started or ended else ""


def _period(one: Element) -> tuple[str | None, str | None, bool]:
    """When something began and ended, as dates of reduced precision, and whether it goes on."""
    started, ended = _day(_child(one, "period", "from")), _day(_child(one, "period", "to"))
    return started, ended, ended is None and _said(one, "period", "current") == "true"


def _day(moment: Element | None) -> str | None:
    """A day, month or year, as precise as it is: year="2001" month="--08" day="---05", or elements of these names."""
    if moment is None:
        return None
    numbers = []
    for name, width in (("year", 4), ("month", 2), ("day", 2)):
        found = _NUMBER.search(moment.get(name) or _said(moment, name) or "")
        if found is None:
            break
        numbers.append(found[0].zfill(width))
    while numbers:
        said = "-".join(numbers)
        try:
            parse_partial_date(said)
        except ValueError:
            numbers.pop()
        else:
            return said
    return None


def _all(one: Element, name: str) -> Iterator[Element]:
    return (child for child in one.iter() if local_name(child).lower() == name)


def _child(one: Element, *path: str) -> Element | None:
    """The first element of a path of names below another."""
    found: Element | None = one
    for name in path:
        below = iter(found) if found is not None else iter(())
        found = next((child for child in below if local_name(child).lower() == name), None)
    return found


def _said(one: Element, *path: str) -> str | None:
    """The words of an element below another; None where there are none."""
    found = _child(one, *path)
    return None if found is None else (found.text or "").strip() or None
