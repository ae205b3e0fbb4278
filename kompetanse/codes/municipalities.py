"""Norwegian municipalities and counties, those of today and those that were, and where each postal code lies."""

from dataclasses import dataclass
from datetime import date
from typing import NewType

from kompetanse.codes.lists import kept, read_list
from kompetanse.codes.retired import Retired, find_retired, successors, valid_from
from kompetanse.errors import UnknownCode

MunicipalityNo = NewType("MunicipalityNo", str)
"""A municipality's four-digit number; its first two digits are the county."""

MUNICIPALITIES, COUNTIES = "municipalities", "counties"
_THEM = {MUNICIPALITIES: "Norwegian municipalities", COUNTIES: "Norwegian counties"}


@dataclass(frozen=True, slots=True)
class County:
    """A county. `valid_to` and `became` as in `Municipality`."""

    number: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    became: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: its number, its name, and the name of its county.

    `valid_from` is None where it was so before 2012. `valid_to` is the first day on which it was not valid, None for
    one of today; `became` are the numbers of today that its people live in.
    """

    number: str
    name: str
    county: str
    valid_from: date | None = None
    valid_to: date | None = None
    became: tuple[str, ...] = ()


@kept
def _counties() -> dict[str, County]:
    return {number: County(number, name, valid_from(COUNTIES, number)) for number, name in read_list(COUNTIES)}


@kept
def _municipalities() -> dict[str, Municipality]:
    return {
        number: Municipality(number, name, county(number[:2]).name, valid_from(MUNICIPALITIES, number))
        for number, name in read_list(MUNICIPALITIES)
    }


@kept
def _postal_codes() -> dict[str, str]:
    return {postal: number for number, codes in read_list("postal_codes") for postal in codes.split()}


def municipalities() -> tuple[Municipality, ...]:
    """Every municipality of today, by number."""
    return tuple(_municipalities().values())


def is_municipality(number: str) -> bool:
    """Whether a municipality of today has the number."""
    return number in _municipalities()


def municipality(number: str) -> Municipality:
    """The municipality of today that has a number.

    Raises:
        UnknownCode: none has it.
    """
    try:
        return _municipalities()[number]
    except KeyError:
        raise UnknownCode(_THEM[MUNICIPALITIES]) from None


def municipality_ever(number: str) -> Municipality:
    """The municipality that has a number, or once had it (since 2012), and what it became.

    Raises:
        UnknownCode: none had it.
    """
    if is_municipality(number):
        return municipality(number)
    one = _was(MUNICIPALITIES, number)
    began, became = valid_from(MUNICIPALITIES, number), successors(MUNICIPALITIES, number)
    return Municipality(number, one.name, county_ever(number[:2]).name, began, one.valid_to, became)


def counties() -> tuple[County, ...]:
    """Every county of today, by number."""
    return tuple(_counties().values())


def county(number: str) -> County:
    """The county of today that has a two-digit number.

    Raises:
        UnknownCode: none has it.
    """
    try:
        return _counties()[number]
    except KeyError:
        raise UnknownCode(_THEM[COUNTIES]) from None


def county_ever(number: str) -> County:
    """The county that has a number, or once had it, and what it became.

    Raises:
        UnknownCode: none had it.
    """
    if number in _counties():
        return county(number)
    one = _was(COUNTIES, number)
    return County(number, one.name, valid_from(COUNTIES, number), one.valid_to, successors(COUNTIES, number))


def county_of(number: str) -> County:
    """The county that a municipality of today lies in.

    Raises:
        UnknownCode: no municipality has the number.
    """
    return county(municipality(number).number[:2])


def municipalities_in(county_number: str) -> tuple[Municipality, ...]:
    """The municipalities of today in a county."""
    return tuple(one for one in municipalities() if one.number.startswith(county_number))


def postal_codes() -> tuple[str, ...]:
    """Every postal code that lies in a municipality."""
    return tuple(_postal_codes())


def is_postal_code(text: str) -> bool:
    """Whether a text has the form of a postal code. New codes come every year, so no list is asked."""
    return len(text) == 4 and text.isascii() and text.isdigit()


def by_postal_code(code: str) -> str | None:
    """The number of the municipality that a postal code lies in.

    None for a code that the post does not use, for Svalbard and Jan Mayen, which lie in no municipality, and for one
    in a municipality that was split since the list was made.
    """
    number = _postal_codes().get(code.strip())
    if number is None or is_municipality(number):
        return number
    heirs = successors(MUNICIPALITIES, number)
    return heirs[0] if len(heirs) == 1 and is_municipality(heirs[0]) else None


def _was(name: str, number: str) -> Retired:
    found = find_retired(name, number)
    if found is None:
        raise UnknownCode(_THEM[name])
    return found
