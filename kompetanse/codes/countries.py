"""Countries (ISO 3166-1) with the regions that Norwegian settlement rules and statistics tell apart."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kompetanse.codes.lists import aliases, fold, kept, read_list
from kompetanse.codes.retired import find_retired, successors
from kompetanse.errors import UnknownCode


class Region(StrEnum):
    """Parts of the world; the Nordic countries and the EEA apart, as the right to live here follows them.

    Turkey counts as Asia, as in Statistics Norway's grouping, Central America and the Caribbean as North
    America.
    """

    NORDIC = "nordic"
    EEA = "eea"
    EUROPE = "europe"
    ASIA = "asia"
    AFRICA = "africa"
    NORTH_AMERICA = "north_america"
    SOUTH_AMERICA = "south_america"
    OCEANIA = "oceania"

    @property
    def name_nb(self) -> str:
        """The region in Norwegian bokmål."""
        return _REGION_NAMES[self][0]

    @property
    def name_en(self) -> str:
        """The region in English."""
        return _REGION_NAMES[self][1]


_REGION_NAMES = {
    Region.NORDIC: ("Norden", "Nordic countries"),
    Region.EEA: ("EØS utenom Norden", "EEA outside the Nordic countries"),
    Region.EUROPE: ("Europa utenom EØS", "Europe outside the EEA"),
    Region.ASIA: ("Asia", "Asia"),
    Region.AFRICA: ("Afrika", "Africa"),
    Region.NORTH_AMERICA: ("Nord-Amerika", "North America"),
    Region.SOUTH_AMERICA: ("Sør-Amerika", "South America"),
    Region.OCEANIA: ("Oseania", "Oceania"),
}


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory. `eea`: the EEA agreement (art. 126) or EU membership gives free movement."""

    alpha2: str
    name_nb: str
    name_en: str
    region: Region
    eea: bool


@dataclass(frozen=True, slots=True)
class FormerCountry:
    """A country that is no more (ISO 3166-3), as registers still know it of somebody's birth.

    `valid_to` is the first day on which its code was not valid; `became` are the countries of today in its place.
    """

    alpha2: str
    name_nb: str
    valid_to: date
    became: tuple[str, ...]


@kept
def _countries() -> dict[str, Country]:
    return {
        alpha2: Country(alpha2, nb, en, Region(region), eea == "1")
        for alpha2, _, nb, en, region, eea, _ in read_list("countries")
    }


@kept
def _spellings() -> dict[str, str]:
    return {
        fold(spelling): alpha2
        for alpha2, alpha3, nb, en, _, _, others in read_list("countries")
        for spelling in (alpha2, alpha3, nb, en, *aliases(others))
    }


def countries() -> tuple[Country, ...]:
    """Every country of ISO 3166-1 and Kosovo (XK, a code that the standard leaves to its users)."""
    return tuple(_countries().values())


def country(alpha2: str) -> Country:
    """The country of a two-letter code.

    Raises:
        UnknownCode: ISO 3166-1 does not have it.
    """
    try:
        return _countries()[alpha2]
    except KeyError:
        raise UnknownCode("ISO 3166-1") from None


def former_country(alpha2: str) -> FormerCountry:
    """The country that once had a code: "SU", "YU".

    Raises:
        UnknownCode: none had it, or one has it today.
    """
    found = None if alpha2 in _countries() else find_retired("countries", alpha2)
    if found is None:
        raise UnknownCode("ISO 3166-3")
    return FormerCountry(alpha2, found.name, found.valid_to, successors("countries", alpha2))


def countries_in(region: Region) -> tuple[Country, ...]:
    """The countries of a region."""
    return tuple(one for one in countries() if one.region is region)


def find_country(text: str) -> str | None:
    """The two-letter code of a country as people write it: "POLEN", "Poland", "litauen ", "PL", "Polska".

    Two countries in one cell ("Syria/Sverige") are None: which one is meant is for a person to say.
    """
    return _spellings().get(fold(text))
