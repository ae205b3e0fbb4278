"""Where an advertised job is: by postal code, as the feed gives municipalities by name only, or not at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kompetanse.codes.lists import fold
from kompetanse.codes.municipalities import by_postal_code, municipalities

_SMALL_WORDS = frozenset({"i", "på", "og", "ved", "under", "am"})


def _stated(value: object) -> object:
    return None if isinstance(value, str) and value.strip() in {"", "?"} else value


_Text = Annotated[str | None, BeforeValidator(_stated)]


class RawLocation(BaseModel):
    """A location as the feed has it: any part can be missing, "" or "?"."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    country: _Text = None
    address: _Text = None
    city: _Text = None
    postal_code: _Text = Field(None, validation_alias="postalCode")
    municipality: _Text = Field(None, validation_alias="municipal")


@dataclass(frozen=True, slots=True)
class Workplace:
    """The first location that can be placed. `municipality_no` is None abroad, on Jan Mayen, and when unknown."""

    place: str | None = None
    address: str | None = None
    postal_code: str | None = None
    municipality_no: str | None = None


def workplace(locations: Sequence[RawLocation]) -> Workplace:
    """The workplace: the first location in a Norwegian municipality, else the first that says anything."""
    placed = [_placed(location) for location in locations]
    known = next((one for one in placed if one.municipality_no), None)
    return known or next((one for one in placed if one != Workplace()), Workplace())


def _placed(location: RawLocation) -> Workplace:
    in_norway = location.country is None or fold(location.country) in {"norge", "norway", "noreg", "no"}
    postal_code = location.postal_code if in_norway else None
    number = by_postal_code(postal_code) if postal_code else None
    if number is None and in_norway and location.municipality and not postal_code:
        number = _by_name().get(fold(location.municipality))
    country = None if in_norway or location.country is None else _capitalised(location.country)
    place = ", ".join(filter(None, (_capitalised(location.city or location.municipality), country)))
    return Workplace(place or None, location.address, postal_code, number)


@cache
def _by_name() -> dict[str, str]:
    """Municipalities by name; names that several share (Våler, Herøy) are left out."""
    named = Counter(fold(one.name) for one in municipalities())
    return {fold(one.name): one.number for one in municipalities() if named[fold(one.name)] == 1}


def _capitalised(name: str | None) -> str | None:
    """A name in capitals as it is written: MO I RANA becomes Mo i Rana; others are left alone."""
    if name is None or not name.isupper():
        return name
    words = name.lower().split()
    return " ".join(word if place and word in _SMALL_WORDS else _title(word) for place, word in enumerate(words))


def _title(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
