from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from kompetanse.errors import Invalid
from kompetanse.sharing.classes import SizeBand
from kompetanse.sharing.skill_groups import GroupFact, facts, keep_common
from kompetanse.sharing.verify import Unsafe, demand_km, fewest_together
from tests.sharing.registries import Ints, skilled

Bools = NDArray[np.bool_]
SIZES = st.integers(0, 60)


@st.composite
def registers(draw: st.DrawFn) -> tuple[Bools, Ints]:
    """Who holds which of six groups, and the unit of each."""
    n = draw(SIZES)
    return draw(arrays(bool, (n, 6))), draw(arrays(np.int64, n, elements=st.integers(0, 40)))


def rarest(held: Bools, units: Ints, m: int) -> int | None:
    """The fewest units of any set of up to m, counted one by one."""
    of_unit: dict[int, set[int]] = {}
    for row, unit in zip(held, units.tolist(), strict=True):
        of_unit.setdefault(unit, set()).update(np.flatnonzero(row).tolist())
    sets = [one for size in range(1, m + 1) for one in combinations(range(held.shape[1]), size)]
    counts = [sum(set(one) <= groups for groups in of_unit.values()) for one in sets]
    return min((count for count in counts if count), default=None)


@given(registers(), st.integers(5, 9), st.integers(1, 2))
def test_every_set_that_is_kept_is_held_by_k_units(register: tuple[Bools, Ints], k: int, m: int) -> None:
    held, units = register
    made = keep_common(held, k, m=m, units=units)
    fewest = rarest(made.kept, units, m)
    assert fewest is None or fewest >= k
    assert not (made.kept & ~held).any()
    assert 0 <= made.share <= 1


@given(registers())
def test_nothing_that_is_left_out_could_have_stayed(register: tuple[Bools, Ints]) -> None:
    held = register[0]
    made = keep_common(held, 5)
    alone = np.arange(len(held))
    for row, column in zip(*np.nonzero(held & ~made.kept), strict=True):
        back = made.kept.copy()
        back[row, column] = True
        fewest = rarest(back, alone, 2)
        assert fewest is not None
        assert fewest < 5


@given(registers(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(register: tuple[Bools, Ints], chance: object) -> None:
    held, units = register
    order = list(range(len(held)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    one, other = keep_common(held, 5, units=units), keep_common(held[order], 5, units=units[order])
    assert one.kept[order].tolist() == other.kept.tolist()


@given(registers(), st.integers(1, 3))
def test_the_verifier_counts_as_one_would_by_hand(register: tuple[Bools, Ints], m: int) -> None:
    held, units = register
    assert fewest_together(held, m=m, units=units) == rarest(held, units, m)
    assert fewest_together(held, m=m) == rarest(held, np.arange(len(held)), m)


def test_a_pair_of_four_is_parted_and_both_stay_with_the_others() -> None:
    held = np.array([[True, True]] * 4 + [[True, False]] * 9 + [[False, True]] * 8)
    made = keep_common(held, 5)
    assert made.kept.sum(axis=0).tolist() == [13, 8]  # the rarer of the two is left out
    assert made.share == pytest.approx(21 / 25)
    assert facts(made.kept, ["care", "baking"], 5) == (
        GroupFact(("baking",), SizeBand.FROM_5),
        GroupFact(("care",), SizeBand.FROM_10),
    )


def test_a_household_holds_what_its_members_hold_and_counts_once() -> None:
    held = np.array([[True, False], [False, True]] * 5)
    couples = np.repeat(np.arange(5), 2)
    assert facts(keep_common(held, 5, units=couples).kept, ["a", "b"], 5, units=couples) == (
        GroupFact(("a",), SizeBand.FROM_5),
        GroupFact(("a", "b"), SizeBand.FROM_5),
        GroupFact(("b",), SizeBand.FROM_5),
    )
    assert not keep_common(held, 5, units=np.repeat(np.arange(2), 5)).kept.any()


def test_a_rare_pair_stops_the_release() -> None:
    held = np.array([[True, True]] * 4 + [[True, False]] * 9 + [[False, True]] * 8)
    with pytest.raises(Unsafe, match="fewer than 5"):
        demand_km(held, 5)
    with pytest.raises(Unsafe):
        facts(held, ["care", "baking"], 5)
    assert demand_km(held, 5, m=1) == 12
    assert facts(held, ["care", "baking"], 5, m=1)


def test_what_does_not_fit_together_is_refused() -> None:
    held = np.zeros((9, 2), dtype=bool)
    with pytest.raises(Invalid, match="at least 5"):
        keep_common(held, 4)
    for m in (0, 3):
        with pytest.raises(Invalid, match="m must be"):
            keep_common(held, 5, m=m)
    with pytest.raises(Invalid, match="Whether each record"):
        keep_common(held.astype(np.int64), 5)
    with pytest.raises(Invalid, match="One value a record"):
        keep_common(held, 5, units=np.zeros(8, dtype=np.int64))
    for names in (["a"], ["a", "a"]):
        with pytest.raises(Invalid, match="One name a group"):
            facts(held, names, 5)


def test_most_of_what_a_municipality_knows_is_kept() -> None:
    assert keep_common(skilled(), 5).share >= 0.75
