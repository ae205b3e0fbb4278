"""Norwegian municipalities (2024) and the municipality that each postal code lies in."""

from dataclasses import dataclass
from functools import cache
from typing import NewType

from kompetanse.codes.lists import read_list
from kompetanse.errors import UnknownCode

MunicipalityNo = NewType("MunicipalityNo", str)
"""A municipality's four-digit number; its first two digits are the county."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: its number, its name, and the name of its county."""

    number: str
    name: str
    county: str


@cache
def _municipalities() -> dict[str, Municipality]:
    return {number: Municipality(number, name, county) for number, name, county in read_list("municipalities")}


@cache
def _postal_codes() -> dict[str, str]:
    return {postal: number for number, codes in read_list("postal_codes") for postal in codes.split()}


def municipalities() -> tuple[Municipality, ...]:
    """Every municipality, by number."""
    return tuple(_municipalities().values())


def is_municipality(number: str) -> bool:
    """Whether a municipality has the number."""
    return number in _municipalities()


def municipality(number: str) -> Municipality:
    """The municipality of a number.

    Raises:
        UnknownCode: no municipality has it.
    """
    try:
        return _municipalities()[number]
    except KeyError:
        raise UnknownCode("Norwegian municipalities") from None


def by_postal_code(code: str) -> str | None:
    """The number of the municipality that a postal code lies in.

    None for a code that the post does not use, and for Svalbard and Jan Mayen, which lie in no municipality.
    """
    return _postal_codes().get(code.strip())
