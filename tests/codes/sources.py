"""The official lists that ours are checked against, where they are at hand."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

_NORWAY = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "norway"

# The shape of each list in small, for a checkout that stands alone: official names, so facts.
_STYRK = [("2", "Akademiske yrker"), ("22", "Medisinske yrker"), ("2223", "Sykepleiere"), ("5120", "Kokker")]
_MUNICIPALITIES = [("0301", "Oslo", "Oslo"), ("5014", "Frøya", "Trøndelag"), ("5056", "Hitra", "Trøndelag")]
_POSTAL = [("7260", "5014"), ("7240", "5056"), ("0001", "0301")]


def _csv(name: str, delimiter: str, pick: Callable[[list[str]], tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    with (_NORWAY / name).open(encoding="utf-8", newline="") as lines:
        yield from (pick(row) for row in csv.reader(lines, delimiter=delimiter))


def styrk() -> list[tuple[str, ...]]:
    """Code and name of every group of STYRK-08, or of a few."""
    if not _NORWAY.exists():
        return list(_STYRK)
    return list(_csv("styrk08.csv", ",", lambda row: (row[0], " ".join(row[2].split()))))[1:]


def municipalities() -> list[tuple[str, ...]]:
    """Number, name and county of every municipality, or of a few."""
    if not _NORWAY.exists():
        return list(_MUNICIPALITIES)
    return list(_csv("kommuner.csv", ",", lambda row: (row[0], row[1], row[3])))[1:]


def postal_codes() -> list[tuple[str, ...]]:
    """Postal code and municipality, or a few."""
    if not _NORWAY.exists():
        return list(_POSTAL)
    return list(_csv("postal_codes_no.tsv", "\t", lambda row: (row[0], row[2])))


def counties() -> list[tuple[str, ...]]:
    """Number and name of every county, or of a few."""
    if not _NORWAY.exists():
        return sorted({(number[:2], county) for number, _, county in _MUNICIPALITIES})
    return sorted(set(list(_csv("kommuner.csv", ",", lambda row: (row[2], row[3])))[1:]))


def styrk_parents() -> list[tuple[str, ...]]:
    """Code and parent of every group of STYRK-08 that has one, or of a few."""
    if not _NORWAY.exists():
        return [("22", "2")]
    return [row for row in list(_csv("styrk08.csv", ",", lambda row: (row[0], row[5])))[1:] if row[1]]
