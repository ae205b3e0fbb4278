"""Tells by its cells what a column of a newcomers' spreadsheet is, where its heading does not. Pure.

It would rather tell nothing: what it tells is shown before anything is stored, but not everybody looks. Purposes of a
consent are never guessed, and neither are names, levels of a language, or what somebody has to do with a country.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from statistics import median

from kompetanse.codes.municipalities import is_postal_code
from kompetanse.codes.occupations import is_occupation
from kompetanse.exchange.cells.answers import parse_personal_number
from kompetanse.exchange.cells.contacts import parse_emails, parse_phones
from kompetanse.exchange.cells.dates import parse_birth
from kompetanse.exchange.cells.languages import parse_languages
from kompetanse.exchange.faults import CellRejected, Reading
from kompetanse.exchange.people_columns import Field

LEAST_CELLS = 3
"""Fewer cells than these tell nothing."""

_BIRTHS_AGO = 25
"""A column of days, half of which are as many years ago, is one of births: newcomers' arrivals are later."""

_AT = re.compile(r"@|\(at\)|\[at\]", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d ()-]{8,20}")
_MOBILE = ("+474", "+479")
"""How Norwegian mobile numbers begin; eight other digits may be a case's number as well."""

_POSTAL = re.compile(r"\d{4}(?: \D+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_CODE = 3
"""Letters: what is shorter may be a code, and "ja" is Japanese's, but an answer far more often."""

_WORD = re.compile(r"[^\W\d]")


def guess_field(cells: Sequence[str], today: date) -> Field | None:
    """The field that all cells of a column tell of, None when they could be something else too."""
    if len(cells) < LEAST_CELLS:
        return None
    return next((field for field, tells in _TESTS if all(map(tells, cells))), None) or _born(cells, today)


def _born(cells: Sequence[str], today: date) -> Field | None:
    years = []
    for cell in cells:
        read = _read(lambda text: parse_birth(text, today=today), cell)
        if read is None or len(cell) < len("1987"):
            return None
        years.append(int(str(read)[:4]))
    return Field.BORN if median(years) <= today.year - _BIRTHS_AGO else None


def _read(parse: Callable[[str], Reading[object]], cell: str) -> object:
    """What a cell says, None when it cannot be read or leaves a doubt."""
    try:
        reading = parse(cell)
    except CellRejected:
        return None
    return None if reading.warnings else reading.value or None


def _is_email(cell: str) -> bool:
    return bool(_AT.search(cell)) and _read(parse_emails, cell) is not None


def _is_phone(cell: str) -> bool:
    if _PHONE.fullmatch(cell) is None:
        return False
    phones = parse_phones(cell).value
    return bool(phones) and (cell.startswith("+") or all(one.value.startswith(_MOBILE) for one in phones))


def _is_number(cell: str) -> bool:
    return _read(parse_personal_number, cell) is not None


def _is_language(cell: str) -> bool:
    return len(cell) > _LONGEST_CODE and bool(_WORD.search(cell)) and _read(parse_languages, cell) is not None


def _is_home(cell: str) -> bool:
    code = cell[:4]
    sure = code != cell or not (_YEAR.fullmatch(cell) or is_occupation(cell))
    return _POSTAL.fullmatch(cell) is not None and is_postal_code(code) and sure


_TESTS: tuple[tuple[Field, Callable[[str], bool]], ...] = (
    (Field.EMAIL, _is_email),
    (Field.NATIONAL_ID, _is_number),
    (Field.POSTAL_CODE, _is_home),
    (Field.PHONE, _is_phone),
    (Field.LANGUAGES, _is_language),
)
"""From what is surest to what is least sure."""
