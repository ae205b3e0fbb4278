import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.competence import parts
from kompetanse.competence.accepting import Given
from kompetanse.competence.extracting.extraction import extract
from kompetanse.competence.extracting.written import Written
from kompetanse.competence.service import ProfilePart
from kompetanse.taxonomy.lexicon import starter_lexicon

GIVEN = Given(date(2026, 6, 1), starter_lexicon())
WORDS = (
    "kokk", "księgowa", "медсестра", "طباخ", "10 lat", "5 år", "2009–2015", "mai 2012 - nå", "siden 2015", "norsk",
    "B1", "polski", "ojczysty", "førerkort", "kat. B, C", "T1-T4", "D5L", "ikke", "nie", "vil ut av", "fisken",
    "vil bli", "\n", "\n\n", ",", ".", ":", "Språk:", "Arbeidserfaring", "Освіта", "Ferdigheter:", "Kurs", "Hobby",
    "magister", "2005", "Excel", "hos SalMar AS", "i Litauen", "–", "(", ")", "/", "1/2", "31.02.2015",
    "B1 B1 A2 A2 A2", "e\u0301", "İ", "ß",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_gives_suggestions_that_a_profile_accepts(text: str) -> None:
    found = extract(text, GIVEN)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert 0 < one.sure <= 1
        parts.check(one.part, one.fields, GIVEN)
    assert found == extract(text, GIVEN)
    assert [one.start for one in found] == sorted(one.start for one in found)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_two_of_a_part_share_words_but_those_of_one_list_of_classes(text: str) -> None:
    found = extract(text, GIVEN)
    for part in ProfilePart:
        spans = sorted({(one.start, one.end) for one in found if one.part is part})
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
        if part is not ProfilePart.LICENCES:
            assert len(spans) == sum(one.part is part for one in found)
        keys = [one.key for one in found if one.part is part]
        assert len(set(keys)) == len(keys)


@given(st.text(max_size=200))
def test_every_letter_knows_where_it_came_from(text: str) -> None:
    written = Written.of(text)
    assert len(written.folded) == len(written.starts) == len(written.ends)
    assert list(written.starts) == sorted(written.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(written.starts, written.ends, strict=True))


@pytest.mark.parametrize(
    "repeated",
    ["Kokk hos Frøya hotell 2009–2015, norsk B1. ", "kokk 5 år, ", "2010-", "b1 ", "førerkort b, ", "a", "1", ". "],
)
def test_the_longest_text_takes_little_time(repeated: str) -> None:
    extract("kokk 5 år", GIVEN)  # lists are read once
    text = (repeated * 50_000)[:50_000]
    began = time.process_time()
    extract(text, GIVEN)
    assert time.process_time() - began < 4  # two seconds, and as much for a slower machine
