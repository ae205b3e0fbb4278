import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.licences import (
    authorisation,
    authorisations,
    authorisations_for,
    find_licences,
    holds,
    is_licence,
    licence,
    licences,
)
from kompetanse.codes.occupations import is_occupation
from kompetanse.errors import UnknownCode


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("førerkort BE, C", ("driving:BE", "driving:C")),
        ("førerkort B", ("driving:B",)),
        ("FØRERKORT KLASSE B", ("driving:B",)),
        ("klasse B (litauisk)", ("driving:B",)),
        ("førerkort b", ("driving:B",)),
        ("B, C1", ("driving:B", "driving:C1")),
        ("C+E", ("driving:CE",)),
        ("prawo jazdy kat. B", ("driving:B",)),
        ("førerkort", ("driving",)),
        ("båtfører", ("boat",)),
        ("båtførerbevis", ("boat",)),
        ("D5L", ("boat:D5L",)),
        ("fritidsskipper", ("boat", "boat:D5L")),
        ("T1", ("truck:T1",)),
        ("truck T1/T4", ("truck:T1", "truck:T4")),
        ("truckførerbevis T1-T4", ("truck:T1", "truck:T2", "truck:T3", "truck:T4")),
        ("truckførerbevis 1, 2 og 4", ("truck:T1", "truck:T2", "truck:T4")),
        ("truck", ("truck",)),
        ("varme arbeider", ("hotwork",)),
        ("maskinførerbevis M2", ("machine:M2",)),
        ("kranførerbevis G8", ("crane:G8",)),
        ("YSK, CE", ("ysk", "driving:CE")),
        ("førerkort B, båtførerbevis og varme arbeider", ("driving:B", "boat", "hotwork")),
        ("førerkort klasse B og truckførerbevis T4", ("driving:B", "truck:T4")),
        ("kranfører", ("crane",)),
        ("båt", ("boat",)),
        ("driver's license B", ("driving:B",)),
    ],
)
def test_licences_are_found_in_what_people_write(text: str, expected: tuple[str, ...]) -> None:
    assert find_licences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "ikke førerkort", "nei", "uten sertifikat", "kjører bil i Litauen", "kan A og B"),
        *("båtbygging", "båtbygger", "truckmekaniker", "kranmontør", "driver egen butikk"),
    ],
)
def test_no_licence_is_made_up(text: str) -> None:
    assert find_licences(text) == ()


@given(st.text(max_size=40))
def test_any_text_gives_only_known_codes_once(text: str) -> None:
    found = find_licences(text)
    assert len(found) == len(set(found))
    assert all(is_licence(code) for code in found)


@given(st.sampled_from([one.code for one in licences()]))
def test_a_licence_includes_only_known_ones_and_itself(code: str) -> None:
    assert all(is_licence(other) and other != code for other in licence(code).includes)
    assert holds(code, [code])


@pytest.mark.parametrize(
    ("required", "held", "expected"),
    [
        ("driving:B", ["driving:CE"], True),
        ("driving:C", ["driving:B"], False),
        ("driving", ["driving:B"], True),
        ("driving:B", ["driving"], False),
        ("truck", ["truck:T4"], True),
        ("boat", ["boat:D5LA"], True),
        ("driving:B", [], False),
    ],
)
def test_a_higher_class_gives_the_lower_ones(required: str, held: list[str], expected: bool) -> None:
    assert holds(required, held) is expected


def test_regulated_professions_open_occupations_of_the_list() -> None:
    everything = authorisations()
    assert len({one.code for one in everything}) == len(everything) >= 40
    for one in everything:
        assert one.name_nb
        assert one.name_en
        assert one.authority
        assert all(is_occupation(code) and len(code) == 4 for code in one.styrk)


def test_which_occupations_need_an_approval() -> None:
    assert [one.code for one in authorisations_for("2223")] == ["auth:nurse"]
    assert authorisations_for("5120") == ()
    assert authorisation("auth:kindergarten-teacher").styrk == ("2342",)


def test_unknown_codes() -> None:
    with pytest.raises(UnknownCode):
        licence("driving:X")
    with pytest.raises(UnknownCode):
        authorisation("auth:wizard")


def test_every_licence_has_a_name_in_english() -> None:
    assert [one.code for one in licences() if not one.name_en or one.name_en == one.name_nb] == []
