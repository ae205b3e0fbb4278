import numpy as np
import pytest

from kompetanse.taxonomy.semantic.mapping import Vectors, apply, learn, normalised

RANDOM = np.random.default_rng(7)
D = 8


def unit(rows: int) -> Vectors:
    return normalised(RANDOM.standard_normal((rows, D)).astype(np.float32))


def turned(vectors: Vectors) -> Vectors:
    """The same things as another language has them: turned round and moved aside."""
    turn, _ = np.linalg.qr(np.random.default_rng(1).standard_normal((D, D)))
    moved: Vectors = (vectors @ turn + 0.3).astype(np.float32)
    return moved


def test_a_map_learnt_from_some_names_fits_others() -> None:
    english = unit(300)
    learnt = learn(turned(english), english, 1e-6)
    unseen = unit(50)
    assert np.allclose(apply(learnt, turned(unseen)), unseen, atol=1e-3)


def test_languages_that_lie_together_already_are_left_there() -> None:
    same = unit(40)
    learnt = learn(same, same)
    assert np.allclose(learnt[:-1], np.eye(D), atol=1e-5)
    assert np.allclose(learnt[-1], 0, atol=1e-5)


def test_the_stronger_the_ridge_the_less_is_turned() -> None:
    english = unit(20)
    foreign = turned(english)
    strayed = [np.linalg.norm(learn(foreign, english, ridge)[:-1] - np.eye(D)) for ridge in (0.01, 1, 100, 1e6)]
    assert strayed == sorted(strayed, reverse=True)
    assert strayed[-1] < 1e-3


def test_two_names_teach_a_map_that_is_still_one() -> None:
    assert np.isfinite(learn(unit(2), unit(2))).all()


@pytest.mark.parametrize("rows", [0, 1, 5])
def test_what_comes_out_has_length_1(rows: int) -> None:
    lengths = np.linalg.norm(apply(learn(unit(9), unit(9)), unit(rows)), axis=1)
    assert np.allclose(lengths, 1, atol=1e-5)


def test_nothing_stays_nothing() -> None:
    assert not normalised(np.zeros((2, D), np.float32)).any()
