"""Finds licences in what people write: "førerkort BE, C", "klasse B (litauisk)", "truck T1/T4"."""

import re
from functools import cache

from kompetanse.codes.lists import aliases, fold, read_list

# First letters of words (folded) that say which family the class letters after them belong to. Order matters.
# What ends in "-" names a thing and not a licence: it counts alone, or before what makes it one ("båtførerbevis",
# but not "båtbygging", "truckmekaniker" or "kranmontør").
_FAMILIES = (
    ("truck", ("truck-", "gaffeltruck-", "forklift-", "wozek")),
    ("boat", ("bat-", "dekksoffiser", "maskinoffiser", "kystskipper", "fritidsskipper", "skipper", "boat-")),
    ("machine", ("maskinforer", "anleggsmaskin", "masseforflytning")),
    ("crane", ("kran-",)),
    (
        "driving",
        ("forerkort", "forarkort", "lappen", "bilsertifikat", "driving", "prawo", "vairuotojo"),
    ),
    ("driving", ("klasse", "kl", "sertifikat", "kategori", "kategoria", "category", "class")),
)
_WEAK = frozenset({"klasse", "kl", "sertifikat", "kategori", "kategoria", "category", "class"})  # name no licence
_CONNECTIVES = frozenset({"og", "and", "samt", "i", "kode"})
_NEGATIONS = frozenset({"ikke", "ingen", "uten", "nei", "mangler", "inget", "no", "none", "nie", "brak"})
_TRAILER = re.compile(r"\b([BCD]1?)\s*\+\s*E\b", re.IGNORECASE)
_MAKES_A_LICENCE = ("for", "sert", "bevis", "kort", "kurs", "lapp", "lic")
_DRIVER_LICENCE = re.compile(
    r"\bdriver[’']?s?(?=\s+licen[cs]e)", re.IGNORECASE
)  # "driver" alone is a verb in Norwegian
_RANGE = re.compile(r"\bT([1-8])\s*[-–]\s*T?([1-8])\b", re.IGNORECASE)
_OWN_FORMS = {
    "truck": re.compile(r"T[1-8]"),
    "boat": re.compile(r"D5LA?|D[3-6]"),
    "driving": re.compile(r"B96|BE|CE|DE|C1E|D1E"),
}
_WORD = re.compile(r"\w+")
_LANGUAGE = re.compile(r"\b[A-Z](?:\+\+|#)(?!\w)", re.IGNORECASE)
"""C++ and C# are no driving licences."""


def find_licences(text: str) -> tuple[str, ...]:
    """The licences that a text names, in its order; none when it denies one ("ikke førerkort").

    Class letters count only behind a word for their family, except those whose form is their own ("T1", "D5L",
    "CE"), and in texts of nothing but driving classes ("B, C").
    """
    text = _LANGUAGE.sub(" ", text)
    text = _RANGE.sub(_spread, _TRAILER.sub(r"\1E", _DRIVER_LICENCE.sub("driving", text)))
    words = [(found.start(), found[0]) for found in _WORD.finditer(text)]
    if any(fold(word) in _NEGATIONS for _, word in words):
        return ()
    hits = sorted([*_classes(words), *_phrases(text)])
    codes = dict.fromkeys(code for _, code in hits)
    return tuple(code for code in codes if not _is_generic_of_another(code, codes))


def _spread(found: re.Match[str]) -> str:
    return " ".join(f"T{number}" for number in range(int(found[1]), int(found[2]) + 1))


def _is_generic_of_another(code: str, codes: dict[str, None]) -> bool:
    return code != "boat" and any(other.startswith(f"{code}:") for other in codes)


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, *_ in read_list("licences"))


def _family_of(word: str) -> str | None:
    """The family that a word opens, by the word itself for short ones and by its beginning for compounds."""
    return next((family for family, stems in _FAMILIES if any(_opens(word, stem) for stem in stems)), None)


def _opens(word: str, stem: str) -> bool:
    name = stem.removesuffix("-")
    if word == name or len(name) < 3 or not word.startswith(name):
        return word == name
    return stem == name or word.removeprefix(name).startswith(_MAKES_A_LICENCE)


def _class_code(word: str, family: str | None) -> str | None:
    """The code of a class token within a family, or of one whose form belongs to trucks or boats alone."""
    word = f"T{word}" if family == "truck" and word.isdigit() else word.upper()
    if family is not None and f"{family}:{word}" in _codes():
        return f"{family}:{word}"
    alone = next((name for name, form in _OWN_FORMS.items() if form.fullmatch(word)), None)
    return f"{alone}:{word}" if alone and family in (None, "driving") else None


def _classes(words: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Class tokens with their places, and the licence of a family that is named without a class."""
    family = "driving" if all(_only_driving(word) for _, word in words) else None
    expecting, hits = True, list[tuple[int, str]]()
    for place, word in words:
        opened = _family_of(fold(word))
        code = _class_code(word, family) if expecting or word.isupper() else None
        if code is not None:
            hits.append((place, code))
            expecting = True
        elif opened is not None:
            weak = fold(word) in _WEAK
            family, expecting = (family or opened) if weak else opened, True
            hits += [] if weak else [(place, opened)]
        elif fold(word) not in _CONNECTIVES:
            expecting = False
    return hits


def _only_driving(word: str) -> bool:
    return fold(word) in _CONNECTIVES or f"driving:{word.upper()}" in _codes()


@cache
def _phrase_codes() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = [(fold(alias), code) for code, *_, others in read_list("licences") for alias in aliases(others)]
    longest_first = sorted(pairs, key=lambda pair: -len(pair[0]))
    return tuple((re.compile(rf"\b{re.escape(alias)}\b"), code) for alias, code in longest_first)


def _phrases(text: str) -> list[tuple[int, str]]:
    """Aliases with their places; a longer alias hides a shorter one inside it."""
    folded, hits = fold(text), list[tuple[int, str]]()
    for pattern, code in _phrase_codes():
        for found in pattern.finditer(folded):
            hits.append((found.start(), code))
            folded = folded[: found.start()] + "\0" * len(found[0]) + folded[found.end() :]
    return hits
