"""Codes that are no longer valid: until when they were, and what they became. Knows no list's meaning."""

from dataclasses import dataclass
from datetime import date

from kompetanse.codes.lists import aliases, kept, refreshed_text, rows, shipped_text

FILE = "retired"


@dataclass(frozen=True, slots=True)
class Retired:
    """A code that was. `valid_to` is the first day on which it was not valid.

    `became` are the codes that took its place: several where it was split, none where nobody told.
    """

    code: str
    name: str
    valid_to: date
    became: tuple[str, ...]


@kept
def _retired() -> dict[str, dict[str, Retired]]:
    lists: dict[str, dict[str, Retired]] = {}
    # a refresh adds to what the program knows: an upgrade may know more than the refresh did
    for name, code, label, valid_to, became in (*rows(shipped_text(FILE)), *rows(refreshed_text(FILE) or "")):
        lists.setdefault(name, {})[code] = Retired(code, label, date.fromisoformat(valid_to), aliases(became))
    return lists


@kept
def _beginnings() -> dict[tuple[str, str], date]:
    found: dict[tuple[str, str], date] = {}
    for name, codes in _retired().items():
        for one in codes.values():
            for heir in one.became:
                found[name, heir] = max(one.valid_to, found.get((name, heir), one.valid_to))
    return found


def retired(name: str) -> tuple[Retired, ...]:
    """Every code that the list once had, in the order of the codes."""
    return tuple(_retired().get(name, {}).values())


def find_retired(name: str, code: str) -> Retired | None:
    """The code as it was; None when the list never had it, or has it still."""
    return _retired().get(name, {}).get(code)


def successors(name: str, code: str) -> tuple[str, ...]:
    """The codes of today that took the place of a code, over all changes since; a code of today is its own.

    Several where it was split; none where nobody told.
    """
    return tuple(sorted(_heirs(_retired().get(name, {}), code, frozenset())))


def valid_from(name: str, code: str) -> date | None:
    """The day from which a code is what it is now: when it took others' place. None: from the start, or not known."""
    return _beginnings().get((name, code))


def _heirs(codes: dict[str, Retired], code: str, seen: frozenset[str]) -> set[str]:
    if code not in codes:
        return {code}
    # a code that came back would lead round in a ring
    return {end for heir in codes[code].became if heir not in seen for end in _heirs(codes, heir, seen | {code})}
