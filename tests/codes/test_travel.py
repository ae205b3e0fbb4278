from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.lists import forget, head, shipped_text
from kompetanse.codes.municipalities import by_postal_code, is_municipality
from kompetanse.codes.travel import UNKNOWN, Place, TravelKind, legs, matrix, minutes, place_of, places

PLACES = st.sampled_from(places())


def named(name: str) -> Place:
    return next(place for place in places() if place.name == name)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Sistranda", "Hamarvik", 5, 10),
        ("Sistranda", "Fillan", 35, 50),
        ("Sistranda", "Titran", 35, 55),
        ("Fillan", "Trondheim", 120, 160),
        ("Fillan", "Orkanger", 75, 105),
        ("Kyrksæterøra", "Orkanger", 50, 65),
        ("Orkanger", "Trondheim", 35, 45),
        ("Brekstad", "Trondheim", 60, 120),
        ("Kristiansund", "Smøla", 70, 130),
        ("Sistranda", "Mausund", 45, 75),
        ("Sistranda", "Trondheim", 150, 200),
    ],
)
def test_known_journeys_take_about_what_people_say(one: str, other: str, least: int, most: int) -> None:
    found = minutes(named(one), named(other))
    assert found is not None
    assert least <= found <= most


@given(PLACES, PLACES, PLACES)
def test_a_way_is_as_long_back_and_no_detour_is_shorter(one: Place, via: Place, other: Place) -> None:
    there, back = minutes(one, other), minutes(other, one)
    first, second = minutes(one, via), minutes(via, other)
    assert there is not None
    assert first is not None
    assert second is not None
    assert there == back
    assert there <= first + second
    assert (there == 0) == (one == other)


def test_no_way_is_longer_than_its_leg_and_every_leg_is_stated_once() -> None:
    for leg in legs():
        found = minutes(leg.one, leg.other)
        assert found is not None
        assert 0 < found <= leg.minutes
        assert leg.minutes % 5 == 0
    assert len({frozenset((leg.one.name, leg.other.name)) for leg in legs()}) == len(legs())


def test_every_place_is_reached_and_the_islands_only_by_sea() -> None:
    assert all(minutes(places()[0], place) is not None for place in places())
    for island in ("Sula", "Bogøyvær", "Mausund", "Gjæsingen", "Sørburøy", "Sauøy", "Smøla", "Tarva", "Leksa"):
        kinds = {leg.kind for leg in legs() if island in (leg.one.name, leg.other.name)}
        assert kinds
        assert kinds <= {TravelKind.FERRY, TravelKind.BOAT}


def test_hitra_is_left_for_froya_through_a_tunnel_alone() -> None:
    across = [leg for leg in legs() if {leg.one.municipality_no, leg.other.municipality_no} == {"5014", "5056"}]
    assert {leg.kind for leg in across} == {TravelKind.TUNNEL}


def test_places_lie_where_the_register_of_postal_codes_says() -> None:
    for place in places():
        assert is_municipality(place.municipality_no)
        assert all(by_postal_code(code) == place.municipality_no for code in place.postal_codes)
    codes = [code for place in places() for code in place.postal_codes]
    assert len(set(codes)) == len(codes)
    assert len({place.name for place in places()}) == len(places())


def test_every_municipality_of_the_list_has_one_centre() -> None:
    centres = [place.municipality_no for place in places() if place.is_centre]
    assert sorted(centres) == sorted({place.municipality_no for place in places()})
    assert {"5014", "5056", "5055", "5059", "1573", "1576", "5057", "5001", "5029", "5028", "1505"} <= set(centres)


@pytest.mark.parametrize(
    ("postal_code", "municipality_no", "place"),
    [
        ("7263", None, "Hamarvik"),
        (" 7280 ", "5014", "Sula"),
        ("7260", None, "Sistranda"),  # no place of its own: the centre
        ("7030", None, "Trondheim"),
        (None, "5056", "Fillan"),
        ("9998", "5056", "Fillan"),  # a code that the register does not have
        ("", "5014", "Sistranda"),
        ("7263", "5001", "Hamarvik"),  # the postal code is the more exact of the two
    ],
)
def test_a_place_is_found_by_its_postal_code_else_by_its_municipality(
    postal_code: str | None, municipality_no: str | None, place: str
) -> None:
    assert place_of(postal_code, municipality_no) == named(place)


@pytest.mark.parametrize(
    ("postal_code", "municipality_no"), [(None, None), ("0150", None), ("0150", "5014"), (None, "0301"), ("5014", None)]
)
def test_what_the_list_does_not_have_is_no_place(postal_code: str | None, municipality_no: str | None) -> None:
    assert place_of(postal_code, municipality_no) is None
    assert minutes(place_of(postal_code, municipality_no), named("Fillan")) is None


def test_the_matrix_says_what_single_pairs_say_and_unknown_is_never_too_far() -> None:
    table = matrix()
    assert table.shape == (len(places()) + 1, len(places()) + 1)
    assert table.dtype == np.int16
    for one in places():
        assert [int(cell) for cell in table[one.row, :-1]] == [minutes(one, other) for other in places()]
    assert (table[UNKNOWN] == UNKNOWN).all()
    assert (table[:, UNKNOWN] == UNKNOWN).all()
    assert (table[UNKNOWN] <= 0).all()
    with pytest.raises(ValueError, match="read-only"):
        table[0, 0] = 1


def test_an_operators_own_list_is_read_in_place_of_the_shipped_one(folder: Path) -> None:
    own = shipped_text("travel").split("Sistranda;Hamarvik")[0] + "Sistranda;Hamarvik;road;5\n"
    (folder / "travel.csv").write_text(own, "utf-8")
    forget()
    assert minutes(named("Sistranda"), named("Hamarvik")) == 5
    assert minutes(named("Sistranda"), named("Fillan")) is None


def test_the_lists_say_that_the_minutes_are_estimates() -> None:
    assert "to be checked" in head(shipped_text("travel")).source
    assert head(shipped_text("travel_places")).source
