from datetime import UTC, date, datetime

import pytest

from api.web import formats
from api.web.labels import FIELDS, label
from api.web.pages import stated
from api.web.words import WORDS, word
from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.codes.work import Shift

NB = "\u00a0"


def test_dates_are_written_as_norwegians_write_them() -> None:
    assert formats.day(date(2026, 11, 23)) == "23.11.2026"
    assert formats.partial("1987") == "1987"
    assert formats.partial("1987-05") == "mai 1987"
    assert formats.partial("1987-05-07") == "07.05.1987"


def test_a_day_in_a_sentence_has_its_year_only_where_that_is_another() -> None:
    with clock.moved(to=datetime(2026, 11, 26, 12, tzinfo=UTC)):
        assert formats.spoken_day(date(2026, 12, 3)) == f"3.{NB}desember"
        assert formats.spoken_day(date(2027, 1, 9)) == f"9.{NB}januar 2027"


def test_a_moment_is_shown_on_norways_clock() -> None:
    assert formats.moment(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == f"01.07.2026 kl.{NB}00.30"
    assert formats.day(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "01.07.2026"


@pytest.mark.parametrize(
    ("started", "ended", "ongoing", "said"),
    [
        ("2009", "2015-06", None, "2009–juni 2015"),
        ("2019", None, True, "2019–nå"),
        ("2019", None, None, "fra 2019"),
        (None, "2015", None, "til 2015"),
        (None, None, None, None),
    ],
)
def test_a_period_says_what_is_known_and_guesses_no_end(
    started: str | None, ended: str | None, ongoing: bool | None, said: str | None
) -> None:
    assert formats.period(started, ended, ongoing) == said


def test_numbers_have_a_decimal_comma() -> None:
    assert formats.decimal(1234.56) == f"1{NB}234,6"
    assert formats.percent(0.874) == f"87{NB}%"
    assert formats.months(62) == f"5{NB}år 2{NB}md."
    assert formats.months(0) == f"0{NB}md."


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (80, 100, f"80–100{NB}%"),
        (50, 50, f"50{NB}%"),
        (None, 60, "opptil 60 %"),
        (20, None, "minst 20 %"),
        (None, None, None),
    ],
)
def test_percentages_say_only_the_end_that_is_known(least: int | None, most: int | None, said: str | None) -> None:
    assert formats.percentages(least, most) == said


def test_unknown_says_so_and_zero_and_no_are_values() -> None:
    assert "Ikke oppgitt" in str(stated(None))
    assert "Ikke oppgitt" in str(stated(""))
    assert stated(0) == 0
    assert stated(formats.yes_no(False)) == "Nei"
    assert formats.yes_no(None) is None


def test_codes_are_shown_by_name_and_unknown_ones_as_they_are() -> None:
    assert formats.country_name("LT") == "Litauen"
    assert formats.language_name("pol") == "polsk"
    assert formats.licence_name("auth:nurse") == "Sykepleier"
    assert formats.country_name("ZZ") == "ZZ"


def test_every_closed_set_is_named_whole() -> None:
    for kind, names in WORDS.items():
        members = set(kind) if kind is not Role else set(names)
        assert set(names) == members, kind.__name__
    assert word(Shift.NIGHT) == "Natt"


def test_a_row_of_a_repeated_field_is_called_as_the_field() -> None:
    assert label("language_2") == FIELDS["language"]
