"""What a profile says to a question, in the language that is spoken: lines to read aloud."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from markupsafe import Markup

from api.web.formats import percentages
from api.web.i18n import gettext as _
from api.web.my.formats import meant, own_country, own_day, own_language, own_licence, own_partial, own_period
from api.web.my.words import education_level, level_of, sector_of
from api.web.places import place_name
from api.web.words import shifts, word
from kompetanse.codes.work import InterestKind, Strength, WishKind
from kompetanse.competence.service import ProfileDocument, ProfilePart
from kompetanse.mapping import service as mapping
from kompetanse.mapping.rules import PARTS, Question
from kompetanse.taxonomy.concepts import Concept

Concepts: TypeAlias = Mapping[str, Concept]
Row: TypeAlias = Any
"""An entry of any part: which attributes it has is what its part says."""


def answer_lines(question: Question, document: ProfileDocument, concepts: Concepts) -> list[Markup]:
    """The answer to a question, a line an entry; none where nothing is stated."""
    if question in PARTS:
        return [entry_line(PARTS[question], row, concepts) for row in mapping.entries(question, document)]
    return [Markup.escape(one) for one in _TERMS[question](document) if one]


def entry_line(part: ProfilePart, row: Row, concepts: Concepts) -> Markup:
    """An entry in a line: what it is, and what is known of it."""
    told = [one for one in _ENTRIES[part](row, concepts) if one]
    return Markup(" · ").join(one if isinstance(one, Markup) else _isolated(one) for one in told)


def _isolated(said: object) -> Markup:
    """Words whose direction does not touch what stands around them."""
    return Markup("<bdi>{}</bdi>").format(said)


def _with_meaning(said: str, key: str | None, concepts: Concepts) -> Markup:
    """Somebody's words, and what they are linked to where that is called otherwise."""
    found = meant(key, said, concepts)
    return Markup("{} – {}").format(_isolated(said), _isolated(found)) if found else _isolated(said)


def _experience(row: Row, concepts: Concepts) -> list[object]:
    when = own_period(row.started, row.ended, row.ongoing)
    return [_with_meaning(row.title, row.concept, concepts), row.employer, own_country(row.country), when]


def _skill(row: Row, concepts: Concepts) -> list[object]:
    return [_with_meaning(row.label, row.key, concepts), None if row.holds else _("Nei"), word(row.level)]


def _education(row: Row, _concepts: Concepts) -> list[object]:
    unfinished = _("Ikke ferdig") if row.completed is False else None
    where = (row.institution, own_country(row.country))
    return [row.title, education_level(row.level), *where, row.completed_year, unfinished]


def _language(row: Row, _concepts: Concepts) -> list[object]:
    level = level_of(row.interaction or row.production or row.listening)
    return [own_language(row.language), _("Morsmål") if row.mother_tongue else None, level]


def _licence(row: Row, _concepts: Concepts) -> list[object]:
    until = _("til %(end)s") % {"end": own_day(row.valid_until)} if row.valid_until else None
    return [own_licence(row.licence), None if row.holds else _("Nei"), own_country(row.country), until]


def _course(row: Row, _concepts: Concepts) -> list[object]:
    return [row.title, row.provider, own_partial(row.completed)]


def _wished_occupation(row: Row, concepts: Concepts) -> list[object]:
    return [_with_meaning(row.title, row.concept, concepts), _strength(row.strength)]


def _wish(row: Row, _concepts: Concepts) -> list[object]:
    what: str | None
    match row.kind:
        case WishKind.SECTOR | WishKind.LEAVES:
            what = sector_of(row.value)
        case WishKind.PLACE:
            what = (place_name(row.value) if row.value else None) or row.text
        case _:
            what = word(row.kind)
    return [what, row.text if row.text != what else None, _strength(row.strength)]


def _interest(row: Row, _concepts: Concepts) -> list[object]:
    return [None if row.kind is InterestKind.LIKES else word(row.kind), row.label, row.activity]


def _strength(strength: Strength) -> str | None:
    """How much a wish means, where that is not what a wish usually means."""
    return None if strength is Strength.PREFER else word(strength)


_ENTRIES: Mapping[ProfilePart, Callable[[Row, Concepts], list[object]]] = {
    ProfilePart.EXPERIENCES: _experience,
    ProfilePart.SKILLS: _skill,
    ProfilePart.EDUCATIONS: _education,
    ProfilePart.LANGUAGES: _language,
    ProfilePart.LICENCES: _licence,
    ProfilePart.COURSES: _course,
    ProfilePart.WISHED_OCCUPATIONS: _wished_occupation,
    ProfilePart.WISHES: _wish,
    ProfilePart.INTERESTS: _interest,
}

_TERMS: Mapping[Question, Callable[[ProfileDocument], list[str | None]]] = {
    Question.EXTENT: lambda one: [percentages(one.percentage_min, one.percentage_max)],
    Question.SHIFTS: lambda one: [shifts(one.shifts)],
    Question.DISTANCE: lambda one: [_minutes(one.commute_minutes)],
    Question.START: lambda one: [own_day(one.available_from)],
    Question.MORE: lambda one: [one.wishes_as_spoken],
}


def _minutes(number: int | None) -> str | None:
    return None if number is None else _("høyst %(minutes)s minutter") % {"minutes": number}
