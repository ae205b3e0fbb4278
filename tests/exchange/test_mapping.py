from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.errors import Invalid
from kompetanse.exchange.columns import REPORT_HEADING
from kompetanse.exchange.mapping import (
    NOTHING_STATED,
    Meant,
    Recognised,
    Stated,
    heading_digest,
    headings_digest,
    peeked,
    recognise,
    to_remember,
)
from kompetanse.exchange.people_columns import COLUMNS, Field
from kompetanse.exchange.people_guesses import guess_field
from kompetanse.exchange.people_rows import read_people

TODAY = date(2026, 1, 15)
guess = partial(guess_field, today=TODAY)


def meanings(
    cells: dict[str, list[str]], stated: Stated = NOTHING_STATED, remembered: dict[str, str] | None = None
) -> dict[str, tuple[str, Recognised]]:
    found = columns(cells, stated, remembered)
    return {one.heading: (one.field, one.how) for one in found}


def columns(
    cells: dict[str, list[str]], stated: Stated = NOTHING_STATED, remembered: dict[str, str] | None = None
) -> tuple[Meant[Field], ...]:
    return recognise(COLUMNS, list(cells), list(cells.values()), guess, remembered=remembered or {}, stated=stated)


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["ewa@example.no", "olena(at)example.no", "per@example.no"], Field.EMAIL),
        (["+48 501 029 914", "900 12 345", "90012346"], Field.PHONE),
        (["02013299997", "020132 99997", "02013299997"], Field.NATIONAL_ID),
        (["B1", "A2/B1", "c1"], None),  # of a language that only the heading names
        (["polsk (morsmål), norsk B1", "litauisk", "engelsk C1"], Field.LANGUAGES),
        (["Polen", "LT", "Syria/Sverige"], None),  # where somebody is from, studied or lived
        (["20150123", "20150124", "22150125"], None),  # cases, perhaps
        (["1962", "28.10.1980", "17/03/65"], Field.BORN),
        (["7260", "7270 Dyrvik", "7263"], Field.POSTAL_CODE),
        (["2019", "01.08.2023", "mars 2024"], None),  # when somebody came, perhaps
        (["2019", "2020", "2021"], None),  # or a part of Oslo
        (["38", "40", "39"], None),
        (["2223", "5120", "8160"], None),  # codes of occupations or of places
        (["Kowalska", "Berg", "Haile"], None),
        (["ja", "nei", "ja"], None),  # to what, nobody knows
        (["Ja", "ja", "JA"], None),  # and not Japanese
        (["Polen", "vet ikke hvor"], None),
        (["polsk", "fisker", "litauisk"], None),
        (["ewa@example.no", "olena@example.no"], None),  # too few to tell
        ([], None),
    ],
)
def test_cells_tell_what_a_column_is_or_nothing(cells: list[str], field: Field | None) -> None:
    assert guess(cells) is field


def test_a_heading_tells_before_the_content_does() -> None:
    mails = ["a@example.no", "b@example.no", "c@example.no"]
    assert meanings({"Merknad": mails, "Kontakt": mails}) == {
        "Merknad": ("notes", Recognised.HEADING),
        "Kontakt": ("email", Recognised.CONTENT),
    }


def test_what_can_stand_once_is_not_guessed_twice() -> None:
    days = ["1962", "1970", "1980"]
    assert meanings({"Født": days, "Dato": days})["Dato"] == ("", Recognised.NOT)
    assert meanings({"Dato": days, "Dag": days}) == {
        "Dato": ("born", Recognised.CONTENT),
        "Dag": ("", Recognised.NOT),
    }


def test_what_was_said_by_hand_goes_before_what_is_remembered_and_that_before_the_heading() -> None:
    cells: dict[str, list[str]] = {"Land": [], "Født": [], "Etternavn": []}
    remembered = {heading_digest("land"): "country_of_origin", heading_digest("Født"): ""}
    stated = Stated.by_heading({"Født": "born", "Etternavn": "family_name"})
    assert meanings(cells, stated, remembered) == {
        "Land": ("country_of_origin", Recognised.REMEMBERED),
        "Født": ("born", Recognised.STATED),
        "Etternavn": ("family_name", Recognised.HEADING),
    }
    assert to_remember(columns(cells, stated, remembered)) == {
        heading_digest("Land"): "country_of_origin",
        heading_digest("Født"): "born",
    }


def test_a_field_that_is_no_more_is_not_remembered() -> None:
    assert meanings({"Land": []}, remembered={heading_digest("Land"): "shoe_size"}) == {
        "Land": ("citizenship", Recognised.HEADING)
    }


@pytest.mark.parametrize(
    ("said", "pointer"),
    [({"Fødd": "birthday"}, "/mapping/Fødd"), ({"Skostørrelse": "left_out"}, "/mapping/Skostørrelse")],
)
def test_what_is_said_of_no_column_or_no_field_is_refused(said: dict[str, str], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        meanings({"Fødd": []}, Stated.by_heading(said))
    assert [fault.pointer for fault in refused.value.faults] == [pointer]
    assert refused.value.faults[0].hint


@pytest.mark.parametrize("text", ["", "[]", "{", '{"Fødd": 1}', "null", b"\xff"])
def test_a_mapping_that_is_no_object_of_texts_is_refused(text: str | bytes) -> None:
    with pytest.raises(Invalid) as refused:
        Stated.of_json(text)
    assert refused.value.faults[0].pointer == "/mapping"


def test_samples_are_few_short_and_without_national_numbers() -> None:
    (meant,) = columns({"Notat": ["ring 02013299997", "ring 02013299997", "x" * 500, "c", "d"]})
    assert meant.samples[0] == "ring •••••• •••••"
    assert len(meant.samples) == 3
    assert all(len(sample) <= 80 for sample in meant.samples)


def test_the_column_that_a_report_added_is_left_out_again() -> None:
    assert meanings({REPORT_HEADING: ["Rett datoen"]}) == {REPORT_HEADING: ("left_out", Recognised.HEADING)}


def test_headings_are_known_in_any_order_and_spelling() -> None:
    assert headings_digest(["Født", "E-post"]) == headings_digest(["epost", "FØDT"])
    assert headings_digest(["Født"]) != headings_digest(["Født", "E-post"])


@given(st.lists(st.lists(st.text("abc\n", max_size=3), min_size=2, max_size=2), max_size=300))
def test_peeking_takes_no_row_away(rows: list[list[str]]) -> None:
    lines = [",".join(f'"{cell}"' for cell in row) for row in [["Etternavn", "Fornavn"], *rows]]
    content = "\r\n".join(lines).encode()
    table, cells = peeked(read_people(content))
    assert len(cells) == 2
    assert list(table.rows) == list(read_people(content).rows)
