"""Reads the code lists beside the code, and folds text so that spellings meet; knows no list's meaning."""

import unicodedata
from collections.abc import Iterator
from importlib.resources import files

SEPARATOR = ";"
ALIAS_SEPARATOR = "|"
# Letters that Unicode does not decompose, though people type them without their stroke.
_STROKES = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "þ": "th", "ð": "d"})


def read_list(name: str, package: str = "kompetanse.codes") -> Iterator[tuple[str, ...]]:
    """Yield the rows of `data/<name>.csv` of a package, without its header line and its comments.

    The lists are `;`-separated UTF-8 without quoting: no cell holds a semicolon. Lines that begin with
    `#` say where the list comes from.
    """
    text = (files(package) / "data" / f"{name}.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    next(lines, None)
    for line in lines:
        yield tuple(line.split(SEPARATOR))


def aliases(cell: str) -> tuple[str, ...]:
    """The aliases of a cell such as `norsk|bokmål`; an empty cell has none."""
    return tuple(filter(None, cell.split(ALIAS_SEPARATOR)))


def tidy(text: str) -> str:
    """Case-folded text with one space between words and no punctuation at its ends; diacritics are kept."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(" .,:;!-–*\"'")


def fold(text: str) -> str:
    """`tidy` text without diacritics: `Žuvies` and `zuvies` become the same (Cyrillic й keeps its own)."""
    return "".join(_bare(letter) for letter in tidy(text)).translate(_STROKES)


def _bare(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    return decomposed[0] if "LATIN" in unicodedata.name(letter, "") else letter
