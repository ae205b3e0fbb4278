from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr
from kompetanse.competence.rules import (
    main_occupation,
    months_by_occupation,
    months_lived,
    months_of,
    spoken_level,
    spoken_norwegian,
)

TODAY = date(2026, 6, 15)


@dataclass(frozen=True)
class Held:
    styrk: str | None = "3313"
    started: str | None = None
    ended: str | None = None
    ongoing: bool | None = None
    months: int | None = None


@dataclass(frozen=True)
class Spoken:
    language: str = "nor"
    mother_tongue: bool | None = None
    interaction: Cefr | None = None
    production: Cefr | None = None


@pytest.mark.parametrize(
    ("started", "ended", "months"),
    [
        ("2009", "2015", 72),
        ("2015", "2015", 6),
        ("2020-03", "2020-05", 2),
        ("2020-01-01", "2020-12-31", 12),
        ("2026", "2026", 3),  # the year is not over: the longest that it can be is until today
    ],
)
def test_months_are_the_middle_of_what_the_dates_allow(started: str, ended: str, months: int) -> None:
    assert months_of(Held(started=started, ended=ended), TODAY) == months


def test_a_job_that_goes_on_lasts_until_today() -> None:
    assert months_of(Held(started="2025-06-15", ongoing=True), TODAY) == 12


@pytest.mark.parametrize("ongoing", [None, False])
def test_an_end_that_is_not_stated_gives_no_months_but_the_stated_ones(ongoing: bool | None) -> None:
    assert months_of(Held(started="2001", ongoing=ongoing), TODAY) is None
    assert months_of(Held(started="2001", ongoing=ongoing, months=18), TODAY) == 18
    assert months_of(Held(months=0), TODAY) == 0  # stated as nothing, which is not unknown


days = st.dates(date(1960, 1, 1), TODAY)


def reduced(day: date, length: int) -> str:
    return day.isoformat()[:length]


@given(days, days, st.sampled_from((4, 7, 10)), st.sampled_from((4, 7, 10)))
def test_reduced_precision_moves_months_by_less_than_what_is_unknown(
    one: date, other: date, first: int, last: int
) -> None:
    started, ended = sorted((one, other))
    exact = months_of(Held(started=reduced(started, 10), ended=reduced(ended, 10)), TODAY)
    rough = months_of(Held(started=reduced(started, first), ended=reduced(ended, last)), TODAY)
    unknown = {4: 12, 7: 1, 10: 0}
    assert exact is not None
    assert rough is not None
    assert rough >= 0
    assert abs(rough - exact) <= (unknown[first] + unknown[last]) / 2 + 1


@given(days, st.integers(0, 4000))
def test_a_later_end_never_gives_fewer_months(started: date, more: int) -> None:
    short = Held(started=started.isoformat(), ended=started.isoformat())
    longer = Held(started=started.isoformat(), ended=min(TODAY, started + timedelta(days=more)).isoformat())
    assert (months_of(longer, TODAY) or 0) >= (months_of(short, TODAY) or 0)


def test_the_main_occupation_is_the_most_qualified_one_held_for_a_year_however_long_the_present_one() -> None:
    accountant = Held(styrk="3313", started="2008", ended="2012")
    fillets = Held(styrk="8160", started="2012", ongoing=True)
    assert main_occupation([fillets, accountant], TODAY) == "3313"


def test_a_few_months_in_a_qualified_occupation_do_not_make_it_the_main_one() -> None:
    assert main_occupation([Held("8160", months=60), Held("3313", months=4)], TODAY) == "8160"


def test_of_two_equally_qualified_the_longest_held_is_the_main_one() -> None:
    assert main_occupation([Held("8160", months=60), Held("7212", months=90)], TODAY) == "7212"


def test_several_jobs_in_one_occupation_add_up() -> None:
    jobs = [Held("8160", months=20), Held("7212", months=30), Held("8160", months=20), Held("8160")]
    assert months_by_occupation(jobs, TODAY) == {"8160": 40, "7212": 30}
    assert main_occupation(jobs, TODAY) == "8160"


def test_two_jobs_in_one_occupation_at_the_same_time_are_no_more_years_than_were_lived() -> None:
    nurse = Held("2223", started="2009", ended="2021")
    assert months_lived([nurse, nurse], TODAY) == {"2223": 144}
    assert months_lived([nurse, Held("2223", started="2015", ended="2023")], TODAY) == {"2223": 168}
    assert months_lived([nurse, Held("8160", started="2009", ended="2021")], TODAY) == {"2223": 144, "8160": 144}


def test_jobs_one_after_the_other_and_months_without_dates_add_up() -> None:
    jobs = [
        Held("2223", started="2009", ended="2011"),
        Held("2223", started="2014", ended="2015"),
        Held("2223", months=5),
    ]
    assert months_lived(jobs, TODAY) == {"2223": 24 + 12 + 5}
    assert months_lived([Held("2223", started="2020")], TODAY) == {"2223": None}


@given(st.lists(st.tuples(days, st.integers(0, 4000)), min_size=1, max_size=4))
def test_nobody_has_worked_longer_in_an_occupation_than_it_is_since_the_first_day(
    spans: list[tuple[date, int]],
) -> None:
    jobs = [
        Held("2223", started=one.isoformat(), ended=min(TODAY, one + timedelta(days=more)).isoformat())
        for one, more in spans
    ]
    lived, added = months_lived(jobs, TODAY)["2223"], months_by_occupation(jobs, TODAY)["2223"]
    assert lived is not None
    assert added is not None
    assert lived <= added
    assert lived <= (TODAY - min(one for one, _ in spans)).days / (365.2425 / 12) + 1


def test_a_time_that_is_not_stated_is_not_read_as_none_and_without_any_the_latest_decides() -> None:
    assert main_occupation([Held("2223", started="2020"), Held("9112", months=1)], TODAY) == "2223"
    assert main_occupation([Held("8160", started="2010"), Held("7212", started="2020")], TODAY) == "7212"
    assert months_by_occupation([Held("2223", started="2020")], TODAY) == {"2223": None}


def test_without_a_coded_job_there_is_no_main_occupation() -> None:
    assert main_occupation([], TODAY) is None
    assert main_occupation([Held(styrk=None, months=300)], TODAY) is None


@given(st.permutations([Held("8160", months=9), Held("3313", months=9), Held("2223"), Held(None, months=99)]))
def test_the_main_occupation_does_not_depend_on_the_order_of_jobs(jobs: list[Held]) -> None:
    assert main_occupation(jobs, TODAY) == "2223"


def test_spoken_is_the_lower_of_interaction_and_production_or_the_one_that_is_stated() -> None:
    assert spoken_level(Spoken(interaction=Cefr.B2, production=Cefr.A2)) == Cefr.A2
    assert spoken_level(Spoken(interaction=Cefr.B1)) == Cefr.B1
    assert spoken_level(Spoken(production=Cefr.C1)) == Cefr.C1
    assert spoken_level(Spoken()) is None
    assert spoken_level(Spoken(mother_tongue=True, interaction=Cefr.A1)) == Cefr.C2


def test_spoken_norwegian_knows_its_kinds_and_no_other_language() -> None:
    assert spoken_norwegian([Spoken("nno", interaction=Cefr.B1), Spoken("pol", mother_tongue=True)]) == Cefr.B1
    assert spoken_norwegian([Spoken("pol", mother_tongue=True)]) is None
    assert spoken_norwegian([Spoken("nor")]) is None
