"""What a neighbour is answered, as pure rules."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.consent import ShareSection
from kompetanse.codes.contact import Found
from kompetanse.contacts.rules import ENOUGH, Earlier, allowed, found

UNITS = st.frozensets(st.integers(0, 9).map(lambda number: UUID(int=number)))


@given(st.lists(UNITS, max_size=12))
def test_who_differs_by_fewer_than_five_is_answered_as_before(
    asked: list[frozenset[UUID]],
) -> None:
    earlier: list[Earlier] = []
    for units in asked:
        near = [one for one in earlier if len(one.units ^ units) < ENOUGH]
        answer = found(units, earlier)
        assert answer in {one.found for one in near} if near else answer is found(units, ())
        earlier.append(Earlier(units, answer))


@given(UNITS, UNITS)
def test_the_second_of_two_tells_nothing_of_fewer_than_five(first: frozenset[UUID], second: frozenset[UUID]) -> None:
    before = Earlier(first, found(first, ()))
    if len(first ^ second) < ENOUGH:
        assert found(second, [before]) is before.found


@given(UNITS)
def test_alone_it_is_the_number_of_units(units: frozenset[UUID]) -> None:
    assert found(units, ()) is (Found.MORE if len(units) >= ENOUGH else Found.FEWER)


@given(st.lists(st.sampled_from(ShareSection)), st.lists(st.sampled_from(ShareSection)))
def test_sections_are_what_both_say_in_one_order(wanted: list[ShareSection], agreed: list[ShareSection]) -> None:
    both = allowed(wanted, agreed)
    assert set(both) == set(wanted) & set(agreed)
    assert both == sorted(both, key=list(ShareSection).index)
    assert len(both) == len(set(both))
