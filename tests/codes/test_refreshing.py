from datetime import date

import pytest

from kompetanse.codes.klass import KlassChange, KlassCode, ListRefused
from kompetanse.codes.refreshing import TARGETS, Refreshed, check, is_name_of, refresh
from tests.codes.klass import shipped

DAY = date(2027, 1, 1)


def fetched(name: str, without: tuple[str, ...] = (), **new: str) -> list[KlassCode]:
    """A shipped list as Klass would have it, but for some codes that are gone and some that are new."""
    codes = shipped(name, TARGETS[name].code, TARGETS[name].label)
    kept = {code: label for code, label in codes.items() if code not in without}
    return [KlassCode(code.lstrip("_"), label, 1, "") for code, label in (kept | new).items()]


@pytest.mark.parametrize("name", TARGETS)
def test_the_same_list_changes_nothing(name: str) -> None:
    found = refresh(name, fetched(name, _9999="Uoppgitt", _99="Uoppgitt", XXX="Statsløs"), DAY)
    assert not found.changed or name == "styrk08"
    assert not found.left_out
    check([found] if name != "styrk08" else [])


def test_what_came_went_and_has_another_name_is_told() -> None:
    codes = fetched("municipalities", ("5014",), _5056="Hitra og Frøya")
    codes = [one for one in codes if (one.code, one.name) != ("5056", "Hitra")]
    found = refresh("municipalities", codes, DAY, [KlassChange("5014", "5056", date(2026, 7, 1))])
    assert found.added == ()
    assert found.renamed == (("5056", "Hitra", "Hitra og Frøya"),)
    assert found.gone == (("5014", "Frøya", date(2026, 7, 1), ("5056",)),)
    assert "5014" not in {row[0] for row in found.rows}


def test_new_codes_take_their_place_in_the_order() -> None:
    found = refresh("municipalities", fetched("municipalities", _5099="Nye Hitra"), DAY)
    assert found.added == (("5099", "Nye Hitra"),)
    numbers = [row[0] for row in found.rows]
    assert numbers == sorted(numbers)


def test_what_became_of_a_code_may_not_be_told() -> None:
    assert refresh("counties", fetched("counties", ("56",)), DAY).gone == (("56", "Finnmark", DAY, ()),)


def test_only_names_are_taken_where_the_program_must_know_more() -> None:
    codes = [one for one in fetched("countries", ("ATA", "XKX", "TUR")) if one.code]
    codes += [KlassCode("XXK", "Kosovo", 1, ""), KlassCode("TUR", "Türkiye", 1, ""), KlassCode("NEW", "Ny", 1, "")]
    found = refresh("countries", codes, DAY)
    assert found.renamed == (("TUR", "Tyrkia", "Türkiye"),)
    assert found.left_out == (("NEW", "Ny"),)
    assert (found.added, found.gone) == ((), ())
    assert len(found.rows) == len(shipped("countries", 1))


@pytest.mark.parametrize(
    ("ours", "official", "same"),
    [
        ("Trondheim", "Trondheim - Tråante", True),
        ("Gáivuotna", "Gáivuotna - Kåfjord - Kaivuono", True),
        ("Herøy (Nordland)", "Herøy", True),
        ("Nord-Odal", "Nord - Odal", False),
        ("Hitra", "Hitra og Frøya", False),
    ],
)
def test_the_norwegian_part_of_an_official_name_is_no_other_name(ours: str, official: str, same: bool) -> None:
    assert is_name_of(ours, official) is same


def test_an_answer_of_another_list_is_not_taken() -> None:
    with pytest.raises(ListRefused, match="fewer than half"):
        refresh("municipalities", fetched("styrk08"), DAY)


def test_a_list_older_than_the_program_is_not_taken() -> None:
    with pytest.raises(ListRefused, match="later day"):
        refresh("municipalities", fetched("municipalities"), date(2023, 12, 31))


def test_a_code_must_lie_in_something() -> None:
    found = refresh("municipalities", fetched("municipalities", _6001="Ny"), DAY)
    with pytest.raises(ListRefused, match="6001 of municipalities lies in 60"):
        check([found])
    check([found, refresh("counties", fetched("counties", _60="Nytt fylke"), DAY)])
    orphan = refresh("styrk08", fetched("styrk08", ("222",)), DAY)
    with pytest.raises(ListRefused, match="lies in 222"):
        check([orphan])
    check([Refreshed("nus2000", DAY, ())])
