"""Sound releases, spoiled one way each: the check must say which."""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from uuid import UUID

import pytest

from kompetanse.sharing import releases_check
from kompetanse.sharing.classes import SizeBand
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.releases import Population, Release, ReleasedClass
from kompetanse.sharing.releases_check import Rule, demand
from kompetanse.sharing.verify import Unsafe
from tests.sharing.histories import TREES, Ledger, one, people, person
from tests.sharing.registries import tree, unit

Case = tuple[list[Release], Release, Population]
Inside = tuple[list[Release], Release, Population, list[list[UUID]]]

TOWN = people(range(12)) | people(range(20, 34), step=1)


def sound() -> Case:
    """Two releases: classes of 12 and 14, then the same with one joiner and one leaver."""
    ledger = Ledger()
    ledger.release(TOWN)
    later = people(range(1, 13)) | people(range(20, 34), step=1)
    ledger.release(later)
    return ledger.releases[:1], ledger.releases[1], later


def spoiled(case: Case, number: int, **changes: object) -> Case:
    """The same, with one class of the new release another."""
    history, release, population = case
    classes = list(release.classes)
    classes[number] = replace(classes[number], **changes)  # type: ignore[arg-type]
    return history, replace(release, classes=tuple(classes)), population


def keep(case: Case, number: int, members: range) -> Case:
    return spoiled(case, number, members={person(who): unit(who) for who in members})


def of(case: Case, **changes: object) -> Case:
    history, release, population = case
    return history, replace(release, **changes), population  # type: ignore[arg-type]


def moved_apart() -> Case:
    """The class of 14 told apart into two of seven."""
    history, release, population = sound()
    first, second = release.classes
    half = {who: home for who, home in second.members.items() if who < person(27)}
    rest = {who: home for who, home in second.members.items() if who not in half}
    apart = replace(second, class_id=unit(77), labels=("1/0", "2/0"), members=rest, banded=1, band=SizeBand.FROM_5)
    return history, replace(release, classes=(first, replace(second, members=half), apart)), population


def intersected() -> Case:
    """Twelve, of whom four are left of the first release; the second described all of them in one class."""
    ledger = Ledger()
    ledger.release(people(range(10)))
    ledger.release(people(range(10)) | people(range(50, 58)))
    town = people(range(6, 10)) | people(range(50, 58))
    shown = replace(ledger.releases[1].classes[0], members={who: it.unit for who, it in town.items()})
    return ledger.releases, Release(2, 5, TREES, (shown,)), town


def a_household_split() -> Case:
    together = {person(who): one(household=0) for who in range(5)} | people(range(20, 34))
    ledger = Ledger()
    ledger.release(together)
    apart = people(range(5)) | people(range(30, 33))
    shown = replace(ledger.releases[0].classes[0], members={who: home.unit for who, home in apart.items()})
    return ledger.releases, Release(1, 5, TREES, (replace(shown, band=SizeBand.FROM_5, banded=1),)), apart


def a_finer_label() -> Case:
    ledger = Ledger()
    ledger.release(people(range(8)) | people(range(8, 12), step=1))
    town = people(range(12)) | people(range(50, 60))
    release = ledger.release(town).release
    return spoiled((ledger.releases[:1], release, town), 0, labels=("1/0", "1/0"))


def finer_by_another_id() -> Case:
    return spoiled(a_finer_label(), 0, class_id=unit(77), banded=1, band=SizeBand.FROM_5)


def finer_for_others() -> Case:
    return spoiled(keep(a_finer_label(), 0, range(50, 60)), 0, banded=1, band=SizeBand.FROM_5)


def a_class_that_fell() -> Case:
    history, release, population = sound()
    return [replace(history[0], fallen=frozenset({release.classes[0].class_id}))], release, population


def a_band_without_room() -> Case:
    """Ten, and the band says so, in a first release: one leaver would change it."""
    town = people(range(10))
    return spoiled(([], Ledger().release(town).release, town), 0, band=SizeBand.FROM_10)


def a_band_for_one() -> Case:
    """Fourteen, then fifteen: the band that fifteen would have is shown at once."""
    ledger = Ledger()
    ledger.release(people(range(13)))
    town = people(range(14))
    release = ledger.release(town).release
    return spoiled((ledger.releases[:1], release, town), 0, band=SizeBand.FROM_10, banded=1)


def words_that_narrow() -> Case:
    history, release, population = sound()
    wide = [replace(history[0], hierarchies=(_renamed(TREES[0]), TREES[1]))]
    return wide, release, population


def _renamed(hierarchy: Hierarchy) -> Hierarchy:
    """Once, "1/0" was a word of two leaves."""
    first, *others = ((path[0], *path) for path in hierarchy.paths)
    return Hierarchy(hierarchy.name, ("oldest", *hierarchy.levels), (first, ("older", *first[1:]), *others))


def inside(*known: range) -> Inside:
    """Sound releases, read by some who know people in them: the first class is of twelve."""
    return *sound(), [[person(who) for who in numbers] for numbers in known]


def without(case: Case, gone: int) -> Case:
    history, release, population = case
    return history, release, {who: it for who, it in population.items() if who != person(gone)}


def moved(case: Case, who: int) -> Case:
    history, release, population = case
    return history, release, {**population, person(who): one(household=99)}


SPOILED: tuple[tuple[str, Callable[[], Case | Inside], Rule], ...] = (
    ("k below the floor", lambda: of(sound(), k=4), Rule.FLOOR),
    ("the same period again", lambda: of(sound(), period=0), Rule.ORDER),
    ("a word of no hierarchy", lambda: spoiled(sound(), 0, labels=("Rasa", "1/0")), Rule.WORDS),
    ("a class twice", lambda: of(sound(), classes=sound()[1].classes * 2), Rule.ONCE),
    ("two classes that say the same", lambda: spoiled(sound(), 0, labels=("1/0", "1/1")), Rule.ONCE),
    ("somebody in two classes", lambda: keep(sound(), 0, range(1, 21)), Rule.ONCE),
    ("somebody who is gone", lambda: without(sound(), 5), Rule.REGISTERED),
    ("another household than hers", lambda: moved(sound(), 5), Rule.REGISTERED),
    ("somebody whom the labels do not fit", lambda: spoiled(sound(), 0, labels=("1/1", "1/0")), Rule.COVERED),
    ("four units", lambda: keep(sound(), 0, range(1, 5)), Rule.SIZE),
    ("nobody", lambda: keep(sound(), 0, range(0)), Rule.SIZE),
    ("four units that were one household", a_household_split, Rule.SIZE),
    ("fewer than the k that is said", lambda: of(sound(), k=13), Rule.SIZE),
    ("three who are left of the first", intersected, Rule.CANDIDATES),
    ("four whom an insider does not know", lambda: inside(range(20), range(1, 8)), Rule.INSIDER),
    ("a label that is finer", a_finer_label, Rule.COARSER),
    ("a finer label by another id", finer_by_another_id, Rule.COARSER),
    ("a finer label for others", finer_for_others, Rule.COARSER),
    ("words that cover less than they did", words_that_narrow, Rule.COARSER),
    ("a class told apart", moved_apart, Rule.TOGETHER),
    ("a class that fell", a_class_that_fell, Rule.ENDED),
    ("a band above the number", lambda: spoiled(sound(), 0, band=SizeBand.FROM_20, banded=1), Rule.BAND),
    ("a band kept too long", lambda: keep(sound(), 1, range(20, 29)), Rule.BAND),
    ("a band without room", a_band_without_room, Rule.BAND),
    ("a band that changes unsaid", lambda: spoiled(sound(), 1, band=SizeBand.FROM_5), Rule.BAND),
    ("a band set at another time", lambda: spoiled(sound(), 1, banded=-1), Rule.BAND),
    ("a band that changes for one", a_band_for_one, Rule.BAND),
)  # fmt: skip


def unnoticed(module: ModuleType) -> list[str]:
    """What a check lets pass, or finds without saying the rule; or finds where nothing is wrong."""
    passed = [what for what, case, rule in SPOILED if rule.name not in _names(module, case())]
    sound_ones = (sound(), inside(range(1, 7), range(40)))
    return passed + [f"sound: {name}" for case in sound_ones for name in _names(module, case)]


def _names(module: ModuleType, case: Case | Inside) -> set[str]:
    return {finding.rule.name for finding in module.check(*case)}


@pytest.mark.parametrize(("case", "rule"), [row[1:] for row in SPOILED], ids=[row[0] for row in SPOILED])
def test_a_release_that_breaks_a_rule_is_found_out(case: Callable[[], Case | Inside], rule: Rule) -> None:
    assert rule in {finding.rule for finding in releases_check.check(*case())}
    with pytest.raises(Unsafe, match=rule.value):
        demand(*case())


def test_nothing_is_found_in_sound_releases() -> None:
    assert unnoticed(releases_check) == []
    demand(*sound())
    demand([], Release(0, 5, TREES, ()), {})


def test_a_finding_names_the_class_and_nobody() -> None:
    history, release, population = keep(sound(), 0, range(1, 5))
    (finding, *_) = releases_check.check(history, release, population)
    assert finding.class_id == release.classes[0].class_id
    shown: ReleasedClass = release.classes[0]
    with pytest.raises(Unsafe) as raised:
        demand(history, release, population)
    assert not any(str(who) in str(raised.value) for who in shown.members)


def test_new_words_that_cover_more_are_no_fault() -> None:
    history, release, population = sound()
    wider = (tree("trade", 12, 3), TREES[1])
    assert releases_check.check(history, replace(release, hierarchies=wider), population) == ()
