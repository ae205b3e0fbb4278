"""Small questions about the text of any cell: does it say nothing, were letters lost, where does it divide."""

import re
import unicodedata

from kompetanse.codes.national_id import parse_national_id
from kompetanse.errors import Invalid

NOT_STATED = frozenset(
    {"", "?", "-", "–", "ukjent", "ukj", "uoppgitt", "vet ikke", "unknown", "n/a", "na", "ikke oppgitt"}
)
_PERSONAL_NUMBER = re.compile(r"\d{6}[ -]?\d{5,6}")
_NOUGHT_LOST = re.compile(r"(?<!\d)\d{10}(?!\d)")
_HIDDEN_NUMBER = "•••••• •••••"
_INSIDE_BRACKETS = re.compile(r"\([^)]*\)")
_LOST = re.compile(r"\?(?=\w)|(?<=\w)\?(?=\w)|(?<=\w)\?$|�|\?{2,}")


def tidy(text: str) -> str:
    """NFC text with single spaces and none at the ends; line breaks become spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def shown(cell: str) -> str:
    """A cell as it may be repeated to people: without national numbers, and on one line.

    A number of ten digits is one where it is valid with a nought before it, which spreadsheet programs take away.
    """
    return _NOUGHT_LOST.sub(_hidden, _PERSONAL_NUMBER.sub(_HIDDEN_NUMBER, tidy(cell)))


def _hidden(found: re.Match[str]) -> str:
    try:
        parse_national_id(f"0{found[0]}")
    except Invalid:
        return found[0]
    return _HIDDEN_NUMBER


def not_stated(text: str) -> bool:
    """Whether a cell says that nothing is known, which is not the same as "no"."""
    return tidy(text).casefold().rstrip(".") in NOT_STATED


def letters_lost(text: str) -> bool:
    """Whether an earlier program has put question marks in the place of letters that it could not write."""
    return _LOST.search(text) is not None


def mostly_lost(text: str) -> bool:
    """Whether so many letters are gone that nobody can tell what the text was."""
    letters = [letter for letter in text if not letter.isspace() and letter not in "-'.,"]
    lost = sum(letter in "?\ufffd" for letter in letters)
    return lost * 2 > len(letters)


def split_outside_brackets(text: str, separators: str) -> list[str]:
    """The non-empty parts of a text, divided at any of the separators that stand outside brackets."""
    kept = _INSIDE_BRACKETS.sub(
        lambda found: found[0].translate({ord(s): chr(0xE000 + n) for n, s in enumerate(separators)}), text
    )
    parts = re.split(f"[{re.escape(separators)}]", kept)
    back = {0xE000 + n: s for n, s in enumerate(separators)}
    return [part for part in (tidy(part.translate(back)) for part in parts) if part]
