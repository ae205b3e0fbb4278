"""Time and identity come from one place each."""

from datetime import UTC, date, datetime, timedelta

from kompetanse import clock
from kompetanse.ids import new_id


def test_the_clock_stands_still_and_goes_on_afterwards() -> None:
    then = datetime(2026, 6, 1, 12, tzinfo=UTC)
    with clock.moved(to=then):
        assert clock.now() == clock.now() == then
    assert clock.now() > then


def test_the_clock_runs_ahead() -> None:
    before = clock.now()
    with clock.moved(by=timedelta(days=30)):
        assert clock.now() - before >= timedelta(days=30)


def test_today_is_the_day_in_norway() -> None:
    """Half past ten in the evening, UTC, is the next day in Oslo in summer."""
    with clock.moved(to=datetime(2026, 6, 1, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 6, 2)


def test_identifiers_sort_by_the_time_of_making() -> None:
    made = [new_id() for _ in range(1000)]
    assert made == sorted(made)
    assert {one.version for one in made} == {7}
