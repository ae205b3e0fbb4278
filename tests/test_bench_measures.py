"""The measures of the benchmarks, where a wrong number would not be seen."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.equals import compared
from tests.bench.fairness import TOP, in_some_top
from tests.bench.matching_quality import margin
from tests.bench.matching_rivals import first_ranks, jaccard, overlap, tf_idf


def ranks(scores: list[float], right: list[int]) -> float:
    return float(first_ranks(np.array([scores]), np.isin(np.arange(len(scores)), right)[None, :])[0])


def test_the_rank_is_that_of_the_best_right_one() -> None:
    assert ranks([0.9, 0.5, 0.7, 0.1], right=[1, 3]) == 3


def test_equals_share_the_mean_over_their_orders() -> None:
    assert ranks([0.5, 0.5, 0.5], right=[0]) == 2  # 1, 2 or 3
    assert ranks([0.5, 0.5, 0.5], right=[0, 1]) == pytest.approx((1 + 1 + 2) / 3)


def test_shared_skills_are_counted_once_each() -> None:
    held, asked = [["a", "b", "c"], ["x"]], [["a", "b"], ["c", "y"]]
    assert overlap(held, asked).tolist() == [[2, 1], [0, 0]]
    assert jaccard(held, asked).tolist() == [[2 / 3, 1 / 4], [0, 0]]


def test_a_rare_word_says_more_than_a_common_one() -> None:
    texts = ["fix engines", "fix roofs", "fix nets"]
    found = tf_idf(["Roofs, please: fix"], texts)[0]
    assert found.argmax() == 1
    assert 0 < found[0] < found[1] <= 1


def test_a_text_is_like_itself_and_unlike_what_shares_no_word() -> None:
    assert tf_idf(["bake bread", "nothing here"], ["bake bread", "sail"]) == pytest.approx(np.array([[1, 0], [0, 0]]))


def test_a_margin_is_over_the_best_of_the_others_pair_by_pair() -> None:
    mean, error = margin(np.array([1.0, 1.0, 0.0, 1.0]), [np.zeros(4), np.array([1.0, 0.0, 0.0, 0.0])])
    assert mean == 0.5
    assert error == pytest.approx(2 * np.std([0, 1, 0, 1], ddof=1) / 2)


def test_only_equals_are_compared() -> None:
    """Nurses of both groups: half as often. Cooks, all of one group, say nothing about either."""
    found = compared(
        values=[1, 0, 1, 1, 0, 0],
        groups=["a", "a", "b", "b", "a", "a"],
        classes=["nurse", "nurse", "nurse", "nurse", "cook", "cook"],
    )
    assert (found["a"].people, found["a"].rate, found["a"].of_equals, found["a"].ratio) == (2, 0.5, 1.0, 0.5)
    assert found["b"].ratio == 2.0


def test_the_equals_are_weighed_by_where_the_group_is() -> None:
    """Two of three of group a are cooks, whom nobody selects: so their equals' rate is a third."""
    found = compared([1, 1, 0, 0, 0], ["a", "b", "a", "a", "b"], ["nurse", "nurse", "cook", "cook", "cook"])
    assert found["a"].of_equals == pytest.approx(1 / 3)
    assert found["a"].ratio == pytest.approx(1.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from("ab"), st.sampled_from("xyz")), min_size=1, max_size=20))
def test_who_gets_the_same_as_everybody_is_alike(people: list[tuple[float, str, str]]) -> None:
    _, groups, classes = zip(*people, strict=True)
    for one in compared([0.5] * len(people), groups, classes).values():
        assert one.ratio == pytest.approx(1.0)
        assert one.chance == pytest.approx((1.0, 1.0))


def test_chance_deals_only_among_equals() -> None:
    """Where everything that a class gets is alike, no other dealing gives another ratio."""
    found = compared([1, 1, 0, 0], ["a", "b", "a", "b"], ["x", "x", "y", "y"])
    assert found["a"].chance == (1.0, 1.0)


def test_a_large_difference_is_outside_of_what_chance_gives() -> None:
    groups = ["a"] * 20 + ["b"] * 20
    found = compared([1] * 18 + [0] * 2 + [0] * 18 + [1] * 2, groups, ["x"] * 40)
    assert found["a"].ratio > found["a"].chance[1]
    assert found["b"].ratio < found["b"].chance[0]


def test_who_is_excluded_is_in_no_top() -> None:
    scores = np.full((TOP + 2, 1), 0.5)
    scores[0], scores[1] = -np.inf, 0.1
    counted = Counter(in_some_top(scores).tolist())
    assert counted == {1.0: TOP, 0.0: 2}
    assert in_some_top(np.array([[-np.inf], [0.2]])).tolist() == [0.0, 1.0]
