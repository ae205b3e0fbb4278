import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.taxonomy.linking.normalising import ALPHABET, fold, tidy

ANY_TEXT = st.one_of(st.text(max_size=40), st.text(alphabet="aeouæøåüłżщьاةى?-'’/ ", max_size=30))


@given(ANY_TEXT)
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert set(folded) <= set(ALPHABET)
    assert folded == folded.strip()


@pytest.mark.parametrize(
    "spellings",
    [
        ("lærer", "laerer", "LARER", "lærer."),
        ("Žuvies apdorojimo", "zuvies  apdorojimo"),
        ("sjåfør", "sjaafoer", "sjafor"),
        ("медсестра", "medsestra"),
        ("الممرضة", "ممرضه"),
        ("C++", "c++"),
    ],
)
def test_spellings_of_the_same_meet(spellings: tuple[str, ...]) -> None:
    assert len({fold(one) for one in spellings}) == 1


def test_a_question_mark_counts_only_where_it_may_be_a_letter() -> None:
    assert fold("ksi?gowa") == "ksi?gowa"
    assert fold("norsk?") == "norsk"
    assert fold("buhalter?", all_lost=True) == "buhalter?"
    assert tidy("ÅR?") == "år"
    assert fold("?? ??") == ""
