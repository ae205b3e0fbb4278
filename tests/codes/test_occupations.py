import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.occupations import (
    ancestors,
    is_occupation,
    normalise_styrk,
    occupation,
    occupations,
    parent_of,
    skill_level,
)
from kompetanse.errors import UnknownCode
from tests.codes import sources

ALL = [one.code for one in occupations()]


def test_the_list_is_the_official_one() -> None:
    official = sources.styrk()
    assert {(code, occupation(code).name_nb) for code, _ in official} == set(official)
    assert len(ALL) == 582


@given(st.sampled_from(ALL))
def test_every_group_lies_in_its_parent(code: str) -> None:
    above = ancestors(code)
    assert len(above) == occupation(code).level - 1
    assert all(is_occupation(parent) and code.startswith(parent) for parent in above)


def test_the_parent_is_the_official_one() -> None:
    assert all(parent_of(code) == parent for code, parent in sources.styrk_parents())
    assert parent_of("2") is None


def test_ancestors_come_nearest_first() -> None:
    assert ancestors("2223") == ("222", "22", "2")
    with pytest.raises(UnknownCode):
        ancestors("22231")


@pytest.mark.parametrize(
    ("code", "level"),
    {"2223": 4, "3313": 3, "7212": 2, "9112": 1, "1120": 4, "1412": 3, "0310": 1, "1": None, "0000": None}.items(),
)
def test_the_skill_level_is_that_of_isco(code: str, level: int | None) -> None:
    assert skill_level(code) == level


@given(st.sampled_from([code for code in ALL if len(code) == 4 and not code.startswith("00")]))
def test_a_code_is_read_in_every_way_it_is_written(code: str) -> None:
    name = occupation(code).name_nb
    for written in (code, f" {code} ", f"{code[:2]}.{code[2:]}", f"{code}.01", f"{code}.0", f"{code} {name}"):
        assert normalise_styrk(written) == code


@pytest.mark.parametrize("text", ["ukjent", "", "0000", "9999", "12345", "1.2.3", "-", "sykepleier 2223", "٢٢٢٣"])
def test_what_is_no_occupation_is_not_stated(text: str) -> None:
    assert normalise_styrk(text) is None


@given(st.text(max_size=10))
def test_reading_a_code_never_fails_and_gives_only_codes(text: str) -> None:
    code = normalise_styrk(text)
    assert code is None or is_occupation(code)


def test_every_group_has_a_name_in_english() -> None:
    assert [one.code for one in occupations() if not one.name_en] == []
    assert (occupation("2411").name_en, occupation("2223").name_en) == ("Accountants", "Nurses")
    # groups that STYRK-08 means otherwise than ISCO-08 by the same code
    assert occupation("2267").name_en == "Occupational therapists"
    assert occupation("3254").name_en == "Opticians"
    assert occupation("6222").name_en == "Fishers"
