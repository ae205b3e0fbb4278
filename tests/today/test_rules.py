from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.today.rules import Item, Kind, Period, Permit, Urgency, blocks, first_permit, urgency

TODAY = date(2026, 11, 26)


def item(kind: Kind, days: int, number: int = 0) -> Item:
    due_on = TODAY + timedelta(days=days)
    return Item(kind, urgency(due_on, TODAY), due_on, UUID(int=number), due_on)


def test_a_week_has_seven_days_and_what_is_due_today_is_not_overdue() -> None:
    days = {-1: Urgency.OVERDUE, 0: Urgency.TODAY, 1: Urgency.WEEK, 7: Urgency.WEEK, 8: Urgency.SOON}
    assert {day: urgency(TODAY + timedelta(days=day), TODAY) for day in days} == days


def test_now_comes_first_then_the_kind_then_the_day() -> None:
    waiting = [item(Kind.UNMAPPED, -90), item(Kind.FOLLOW_UP, 0), item(Kind.FOLLOW_UP, -2, 1), item(Kind.CONSENT, 5)]
    found = blocks(waiting, each=10)
    assert [(one.period, one.kind) for one in found] == [
        (Period.NOW, Kind.FOLLOW_UP),
        (Period.NOW, Kind.UNMAPPED),
        (Period.WEEK, Kind.CONSENT),
    ]
    assert [one.due_on for one in found[0].items] == [TODAY - timedelta(days=2), TODAY]


@given(
    st.lists(st.tuples(st.sampled_from(Kind), st.integers(-400, 400)), max_size=40),
    st.integers(1, 5),
)
def test_nothing_is_lost_and_no_block_is_longer_than_asked(drawn: list[tuple[Kind, int]], each: int) -> None:
    waiting = [item(kind, days, number) for number, (kind, days) in enumerate(drawn)]
    found = blocks(waiting, each)
    assert sum(one.total for one in found) == len(waiting)
    assert all(1 <= len(one.items) <= min(each, one.total) for one in found)
    assert len({(one.period, one.kind) for one in found}) == len(found)
    assert {shown for one in blocks(waiting, 40) for shown in one.items} == set(waiting)


def test_the_permit_that_ends_first_is_told_and_residence_where_both_do() -> None:
    later = TODAY + timedelta(days=1)
    assert first_permit(None, None) is None
    assert first_permit(later, TODAY) == (Permit.RIGHT_TO_WORK, TODAY)
    assert first_permit(TODAY, TODAY) == (Permit.RESIDENCE, TODAY)
    assert first_permit(None, later) == (Permit.RIGHT_TO_WORK, later)
