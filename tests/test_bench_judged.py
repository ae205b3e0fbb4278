"""The measures of agreement with judged matches."""

import pytest

from tests.bench.matching_judged import GRADES, judged, kappa, ndcg


def test_a_perfect_order_is_one_and_the_worst_is_less() -> None:
    assert ndcg([3, 2, 1, 0]) == 1.0
    assert ndcg([0, 1, 2, 3]) == pytest.approx(0.548, abs=1e-3)
    assert ndcg([0, 0]) == 1.0


def test_only_the_first_places_count() -> None:
    assert ndcg([0] * 10 + [3]) == 0.0


def test_agreement_beyond_chance() -> None:
    assert kappa([(grade, grade) for grade in range(GRADES)]) == 1.0
    assert kappa([(0, 3), (3, 0)]) == -1.0


def test_the_fixture_has_sixty_pairs_each_judged_twice() -> None:
    pairs = judged()
    assert len({(one.vacancy_id, one.person_id) for one in pairs}) == len(pairs) == 60
    assert {grade for one in pairs for grade in (one.first, one.second)} == set(range(GRADES))
