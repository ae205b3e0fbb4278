"""How long it takes to get from place to place by road and ferry, around Frøya and Hitra; knows no timetable.

Minutes are estimates, the same in both directions: see the heads of `data/travel.csv` and `data/travel_places.csv`. An
operator can lay better ones of the same names in the folder of refreshed lists. What is not known is never "too far".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kompetanse.codes.lists import kept, read_list
from kompetanse.codes.municipalities import by_postal_code

UNKNOWN = -1
"""The row of a place that is not in the list, and the minutes to it: less than any limit, so never too far."""

# More than any journey here, and small enough that two of them can be added.
_NO_WAY = np.iinfo(np.int16).max


class TravelKind(StrEnum):
    """How a leg is travelled."""

    ROAD = "road"
    TUNNEL = "tunnel"  # a road under the sea
    FERRY = "ferry"  # carries cars
    BOAT = "boat"  # passengers only


@dataclass(frozen=True, slots=True)
class Place:
    """A place: `row` is its row and column in `matrix()`; no `postal_codes` for a municipality's centre."""

    name: str
    municipality_no: str
    postal_codes: tuple[str, ...]
    row: int

    @property
    def is_centre(self) -> bool:
        """Whether the place stands for every part of its municipality that is no place of its own."""
        return not self.postal_codes


@dataclass(frozen=True, slots=True)
class Leg:
    """A way between two neighbouring places, in minutes from door to door with the mean wait at a quay."""

    one: Place
    other: Place
    kind: TravelKind
    minutes: int


@kept
def places() -> tuple[Place, ...]:
    """Every place, in the order of the rows of `matrix()`."""
    return tuple(
        Place(name, number, tuple(codes.split()), row)
        for row, (name, number, codes) in enumerate(read_list("travel_places"))
    )


@kept
def legs() -> tuple[Leg, ...]:
    """Every way between neighbours, once."""
    named = {place.name: place for place in places()}
    return tuple(
        Leg(named[one], named[other], TravelKind(kind), int(minutes))
        for one, other, kind, minutes in read_list("travel")
    )


def place_of(postal_code: str | None, municipality_no: str | None = None) -> Place | None:
    """The place of a postal code, else the centre of the municipality that it lies in, else of the one that is given.

    None where the list has neither; a known postal code of a municipality outside the list is None, whichever
    municipality is given with it.
    """
    code = (postal_code or "").strip()
    if code in _by_postal_code():
        return _by_postal_code()[code]
    return _centres().get(by_postal_code(code) or municipality_no or "")


def minutes(one: Place | None, other: Place | None) -> int | None:
    """The quickest way between two places; 0 within one, None where a place or the way is not known."""
    found = int(matrix()[UNKNOWN if one is None else one.row, UNKNOWN if other is None else other.row])
    return None if found == UNKNOWN else found


@kept
def matrix() -> NDArray[np.int16]:
    """Minutes between all places: int16[L + 1, L + 1], symmetric, read-only; UNKNOWN where there is no way.

    The last row and column are those of a place that is not in the list, so that the row UNKNOWN finds them.
    """
    direct = np.full((len(places()), len(places())), _NO_WAY, dtype=np.int32)
    np.fill_diagonal(direct, 0)
    for leg in legs():
        direct[leg.one.row, leg.other.row] = direct[leg.other.row, leg.one.row] = leg.minutes
    quickest = _shortest(direct)
    quickest[quickest >= _NO_WAY] = UNKNOWN
    framed = np.pad(quickest, (0, 1), constant_values=UNKNOWN).astype(np.int16)
    framed.flags.writeable = False
    return framed


def _shortest(direct: NDArray[np.int32]) -> NDArray[np.int32]:
    """The shortest way between all pairs, by Floyd and Warshall: [L, L] to [L, L], in L³ steps."""
    found = direct.copy()
    for via in range(len(found)):
        np.minimum(found, found[:, via, None] + found[via], out=found)
    return found


@kept
def _by_postal_code() -> Mapping[str, Place]:
    return {code: place for place in places() for code in place.postal_codes}


@kept
def _centres() -> Mapping[str, Place]:
    return {place.municipality_no: place for place in places() if place.is_centre}
