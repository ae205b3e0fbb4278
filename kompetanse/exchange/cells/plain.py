"""Cells of one plain value: a text, a whole number, a day, a word of a closed set. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from kompetanse.exchange.cells.dates import parse_day
from kompetanse.exchange.cells.words import tidy
from kompetanse.exchange.faults import CellRejected, Reason

Choice = TypeVar("Choice")

_AHEAD_YEARS = 10
"""Deadlines and first days lie ahead: a year of two digits is read as one of the coming ten, or of the past."""

_WHOLE = re.compile(r"\d{1,9}")
_LENGTH = re.compile(r"(\d{1,2}(?:[.,]\d)?)\s*(år|years?|mnd|mndr|måneder|månader|months?)\b.*", re.IGNORECASE)


def text_of(cell: str, longest: int) -> str:
    """The words of a cell. Raises CellRejected when there are too many."""
    words = tidy(cell)
    if len(words) > longest:
        raise CellRejected(
            Reason.TEXT_SHORTENED, f"Teksten er lengre enn {longest} tegn, og er ikke tatt med her", "Skriv kortere"
        )
    return words


def whole_of(cell: str, least: int, most: int) -> int:
    """A whole number within bounds. Raises CellRejected for anything else."""
    digits = tidy(cell).replace(" ", "")
    if not _WHOLE.fullmatch(digits) or not least <= int(digits) <= most:
        raise unreadable("Dette er ikke et tall som passer her", f"Skriv et helt tall fra {least} til {most}")
    return int(digits)


def day_of(cell: str, today: date) -> date:
    """A whole date. Raises CellRejected for a month, a year or words such as "snarest"."""
    found = parse_day(cell, today=today.replace(year=today.year + _AHEAD_YEARS, day=1))
    if found is None:
        raise unreadable("Dette er ikke en hel dato", "Skriv datoen som dag.måned.år: 31.12.2026")
    return found


def months_of(cell: str) -> int:
    """How long: "2 år", "6 mnd". Raises CellRejected for anything else."""
    found = _LENGTH.match(tidy(cell))
    if found is None:
        raise unreadable("Lengden lar seg ikke lese", "Skriv den slik: 2 år, eller 6 måneder")
    length = float(found[1].replace(",", "."))
    return round(length if found[2].casefold().startswith("m") else length * 12)


def choices_of(cell: str, words: Mapping[str, Choice]) -> list[Choice]:
    """The members of a closed set whose words begin words of the cell, each once. Raises CellRejected for none."""
    said = re.findall(r"\w+", cell.casefold())
    found = dict.fromkeys(member for word in said for beginning, member in words.items() if word.startswith(beginning))
    if not found:
        raise unreadable("Ordet er ukjent her", f"Bruk ord som {', '.join(list(words)[:5])}")
    return list(found)


def unreadable(detail: str, hint: str) -> CellRejected:
    """What is said of a cell that states no value of its column."""
    return CellRejected(Reason.VALUE_UNREADABLE, f"{detail}, og er ikke tatt med her", hint)
