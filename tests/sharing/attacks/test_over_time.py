"""Attacks on what recipients get over a year: none leaves fewer than k; the naive way, attacked alike, does."""

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

import pytest

from kompetanse.sharing.ledger import withdraw
from kompetanse.sharing.releases import Release
from tests.sharing.attacks.attackers import Tally, band_changes, fitting, followed, intersected, seen, tally
from tests.sharing.towns import HIERARCHIES, Story, naive, story, years

K = 5


@pytest.fixture(scope="module", params=[1, 3], ids=["monthly", "quarterly"])
def year(request: pytest.FixtureRequest) -> Story:
    """Twelve releases to attack."""
    return story(years(months=request.param), K)


def described(release: Release) -> set[UUID]:
    return {person for one in release.classes for person in one.members}


# ------------------------------------------------------------------ intersection


def test_twelve_fresh_releases_single_out_many_though_each_is_safe_by_itself() -> None:
    releases = naive(years())
    assert all(tally([[release]], K).below_k == 0 for release in releases)
    stayed = set.intersection(*map(described, releases))
    alone = sum(units == 1 for person, _, units in intersected([releases]) if person in stayed)
    assert alone > len(stayed) / 3


def test_twelve_releases_of_the_ledger_leave_k_candidates_for_everybody(year: Story) -> None:
    result = tally([year.releases], K)
    assert result == Tally(result.attacked, below_k=0, singled_out=0)
    assert result.attacked > 800


def test_any_releases_that_a_late_or_careless_recipient_kept_leave_k(year: Story) -> None:
    for kept in (year.releases[6:], year.releases[::3], year.releases[:1] + year.releases[-1:]):
        assert tally([kept], K).below_k == 0


def test_following_handles_by_their_labels_leaves_k_households(year: Story) -> None:
    everybody = {person: one for population in year.populations for person, one in population.items()}
    left = list(followed(year.releases, year.populations, HIERARCHIES))
    assert len(left) > 100
    assert all(len({everybody[person].unit for person in people}) >= K for people in left)


# ------------------------------------------------------------------ homogeneity


def test_where_all_in_a_class_are_alike_it_says_no_more_than_of_others(year: Story) -> None:
    """Labels and a band are all there is: nothing is told of a class that l-diversity would have to vary."""
    for release, population in zip(year.releases, year.populations, strict=True):
        sight, fits = seen(release), fitting(seen(release), population, HIERARCHIES)
        assert set(described(release)) <= set().union(*fits.values())
        for handle, (_, band) in sight.items():
            least = max(K, int(band.split("–")[0].strip("+")))
            assert len({population[person].unit for person in fits[handle]}) >= least


# ------------------------------------------------------------------ collusion


@pytest.mark.parametrize("recipients", [2, 3, 4])
def test_recipients_who_put_their_copies_together_learn_nothing_more(year: Story, recipients: int) -> None:
    """They came at different times, and each read what all others read."""
    views = [year.releases[number:] for number in range(recipients)]
    assert tally(views, K) == tally([year.releases], K)


def test_recipients_who_got_different_k_would_single_people_out() -> None:
    """Why all get one and the same release: two ledgers over the same people, each of them sound."""
    populations = years(releases=6, months=3)
    views = [story(populations, k).releases for k in (5, 8)]
    assert all(tally([view], 5).below_k == 0 for view in views)
    assert tally(views, 5).below_k > 0


# ------------------------------------------------------------------ differencing


def test_whoever_knows_who_joined_finds_k_behind_each(year: Story) -> None:
    joined = 0
    for number, after in enumerate(year.releases[1:], start=1):
        new = described(after) - {person for release in year.releases[:number] for person in described(release)}
        counts = {person: units for person, _, units in intersected([year.releases[: number + 1]])}
        assert all(counts[person] >= K for person in new)
        joined += len(new)
    assert joined > 50


def test_whoever_knows_who_left_finds_k_behind_each(year: Story) -> None:
    left = 0
    counts = {person: units for person, _, units in intersected([year.releases])}
    for (before, after), population in zip(pairwise(year.releases), year.populations[1:], strict=True):
        gone = {person for person in described(before) - described(after) if person not in population}
        assert all(counts[person] >= K for person in gone)
        left += len(gone)
    assert left > 50


def test_a_band_that_changes_tells_of_k_households_together(year: Story) -> None:
    changes = list(band_changes(year.releases))
    assert changes
    assert all(moved >= k for moved, k in changes)


def test_between_releases_one_leaver_changes_nothing_but_a_class_that_would_be_too_small(year: Story) -> None:
    release = year.releases[5]
    history = year.releases[:6]
    silent = 0
    for one in release.classes:
        leaver = next(iter(one.members))
        fell = withdraw(history, {leaver})
        assert set(fell) <= {one.class_id}
        silent += not fell
        units = {unit for person, unit in one.members.items() if person != leaver}
        assert fell or len(units) >= K
    assert silent > len(release.classes) / 2


def test_whoever_is_gone_at_once_is_in_no_class_that_still_stands_with_fewer_than_k(year: Story) -> None:
    history, release = year.releases[:6], year.releases[5]
    gone = set(described(release)) - set(year.populations[6])
    fell = withdraw(history, gone)
    for one in release.classes:
        left: Sequence[UUID] = [unit for person, unit in one.members.items() if person not in gone]
        assert one.class_id in fell or len(set(left)) >= K
