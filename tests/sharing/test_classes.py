import json
import re
from dataclasses import asdict, fields
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.errors import Invalid
from kompetanse.sharing import classes
from kompetanse.sharing.classes import (
    SIZE_BANDS,
    Publication,
    ShareableProfile,
    SharedClass,
    SizeBand,
    publish,
    size_band,
)
from kompetanse.sharing.generalise import Generalisation
from kompetanse.sharing.verify import Unsafe
from tests.sharing.registries import UNIT_GROUPS, alike, covers, municipality, profile, registries, units_of

LEAST = {SizeBand.FROM_5: 5, SizeBand.FROM_10: 10, SizeBand.FROM_20: 20, SizeBand.FROM_50: 50}


def finer(one: SharedClass, other: SharedClass, people: list[ShareableProfile]) -> bool:
    """Whether a class covers a part of what another covers, as far as these people show."""
    inside = {number for number, person in enumerate(people) if covers(one, person)}
    around = {number for number, person in enumerate(people) if covers(other, person)}
    return inside < around


@given(registries(), st.integers(5, 12))
def test_no_class_fits_fewer_units_than_k_or_than_its_band_says(people: list[ShareableProfile], k: int) -> None:
    for shared in publish(people, k).classes:
        fitting = units_of(person for person in people if covers(shared, person))
        assert fitting >= k
        assert fitting >= LEAST[shared.size_band]


@given(registries(UNIT_GROUPS))
def test_taking_all_finer_classes_from_a_coarser_one_leaves_k(people: list[ShareableProfile]) -> None:
    shared = publish(people, 5).classes
    for coarse in shared:
        nested = [one for one in shared if one != coarse and finer(one, coarse, people)]
        left = [
            person for person in people if covers(coarse, person) and not any(covers(one, person) for one in nested)
        ]
        assert units_of(left) >= 5


@given(registries())
def test_the_bands_never_add_up_to_more_than_there_are(people: list[ShareableProfile]) -> None:
    publication = publish(people, 5)
    described = len(people) - publication.suppressed
    assert sum(LEAST[shared.size_band] for shared in publication.classes) <= described
    assert bool(publication.classes) == (described > 0) == (units_of(people) >= 5)


@given(registries(), st.randoms(use_true_random=False))
def test_the_order_of_the_people_does_not_show(people: list[ShareableProfile], chance: Random) -> None:
    shuffled = chance.sample(people, len(people))
    assert publish(shuffled, 5) == publish(people, 5)


@given(registries(), st.integers(1, 2**64))
def test_which_ids_the_units_have_does_not_show(people: list[ShareableProfile], offset: int) -> None:
    renamed = [
        ShareableProfile(type(one.unit)(int=one.unit.int ^ offset), one.occupation, one.norwegian, one.education)
        for one in people
    ]
    assert publish(renamed, 5) == publish(people, 5)


@given(registries())
def test_classes_come_in_the_order_of_their_values_and_each_description_once(people: list[ShareableProfile]) -> None:
    shared = publish(people, 5).classes
    said = [(one.occupation, one.norwegian, one.education) for one in shared]
    assert said == sorted(set(said))


def test_accountants_are_found_at_the_finest_level_that_is_safe() -> None:
    people = alike(12) + [profile(20 + n, "3313", Cefr.B2, EducationLevel.MASTER) for n in range(4)]
    people += [profile(30 + n, "3311", Cefr.B2, EducationLevel.MASTER) for n in range(3)]
    assert publish(people, 5) == Publication(
        (
            SharedClass("331", "B2", "7", SizeBand.FROM_5),
            SharedClass("3313", "B1", "6", SizeBand.FROM_10),
        ),
        suppressed=0,
    )


def test_four_people_are_told_of_to_nobody() -> None:
    assert publish(alike(4), 5) == Publication((), suppressed=4)


def test_a_household_counts_as_one_in_the_floor_and_in_the_band() -> None:
    assert publish([*alike(4), *[profile(3) for _ in range(20)]], 5) == Publication((), suppressed=24)
    shared = publish([*alike(5), *[profile(3) for _ in range(20)]], 5).classes
    assert [one.size_band for one in shared] == [SizeBand.FROM_5]


def test_a_larger_k_makes_no_small_band() -> None:
    bands = {one.size_band for one in publish(municipality(850), 10).classes}
    assert bands
    assert SizeBand.FROM_5 not in bands


def test_not_stated_is_said_as_such_and_never_taken_for_the_lowest() -> None:
    unknown = [profile(n, None, None, None) for n in range(6)]
    lowest = [profile(10 + n, "9329", Cefr.A1, EducationLevel.NONE) for n in range(6)]
    said = [(one.occupation, one.norwegian, one.education) for one in publish(unknown + lowest, 5).classes]
    assert said == [("9329", "A1", "0"), ("not stated", "not stated", "not stated")]


def test_an_occupation_that_could_not_be_identified_is_not_stated() -> None:
    assert publish(alike(3, occupation="0000") + alike(3, 10, None), 5).classes[0].occupation == "not stated"


def test_two_digit_codes_and_codes_cut_to_two_digits_are_one_class() -> None:
    """Told apart, their sizes would show how many were known to two digits only."""
    people = alike(6, occupation="33") + alike(3, 10, "3313") + alike(3, 20, "3323")
    assert publish(people, 5).classes == (SharedClass("33", "B1", "6", SizeBand.FROM_10),)


@pytest.mark.parametrize(("occupation", "level"), [("3313", 4), ("3", 1), ("any", 0), ("not stated", 0)])
def test_the_level_of_an_occupation_is_its_digits(occupation: str, level: int) -> None:
    assert SharedClass(occupation, "B", "high", SizeBand.FROM_5).occupation_level == level


def test_a_code_of_no_list_is_refused() -> None:
    with pytest.raises(Invalid, match="Not a value of occupation"):
        publish(alike(5, occupation="3399"), 5)


def test_k_below_the_floor_is_refused_even_for_nobody() -> None:
    with pytest.raises(Invalid, match="at least 5"):
        publish([], 4)
    assert publish([], 5) == Publication((), 0)


# ------------------------------------------------------------------ what a class can hold at all


def test_a_class_has_no_field_for_a_name_an_id_a_date_or_a_text() -> None:
    assert {field.name for field in fields(SharedClass)} == {"occupation", "norwegian", "education", "size_band"}
    assert not hasattr(SharedClass("3313", "B1", "6", SizeBand.FROM_5), "__dict__")


@pytest.mark.parametrize("smuggled", ["Rasa", "1984-05-03", "018f3c1e-0000-7000-8000-000000000001", "", "850"])
@pytest.mark.parametrize("column", ["occupation", "norwegian", "education", "size_band"])
def test_nothing_but_generalised_values_can_be_put_in(smuggled: str, column: str) -> None:
    values = {"occupation": "3313", "norwegian": "B1", "education": "6", "size_band": SizeBand.FROM_5}
    with pytest.raises(Invalid):
        SharedClass(**(values | {column: smuggled}))  # type: ignore[arg-type]


def test_the_payload_holds_no_id_date_count_or_text() -> None:
    people = municipality(850)
    payload = json.dumps([asdict(one) for one in publish(people, 5).classes], ensure_ascii=False)
    assert not re.search(r"[0-9a-f]{8}-?[0-9a-f]{4}|\d{4}-\d\d|\d\d\.\d\d|\d{5,}", payload)
    assert not any(str(one.unit) in payload or one.unit.hex in payload for one in people)
    words = set(re.findall(r'"([^"]*)"', payload))
    keys = {"occupation", "norwegian", "education", "size_band"}
    closed = {*keys, *SIZE_BANDS, *Cefr, *"ABC", *"0123456789", "low", "mid", "high", "any", "not stated"}
    assert all(word in closed or re.fullmatch(r"\d{2,4}", word) for word in words)


@pytest.mark.parametrize(
    ("units", "band"), [(5, "5–9"), (9, "5–9"), (10, "10–19"), (19, "10–19"), (20, "20–49"), (49, "20–49"), (50, "50+")]
)
def test_bands_begin_and_end_where_they_say(units: int, band: str) -> None:
    assert size_band(units) == band


def test_there_is_no_band_for_few() -> None:
    with pytest.raises(Invalid, match="Too few"):
        size_band(4)


# ------------------------------------------------------------------ when the generalisation is wrong


def test_classes_that_are_too_small_do_not_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    def everybody_as_they_are(records: np.ndarray, *_: object, **__: object) -> Generalisation:
        return Generalisation(np.zeros(records.shape, dtype=np.int8), np.arange(len(records)), 0.0)

    monkeypatch.setattr(classes, "generalise", everybody_as_they_are)
    with pytest.raises(Unsafe):
        publish(municipality(60), 5)
