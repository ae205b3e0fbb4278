"""Suggestions as a page shows them: by part, with what each means in bokmål, and the text with its words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.web import formats
from api.web.formats import country_name, language_name, licence_name, months, partial, period
from api.web.i18n import gettext as _
from api.web.i18n import mark
from api.web.labels import label
from api.web.words import word
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.sectors import sector
from kompetanse.codes.work import ExperienceKind, WishKind
from kompetanse.competence.service import ProfilePart
from kompetanse.competence.suggesting import Suggestion

HEADINGS = {
    ProfilePart.EXPERIENCES: mark("Arbeidserfaring"),
    ProfilePart.EDUCATIONS: mark("Utdanning"),
    ProfilePart.SKILLS: mark("Ferdigheter"),
    ProfilePart.LANGUAGES: mark("Språk"),
    ProfilePart.LICENCES: mark("Førerkort, bevis og autorisasjoner"),
    ProfilePart.COURSES: mark("Kurs"),
    ProfilePart.WISHED_OCCUPATIONS: mark("Ønskede yrker"),
    ProfilePart.WISHES: mark("Andre ønsker"),
    ProfilePart.INTERESTS: mark("Interesser"),
}
_LEVELS = ("listening", "reading", "interaction", "production", "writing")


@dataclass(frozen=True, slots=True)
class Row:
    """A suggestion to accept or decline. `key` is what its box says when it is ticked."""

    key: str
    words: str
    meaning: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The suggestions of one part, under its heading."""

    part: str
    heading: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text, marked when a suggestion came from it."""

    text: str
    marked: bool


def key_of(one: Suggestion) -> str:
    """What tells a suggestion from every other one of the same text."""
    code = one.fields.get("licence") or ""
    return f"{one.part.value}.{one.start}.{one.end}.{code}"


def groups(text: str, items: Sequence[Suggestion], chosen: Sequence[str] | None = None) -> list[Group]:
    """The suggestions part by part. `chosen` are the keys that somebody ticked; None: the sure ones are."""
    found = []
    for part, heading in HEADINGS.items():
        rows = [_row(text, one, chosen) for one in items if one.part is part]
        if rows:
            found.append(Group(part.value, _(heading), rows))
    return found


def pieces(text: str, items: Sequence[Suggestion]) -> list[Piece]:
    """The whole text, cut where marks begin and end. Words of several suggestions are one mark."""
    found, at = [], 0
    for start, end in _joined(sorted((one.start, one.end) for one in items)):
        found += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return [piece for piece in (*found, Piece(text[at:], False)) if piece.text]


def _joined(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    first, last = -1, -1
    for start, end in spans:
        if start >= last >= 0:
            yield first, last
            first = start
        first = start if last < 0 else first
        last = max(last, end)
    if last >= 0:
        yield first, last


def _row(text: str, one: Suggestion, chosen: Sequence[str] | None) -> Row:
    key = key_of(one)
    ticked = one.is_sure if chosen is None else key in chosen
    return Row(key, " ".join(text[one.start : one.end].split()), " · ".join(_meaning(one)), ticked)


def _meaning(one: Suggestion) -> list[str]:
    """What would be written down, in bokmål."""
    said = dict(one.fields)
    match one.part:
        case ProfilePart.EXPERIENCES:
            told = [one.name or _("ikke koblet"), *_job(said)]
        case ProfilePart.EDUCATIONS:
            told = _education(said)
        case ProfilePart.LANGUAGES:
            told = [language_name(str(said["language"])), *_language(said)]
        case ProfilePart.LICENCES:
            denied = _("har ikke") if said.get("holds") is False else None
            told = [licence_name(str(said["licence"])), denied]
        case ProfilePart.COURSES:
            told = [said.get("title"), partial(_text(said.get("completed")))]
        case ProfilePart.WISHES:
            kind = said["kind"]
            told = [word(kind) if isinstance(kind, WishKind) else None, formats.named(sector(str(said["value"])))]
        case _:
            told = [one.name or said.get("label")]
    return [str(part) for part in told if part]


def _job(said: dict[str, object]) -> list[object]:
    kind = said.get("kind")
    length = said.get("months")
    return [
        period(_text(said.get("started")), _text(said.get("ended")), bool(said.get("ongoing")) or None),
        months(length) if isinstance(length, int) else None,
        said.get("employer"),
        country_name(_text(said.get("country"))),
        word(kind) if isinstance(kind, ExperienceKind) else None,
    ]


def _education(said: dict[str, object]) -> list[object]:
    level = said.get("level")
    return [
        formats.named(level) if isinstance(level, EducationLevel) else _("nivå ikke oppgitt"),
        period(_text(said.get("started_year")), _text(said.get("completed_year")), None),
        said.get("institution"),
        country_name(_text(said.get("country"))),
        _("ikke fullført") if said.get("completed") is False else None,
    ]


def _language(said: dict[str, object]) -> list[object]:
    levels = {name: str(said[name]) for name in _LEVELS if name in said}
    mother = _("morsmål") if said.get("mother_tongue") else None
    if len(levels) == len(_LEVELS) and len(set(levels.values())) == 1:
        return [mother, levels[_LEVELS[0]]]
    told: list[object] = [f"{label(name)} {level}" for name, level in levels.items()]
    return [mother, *told] if mother or told else [_("nivå ikke oppgitt")]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
