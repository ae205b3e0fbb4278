import pytest

from kompetanse.feeds.places import RawLocation, named, workplace


@pytest.mark.parametrize(
    ("name", "county", "number"),
    [
        ("FRØYA", None, "5014"),
        ("VÅLER", "INNLANDET", "3419"),
        ("VÅLER", "ØSTFOLD", "3114"),
        ("VÅLER", None, None),
        ("HERØY (NORDLAND)", None, "1818"),
        ("KÅFJORD", None, "5540"),
        ("SNÅSA", None, "5041"),
        ("Guovdageaidnu – Kautokeino", None, "5612"),
        ("HÁBMER/HAMARØY", None, "1875"),
        ("NORD-ODAL", None, "3414"),
        ("JAN MAYEN", None, None),
        ("?", None, None),
        ("", None, None),
    ],
)
def test_names_in_capitals_shared_and_bilingual(name: str, county: str | None, number: str | None) -> None:
    assert named(name, county) == number


def test_of_several_places_the_wanted_one_counts() -> None:
    places = [RawLocation(municipal="?"), RawLocation(postalCode="7010"), RawLocation(postalCode="7260")]
    assert workplace(places).municipality_no == "5001"
    assert workplace(places, {"5014"}).municipality_no == "5014"
    assert workplace(places, {"0301"}).municipality_no == "5001"
