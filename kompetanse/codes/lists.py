"""Reads the code lists beside the code, and folds text so that spellings meet; knows no list's meaning.

A list that an operator refreshed lies in the folder of `use_folder` and is read in place of the shipped one.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

SEPARATOR = ";"
ALIAS_SEPARATOR = "|"
PACKAGE = "kompetanse.codes"
# Letters that Unicode does not decompose, though people type them without their stroke.
_STROKES = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "þ": "th", "ð": "d"})

T = TypeVar("T")
_folder: Path | None = None
_forget: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class Head:
    """What a list says of itself in its first lines, `# key: value`.

    `valid_from` is as exact as it is known (ISO 8601). `klass` is the number of the classification at Statistics
    Norway that it can be refreshed from, None where there is none.
    """

    what: str
    version: str
    valid_from: str
    source: str
    klass: int | None = None


def use_folder(folder: Path | None) -> None:
    """Read the lists of this folder in place of the shipped ones of the same name; None: only the shipped ones."""
    global _folder  # noqa: PLW0603 - one set of lists for the whole process is the point
    if folder == _folder:
        return
    before = _folder
    _folder = folder
    if any(one is not None and one.is_dir() for one in (before, folder)):
        forget()


def kept(read: Callable[[], T]) -> Callable[[], T]:
    """What a list was read into, kept until the lists change; for lists that can be refreshed."""
    cached = cache(read)
    _forget.append(cached.cache_clear)
    return cached


def forget() -> None:
    """Let every list be read anew."""
    for one in _forget:
        one()


def read_list(name: str, package: str = PACKAGE) -> Iterator[tuple[str, ...]]:
    """The rows of `data/<name>.csv` of a package, without its header line and its comments.

    The lists are `;`-separated UTF-8 without quoting: no cell holds a semicolon. Lines that begin with
    `#` say where the list comes from.
    """
    return rows(read_text(name, package))


def rows(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a list's file."""
    lines = _lines(text)
    next(lines, None)
    for line in lines:
        yield tuple(line.split(SEPARATOR))


def head(text: str) -> Head:
    """What a list's file says of itself.

    Raises:
        KeyError: it lacks what every list says.
    """
    pairs = (line[1:].split(":", 1) for line in text.splitlines() if line.startswith("#") and ":" in line)
    said = {key.strip(): value.strip() for key, value in pairs}
    klass = said.get("klass")
    return Head(said["what"], said["version"], said["valid_from"], said["source"], int(klass) if klass else None)


def columns(name: str) -> str:
    """The header line of the shipped list."""
    return next(_lines(shipped_text(name)))


def is_refreshed(name: str) -> bool:
    """Whether a refreshed list is read in place of the shipped one."""
    return refreshed_text(name) is not None


def read_text(name: str, package: str = PACKAGE) -> str:
    """The file of a list: the refreshed one where there is one, else the shipped one."""
    refreshed = refreshed_text(name) if package == PACKAGE else None
    return shipped_text(name, package) if refreshed is None else refreshed


def shipped_text(name: str, package: str = PACKAGE) -> str:
    """The file of a list as it came with the program."""
    return (files(package) / "data" / f"{name}.csv").read_text("utf-8")


def refreshed_text(name: str) -> str | None:
    """The refreshed file of a list; None where there is none.

    None also after an upgrade of the program which brought other columns, or a list that is newer.
    """
    path = _folder / f"{name}.csv" if _folder else None
    if path is None or not path.is_file():
        return None
    text = path.read_text("utf-8")
    if next(_lines(text), None) != columns(name):
        return None
    return text if head(text).valid_from >= head(shipped_text(name)).valid_from else None


def aliases(cell: str) -> tuple[str, ...]:
    """The aliases of a cell such as `norsk|bokmål`; an empty cell has none."""
    return tuple(filter(None, cell.split(ALIAS_SEPARATOR)))


def tidy(text: str) -> str:
    """Case-folded text with one space between words and no punctuation at its ends; diacritics are kept."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(" .,:;!-–*\"'")


def fold(text: str) -> str:
    """`tidy` text without diacritics: `Žuvies` and `zuvies` become the same (Cyrillic й keeps its own)."""
    return "".join(map(fold_letter, tidy(text)))


def fold_letter(letter: str) -> str:
    """One lower-case letter without its diacritics, as `fold` writes it: "ł" is "l", "æ" is "ae"."""
    return _bare(letter).translate(_STROKES)


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _bare(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    return decomposed[0] if "LATIN" in unicodedata.name(letter, "") else letter
