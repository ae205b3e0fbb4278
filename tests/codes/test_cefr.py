import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr, CefrBand, band, meets, names


def test_the_levels_are_in_the_order_of_the_framework() -> None:
    assert sorted(Cefr) == list(Cefr) == ["A1", "A2", "B1", "B2", "C1", "C2"]


@given(st.sampled_from(Cefr), st.sampled_from(Cefr))
def test_a_level_meets_its_own_and_lower_requirements(required: Cefr, has: Cefr) -> None:
    order = list(Cefr)
    assert meets(required, has) == (order.index(has) >= order.index(required))


@pytest.mark.parametrize("required", list(Cefr))
def test_a_level_that_is_not_stated_meets_nothing(required: Cefr) -> None:
    assert not meets(required, None)


def test_two_levels_make_a_band() -> None:
    assert [band(level) for level in Cefr] == [one for one in CefrBand for _ in range(2)]
    assert len({names(one) for one in (*Cefr, *CefrBand)}) == 9
