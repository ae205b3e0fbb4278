"""Wishes and terms of work: graded, personal, and sometimes a gate."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.work import Shift, Strength
from kompetanse.matching import terms
from kompetanse.matching.explanation import Outcome
from kompetanse.matching.features import WishedOccupation, WishedSector, Wishes
from kompetanse.matching.weights import DEFAULT
from tests.matching.strategies import TODAY, wishes

OUT_OF_FISH = Wishes(sectors=(WishedSector("fish", leaves=True),))


@given(wishes, st.lists(st.sampled_from(terms.TERMS), unique=True))
def test_personal_weights_never_change_what_the_terms_weigh_together(made: Wishes, stated: list[str]) -> None:
    weighed = terms.term_weights(stated, made, DEFAULT)
    assert sum(weighed.values()) == pytest.approx(sum(getattr(DEFAULT, term) for term in stated))


@pytest.mark.parametrize(
    ("minutes", "longest", "strength", "outcome"),
    [
        (30, None, None, Outcome.MET),
        (60, None, None, Outcome.UNKNOWN),
        (None, 30, None, Outcome.UNKNOWN),
        (30, 30, None, Outcome.MET),
        (40, 30, None, Outcome.PARTLY),
        (40, 30, Strength.MUST, Outcome.MISSING),
        (90, 30, None, Outcome.MISSING),
    ],
)
def test_the_way_to_work(minutes: int | None, longest: int | None, strength: Strength | None, outcome: Outcome) -> None:
    made = Wishes(commute_minutes=longest, strengths={"commute": strength} if strength else {})
    assert terms.commute(minutes, made).outcome is outcome


def test_a_term_that_is_never_taken_excludes_only_when_it_is_what_is_offered() -> None:
    never_nights = Wishes(shifts=frozenset({Shift.NIGHT}), strengths={"shifts": Strength.NEVER})
    nights = terms.shifts(frozenset({Shift.DAY, Shift.NIGHT}), never_nights)
    days = terms.shifts(frozenset({Shift.DAY}), never_nights)
    assert terms.excludes("shifts", nights, never_nights)
    assert not terms.excludes("shifts", days, never_nights)
    never_full = Wishes(percentage_min=90, percentage_max=100, strengths={"percentage": Strength.NEVER})
    assert terms.excludes("percentage", terms.percentage(100, 100, never_full), never_full)
    assert not terms.excludes("percentage", terms.percentage(50, 100, never_full), never_full)


def test_a_month_late_is_half_way_unless_the_start_must_be_kept() -> None:
    late = TODAY + timedelta(days=20)
    assert terms.start(TODAY, Wishes(available_from=late)).outcome is Outcome.PARTLY
    must = Wishes(available_from=late, strengths={"start": Strength.MUST})
    assert terms.start(TODAY, must).outcome is Outcome.MISSING


def test_who_wants_out_of_fish_is_not_offered_it_as_a_wish() -> None:
    assert terms.wish("8160", OUT_OF_FISH).outcome is Outcome.MISSING
    assert terms.wish("3313", OUT_OF_FISH).outcome is Outcome.PARTLY
    never = Wishes(sectors=(WishedSector("fish", leaves=True, strength=Strength.NEVER),))
    assert terms.never("8160", never)
    assert not terms.never("3313", never)


def test_a_wish_that_must_be_met_counts_as_named_only() -> None:
    prefer = Wishes(occupations=(WishedOccupation("3313", Strength.PREFER),))
    must = Wishes(occupations=(WishedOccupation("3313", Strength.MUST),))
    assert terms.wish("3311", prefer).outcome is Outcome.PARTLY
    assert terms.wish("3311", must).outcome is Outcome.MISSING
    assert terms.wish("3313", must).outcome is Outcome.MET


def test_an_interest_is_no_question_and_never_against_anybody() -> None:
    assert terms.interest(frozenset({"skill:fish"}), ("occ:1", "skill:a")).outcome is Outcome.UNKNOWN
    assert terms.interest(frozenset({"skill:a"}), ("occ:1", "skill:a")).has == "skill:a"
