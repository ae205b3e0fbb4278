import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.countries import Region, countries, countries_in, country, find_country, former_country
from kompetanse.errors import UnknownCode

FOUND = {
    "PL": ["Polen", "POLEN", "PL", "pl", "Poland", "Polska", "POL"],
    "LT": ["Litauen", "litauen ", "LT", "Lithuania", "Lietuva"],
    "SY": ["Syria", "SYRIA", "سوريا"],
    "PH": ["Filippinene", "Fillipinene", "Philippines"],
    "RO": ["Rumenia", "Romania", "România"],
    "UA": ["Ukraina", "Ukraine", "UA", "Україна"],
    "ER": ["Eritrea"],
    "NO": ["Norge", "Noreg", "Norway"],
    "GB": ["England", "Storbritannia"],
    "US": ["USA", "De forente stater"],
    "CI": ["Elfenbenskysten", "Cote d'Ivoire", "Côte d’Ivoire"],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in FOUND.items() for text in texts])
def test_a_country_is_found_as_people_write_it(code: str, text: str) -> None:
    assert find_country(text) == code


@pytest.mark.parametrize("text", ["", "ukjent", "Syria/Sverige", "?", "Skandinavia"])
def test_what_names_no_single_country_is_not_guessed(text: str) -> None:
    assert find_country(text) is None


@given(st.sampled_from(countries()), st.sampled_from([str.upper, str.lower, str.title, "  {} ".format]))
def test_every_name_finds_its_country_in_any_case(one: object, written: object) -> None:
    for text in (one.alpha2, one.name_nb, one.name_en):  # type: ignore[attr-defined]
        assert find_country(written(text)) == one.alpha2  # type: ignore[operator, attr-defined]


def test_the_list_is_iso_3166_and_kosovo() -> None:
    codes = [one.alpha2 for one in countries()]
    assert len(codes) == len(set(codes)) == 250
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert not set(codes) & {"AA", "ZZ", *("X" + letter for letter in string.ascii_uppercase if letter != "K")}


def test_the_eea_is_thirty_states() -> None:
    states = {one.alpha2 for one in countries() if one.eea}
    parts_of_states = {"AX", "GF", "GP", "MQ", "RE", "YT", "MF"}
    assert len(states - parts_of_states) == 30
    assert {"NO", "IS", "LI", "PL", "RO"} <= states
    assert not states & {"GB", "CH", "UA", "TR", "GL", "FO"}


def test_regions_follow_the_right_to_live_in_norway() -> None:
    assert country("SE").region is Region.NORDIC
    assert country("PL").region is Region.EEA
    assert country("UA").region is Region.EUROPE
    assert country("TR").region is Region.ASIA
    assert all(one.eea for one in countries() if one.region is Region.EEA)
    assert {one.region for one in countries()} == set(Region)
    assert len({region.name_nb for region in Region} | {region.name_en for region in Region}) > len(Region)


def test_an_unknown_code() -> None:
    with pytest.raises(UnknownCode, match="ISO 3166-1"):
        country("ZZ")


def test_every_country_is_in_one_region() -> None:
    assert sum(len(countries_in(region)) for region in Region) == len(countries())
    assert country("LT") in countries_in(Region.EEA)


def test_a_country_that_is_no_more_says_what_it_became() -> None:
    soviet = former_country("SU")
    assert (soviet.name_nb, soviet.valid_to.year) == ("Sovjetunionen", 1992)
    assert {"LT", "UA", "RU"} <= set(soviet.became)
    with pytest.raises(UnknownCode):
        former_country("NO")
