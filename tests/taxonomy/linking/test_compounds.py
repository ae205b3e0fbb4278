import pytest

from kompetanse.taxonomy.linking.compounds import Splitter
from kompetanse.taxonomy.linking.vocabulary import Counted

WORDS = "skip elektriker barnehage lærer laks filet arbeider industri fisk".replace("æ", "a").split()
SPLITTER = Splitter(Counted(WORDS))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("skipselektriker", ("skip", "elektriker")),
        ("fiskearbeider", ("fisk", "arbeider")),
        ("barnehagelarer", ("barnehage", "larer")),
        ("elektriker", ("elektriker",)),
        ("ukjentord", ("ukjentord",)),
        ("skip", ("skip",)),
    ],
)
def test_a_compound_is_taken_apart_by_known_words(word: str, parts: tuple[str, ...]) -> None:
    assert SPLITTER.split(word) == parts


def test_packed_words_answer_as_those_in_memory() -> None:
    counted = Counted([*WORDS, "skip og fisk"])
    packed = counted.packed()
    for word in (*WORDS, "og", "ski", "nei", ""):
        assert packed.count(word) == counted.count(word)
        assert packed.family(word) == counted.family(word)
