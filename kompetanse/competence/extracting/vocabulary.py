"""The lists of words that this package looks for, as patterns over folded text."""

import re
from functools import cache

from kompetanse.codes.lists import aliases, read_list
from kompetanse.competence.extracting.written import fold_text

PACKAGE = "kompetanse.competence.extracting"
_ANY_ENDING = r"\w*"


def alternatives(cells: str) -> str:
    """The words of a cell as one pattern, longest first; `*` stands for any ending, a space for any blanks."""
    words = sorted({fold_text(word) for word in aliases(cells)}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", _ANY_ENDING).replace(r"\ ", r"[ ]+") for word in words)


def whole(pattern: str) -> str:
    """A pattern that stands for itself: no letter before it or behind it, but Arabic's "and", "by" and "as"."""
    return rf"(?<!\w)[وبفكل]?(?:{pattern})(?!\w)"


@cache
def cells(name: str) -> dict[str, str]:
    """A list of two columns: what the first one says, and all that stands beside it."""
    found: dict[str, str] = {}
    for key, *_, words in read_list(name, PACKAGE):
        found[key] = f"{found[key]}|{words}" if key in found else words
    return found


@cache
def cue(name: str) -> re.Pattern[str]:
    """The pattern of a cue."""
    return re.compile(whole(cue_words(name)))


@cache
def cue_words(name: str) -> str:
    """The words of a cue, to be part of a longer pattern."""
    return alternatives(cells("cues")[name])


@cache
def coded(name: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A list of codes as one pattern with a group for each, and the codes by the groups' names."""
    groups = {f"code_{number}": code for number, code in enumerate(cells(name))}
    pattern = "|".join(f"(?P<{group}>{alternatives(cells(name)[code])})" for group, code in groups.items())
    return re.compile(whole(pattern)), groups


def code_of(name: str, text: str) -> str | None:
    """The code of the first word of a list that a folded text has."""
    pattern, groups = coded(name)
    found = pattern.search(text)
    return groups[found.lastgroup or ""] if found else None
