"""The order of words in the newcomers' languages, by the alphabets of CLDR's root and tailored collations.

Letters outside a language's alphabet count as their plain letter, and come after it where all else is the same; other
scripts come last.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

Value = TypeVar("Value")
Key = tuple[tuple[int, ...], tuple[int, ...], str]

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS: Mapping[str, str] = {
    "nb": _LATIN + "æøå",
    "nn": _LATIN + "æøå",
    "en": _LATIN,
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "lt": "aąbcčdeęėfghiįyjklmnopqrsštuųūvwxzž",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
}
_SPELT: Mapping[str, Mapping[str, str]] = {
    "nb": {"ä": "æ", "ö": "ø", "aa": "å"},
    "nn": {"ä": "æ", "ö": "ø", "aa": "å"},
    "ar": {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي"},
}
"""What counts as another letter."""

_ELSEWHERE = 10_000


def in_order(values: Iterable[tuple[Value, str]], language: str) -> list[tuple[Value, str]]:
    """Pairs of a value and its name, by name."""
    return sorted(values, key=lambda pair: sort_key(pair[1], language))


def sort_key(text: str, language: str) -> Key:
    """What texts of a language are ordered by.

    >>> sorted(["Åland", "Zambia", "Østerrike", "Algerie"], key=lambda name: sort_key(name, "nb"))
    ['Algerie', 'Zambia', 'Østerrike', 'Åland']
    """
    folded = unicodedata.normalize("NFC", text).casefold().removeprefix("ال" if language == "ar" else "\0")
    for spelt, meant in _SPELT.get(language, {}).items():
        folded = folded.replace(spelt, meant)
    places = _places(language)
    found = [_place(sign, places) for sign in folded if sign.isalnum()]
    return tuple(letter for letter, _ in found), tuple(mark for _, mark in found), text


@cache
def _places(language: str) -> dict[str, int]:
    return {sign: place for place, sign in enumerate(_ALPHABETS.get(language, _LATIN))}


def _place(sign: str, places: Mapping[str, int]) -> tuple[int, int]:
    """Where a letter stands, and how far it is from the plain one."""
    if sign in places:
        return places[sign], 0
    plain = unicodedata.normalize("NFD", sign)[0]
    if plain in places:
        return places[plain], ord(sign)
    return (int(sign) - 10, 0) if sign.isdecimal() else (_ELSEWHERE + ord(sign), 0)
