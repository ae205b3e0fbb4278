"""Where newcomers live and where positions are open, by place: no closer than a postal area, and nobody's address.

Nobody with a protected address is in it: of them no postal code is stored.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.codes.lists import fold
from kompetanse.codes.place_points import Point, points
from kompetanse.codes.travel import Leg, Place, TravelKind, legs, minutes, place_of, places
from kompetanse.errors import NotFound
from kompetanse.overview import queries, rules
from kompetanse.overview.service import household_numbers
from kompetanse.people.tables import Person

__all__ = ["MapOfPlaces", "PlaceCount", "PlacePeople", "Way", "map_of_places", "place_named", "read_place"]

DRAWN = frozenset({TravelKind.TUNNEL, TravelKind.FERRY, TravelKind.BOAT})
"""Ways that the map draws: those that are not simply roads."""


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """People and open positions in a place.

    `people` is None where the count is hidden; `few` where there is somebody, and so few that a map does not tell how
    many. `minutes` is the way from the municipality's centre, None where it is not known.
    """

    place: Place
    point: Point | None
    people: int | None
    few: bool
    positions: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Way:
    """A ferry, a boat or a tunnel, and the points of its two ends."""

    leg: Leg
    one: Point
    other: Point


@dataclass(frozen=True, slots=True)
class MapOfPlaces:
    """The places where anybody lives or any position is open, and all of the own municipality.

    `unplaced` people have no known place, or, where small counts are hidden, live outside of the municipality; `ways`
    are those between places that have points. `exact` as of `Figures`.
    """

    places: Sequence[PlaceCount]
    unplaced: int | None
    unplaced_positions: int
    ways: Sequence[Way]
    exact: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """An open vacancy in a place."""

    id: UUID
    title: str
    positions: int
    deadline: date | None


@dataclass(frozen=True, slots=True)
class PlacePeople:
    """A place, who lives there and which vacancies are open there; `people` None to whoever may not know them."""

    place: Place
    people: Sequence[Person] | None
    openings: Sequence[Opening]


def map_of_places(session: Session, actor: Actor) -> MapOfPlaces:
    """How many people and open positions are where.

    Raises:
        Forbidden: the actor reads no reports.
    """
    exact = actor.may(Operation.READ_PEOPLE)
    actor = actor.doing(Operation.READ_REPORTS)
    homes = session.execute(queries.homes(actor)).all()
    names = [one.name for one in places() if exact or one.municipality_no == actor.municipality_no]
    codes = [_home(one.postal_code) for one in homes]
    bars, _ = rules.counts(names, codes, household_numbers(homes), exact=exact)
    people = {bar.code: bar.people for bar in bars}
    positions: Counter[str] = Counter()
    for row in session.execute(queries.openings(actor)):
        positions[_work(row)] += row.positions
    audit.record(session, actor, "count", "person", (), ["places"])
    centre = place_of(None, actor.municipality_no)
    shown = [
        _counted(place, centre, people.get(place.name), positions[place.name])
        for place in places()
        if place.municipality_no == actor.municipality_no or people.get(place.name) or positions[place.name]
    ]
    return MapOfPlaces(
        shown,
        people[rules.NOT_STATED],
        positions[rules.NOT_STATED],
        _ways(),
        exact,
    )


def place_named(name: str) -> Place:
    """The place of a name. Raises NotFound."""
    found = next((one for one in places() if one.name == name), None)
    if found is None:
        raise NotFound("place")
    return found


def read_place(session: Session, actor: Actor, name: str) -> PlacePeople:
    """Who lives in a place, for whoever may know them, and which vacancies are open there.

    Raises:
        Forbidden: the actor reads no reports. NotFound: the list of places has no such name.
    """
    place = place_named(name)
    reporting = actor.doing(Operation.READ_REPORTS)
    rows = [row for row in session.execute(queries.openings(reporting)) if _work(row) == name]
    openings = [Opening(row.id, row.title, row.positions, row.deadline) for row in rows]
    if not actor.may(Operation.READ_PEOPLE):
        return PlacePeople(place, None, openings)
    actor = actor.doing(Operation.READ_PEOPLE)
    homes = {row.postal_code for row in session.execute(queries.homes(actor))}
    there = sorted(code for code in homes if _home(code) == name)
    people = session.exec(queries.residents(actor, there)).all() if there else []
    audit.record(session, actor, "list", "person", [one.id for one in people], ["place"])
    return PlacePeople(place, people, openings)


def _counted(place: Place, centre: Place | None, people: int | None, positions: int) -> PlaceCount:
    from_centre = minutes(centre, place)
    return PlaceCount(place, points().get(place.name), people, rules.few(people), positions, from_centre)


def _ways() -> list[Way]:
    at = points()
    return [
        Way(leg, at[leg.one.name], at[leg.other.name])
        for leg in legs()
        if leg.kind in DRAWN and leg.one.name in at and leg.other.name in at
    ]


def _home(postal_code: str | None) -> str | None:
    """The name of the place that a home is in; None where no postal code is stated."""
    found = place_of(postal_code) if postal_code else None
    return found.name if found else None


def _work(row: Any) -> str:  # noqa: ANN401 - a row of the open vacancies
    """The name of the place that a vacancy's work is in, by its postal code, else by what the place is called.

    Else it is the centre of the workplace's municipality, and "" where nothing of that is stated.
    """
    named = None if row.postal_code else _named(row.place, row.workplace_no or row.municipality_no)
    found = named or place_of(row.postal_code, row.workplace_no)
    return found.name if found else rules.NOT_STATED


def _named(text: str | None, municipality_no: str) -> Place | None:
    folded = fold(text or "")
    return next((one for one in places() if one.municipality_no == municipality_no and fold(one.name) == folded), None)
