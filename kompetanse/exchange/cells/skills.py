"""Skills, licences, interests and wishes: lists and free words, as people give them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from kompetanse.codes.languages import find_language
from kompetanse.codes.licences import find_licences
from kompetanse.exchange.cells.words import not_stated, split_outside_brackets, tidy
from kompetanse.exchange.faults import CellRejected, CellWarning, Reading, Reason, reading

LONGEST_LABEL = 200
LONGEST_WISH = 2000
_DENIES = re.compile(r"^(?:(?:har|kan|er)\s+)?(?:ikke|ikkje|ingen|uten|mangler|no)\b\s*", re.IGNORECASE)
# What somebody has no longer, or not yet, is not hers; nobody can tell what "førerkort?" says.
_NOT_NOW = re.compile(
    r"\b(?:mistet|mista|inndratt|fratatt|utløpt|utgått|ugyldig|expired|lost"
    r"|tar (?=\S)|skal (?:ta|lære)|vil (?:ta|lære|ha)|ønsker (?:å |seg )?(?:ta|lære|ha)?|holder på|øver|lærer seg"
    r"|planlegger|trenger|under opplæring)\b|\?\s*$",
    re.IGNORECASE,
)
_CLASS_ALONE = re.compile(r"(?:B96|[ABCD]1?E?|T[1-8]?|S|M[1-6]|G\d{1,2})", re.IGNORECASE)
_LEAVE = re.compile(
    r"\b(?:vil|ønsker seg|ønsker|må)?\s*(?:ut|bort|vekk)\s+(?:av|fra)\s+(.+)|\bslutte\s+(?:i|på|med)\s+(.+)", re.I
)
_COMPOSITION = re.compile(
    r"\b(?:voksne?|barn|personer|enslig|aleneboende|alene|bor alene|gift|samboer|ektefelle|single|adults?|children)\b",
    re.IGNORECASE,
)
_NONE = frozenset({"nei", "ingen", "none"})
# Countries of licences by the adjective that stands behind them ("klasse B (litauisk)"); by language, as
# the same word names both.
_ISSUED_BY = {
    "pol": "PL", "lit": "LT", "lav": "LV", "est": "EE", "ukr": "UA", "ron": "RO", "bul": "BG", "deu": "DE",
    "swe": "SE", "dan": "DK", "fin": "FI", "spa": "ES", "ita": "IT", "hun": "HU", "ces": "CZ", "slk": "SK",
    "nor": "NO", "tur": "TR", "tha": "TH", "rus": "RU", "hrv": "HR", "srp": "RS", "ell": "GR", "nld": "NL",
}  # fmt: skip

_UNKNOWN_LICENCE = CellWarning(
    Reason.LICENCE_UNKNOWN,
    "Førerkort eller sertifikat lar seg ikke kjenne igjen, og er bare tatt med som merknad",
    "Skriv for eksempel «førerkort B», «truck T1» eller «båtførerbevis»",
)
_NOT_HELD = CellWarning(
    Reason.NOT_HELD,
    "Det står ikke at personen har dette nå, og det er bare tatt med som merknad",
    "Før det i kompetanseprofilen hvis personen har det",
)
_SHORTENED = CellWarning(Reason.TEXT_SHORTENED, "Teksten er for lang, og er kortet ned", "Skriv kortere i cellen")


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """A skill as spoken; `holds` is false for one that the person says she has not."""

    label: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class LicenceEntry:
    """A licence by its code, and the country that issued it where that is said."""

    code: str
    holds: bool = True
    country: str | None = None


@dataclass(frozen=True, slots=True)
class SkillsCell:
    """A cell of skills: what are licences stands apart."""

    skills: tuple[SkillEntry, ...]
    licences: tuple[LicenceEntry, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Wishes as spoken, and what the person wants to get away from, when that is said."""

    as_spoken: str
    wants_to_leave: str | None = None


def parse_skills(text: str, *, of_person: bool = True) -> Reading[SkillsCell]:
    """Skills divided at commas, semicolons and line breaks; "regnskap/lønn" and "truck T1/T4" stay together.

    `of_person` False: a demand of somebody else's ("trenger førerkort B"), and not what a person has.
    """
    skills: dict[str, SkillEntry] = {}
    licences: dict[str, LicenceEntry] = {}
    warnings: list[CellWarning] = []
    for part in _list(text):
        if of_person and _NOT_NOW.search(part):
            warnings.append(_NOT_HELD)
            continue
        found = _licences(part)
        licences.update({entry.code: entry for entry in found})
        if not found:
            label = _DENIES.sub("", part)
            warnings += [_SHORTENED] if len(label) > LONGEST_LABEL else []
            skills.setdefault(label.casefold(), SkillEntry(label[:LONGEST_LABEL], holds=label == part))
    return reading(SkillsCell(tuple(skills.values()), tuple(licences.values())), warnings)


def parse_licences(text: str, *, of_person: bool = True) -> Reading[tuple[LicenceEntry, ...]]:
    """Licences and certificates. What is not known as one, or is not held now, is left out, with a warning.

    `of_person` False: as `parse_skills` has it.
    """
    entries: dict[str, LicenceEntry] = {}
    warnings: list[CellWarning] = []
    for part in _list(text):
        if of_person and _NOT_NOW.search(part):
            warnings.append(_NOT_HELD)
            continue
        found = _licences(part)
        entries.update({entry.code: entry for entry in found})
        if not found:
            warnings.append(_UNKNOWN_LICENCE)
    return reading(tuple(entries.values()), warnings)


def _list(text: str) -> list[str]:
    """The parts of a list; a class letter alone ("førerkort BE, C") stays with the licence before it."""
    if not_stated(text) or tidy(text).casefold() in _NONE:
        return []
    parts: list[str] = []
    for part in split_outside_brackets(text, ",;\n"):
        if parts and _CLASS_ALONE.fullmatch(part) and find_licences(parts[-1]):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return parts


@lru_cache(maxsize=4096)  # the same few licences stand in every row
def _licences(part: str) -> tuple[LicenceEntry, ...]:
    claimed = _DENIES.sub("", part)
    country = next(
        (_ISSUED_BY[code] for code in map(find_language, re.findall(r"\w+", part)) if code in _ISSUED_BY), None
    )
    return tuple(LicenceEntry(code, claimed == part, country) for code in find_licences(claimed))


def parse_interests(text: str) -> Reading[tuple[str, ...]]:
    """Interests, one by one."""
    parts = {part.casefold(): part[:LONGEST_LABEL] for part in reversed(_list(text))}
    return reading(tuple(reversed(parts.values())))


def parse_wishes(text: str) -> Reading[Wishes | None]:
    """Wishes as spoken; "vil ut av fisken" also says what to keep away from. None when not stated."""
    if not_stated(text):
        return reading(None)
    spoken = tidy(text)
    leaving = _LEAVE.search(spoken)
    left = tidy(leaving[1] or leaving[2]) if leaving else None
    return reading(Wishes(spoken[:LONGEST_WISH], left), [_SHORTENED] if len(spoken) > LONGEST_WISH else [])


def parse_text(text: str) -> Reading[str | None]:
    """Words that are kept as they are; None when not stated."""
    return reading(None if not_stated(text) else tidy(text)[:LONGEST_WISH])


def parse_household_key(text: str) -> Reading[str | None]:
    """What the file calls a household; rows with the same key live together.

    Raises:
        CellRejected: too long for a key, or who is in the household: "2 voksne, 3 barn" may be many households.
    """
    if not_stated(text):
        return reading(None)
    key = tidy(text)
    if _COMPOSITION.search(key):
        raise CellRejected(
            Reason.VALUE_UNREADABLE,
            "Dette er hvem som er i husstanden, og ikke en nøkkel for den; er bare tatt med som merknad",
            "Skriv noe som er likt for alle i husstanden, og bare for dem, for eksempel H3",
        )
    if len(key) > 60:
        raise CellRejected(
            Reason.TEXT_SHORTENED, "Husstandsnøkkelen er for lang", "Bruk en kort nøkkel, for eksempel H3"
        )
    return reading(key)
