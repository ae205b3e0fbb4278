from hypothesis import given
from hypothesis import strategies as st

from kompetanse.sharing.labels import Vocabulary, vocabulary
from tests.sharing.histories import TREES
from tests.sharing.registries import tree
from tests.sharing.towns import HIERARCHIES

WORDS = vocabulary(HIERARCHIES)
VALUES = st.tuples(*(st.sampled_from([path[0] for path in one.paths]) for one in HIERARCHIES))


@given(VALUES)
def test_every_coarser_label_covers_and_loses_more(values: tuple[str, ...]) -> None:
    ways = WORDS.coarser(values)
    losses = [WORDS.loss(way) for way in ways]
    assert (ways[0], ways[-1]) == (values, ("any", "any", "any"))
    assert losses == sorted(losses)
    assert all(WORDS.covers(way, values) for way in ways)
    assert len(set(ways)) == len(ways)


def test_a_code_of_two_digits_is_under_its_word_and_so_are_those_that_are_cut_to_it() -> None:
    assert all(WORDS.covers(("33", "B", "any"), (code, "B1", "not stated")) for code in ("33", "331", "3313"))
    assert not WORDS.covers(("3313", "B", "any"), ("33", "B1", "6"))
    assert not WORDS.covers(("33", "B", "high"), ("33", "B1", "not stated"))


def test_a_word_loses_by_the_leaves_that_it_covers() -> None:
    words = Vocabulary(TREES)
    assert words.loss(("1/0", "1/0")) == 0
    assert words.loss(("3/0", "2/0")) == (2 / 8 + 1 / 3) / 2
    assert words.loss(("9/0", "4/0")) == 1


def test_a_vocabulary_narrows_a_word_that_covers_less_or_is_gone() -> None:
    small, large = Vocabulary((tree("trade", 8, 3),)), Vocabulary((tree("trade", 9, 3),))
    assert small.narrows(("3/2",), former=large)
    assert small.narrows(("1/8",), former=large)
    assert not large.narrows(("3/2",), former=small)
    assert not small.narrows(("3/1",), former=large)
