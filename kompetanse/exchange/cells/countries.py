"""Citizenships, one or several in a cell."""

import re
from functools import lru_cache

from kompetanse.codes.countries import find_country
from kompetanse.exchange.cells.words import not_stated, split_outside_brackets
from kompetanse.exchange.faults import CellRejected, Reading, Reason, reading

_AND = re.compile(r"\s+(?:og|and|samt)\s+|\s*[&+]\s*", re.IGNORECASE)
_STATELESS = frozenset({"statsløs", "statslaus", "stateless", "ingen"})


@lru_cache(maxsize=1024)  # the same few countries stand in every row
def parse_countries(text: str) -> Reading[tuple[str, ...] | None]:
    """Countries as two-letter codes: "POLEN" → ("PL",), "Syria/Sverige" → ("SY", "SE").

    None when not stated; an empty tuple for a person who is stateless.

    Raises:
        CellRejected: a country that is not known.
    """
    if not_stated(text):
        return reading(None)
    if text.strip().casefold() in _STATELESS:
        return reading(())
    whole = find_country(text)
    if whole:
        return reading((whole,))
    codes = [find_country(part) for part in split_outside_brackets(_AND.sub("/", text), "/,;\n")]
    known = [code for code in codes if code]
    if len(known) < len(codes) or not known:
        raise CellRejected(
            Reason.COUNTRY_UNKNOWN,
            "Landet er ukjent, og er ikke tatt med",
            "Skriv landets navn på norsk eller engelsk, eller koden på to bokstaver; skill flere land med /",
        )
    return reading(tuple(dict.fromkeys(known)))


def parse_country(text: str) -> Reading[str | None]:
    """One country of origin; None when not stated.

    Raises:
        CellRejected: unknown, or several.
    """
    countries = parse_countries(text).value
    if countries is None:
        return reading(None)
    if len(countries) != 1:
        raise CellRejected(
            Reason.COUNTRY_UNKNOWN, "Opprinnelsesland må være ett land", "Skriv ett land i denne kolonnen"
        )
    return reading(countries[0])
