from collections.abc import Sequence
from dataclasses import replace
from random import Random
from time import process_time
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.errors import Invalid
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.ledger import Headroom, Refused, withdraw
from kompetanse.sharing.releases import Coarsened, Population, Registered, Release, ReleasedClass, Undescribed
from kompetanse.sharing.releases_check import check
from tests.sharing.histories import TREES, Ledger, lives, one, only, people, person, shuffled, told
from tests.sharing.registries import tree
from tests.sharing.towns import HIERARCHIES, story, years
from tests.sharing.worth import worth

# ------------------------------------------------------------------ any history


@given(lives(), st.integers(5, 7), st.sampled_from([Headroom(), Headroom(1, 1), Headroom(1.4, 0.7)]))
def test_whatever_happens_every_release_passes_the_check(
    populations: Sequence[Population], k: int, headroom: Headroom
) -> None:
    ledger = Ledger(k, headroom)
    for number, population in enumerate(populations):
        release = ledger.release(population).release
        assert check(ledger.releases[:number], release, population) == ()


@given(lives(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_rows_does_not_show(populations: Sequence[dict[UUID, Registered]], chance: Random) -> None:
    straight, mixed = Ledger(), Ledger()
    for population in populations:
        assert straight.release(population) == mixed.release(shuffled(population, chance))
        mixed.releases[-1] = _mixed(mixed.releases[-1], chance)


def _mixed(release: Release, chance: Random) -> Release:
    def rows(shown: ReleasedClass) -> ReleasedClass:
        return replace(shown, members=dict(chance.sample(list(shown.members.items()), len(shown.members))))

    return replace(
        release, classes=tuple(rows(shown) for shown in chance.sample(release.classes, len(release.classes)))
    )


def test_two_classes_that_end_are_told_of_in_one_order() -> None:
    ledger = Ledger()
    release = ledger.release(people(range(12)) | people(range(20, 32), trade=8)).release
    after = people(range(4)) | people(range(20, 24), trade=8)
    straight = ledger.release(after)
    ledger.releases = [replace(release, classes=release.classes[::-1])]
    assert len(straight.withdrawn) == 2
    assert ledger.release(after) == straight


@given(lives(), st.sampled_from([(5, 8, 6), (8, 5, 5), (6, 6, 12)]))
@settings(max_examples=40)
def test_k_may_rise_and_fall(populations: Sequence[Population], promises: tuple[int, ...]) -> None:
    ledger = Ledger(headroom=Headroom(1, 1))
    for number, population in enumerate(populations):
        release = ledger.release(population, k=promises[number % 3]).release
        assert check(ledger.releases[:number], release, population) == ()


# ------------------------------------------------------------------ births and joiners


def test_a_class_is_born_when_twice_k_wait_who_are_alike() -> None:
    ledger = Ledger()
    assert ledger.release(people(range(9))).undescribed == dict.fromkeys(people(range(9)), Undescribed.WAITING)
    proposal = ledger.release(people(range(10)))
    assert told(proposal.release) == {("1/0", "1/0"): ("5–9", 10)}
    assert proposal.born == (only(proposal.release).class_id,)
    assert proposal.undescribed == {}


def test_no_class_is_born_that_would_say_next_to_nothing() -> None:
    far_apart = people(range(5), 0, 0) | people(range(5, 10), 8, 3)
    assert Ledger().release(far_apart).release.classes == ()
    assert told(Ledger(headroom=Headroom(coarsest=1)).release(far_apart).release) == {("9/0", "4/0"): ("5–9", 10)}


def test_a_joiner_enters_the_finest_class_that_covers_her_and_has_candidates_to_spare() -> None:
    ledger = Ledger()
    town = people(range(12)) | people(range(20, 26), 1) | people(range(30, 36), 2)
    assert set(told(ledger.release(town).release)) == {("1/0", "1/0"), ("3/0", "1/0")}
    joined = ledger.release(town | people(range(50, 51), 0) | people(range(51, 52), 1) | people(range(52, 53), 8))
    assert told(joined.release) == {("1/0", "1/0"): ("5–9", 13), ("3/0", "1/0"): ("5–9", 13)}
    assert joined.undescribed == {person(52): Undescribed.WAITING}


def test_a_joiner_waits_where_she_would_lean_on_too_few() -> None:
    ledger = Ledger()
    ledger.release(people(range(10)))
    fewer = ledger.release(people(range(1, 10)) | people(range(50, 51)))
    assert fewer.undescribed == {person(50): Undescribed.WAITING}
    together = ledger.release(people(range(1, 10)) | people(range(50, 60)))
    assert together.born == ()
    assert len(only(together.release).members) == 19


# ------------------------------------------------------------------ changes of value


def test_whoever_outgrows_her_class_is_left_out_while_it_has_candidates_to_spare() -> None:
    ledger = Ledger()
    ledger.release(people(range(12)))
    proposal = ledger.release(people(range(11)) | people(range(11, 12), step=1))
    assert told(proposal.release) == {("1/0", "1/0"): ("5–9", 11)}
    assert proposal.undescribed == {person(11): Undescribed.OUTGROWN}


def test_labels_become_coarser_when_too_few_would_be_left_under_them() -> None:
    ledger = Ledger()
    class_id = only(ledger.release(people(range(12))).release).class_id
    proposal = ledger.release(people(range(8)) | people(range(8, 12), step=1))
    assert told(proposal.release) == {("1/0", "2/0"): ("5–9", 12)}
    assert proposal.coarsened == (Coarsened(class_id, ("1/0", "1/0"), ("1/0", "2/0")),)


def test_classes_that_come_to_say_the_same_are_one() -> None:
    ledger = Ledger()
    first = ledger.release(people(range(10)) | people(range(20, 30), step=1)).release
    proposal = ledger.release(
        people(range(6)) | people(range(6, 10), step=1) | people(range(20, 26), step=1) | people(range(26, 30))
    )
    stays, goes = sorted(shown.class_id for shown in first.classes)
    assert told(proposal.release) == {("1/0", "2/0"): ("10–19", 20)}
    assert (only(proposal.release).class_id, proposal.absorbed) == (stays, {goes: stays})


# ------------------------------------------------------------------ leavers


def test_a_class_lives_while_k_of_its_first_members_stay_and_ends_whole_when_they_do_not() -> None:
    ledger = Ledger()
    ledger.release(people(range(10)))
    class_id = only(ledger.release(people(range(5, 10))).release).class_id
    proposal = ledger.release(people(range(6, 10)))
    assert (proposal.release.classes, proposal.withdrawn) == ((), (class_id,))
    assert set(proposal.undescribed.values()) == {Undescribed.SPENT}


def test_who_joined_later_do_not_make_up_for_those_who_left() -> None:
    """Twelve are in the class, but only four were there from the first: fewer than k could be each of them."""
    ledger = Ledger()
    ledger.release(people(range(10)))
    ledger.release(people(range(10)) | people(range(50, 58)))
    proposal = ledger.release(people(range(6, 10)) | people(range(50, 58)))
    assert proposal.undescribed == dict.fromkeys(people(range(6, 10)), Undescribed.SPENT)
    assert len(only(proposal.release).members) == 8


def test_the_spent_are_never_described_again() -> None:
    ledger = Ledger()
    ledger.release(people(range(10)))
    ledger.release(people(range(6, 10)))
    again = ledger.release(people(range(6, 10)) | people(range(100, 130)))
    assert set(only(again.release).members) == set(people(range(100, 130)))
    assert again.undescribed == dict.fromkeys(people(range(6, 10)), Undescribed.SPENT)


def test_whoever_returns_while_her_class_stands_is_described_again() -> None:
    ledger = Ledger()
    ledger.release(people(range(12)))
    ledger.release(people(range(11)))
    assert len(only(ledger.release(people(range(12))).release).members) == 12


def test_a_household_counts_once_even_after_it_has_split() -> None:
    family = {person(number): one(household=0) for number in range(9)}
    ledger = Ledger()
    assert told(ledger.release(family | people(range(20, 29))).release) == {("1/0", "1/0"): ("5–9", 18)}
    split = people(range(9)) | people(range(20, 23))
    assert ledger.release(split).release.classes == ()


# ------------------------------------------------------------------ bands


def bands(sizes: Sequence[int], k: int = 5) -> list[str]:
    ledger = Ledger(k)
    return [only(ledger.release(people(range(size))).release).band.value for size in sizes]


def test_a_band_leaves_room_for_k_less_one_to_go() -> None:
    assert bands([13]) == ["5–9"]
    assert bands([14]) == ["10–19"]
    assert bands([14, 13, 12, 11, 10, 11]) == ["10–19"] * 6
    assert bands([20, 14, 13, 9]) == ["10–19", "10–19", "10–19", "5–9"]


def test_a_band_waits_for_k_to_come_together() -> None:
    assert bands([13, 14, 15, 16, 17, 18]) == ["5–9"] * 5 + ["10–19"]


def test_a_larger_k_has_no_band_below_it() -> None:
    assert bands([20, 12], k=10) == ["10–19", "10–19"]


# ------------------------------------------------------------------ between releases


def test_a_leaver_changes_nothing_until_the_next_release() -> None:
    ledger = Ledger()
    ledger.release(people(range(10)))
    assert withdraw(ledger.releases, {person(0), person(99)}) == ()
    assert withdraw([], {person(0)}) == ()


def test_a_class_that_would_fall_below_k_is_withdrawn_whole_at_once_and_for_good() -> None:
    ledger = Ledger()
    release = ledger.release(people(range(10))).release
    assert withdraw(ledger.releases, set(people(range(5)))) == ()
    assert withdraw(ledger.releases, set(people(range(6)))) == (only(release).class_id,)
    fallen = replace(release, fallen=frozenset({only(release).class_id}))
    assert fallen.standing == ()
    ledger.releases[-1] = fallen
    returned = ledger.release(people(range(10)))
    assert returned.release.classes == ()
    assert set(returned.undescribed.values()) == {Undescribed.SPENT}


# ------------------------------------------------------------------ what is refused


def test_k_below_the_floor_is_refused_even_for_nobody() -> None:
    with pytest.raises(Invalid, match="at least 5"):
        Ledger(4).release({})


def test_a_period_is_released_once() -> None:
    ledger = Ledger()
    ledger.release({})
    with pytest.raises(Refused, match="already"):
        ledger.release({}, period=0)


def test_new_hierarchies_serve_as_long_as_old_labels_cover_what_they_did() -> None:
    ledger = Ledger()
    ledger.release(people(range(10)))
    wider = (tree("trade", 12, 3), TREES[1])
    ledger.hierarchies = wider
    proposal = ledger.release(people(range(10)) | people(range(50, 60), trade=11))
    assert set(told(proposal.release)) == {("1/0", "1/0"), ("1/11", "1/0")}
    ledger.hierarchies = TREES
    with pytest.raises(Refused, match="no longer cover"):
        ledger.release(people(range(10)))


def test_a_leaf_that_moves_under_another_word_stops_releases_that_say_the_word() -> None:
    ledger = Ledger()
    ledger.release(people(range(6)) | people(range(6, 12), trade=1))
    paths = [("1/0", "x", "9/0"), *(("1/1", "3/0", "9/0"), ("1/2", "3/0", "9/0")), *TREES[0].paths[3:]]
    ledger.hierarchies = (Hierarchy("trade", TREES[0].levels, tuple(paths)), TREES[1])
    with pytest.raises(Refused):
        ledger.release(people(range(12)))


# ------------------------------------------------------------------ what it is worth, and how fast it is


@pytest.mark.parametrize(("months", "least", "most_lost"), [(1, 0.75, 0.32), (3, 0.55, 0.45)])
def test_after_twelve_releases_most_are_still_described(months: int, least: float, most_lost: float) -> None:
    told_of = story(years(months=months))
    last = worth(told_of.releases[-1], told_of.populations[-1])
    assert last.described >= least
    assert last.lost <= most_lost


def test_the_fortieth_release_of_a_large_town_takes_two_seconds_at_most() -> None:
    before, after = years(5000, releases=2, months=3)
    ledger = Ledger(hierarchies=HIERARCHIES)
    release = ledger.release(before).release
    ledger.releases = [_as_of(release, period) for period in range(39)]
    started = process_time()
    proposal = ledger.release(after)
    assert process_time() - started < 2
    assert sum(len(shown.members) for shown in proposal.release.classes) > 4000


def _as_of(release: Release, period: int) -> Release:
    """A release of an earlier period, when three of four were in their classes already."""

    def there(shown: ReleasedClass) -> ReleasedClass:
        members = {who: unit for who, unit in shown.members.items() if who.int % 160 <= period + 120}
        return replace(shown, members=members)

    return replace(release, period=period, classes=tuple(there(shown) for shown in release.classes))
