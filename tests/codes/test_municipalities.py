import pytest

from kompetanse.codes.municipalities import by_postal_code, is_municipality, municipalities, municipality
from kompetanse.errors import UnknownCode
from tests.codes import sources


def test_the_list_is_the_official_one() -> None:
    official = sources.municipalities()
    ours = {(one.number, one.name, one.county) for one in municipalities()}
    assert set(official) <= ours
    assert len(ours) == 357


def test_postal_codes_lie_in_the_municipality_the_post_says() -> None:
    for postal, number in sources.postal_codes():
        expected = number if is_municipality(number) else None  # Svalbard and Jan Mayen lie in none
        assert by_postal_code(postal) == expected


@pytest.mark.parametrize(("postal", "name"), [("7260", "Frøya"), ("7240", "Hitra"), (" 0150 ", "Oslo")])
def test_where_a_postal_code_lies(postal: str, name: str) -> None:
    number = by_postal_code(postal)
    assert number is not None
    assert municipality(number).name == name


def test_unknown_numbers() -> None:
    assert by_postal_code("9999") is None
    with pytest.raises(UnknownCode):
        municipality("1620")  # Frøya until 2017
