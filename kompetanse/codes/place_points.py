"""Where the places of `travel` lie on a map, roughly; a place that is not in the list has no point."""

from collections.abc import Mapping
from dataclasses import dataclass

from kompetanse.codes.lists import kept, read_list


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east (WGS 84)."""

    north: float
    east: float


@kept
def points() -> Mapping[str, Point]:
    """The point of each place that has one, by the place's name."""
    return {name: Point(float(north), float(east)) for name, north, east in read_list("place_points")}
