import os
from datetime import date
from pathlib import Path

import pytest

from kompetanse.codes import fetching, lists
from kompetanse.codes.klass import ListRefused
from kompetanse.codes.municipalities import municipality, municipality_ever
from kompetanse.codes.occupations import is_occupation, occupation
from kompetanse.codes.refreshing import TARGETS
from kompetanse.errors import NotFound
from tests.codes.klass import Klass, answer, changes, shipped

DAY = date(2027, 1, 1)


@pytest.fixture
def reform(klass: Klass) -> Klass:
    """Frøya becomes part of Hitra in 2027; the other lists are as they were."""
    numbers = {7: "styrk08", 104: "counties", 36: "nus2000"}
    for number, name in numbers.items():
        klass.set(number, answer(shipped(name)))
    klass.set(552, answer(shipped("countries", 1, 2)))
    klass.set(131, answer({code: name for code, name in shipped("municipalities").items() if code != "5014"}))
    klass.set(131, changes(("5014", "5056", "2027-01-01")), "changes")
    return klass


def test_klass_is_asked_as_it_wants(reform: Klass) -> None:
    fetching.fetch(["municipalities"], DAY, reform.url + "/")
    assert reform.asked == [
        ("/api/klass/v1/classifications/131/codesAt", "date=2027-01-01", "application/json"),
        ("/api/klass/v1/classifications/131/changes", "from=2024-01-01&to=2027-01-02", "application/json"),
    ]


def test_a_refreshed_list_is_used_and_what_is_gone_is_remembered(reform: Klass, folder: Path) -> None:
    found = fetching.fetch(fetching.refreshable(), DAY, reform.url)
    assert municipality("5014").name == "Frøya"
    fetching.keep(folder, found)
    was = municipality_ever("5014")
    assert (was.name, was.valid_to, was.became) == ("Frøya", DAY, ("5056",))
    assert municipality_ever("1620").became == ("5056",)
    assert lists.head(lists.read_text("municipalities")).version == "as of 2027-01-01"
    assert sorted(path.name for path in folder.iterdir()) == ["municipalities.csv", "retired.csv"]
    again = fetching.fetch(["municipalities"], date(2027, 6, 1), reform.url)
    assert not any(one.changed for one in again)


def test_a_second_reform_keeps_the_memory_of_the_first(reform: Klass, folder: Path) -> None:
    fetching.keep(folder, fetching.fetch(["municipalities"], DAY, reform.url))
    left = {code: name for code, name in shipped("municipalities").items() if code not in {"5014", "5056"}}
    reform.set(131, answer(left | {"5070": "Øyrekka"}))
    reform.set(131, changes(("5056", "5070", "2028-01-01")), "changes")
    fetching.keep(folder, fetching.fetch(["municipalities"], date(2028, 1, 1), reform.url))
    assert municipality_ever("5014").became == ("5070",)
    assert municipality("5070").valid_from == date(2028, 1, 1)


def test_an_occupation_can_come(reform: Klass, folder: Path) -> None:
    reform.set(7, answer(shipped("styrk08") | {"2224": "Nytt yrke"}))
    fetching.keep(folder, fetching.fetch(["styrk08"], DAY, reform.url))
    assert occupation("2224").name_nb == "Nytt yrke"
    assert is_occupation("2221")


@pytest.mark.parametrize("status", [404, 500])
def test_without_word_of_changes_the_code_is_gone_from_the_day(reform: Klass, status: int) -> None:
    reform.set(131, status, "changes")
    if status == 404:
        (found,) = fetching.fetch(["municipalities"], DAY, reform.url)
        assert found.gone == (("5014", "Frøya", DAY, ()),)
    else:
        with pytest.raises(fetching.Unreachable, match="500"):
            fetching.fetch(["municipalities"], DAY, reform.url)


@pytest.mark.parametrize("status", [404, 503])
def test_an_address_that_refuses_is_told(klass: Klass, status: int) -> None:
    klass.set(7, status)
    with pytest.raises(fetching.Unreachable, match=f"answered {status}"):
        fetching.fetch(["styrk08"], DAY, klass.url)


@pytest.mark.parametrize("base", ["file:///etc", "ftp://x", "nowhere", "http://", "http://127.0.0.1:1", "http://[x"])
def test_an_address_that_is_none_is_told(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with pytest.raises(fetching.Unreachable):
        fetching.fetch(["styrk08"], DAY, base)


def test_an_endless_answer_is_cut(klass: Klass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_LARGEST", 10)
    klass.set(7, answer(shipped("styrk08")))
    with pytest.raises(fetching.Unreachable, match="more than a code list"):
        fetching.fetch(["styrk08"], DAY, klass.url)


def test_a_saved_answer_is_read(tmp_path: Path) -> None:
    file = tmp_path / "104.json"
    file.write_bytes(answer(shipped("counties") | {"50": "Midt-Norge"}))
    (found,) = fetching.read("counties", file, DAY)
    assert found.renamed == (("50", "Trøndelag", "Midt-Norge"),)
    file.write_bytes(b"")
    with pytest.raises(ListRefused):
        fetching.read("counties", file, DAY)
    with pytest.raises(NotFound):
        fetching.read("sectors", file, DAY)


def test_a_disk_that_is_full_leaves_the_lists_as_they_were(
    reform: Klass, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = fetching.fetch(["municipalities"], DAY, reform.url)
    synced: list[int] = []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        fetching.keep(folder, found)
    assert list(folder.iterdir()) == []
    assert municipality("5014").name == "Frøya"


def test_each_list_comes_after_the_one_it_lies_in() -> None:
    order = list(TARGETS)
    assert order.index("counties") < order.index("municipalities")
