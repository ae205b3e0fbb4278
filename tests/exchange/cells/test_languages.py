import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.languages import is_language
from kompetanse.exchange.cells.languages import LanguageEntry, merge_languages, parse_languages
from kompetanse.exchange.faults import Reason

A1, A2, B1, B2, C1 = Cefr.A1, Cefr.A2, Cefr.B1, Cefr.B2, Cefr.C1


def all_five(code: str, level: Cefr, **more: object) -> LanguageEntry:
    return LanguageEntry(code, None, level, level, level, level, level, **more)  # type: ignore[arg-type]


ORAL_B1_WRITTEN_A2 = LanguageEntry("nor", None, listening=B1, reading=A2, interaction=B1, production=B1, writing=A2)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "polsk - flytende, norsk B1 muntlig, A2 skriftlig",
            [LanguageEntry("pol", note="flytende"), ORAL_B1_WRITTEN_A2],
        ),
        (
            "ukrainsk/russisk (morsmål), litt norsk",
            [LanguageEntry("ukr", True), LanguageEntry("rus", True), LanguageEntry("nor", note="litt")],
        ),
        ("litauisk (morsmål), engelsk bra", [LanguageEntry("lit", True), LanguageEntry("eng", note="bra")]),
        ("polsk, engelsk C1 norsk A1", [LanguageEntry("pol"), all_five("eng", C1), all_five("nor", A1)]),
        ("Norsk: B2", [all_five("nor", B2)]),
        ("arabisk; norskprøve B1", [LanguageEntry("ara"), all_five("nor", B1, note="norskprøve B1")]),
        ("norsk: muntlig B1, skriftlig A2", [ORAL_B1_WRITTEN_A2]),
        ("norsk (muntlig B1, skriftlig A2)", [ORAL_B1_WRITTEN_A2]),
        ("polsk\nnorsk lese A2", [LanguageEntry("pol"), LanguageEntry("nor", reading=A2)]),
        ("Polish (native), NO A2", [LanguageEntry("pol", True), all_five("nor", A2)]),
        ("norskprøve 2 muntlig ikke bestått", [LanguageEntry("nor", note="norskprøve 2 muntlig ikke bestått")]),
        ("", []),
        ("ukjent", []),
    ],
)
def test_languages_of_one_cell(written: str, expected: list[LanguageEntry]) -> None:
    read = parse_languages(written)
    assert list(read.value) == expected
    assert not read.warnings


def test_an_old_test_passed_orally_says_nothing_of_writing() -> None:
    (norwegian,) = parse_languages("norskprøve 2 muntlig bestått", default="nor").value
    assert (norwegian.listening, norwegian.interaction, norwegian.production) == (A2, A2, A2)
    assert (norwegian.reading, norwegian.writing) == (None, None)


@pytest.mark.parametrize(
    ("written", "reason"),
    [("norsk?", Reason.LEVEL_UNCERTAIN), ("norsk B1/B2", Reason.LEVEL_RANGE), ("klingonsk", Reason.LANGUAGE_UNKNOWN)],
)
def test_doubts_are_told(written: str, reason: Reason) -> None:
    assert [warning.reason for warning in parse_languages(written).warnings] == [reason]


def test_of_two_levels_the_lower_counts() -> None:
    assert parse_languages("B1/B2", default="nor").value == (all_five("nor", B1),)


def test_a_level_in_a_column_of_norwegian_needs_no_language() -> None:
    assert parse_languages("b1", default="nor").value == (all_five("nor", B1),)
    assert parse_languages("", default="nor").value == ()


@pytest.mark.parametrize(
    ("text", "spoken", "written"),
    [("A2 (ingen kurs)", "A2", "A2"), ("A2, ingen bevis", "A2", "A2"), ("B1 muntlig, ingen skriftlig", "B1", None)],
)
def test_a_level_holds_although_something_else_is_denied_beside_it(text: str, spoken: str, written: str | None) -> None:
    (entry,) = parse_languages(text, default="nor").value
    assert (entry.interaction, entry.writing) == (spoken, written)


def test_a_column_of_mother_tongues_says_so_of_every_language() -> None:
    assert parse_languages("rumensk - flytende", mother_tongue=True).value == (
        LanguageEntry("ron", True, note="flytende"),
    )


def test_mentions_of_one_language_are_brought_together() -> None:
    merged = merge_languages([LanguageEntry("nor", True), all_five("nor", B2), LanguageEntry("pol")])
    assert merged == (LanguageEntry("nor", True, B2, B2, B2, B2, B2), LanguageEntry("pol"))


@given(st.text(max_size=60))
def test_any_text_gives_known_languages_each_once(text: str) -> None:
    codes = [entry.code for entry in parse_languages(text).value]
    assert len(codes) == len(set(codes))
    assert all(is_language(code) for code in codes)
