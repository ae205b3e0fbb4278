"""Dates in every way that people write them in spreadsheets, kept as exact as they were written."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from kompetanse.codes.lists import fold
from kompetanse.codes.partial_date import PartialDate, first_day, parse_partial_date
from kompetanse.exchange.cells.words import not_stated, tidy
from kompetanse.exchange.faults import CellRejected, CellWarning, Reading, Reason, reading

OLDEST_AGE = 120
# Excel's day 1 is 1900-01-01, and it believes in 29 February 1900: from March 1900 on this is day 0.
_EXCEL_EPOCH = date(1899, 12, 30)
_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "mars march mar", "april apr", "mai may", "juni june jun",
            "juli july jul", "august aug", "september sept sep", "oktober october okt oct",
            "november nov", "desember december des dec",
        ),
        1,
    )
    for month in names.split()
}  # fmt: skip
_APPROXIMATE = re.compile(r"^(?:ca|cirka|circa|rundt|about|around|omkring)\b\.?\s*|\s*\?$", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?$|(?<=^\d{4})[.,]0$|(?<=^\d{5})[.,]0$")
"""What databases and programs that calculate put behind a date: 12.03.1985 00:00:00, 1985.0."""
_HINT = "Skriv datoen som dag.måned.år (28.10.1980), eller bare året"
_ABOUT = CellWarning(
    Reason.DATE_APPROXIMATE, "Datoen er oppgitt som omtrentlig", "Rett den i personkortet når den er kjent"
)

Parts = tuple[int, int | None, int | None]


def parse_date(text: str, *, today: date) -> Reading[PartialDate | None]:
    """A day, month or year; None when the cell says that it is not known.

    Day comes before month, as everywhere in Norway. Years of two digits are the latest ones that are not
    after this year: in 2026 "26" is 2026 and "27" is 1927. Numbers of five digits are Excel's serial dates
    (its 1900 system).

    Raises:
        CellRejected: no date, or one that the calendar does not have.
    """
    if not_stated(text):
        return reading(None)
    written = tidy(text)
    exact = _MIDNIGHT.sub("", _APPROXIMATE.sub("", written))
    parts = next(_readings(exact, today), None)
    if parts is None:
        raise CellRejected(Reason.DATE_UNREADABLE, "Datoen lar seg ikke lese", _HINT)
    return reading(_partial(*parts), [_ABOUT] if _APPROXIMATE.search(written) else [])


def parse_birth(text: str, *, today: date) -> Reading[PartialDate | None]:
    """A birth date; None when not stated.

    Raises:
        CellRejected: as `parse_date`; also for a birth in the future or more than 120 years ago, and for a
            national number, which has its own column.
    """
    if re.fullmatch(r"\d{6} ?\d{5}", tidy(text)):
        raise CellRejected(
            Reason.DATE_UNREADABLE,
            "Kolonnen har et fødselsnummer eller D-nummer der det skal stå en dato",
            "Skriv bare fødselsdatoen; nummeret registreres for seg i personkortet",
        )
    born = parse_date(text, today=today)
    if born.value is not None and not today.year - OLDEST_AGE <= first_day(born.value).year <= today.year:
        raise _impossible()
    if born.value is not None and first_day(born.value) > today:
        raise _impossible()
    return born


def parse_day(text: str, *, today: date) -> date | None:
    """A whole date inside another text, such as a consent's; None when it is not a whole one."""
    try:
        found = parse_date(text, today=today).value
    except CellRejected:
        return None
    return date.fromisoformat(found) if found and len(found) == 10 else None


def _impossible() -> CellRejected:
    return CellRejected(Reason.DATE_IMPOSSIBLE, "Ingen kan være født den dagen", _HINT)


def _partial(year: int, month: int | None, day: int | None) -> PartialDate:
    try:
        return parse_partial_date(
            "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])
        )
    except ValueError:
        raise CellRejected(Reason.DATE_IMPOSSIBLE, "Kalenderen har ingen slik dato", _HINT) from None


def _readings(text: str, today: date) -> Iterator[Parts]:
    for form, read in _FORMS:
        found = form.fullmatch(text)
        if found:
            parts = read(found.groups(), today)
            if parts:
                yield parts


def _year(text: str, today: date) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if 2000 + year <= today.year else 1900 + year


def _iso(groups: tuple[str, ...], today: date) -> Parts:
    year, month, day = groups
    return int(year), int(month) if month else None, int(day) if day else None


def _day_month_year(groups: tuple[str, ...], today: date) -> Parts:
    day, month, year = groups
    return _year(year, today), int(month), int(day)


def _day_named_month_year(groups: tuple[str, ...], today: date) -> Parts | None:
    day, name, year = groups
    month = _MONTHS.get(fold(name))
    return (_year(year, today), month, int(day)) if month else None


def _month_year(groups: tuple[str, ...], today: date) -> Parts:
    month, year = groups
    return int(year), int(month), None


def _named_month_year(groups: tuple[str, ...], today: date) -> Parts | None:
    name, year = groups
    month = _MONTHS.get(fold(name))
    return (_year(year, today), month, None) if month else None


def _named_month_day_year(groups: tuple[str, ...], today: date) -> Parts | None:
    name, day, year = groups
    return _day_named_month_year((day, name, year), today)


def _serial(groups: tuple[str, ...], today: date) -> Parts | None:
    day = _EXCEL_EPOCH + timedelta(days=int(groups[0]))
    return (day.year, day.month, day.day) if day.year <= today.year + 1 else None


_YEAR = r"(\d{4}|\d{2})"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[tuple[str, ...], date], Parts | None]], ...] = (
    (re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ][\d:.]+Z?)?)?)?", re.ASCII), _iso),
    (re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII), _iso),
    (re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", re.ASCII), _iso),
    (re.compile(rf"(\d{{1,2}})\s*[./ -]\s*(\d{{1,2}})\s*[./ -]\s*{_YEAR}\.?", re.ASCII), _day_month_year),
    (re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})", re.ASCII), _day_month_year),
    (re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[. -]*([^\W\d]+)[., -]*{_YEAR}"), _day_named_month_year),
    (re.compile(rf"([^\W\d]+)[. ]+(\d{{1,2}})(?:st|nd|rd|th)?,? +{_YEAR}"), _named_month_day_year),
    (re.compile(r"(\d{1,2})[./-](\d{4})", re.ASCII), _month_year),
    (re.compile(rf"([^\W\d]+)[. '-]*{_YEAR}"), _named_month_year),
    (re.compile(r"([1-7]\d{4})", re.ASCII), _serial),
)
