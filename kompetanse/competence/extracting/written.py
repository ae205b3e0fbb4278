"""A text in one spelling for looking things up in, with the way back to every letter as it was written."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kompetanse.codes.lists import fold_letter

# Arabic as `taxonomy.linking.arabic` has it, letter by letter: forms that writers choose between, and their digits.
_ARABIC = str.maketrans("أإآٱىةؤئکی٠١٢٣٤٥٦٧٨٩", "اااايهويكي0123456789")
_LETTERS = str.maketrans({"ё": "е", "ґ": "г", "’": "'", "ʼ": "'", "`": "'", "´": "'", "\u00a0": " ", "\t": " "})
_STRETCHER = "ـ"


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it was written, and `folded`: lower case, without diacritics.

    `starts` and `ends` say for each letter of `folded` where the letter that it came from begins and ends.
    """

    text: str
    folded: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Written":
        """Fold a text."""
        folded: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end in _letters(text):
            for letter in _folded(text[start:end]):
                folded.append(letter)
                starts.append(start)
                ends.append(end)
        return cls(text, "".join(folded), tuple(starts), tuple(ends))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of `folded` stands in the text."""
        return self.starts[start], self.ends[end - 1]

    def original(self, start: int, end: int) -> str:
        """A part of `folded` as it was written, with single spaces."""
        if start >= end:
            return ""
        first, last = self.span(start, end)
        return " ".join(self.text[first:last].split())

    def is_capital(self, at: int) -> bool:
        """Whether the letter at a place begins a name; a script without capitals may begin one anywhere."""
        letter = self.text[self.starts[at]]
        return letter.isupper() or (letter.isalpha() and letter.lower() == letter.upper())


def fold_text(text: str) -> str:
    """What words are compared by here: as `codes.lists.fold`, but a letter at a time and with Arabic forms as one."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS).translate(_ARABIC)
    return "".join(
        fold_letter(letter) for letter in plain if letter != _STRETCHER and not unicodedata.combining(letter)
    )


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    return fold_text(letter)


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """Where each letter begins and ends, together with the marks that are combined with it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, at
            start = at
