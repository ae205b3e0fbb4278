"""Languages with their levels, several in a cell: "polsk - flytende, norsk B1 muntlig, A2 skriftlig"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.languages import NORWEGIAN, find_language
from kompetanse.exchange.cells.words import not_stated, split_outside_brackets, tidy
from kompetanse.exchange.faults import CellWarning, Reading, Reason, reading

ORAL = ("listening", "interaction", "production")
WRITTEN = ("reading", "writing")
_SKILL_WORDS = {
    "muntlig": ORAL, "munnleg": ORAL, "oral": ORAL, "spoken": ORAL, "snakker": ("interaction", "production"),
    "skriftlig": WRITTEN, "skriftleg": WRITTEN, "written": WRITTEN,
    "lytte": ("listening",), "lytting": ("listening",), "listening": ("listening",),
    "lese": ("reading",), "lesing": ("reading",), "leser": ("reading",), "reading": ("reading",),
    "skrive": ("writing",), "skriving": ("writing",), "skriver": ("writing",), "writing": ("writing",),
}  # fmt: skip
# The tests of 2005-2013: Norskprøve 2 was set at A2, Norskprøve 3 at B1; the numbers were then replaced by levels.
_OLD_TESTS = {"2": Cefr.A2, "3": Cefr.B1}
_OLD_TEST = re.compile(r"norskprøve\s*([23])\b", re.IGNORECASE)
_FAILED = re.compile(r"\bikke\s+bestått\b|\bstrøk\b", re.IGNORECASE)
# A level that lies ahead, or that somebody is below, is not one that she has.
_NOT_REACHED = re.compile(
    r"\b(?:under|lavere enn|mindre enn|før|pre|mål(?:et)?(?: er)?|skal (?:ta|opp til)|vil (?:ta|opp til)|tar|går på"
    r"|holder på med|starter på|øver til|below)\b[\s:–-]*(?:nivå\s*)?[ABC][12]\b|\b[ABC][12][\s-]?kurs\w*",
    re.IGNORECASE,
)
# "Ikke testet" and "ikke bestått" are said of a language that somebody speaks.
_DENIED = re.compile(
    r"^(?:ikke|ikkje|0|null)$|\b(?:ingen(?! problem)|inga|nei|none|(?:snakker|kan|forstår) (?:ikke|ikkje))\b",
    re.IGNORECASE,
)
_LEVELS = re.compile(r"\b([ABC][12])\b(?:\s*[/–-]\s*([ABC][12])\b)?", re.IGNORECASE)
_MOTHER = re.compile(r"morsmål|morsmal|mother tongue|native|førstespråk", re.IGNORECASE)
_WORD = re.compile(r"\w[\w'ʼ’-]*")
_LONGEST_NAME = 3  # words: "norsk", "persisk dari", "norsk tegnspråk"
_YES = "ja"  # the code of Japanese, but in Norwegian an answer
_SHORT = 3  # letters: "no" and "pol" are codes, but also words; they count alone or before a level

_RANGE = CellWarning(
    Reason.LEVEL_RANGE,
    "Nivået er oppgitt som et spenn; det laveste er brukt",
    "Skriv ett nivå for hver ferdighet: «norsk B2 muntlig, B1 skriftlig»",
)
_UNCERTAIN = CellWarning(
    Reason.LEVEL_UNCERTAIN, "Språket er oppgitt uten sikkert nivå", "Skriv nivået (A1 til C2) når det er kartlagt"
)
_NOT_SPOKEN = CellWarning(
    Reason.NOT_HELD,
    "Språket er oppgitt med «ingen», «nei» eller lignende, og er bare tatt med som merknad",
    "Skriv nivået (A1 til C2) hvis det er noe",
)
_UNKNOWN = CellWarning(
    Reason.LANGUAGE_UNKNOWN,
    "En del av språkcellen lar seg ikke lese",
    "Skriv språkets navn på norsk eller engelsk, og skill språkene med komma",
)


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """A language (ISO 639-3) and its CEFR level in each of the five skills; None is not stated.

    `note` is what was said without a level, such as "flytende" or "litt": no level is made of it.
    """

    code: str
    mother_tongue: bool | None = None
    listening: Cefr | None = None
    reading: Cefr | None = None
    interaction: Cefr | None = None
    production: Cefr | None = None
    writing: Cefr | None = None
    note: str | None = None


@dataclass(slots=True)
class _Group:
    """Languages that are spoken of together ("ukrainsk/russisk"), and what is said of them."""

    codes: list[str]
    said: list[str]


@lru_cache(maxsize=4096)  # the same few combinations stand in every file
def parse_languages(
    text: str, *, default: str | None = None, mother_tongue: bool = False, unnamed: tuple[str, ...] = (*ORAL, *WRITTEN)
) -> Reading[tuple[LanguageEntry, ...]]:
    """The languages of a cell.

    A level without a skill counts for all five. Orally means listening, interaction and production, in
    writing means reading and writing. A level that is only aimed at ("skal ta B1", "under A1") is none; the words are
    kept in the note. What names no known language is left out, with a warning.

    Args:
        text: the cell.
        default: the language that levels belong to when none is named, for a column of that language.
        mother_tongue: whether the column itself says that these are mother tongues.
        unnamed: the skills that a level without one counts for, for a column of some skills.
    """
    if not_stated(text):
        return reading(())
    groups, warnings = _groups(tidy_lines(text), default)
    entries: list[LanguageEntry] = []
    for group in groups:
        said = " ".join(group.said)
        described, doubts = _described(said, unnamed)
        levels = any(getattr(described, skill) for skill in (*ORAL, *WRITTEN))
        if not levels and _DENIED.search(said.strip(" :–-()")):  # beside a level it is said of something else
            warnings.append(_NOT_SPOKEN)
            continue
        warnings += doubts
        mother = True if mother_tongue else described.mother_tongue
        entries += [replace(described, code=code, mother_tongue=mother) for code in group.codes]
    return reading(merge_languages(entries), warnings)


def tidy_lines(text: str) -> str:
    """Text in which a line break separates, as a comma does."""
    return ", ".join(line for line in map(tidy, text.splitlines()) if line)


def merge_languages(entries: Iterable[LanguageEntry]) -> tuple[LanguageEntry, ...]:
    """Each language once, in the order they came; what a later mention adds is kept, what it contradicts is not."""
    merged: dict[str, LanguageEntry] = {}
    for entry in entries:
        first = merged.get(entry.code)
        merged[entry.code] = entry if first is None else _filled(first, entry)
    return tuple(merged.values())


def _filled(first: LanguageEntry, other: LanguageEntry) -> LanguageEntry:
    notes = dict.fromkeys(note for note in (first.note, other.note) if note)
    gaps = {field.name: getattr(other, field.name) for field in fields(first) if getattr(first, field.name) is None}
    return replace(first, **{**gaps, "note": "; ".join(notes) or None})


def _groups(text: str, default: str | None) -> tuple[list[_Group], list[CellWarning]]:
    groups = [_Group([default], [])] if default else []
    warnings: list[CellWarning] = []
    for segment in split_outside_brackets(text, ",;"):
        mentions = _mentions(segment, codes=default is None)
        if mentions:
            groups += _said_of(segment, mentions)
        elif groups and (default or _LEVELS.search(segment) or _skills(segment)):
            groups[-1].said.append(segment)
        else:
            warnings.append(_UNKNOWN)
    return [group for group in groups if group.said], warnings


def _said_of(segment: str, mentions: list[tuple[int, int, str]]) -> list[_Group]:
    """Give each language the words that belong to it: those behind it, or those before ("litt norsk")."""
    before_style = bool(_WORD.search(segment[: mentions[0][0]]))
    groups: list[_Group] = []
    previous_end = 0
    for place, (start, end, code) in enumerate(mentions):
        between = segment[previous_end:start]
        if groups and between.strip() in {"/", "og", "and", "&", "+"}:
            groups[-1].codes.append(code)
        else:
            groups.append(_Group([code], [between] if before_style else []))
        following = mentions[place + 1][0] if place + 1 < len(mentions) else len(segment)
        if not before_style or place + 1 == len(mentions):
            groups[-1].said.append(segment[end:following])
        previous_end = end
    for group in groups:
        group.said = [" ".join(group.said)]
    return groups


def _mentions(segment: str, *, codes: bool) -> list[tuple[int, int, str]]:
    """Start, end and code of each language that a segment names; by a code ("no", "ja") only where those count."""
    words = list(_WORD.finditer(segment))
    found: list[tuple[int, int, str]] = []
    place = 0
    while place < len(words):
        length, code = _name_at(words, place, segment)
        if code and (codes or words[place + length - 1].end() - words[place].start() > _SHORT):
            found.append((words[place].start(), words[place + length - 1].end(), code))
        elif words[place][0].casefold().startswith("norskprøve"):
            found.append((words[place].start(), words[place].start(), NORWEGIAN))  # the test's name is to be kept
        place += length
    return found


def _name_at(words: list[re.Match[str]], place: int, segment: str) -> tuple[int, str | None]:
    """How many words the name at a place has, and its language."""
    for length in range(min(_LONGEST_NAME, len(words) - place), 0, -1):
        name = segment[words[place].start() : words[place + length - 1].end()]
        code = find_language(name)
        if code and (len(name) > _SHORT or _stands_as_code(words, place)) and name.casefold() != _YES:
            return length, code
    return 1, None


def _stands_as_code(words: list[re.Match[str]], place: int) -> bool:
    behind = words[place + 1 :]
    return place == 0 and (not behind or _LEVELS.fullmatch(behind[0][0]) is not None)


def _skills(text: str) -> tuple[str, ...]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return tuple(dict.fromkeys(skill for word in words for skill in _SKILL_WORDS.get(word, ())))


def _described(text: str, unnamed: tuple[str, ...]) -> tuple[LanguageEntry, list[CellWarning]]:
    """Levels, mother tongue and note out of what is said of a language."""
    warnings: list[CellWarning] = []
    denied = _DENIED.search(text)  # "B1 muntlig, ingen skriftlig": what stands before it holds
    levels = (_levels(text[: denied.start()], warnings, unnamed) if denied else {}) or _levels(text, warnings, unnamed)
    mother = True if _MOTHER.search(text) else None
    if not levels and mother is None and "?" in text:
        warnings.append(_UNCERTAIN)
    entry = LanguageEntry(
        "",
        mother,
        listening=levels.get("listening"),
        reading=levels.get("reading"),
        interaction=levels.get("interaction"),
        production=levels.get("production"),
        writing=levels.get("writing"),
        note=_note(text),
    )
    return entry, warnings


def _note(text: str) -> str | None:
    """What is said beside levels, skills and mother tongue; the whole wording, so that nothing is lost."""
    words = _WORD.findall(_LEVELS.sub("", _MOTHER.sub("", text)))
    says_more = "?" in text or any(word.casefold() not in _SKILL_WORDS for word in words)
    return tidy(_MOTHER.sub("", text)).strip(" ()-–:,.") or None if says_more else None


def _levels(text: str, warnings: list[CellWarning], unnamed: tuple[str, ...]) -> dict[str, Cefr]:
    """The level of each skill that a text states, whether the skill is named behind its level or before it."""
    if _FAILED.search(text):
        return {}
    text = _NOT_REACHED.sub(" ", _OLD_TEST.sub(lambda test: _OLD_TESTS[test[1]], text))
    found = list(_LEVELS.finditer(text))
    borders = [0, *(level.end() for level in found)], [*(level.start() for level in found), len(text)]
    between = [text[start:end] for start, end in zip(*borders, strict=True)]
    named_before = bool(_skills(between[0]))
    levels: dict[str, Cefr] = {}
    for place, level in enumerate(found):
        stated = {Cefr(part.upper()) for part in level.groups() if part}
        if len(stated) > 1:
            warnings.append(_RANGE)
        for skill in _skills(between[place if named_before else place + 1]) or unnamed:
            levels.setdefault(skill, min(stated))
    return levels
