"""A profile as a CV to print: PDF/UA-1, tagged so that a screen reader reads it, made by Typst.

What she says stands as she said it; what is linked to a concept stands in the language of the CV too.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import typst

from kompetanse.codes.consent_texts import TAGS
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.licences import authorisation, is_licence, licence
from kompetanse.codes.work import InterestKind, RecognitionStatus
from kompetanse.competence.rules import spoken_level
from kompetanse.competence.service import PersonProfile
from kompetanse.competence.tables import Education, Experience, PersonLanguage, PersonLicence
from kompetanse.own_data.headings import RIGHT_TO_LEFT, Headings, country_name, headings, language_name
from kompetanse.taxonomy.lexicon import Lexicon

_HERE = Path(__file__).parent
_DRIVING = "driving:"
_OWN_NAMES = frozenset({"nob", "eng"})
"""Languages in which levels of education have names."""

Entry = dict[str, str]


def cv(found: PersonProfile, language: str, lexicon: Lexicon) -> bytes:
    """A CV as PDF, in one of `headings.LANGUAGES`.

    Raises:
        UnknownCode: there are no words in the language.
    """
    words, person = headings(language), found.record.person
    name = f"{person.given_name} {person.family_name}".strip()
    said = {
        "name": name,
        "title": f"CV – {name}",
        "lang": TAGS[language],
        "rtl": language in RIGHT_TO_LEFT,
        "contact": [one.value for one in found.record.contacts],
        "sections": [{"heading": what, "entries": rows} for what, rows in _sections(found, language, words, lexicon)],
    }
    return _typeset(json.dumps(said, ensure_ascii=False))


def _typeset(data: str) -> bytes:
    made: bytes = typst.compile(
        str(_HERE / "cv.typ"), format="pdf", sys_inputs={"data": data}, font_paths=[_fonts()], pdf_standards=["ua-1"]
    )
    return made


@cache
def _fonts() -> str:
    return str(_HERE / "fonts")


def _sections(
    found: PersonProfile, language: str, words: Headings, lexicon: Lexicon
) -> Iterator[tuple[str, list[Entry]]]:
    """The sections that have something in them, in the order of a CV."""
    profile = found.profile
    skills = (_named(one.label, one.key, language, lexicon) for one in profile.skills if one.holds)
    interests = (one.label for one in profile.interests if one.kind is InterestKind.LIKES)
    courses = (_entry(one.title, one.completed, one.provider) for one in profile.courses)
    sections: tuple[tuple[str, Iterable[Entry]], ...] = (
        (words.work, (_job(one, language, words, lexicon) for one in _newest_first(profile.experiences))),
        (words.education, (_education(one, language, words) for one in profile.educations)),
        (words.languages, (_language(one, language, words) for one in profile.languages)),
        (words.skills, _listed(skills)),
        (words.licences, (_licence(one, words) for one in profile.licences if one.holds)),
        (words.courses, courses),
        (words.interests, _listed(interests)),
    )
    for heading, rows in sections:
        if told := list(rows):
            yield heading, told


def _newest_first(jobs: Iterable[Experience]) -> list[Experience]:
    return sorted(jobs, key=lambda one: (bool(one.ongoing), one.ended or one.started or ""), reverse=True)


def _job(one: Experience, language: str, words: Headings, lexicon: Lexicon) -> Entry:
    end = one.ended or (words.now if one.ongoing else "")
    where = country_name(one.country, language) if one.country else None
    title = _named(one.title, one.concept, language, lexicon)
    entry = _entry(title, _span(one.started, end), one.employer, where)
    return {**entry, "text": one.tasks or ""}


def _education(one: Education, language: str, words: Headings) -> Entry:
    level = EducationLevel(one.level) if one.level is not None else None
    named = (level.name_nb if language == "nob" else level.name_en) if level and language in _OWN_NAMES else None
    years = _span(*(str(year) if year else None for year in (one.started_year, one.completed_year)))
    where = country_name(one.country, language) if one.country else None
    recognised = words.recognised if one.recognition is RecognitionStatus.RECOGNISED else None
    unfinished = words.unfinished if one.completed is False else None
    return _entry(one.title, years, named, one.institution, where, unfinished, recognised)


def _language(one: PersonLanguage, language: str, words: Headings) -> Entry:
    level = spoken_level(one)
    return _entry(language_name(one.language, language), words.tongue if one.mother_tongue else level)


def _licence(one: PersonLicence, words: Headings) -> Entry:
    if one.licence.startswith(_DRIVING):
        return _entry(f"{words.driving} {one.licence.removeprefix(_DRIVING)}")
    named = licence(one.licence).name_nb if is_licence(one.licence) else authorisation(one.licence).name_nb
    return {**_entry(named), "lang": "nb"}


def _named(said: str, uri: str | None, language: str, lexicon: Lexicon) -> str:
    """Words as she said them, and before them the name of their concept in the language, where it is another."""
    concept = lexicon.concept(uri) if uri else None
    name = concept.name(TAGS[language]) if concept is not None else said
    return said if name.casefold() == said.casefold() else f"{name} ({said})"


def _listed(labels: Iterable[str]) -> list[Entry]:
    """Short ones in a row."""
    row = ", ".join(labels)
    return [{**_entry(""), "text": row}] if row else []


def _span(first: str | None, last: str | None) -> str | None:
    return f"{first or ''}–{last or ''}" if first or last else None


def _entry(title: str, *more: object) -> Entry:
    return {"title": title, "more": " · ".join(str(one) for one in more if one), "text": "", "lang": ""}
