from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.competence.accepting import Given
from kompetanse.feeds.requirements import requirements
from kompetanse.taxonomy.lexicon import starter_lexicon


def found(*lines: str, title: str = "Kokk") -> list[str]:
    text = "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    given_ = Given(date(2026, 2, 1), starter_lexicon())
    return [f"{one.key}{' (wished)' if one.wished else ''}" for one in requirements(title, text, given_)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Førerkort klasse B", ["licence:driving:B"]),
        ("Førerkort klasse B er en fordel", []),
        ("Truckførerbevis T1 og T4", ["licence:truck:T1", "licence:truck:T4"]),
        ("Norsk muntlig og skriftlig, minst nivå B2", ["language:B2:nor"]),
        ("Norsk på nivå B1 er ønskelig", ["language:B1:nor (wished)"]),
        ("Autorisasjon som sykepleier", ["authorisation:auth:nurse"]),
        ("Relevant utdanning på bachelornivå, gjerne høyere", ["education:6"]),
        ("Fagbrev eller bachelorgrad", ["education:4"]),
        ("Mastergrad er et pluss", []),
        ("Du behersker norsk og engelsk godt", []),
        ("Politiattest må fremlegges", []),
    ],
)
def test_what_a_line_asks_for(line: str, expected: list[str]) -> None:
    assert found(line) == expected


def test_the_least_level_that_will_do_is_the_one_that_is_asked_for() -> None:
    lines = "<p>Norsk, minst nivå B2</p><p>B1 i norsk kan være nok med opplæring</p>"
    [asked] = requirements("Kokk", lines, Given(date(2026, 2, 1), starter_lexicon()))
    assert (asked.key, asked.words) == ("language:B1:nor", "B1 i norsk kan være nok med opplæring")


@given(st.text())
def test_whatever_a_text_says_it_is_read(text: str) -> None:
    given_ = Given(date(2026, 2, 1), starter_lexicon())
    keys = [one.key for one in requirements(text[:20], text, given_)]
    assert len(keys) == len(set(keys))
