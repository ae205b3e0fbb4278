from dataclasses import replace

from kompetanse.sharing.candidates import past
from kompetanse.sharing.classes import SizeBand
from kompetanse.sharing.releases import Release, ReleasedClass
from tests.sharing.histories import TREES, one, people, person
from tests.sharing.registries import unit


def shown(number: int, members: range, period: int = 0) -> ReleasedClass:
    units = {person(who): unit(who) for who in members}
    return ReleasedClass(unit(1000 + number), (f"1/{number}", "1/0"), SizeBand.FROM_5, period, units)


def released(*classes: ReleasedClass, period: int = 0) -> Release:
    return Release(period, 5, TREES, classes)


def test_those_whom_no_release_has_told_of_are_candidates_for_each_other() -> None:
    known = past([], people(range(6)))
    assert known.fewest(people(range(6))) == 6
    assert known.unsafe(people(range(6)), 6) == set()
    assert known.unsafe(people(range(6)), 7) == set(people(range(6)))
    assert known.fewest([]) == 0


def test_a_newcomer_has_all_as_candidates_and_is_none_for_those_before_her() -> None:
    known = past([released(shown(0, range(5)))], people(range(8)))
    assert known.fewest(people(range(8))) == 5
    assert known.unsafe(people(range(8)), 6) == set(people(range(8)))
    assert known.unsafe(people(range(3, 8)), 3) == set(people(range(3, 5)))


def test_every_release_counts_and_not_only_the_last() -> None:
    first = released(shown(0, range(4)), shown(1, range(4, 9)))
    second = released(shown(1, range(9), period=1), period=1)
    known = past([first, second], people(range(9)))
    assert known.fewest(people(range(9))) == 4


def test_a_class_that_was_taken_up_by_another_is_followed_to_it() -> None:
    first = released(shown(0, range(5)), shown(1, range(5, 9)))
    second = released(shown(1, range(1, 9), period=1), period=1)
    known = past([first, second], {})
    assert set(known.homes.values()) == {unit(1001)}


def test_households_that_were_ever_one_count_as_one() -> None:
    together = released(replace(shown(0, range(3)), members={person(who): unit(0) for who in range(3)}))
    apart = {person(who): one(household=who) for who in range(1, 4)}
    known = past([together], apart)
    assert len(known.units(apart)) == 2
