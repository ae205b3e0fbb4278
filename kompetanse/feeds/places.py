"""Where an advertised job is: by postal code, as the feed gives municipalities by name only, or not at all."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kompetanse.codes.lists import fold, kept
from kompetanse.codes.municipalities import by_postal_code, municipalities

_SMALL_WORDS = frozenset({"i", "på", "og", "ved", "under", "am"})
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)$")
_BETWEEN_NAMES = re.compile(r"\s*(?:[–/]| - )\s*")

NORWEGIAN_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "1826": "Hattfjelldal", "1875": "Hamarøy", "5041": "Snåsa", "5043": "Røyrvik", "5512": "Tjeldsund",
        "5518": "Lavangen", "5540": "Kåfjord", "5610": "Karasjok", "5612": "Kautokeino", "5628": "Tana",
        "5636": "Nesseby",
    }
)  # fmt: skip
"""What municipalities are called in Norwegian where the list of Statistics Norway gives the Sámi name first."""


def _stated(value: object) -> object:
    text = value.replace("\x00", "") if isinstance(value, str) else value
    return None if isinstance(text, str) and text.strip() in {"", "?"} else text


_Text = Annotated[str | None, BeforeValidator(_stated)]


class RawLocation(BaseModel):
    """A location as the feed has it: any part can be missing, "" or "?"."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    country: _Text = None
    address: _Text = None
    city: _Text = None
    postal_code: _Text = Field(None, validation_alias="postalCode")
    municipality: _Text = Field(None, validation_alias="municipal")
    county: _Text = None


@dataclass(frozen=True, slots=True)
class Workplace:
    """The first location that can be placed. `municipality_no` is None abroad, on Jan Mayen, and when unknown."""

    place: str | None = None
    address: str | None = None
    postal_code: str | None = None
    municipality_no: str | None = None


def workplace(locations: Sequence[RawLocation], wanted: Collection[str] = ()) -> Workplace:
    """The workplace: the first location in a `wanted` municipality, else in any Norwegian one, else that says anything.

    A job at several places is thus found by each municipality that it is in.
    """
    placed = [_placed(location) for location in locations]
    here = next((one for one in placed if one.municipality_no in wanted), None)
    known = here or next((one for one in placed if one.municipality_no), None)
    return known or next((one for one in placed if one != Workplace()), Workplace())


def _placed(location: RawLocation) -> Workplace:
    in_norway = location.country is None or fold(location.country) in {"norge", "norway", "noreg", "no"}
    postal_code = location.postal_code if in_norway else None
    number = by_postal_code(postal_code) if postal_code else None
    if number is None and in_norway and location.municipality and not postal_code:
        number = named(location.municipality, location.county)
    country = None if in_norway or location.country is None else _capitalised(location.country)
    place = ", ".join(filter(None, (_capitalised(location.city or location.municipality), country)))
    return Workplace(place or None, location.address, postal_code, number)


def named(name: str, county: str | None = None) -> str | None:
    """The number of the municipality of a name, also of one name of a bilingual pair; None where several share it.

    Våler and Herøy are told apart by the county, in brackets or beside the name.
    """
    within = county or next(iter(re.findall(r"\(([^)]*)\)$", name)), None)
    for part in (name, *_BETWEEN_NAMES.split(name)):
        numbers = _by_name().get(fold(_IN_BRACKETS.sub("", part)), {})
        if len(numbers) == 1:
            return next(iter(numbers))
        found = [number for number, where in numbers.items() if within and where == fold(within)]
        if found:
            return found[0]
    return None


@kept
def _by_name() -> dict[str, dict[str, str]]:
    """The numbers that share a name, each with its county."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in municipalities():
        for name in filter(None, (one.name, NORWEGIAN_NAMES.get(one.number))):
            found[fold(_IN_BRACKETS.sub("", name))][one.number] = fold(one.county)
    return dict(found)


def _capitalised(name: str | None) -> str | None:
    """A name in capitals as it is written: MO I RANA becomes Mo i Rana; others are left alone."""
    if name is None or not name.isupper():
        return name
    words = name.lower().split()
    return " ".join(word if place and word in _SMALL_WORDS else _title(word) for place, word in enumerate(words))


def _title(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
