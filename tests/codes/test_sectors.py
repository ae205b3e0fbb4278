import pytest

from kompetanse.codes.occupations import is_occupation, occupations
from kompetanse.codes.sectors import is_sector, sector, sectors, sectors_of
from kompetanse.errors import UnknownCode


def test_every_group_of_a_sector_is_one_of_styrk() -> None:
    assert all(is_occupation(group) for one in sectors() for group in one.groups)
    assert len({one.code for one in sectors()}) == len(sectors()) >= 15


def test_occupations_belong_to_the_sectors_that_people_mean() -> None:
    assert {one.code for one in sectors_of("8160")} >= {"fish"}
    assert "fish" not in {one.code for one in sectors_of("2223")}
    assert {one.code for one in sectors_of("2223")} >= {"health"}
    assert {one.code for one in sectors_of("3313")} >= {"office"}


def test_nearly_every_occupation_belongs_somewhere() -> None:
    left = {one.code for one in occupations() if one.level == 4 and not sectors_of(one.code)}
    assert left <= {"0000", "0110", "0210", "0310", "1120", "1349", "9623", "9629"}


def test_a_sector_that_is_none_is_an_unknown_code() -> None:
    assert not is_sector("fisk")
    with pytest.raises(UnknownCode):
        sector("fisk")
