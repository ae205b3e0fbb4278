from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr
from kompetanse.competence.upkeep import Expiring, Expiry, Missing, Stated, completeness, is_stale, missing, running_out

TODAY = date(2026, 6, 15)
EVERYTHING = Stated(TODAY, True, Cefr.B1, True, False, True, True, True, TODAY, True, True, True)


def test_nothing_stated_is_all_to_ask_and_a_no_is_an_answer() -> None:
    assert missing(Stated()) == tuple(Missing)
    assert completeness(Stated()) == 0
    assert missing(EVERYTHING) == ()  # may_work is False there: stated
    assert completeness(EVERYTHING) == 100


def test_a_profile_grows_old_after_a_year() -> None:
    assert not is_stale(date(2025, 7, 1), TODAY)
    assert is_stale(date(2025, 6, 1), TODAY)
    assert is_stale(date(2026, 3, 1), TODAY, months=3)
    assert not is_stale(None, TODAY)


def test_what_has_run_out_and_what_soon_does_is_told_in_order() -> None:
    late = Expiring(Expiry.LICENCE, "driving:C", date(2026, 9, 1))
    gone = Expiring(Expiry.COURSE, "HACCP", date(2026, 1, 1))
    far = Expiring(Expiry.RECOGNITION, "sykepleier", date(2027, 1, 1))
    assert running_out([far, late, gone], TODAY) == [gone, late]
    assert gone.expired(TODAY)
    assert not late.expired(TODAY)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_what_runs_out_is_within_the_days(until: date, days: int) -> None:
    one = Expiring(Expiry.RESIDENCE, "", until)
    assert bool(running_out([one], TODAY, days)) == ((until - TODAY).days <= days)
