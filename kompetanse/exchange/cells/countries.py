"""Citizenships, one or several in a cell."""

import re
from collections.abc import Mapping
from functools import lru_cache

from kompetanse.codes.countries import find_country
from kompetanse.exchange.cells.words import not_stated, split_outside_brackets, tidy
from kompetanse.exchange.faults import CellRejected, Reading, Reason, reading

_AND = re.compile(r"\s+(?:og|and|samt)\s+|\s*[&+]\s*", re.IGNORECASE)
# "Nasjonalitet: polsk": an adjective that tells of one country. Those that many share ("arabisk", "kurdisk") do not.
_ADJECTIVES: Mapping[str, str] = {
    word: code
    for code, words in {
        "AF": "afghansk", "AL": "albansk", "BA": "bosnisk", "BD": "bangladeshisk", "BG": "bulgarsk",
        "BR": "brasiliansk", "BY": "belarusisk hviterussisk", "CA": "kanadisk", "CN": "kinesisk", "CO": "colombiansk",
        "CU": "cubansk", "CZ": "tsjekkisk", "DE": "tysk", "DK": "dansk", "EE": "estisk estlandsk", "ER": "eritreisk",
        "ES": "spansk", "ET": "etiopisk", "FI": "finsk", "FR": "fransk", "GB": "britisk engelsk skotsk",
        "GE": "georgisk", "GH": "ghanesisk", "GR": "gresk", "HR": "kroatisk", "HU": "ungarsk", "IE": "irsk",
        "IN": "indisk", "IQ": "irakisk", "IR": "iransk", "IS": "islandsk", "IT": "italiensk", "JO": "jordansk",
        "KE": "kenyansk", "LB": "libanesisk", "LK": "srilankisk", "LT": "litauisk", "LV": "latvisk",
        "MA": "marokkansk", "MD": "moldovsk", "ME": "montenegrinsk", "MK": "nordmakedonsk makedonsk",
        "MM": "burmesisk", "NG": "nigeriansk", "NL": "nederlandsk", "NO": "norsk", "NP": "nepalsk", "PH": "filippinsk",
        "PK": "pakistansk", "PL": "polsk", "PS": "palestinsk", "PT": "portugisisk", "RO": "rumensk", "RS": "serbisk",
        "RU": "russisk", "RW": "rwandisk", "SD": "sudansk", "SE": "svensk", "SI": "slovensk", "SK": "slovakisk",
        "SO": "somalisk", "SY": "syrisk", "TH": "thailandsk thai", "TN": "tunisisk", "TR": "tyrkisk", "UA": "ukrainsk",
        "UG": "ugandisk", "US": "amerikansk", "VE": "venezuelansk", "VN": "vietnamesisk", "XK": "kosovarisk",
        "YE": "jemenittisk",
    }.items()
    for word in words.split()
}  # fmt: skip
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
    whole = _country(text)
    if whole:
        return reading((whole,))
    codes = [_country(part) for part in split_outside_brackets(_AND.sub("/", text), "/,;\n")]
    known = [code for code in codes if code]
    if len(known) < len(codes) or not known:
        raise CellRejected(
            Reason.COUNTRY_UNKNOWN,
            "Landet er ukjent, og er ikke tatt med",
            "Skriv landets navn på norsk eller engelsk, eller koden på to bokstaver; skill flere land med /",
        )
    return reading(tuple(dict.fromkeys(known)))


def _country(text: str) -> str | None:
    return find_country(text) or _ADJECTIVES.get(tidy(text).casefold())


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
