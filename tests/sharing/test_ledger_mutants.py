"""The ledger, broken on purpose: the check must notice each way, and where it tells people apart, so must an attack."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest

from kompetanse.errors import DomainError, Invalid
from kompetanse.sharing import candidates, labels, ledger, releases_check
from kompetanse.sharing.releases import Population, Registered, Release
from kompetanse.sharing.verify import Unsafe
from tests.sharing.attacks.attackers import tally, without
from tests.sharing.histories import TREES, Ledger, one, people, person
from tests.sharing.registries import tree
from tests.sharing.test_mutants import Mutant, grown
from tests.sharing.test_releases_check import unnoticed
from tests.sharing.towns import HIERARCHIES, years

K = 6


@dataclass(frozen=True, slots=True)
class Apart(Mutant):
    """A mutant that tells people apart: an attack must notice it even when nothing is counted again."""


ANYBODY = ("people - frame.past.unsafe(people, frame.reserve)", "people")
"""Whoever is alike is born into a class, though she could be told apart in it."""

MAKERS = (
    Apart(candidates, "nobody has too few candidates", "if self._candidates(crowd, crowds) < k", "if False"),
    Apart(candidates, "k less one", "_candidates(crowd, crowds) < k", "_candidates(crowd, crowds) < k - 1"),
    Apart(candidates, "those left out still count", "while weak := [", "if weak := ["),
    Apart(candidates, "the last release alone counts", "for release in history for", "for release in history[-1:] for"),
    Apart(candidates, "one release in common is enough", "trail <= other_trail", "not trail or trail & other_trail"),
    Apart(candidates, "candidates the wrong way round", "trail <= other_trail", "trail >= other_trail"),
    Apart(candidates, "members counted, not households", "above[max(one, other)] = min(one, other)", "pass"),
    Mutant(candidates, "households of today alone", "e(one.members.items())", "e(zip(*[one.members] * 2))"),
    Apart(candidates, "households of former days alone", "{(person, one.unit) for", "{(person, person) for"),
    Mutant(labels, "labels become finer", "dict.fromkeys(path[level:])", "dict.fromkeys(path)"),
    Mutant(labels, "one word that fits is enough", "return all(", "return any("),
    Apart(ledger, "the spent return", "person not in known.homes}", "known.homes.get(person) not in before}", ANYBODY),
    Apart(ledger, "members counted at birth", "setdefault(frame.past.kin[person]", "setdefault(person", ANYBODY),
    Apart(ledger, "born with k less one", "max(ceil(headroom.reserve * k), k)", "k - 1", ANYBODY),
    Apart(ledger, "the unsafe stay", "- frame.past.unsafe(fitting, frame.k)\n    if", "\n    if"),
    Apart(ledger, "the unsafe stay when coarser", "- frame.past.unsafe(fitting, frame.k)\n        t", "\n        t"),
    Mutant(ledger, "a joiner enters any class", "if frame.words.covers(one.labels, values)), None", "), None"),
    Mutant(ledger, "the outgrown stay", "if self.words.covers(labels, self.population[person].values)}", "}"),
    Mutant(ledger, "the same is said twice", "setdefault(one.labels, one)", "setdefault((one.class_id,), one)"),
    Mutant(ledger, "what fell returns", "standing = history[-1].standing if", "standing = history[-1].classes if"),
    Mutant(ledger, "another unit is told", "{person: frame.population[person].unit for", "{person: person for"),
    Mutant(ledger, "bands leave no room", "size_band(max(len(units) - k + 1, k))", "size_band(len(units))"),
    Mutant(ledger, "bands begin above", "size_band(max(len(units) - k + 1, k))", "size_band(len(units) + k)"),
    Mutant(ledger, "bands change for one", "len(moved) < frame.k", "len(moved) < 1"),
    Mutant(ledger, "bands never change", "since.k == frame.k and len(moved) < frame.k and still_true", "True"),
    Mutant(ledger, "bands outlive households", " and still_true", ""),
    Mutant(ledger, "words may narrow", "if any(now.narrows", "if False and any(now.narrows"),
    Mutant(ledger, "a period twice", "if period <= history[-1].period", "if period < history[-1].period"),
    Mutant(ledger, "k below the floor", "if k < K_FLOOR", "if k < 0"),
    Mutant(ledger, "leavers stay between releases", "- set(gone)", "- set()"),
    Mutant(ledger, "people counted between releases", "known.unsafe(people, last.k) == people", "len(people) < last.k"),
    Apart(candidates, "insiders know nobody", "enumerate(insiders)", "enumerate(())"),
    Apart(candidates, "insiders count their own", " if stranger not in other))", "))"),
    Mutant(candidates, "insiders are asked of their own alone", "not in known_to]", "in known_to]"),
    Apart(ledger, "insiders tell the newborn apart", *ANYBODY),
    Mutant(ledger, "insiders tell joiners apart", "- frame.past.unsafe(one.members | people, frame.k)", ""),
    Apart(ledger, "nobody is an insider", "past(history, population, insiders)", "past(history, population)"),
    Mutant(ledger, "insiders forget between releases", "past(history, {}, insiders)", "past(history, {})"),
)  # fmt: skip

CHECKS = (
    Mutant(releases_check, "size: k less one", "np.unique(units)) < release.k", "np.unique(units)) < release.k - 1"),
    Mutant(releases_check, "size: members", "len(np.unique(units)) < release.k", "len(units) < release.k"),
    Mutant(releases_check, "candidates: k less one", "_fewest(codes, units) <", "1 + _fewest(codes, units) <"),
    Mutant(releases_check, "candidates: the largest", "return min(int(", "return max(int("),
    Mutant(releases_check, "candidates: at any release", ".all(axis=1) for trail", ".any(axis=1) for trail"),
    Mutant(releases_check, "candidates: also when she was not described", " | (trail == _NOWHERE)", ""),
    Mutant(releases_check, "the last release alone", "te((*history, release))", "te((*history[-1:], release))"),
    Mutant(releases_check, "households of today alone", "(*history, release) for shown", "(release,) for shown"),
    Mutant(releases_check, "the floor lowered", "_FLOOR = 5", "_FLOOR = 4"),
    Mutant(releases_check, "a period twice", "after.period <= before.period", "after.period < before.period"),
    Mutant(releases_check, "insiders: k less one", "_fewest(ledger.codes[rows]", "1 + _fewest(ledger.codes[rows]"),
    Mutant(releases_check, "insiders know nobody", "rows = rows[~known[rows]]", "rows = rows"),
    Mutant(releases_check, "insiders know all", "rows = rows[~known[rows]]", "rows = rows[:0]"),
    Mutant(releases_check, "twice is once", "if len(set(listed)) < len(listed)", "if False"),
    Mutant(releases_check, "any word will do", "if any(word not in column", "if all(word not in column"),
    Mutant(releases_check, "the gone are registered", "person not in population or ", "person in population and "),
    Mutant(releases_check, "any household", " or population[person].unit != unit", ""),
    Mutant(releases_check, "nobody need fit", "if not all(", "if not any("),
    Mutant(releases_check, "what fell stands", "if one.class_id not in history[-1].fallen", "if True"),
    Mutant(releases_check, "labels by class alone", "if person in said}", "if False}"),
    Mutant(releases_check, "labels by person alone", "if one.class_id in standing else set()", "if False else set()"),
    Mutant(releases_check, "old words by new leaves", "[_leaves(one) for one in history[-1].hierarchies]", "words"),
    Mutant(releases_check, "classes may split", "if len(np.unique(both[0])) < both.shape[1]", "if False"),
    Mutant(releases_check, "bands kept too long", "if len(units) < _edge(one)", "if False"),
    Mutant(releases_check, "bands without room", "max(len(units) - release.k + 1, release.k)", "len(units)"),
    Mutant(releases_check, "bands change for one", "len(moved) < release.k", "len(moved) < 1"),
    Mutant(releases_check, "bands change unsaid", "(one.band, one.banded) !=", "(earlier.band, one.banded) !="),
    Mutant(releases_check, "bands set at any time", "(one.band, one.banded) !=", "(one.band, earlier.banded) !="),
)  # fmt: skip


class Unchecked:
    """Stands where the check does, and lets everything pass."""

    @staticmethod
    def demand(*_: object) -> None:
        """Say nothing."""


def remade(mutant: Mutant) -> Any:
    """The ledger with the change in it, wherever it was made."""
    broken = grown(mutant)
    if mutant.module is ledger:
        return broken
    made = grown(Mutant(ledger, "none", "def next_release(", "def next_release("))
    for name, value in vars(mutant.module).items():
        if vars(made).get(name) is value and not name.startswith("__"):
            setattr(made, name, getattr(broken, name))
    return made


# ------------------------------------------------------------------ what mutants live through


def town() -> list[Population]:
    return list(years(240, releases=10, months=2, seed=3))


def cohorts() -> list[Population]:
    """A first cohort that dwindles under later ones, people who change, a class taken up by another, households."""
    families = {person(300 + who): one(2, 3, household=300 + who // 4) for who in range(40)}
    first = people(range(12)) | people(range(40, 52), step=1)
    second, third = people(range(100, 104)), people(range(110, 124))
    few = people(range(5)) | people(range(40, 45), step=1)
    return [
        first | families,
        first | second | families,
        first | second | third | families,
        few | second | third,
        few | second | third | people(range(200, 230)) | people(range(400, 412), step=1),
        few | people(range(100, 140)) | people(range(200, 206)),
    ]


def split_family() -> list[Population]:
    """Households that split, and people who move together."""
    family = {person(who): one(household=who // 3) for who in range(36)}
    apart = people(range(5)) | {person(who): one(household=who // 3) for who in range(18, 24)}
    neighbours = people(range(100, 116), trade=8)
    together = {who: one(8, 0, household=100) for who in list(neighbours)[:8]}
    return [family | neighbours, apart | neighbours | together]


def crowded() -> list[Population]:
    """Many people of few households."""
    return [{person(who): one(household=who // 4) for who in range(16)} | people(range(20, 34), trade=8)]


def halves() -> list[Population]:
    """Labels that must become coarser, and could become finer again."""
    return [
        people(range(8)) | people(range(8, 14), step=1),
        people(range(11)) | people(range(11, 14), 8),
        people(range(6)) | people(range(6, 11), step=1),
        people(range(11), step=1),
    ]


def twins() -> list[Population]:
    """Two classes whose people change places, so that both come to say the same."""
    first, second = people(range(12)), people(range(20, 32), step=1)
    left = people(range(4)) | people(range(4, 8), step=1) | people(range(20, 24), step=1) | people(range(24, 28))
    return [first | second, left]


def sizes() -> list[Population]:
    return [people(range(size)) for size in (15, 16, 17, 30, 20, 16, 12, 9)]


LIVES: tuple[Callable[[], list[Population]], ...] = (cohorts, split_family, crowded, halves, twins, sizes)


def lived(make: Any, populations: Sequence[Population], hierarchies: Any = TREES) -> list[Release]:
    kept = Ledger(K, hierarchies=hierarchies)
    for population in populations:
        release = make(
            kept.releases, population, K, period=len(kept.releases), hierarchies=hierarchies, new_id=kept.new_id
        ).release  # fmt: skip
        assert releases_check.check(kept.releases, release, population) == ()
        kept.releases.append(release)
    return kept.releases


PLACES = (TREES[0], tree("town", 3, 3))
INSIDERS = [[person(who) for who in range(town * 100, town * 100 + 100)] for town in range(3)]


def neighbours(*numbers: range, trade: int = 0) -> dict[UUID, Registered]:
    """People of three towns of a hundred each, all of which read what they share."""
    return {person(who): one(trade, who // 100, household=who) for these in numbers for who in these}


THREE = (range(9), range(100, 108), range(200, 207))
"""Enough for a class of three towns, and too few for one of any of them."""


def pooled() -> list[Population]:
    """Three towns; a trade that two work in, only two people of the second; and leavers from one town after another."""
    two = neighbours(range(40, 51), range(140, 142), trade=6)
    return [
        neighbours(*THREE) | two,
        neighbours(*THREE, range(50, 53), range(150, 152)) | two | neighbours(range(240, 244), trade=6),
        neighbours(range(9), range(100, 103), range(200, 207)) | two,
        neighbours(range(9), range(200, 202)) | two,
    ]


def lived_inside(maker: Any, *, checking: bool = True) -> list[Release]:
    kept = Ledger(K, hierarchies=PLACES)
    for population in pooled():
        release = maker.next_release(
            kept.releases, population, K, period=len(kept.releases), hierarchies=PLACES, new_id=kept.new_id,
            insiders=INSIDERS,
        ).release  # fmt: skip
        assert not checking or releases_check.check(kept.releases, release, population, INSIDERS) == ()
        kept.releases.append(release)
    for known in ([], *INSIDERS):
        assert tally([[without(known, one) for one in kept.releases]], K).below_k == 0
    return kept.releases


def inside(maker: Any) -> None:
    """Who knows her own people: at birth, over time, between releases, and where somebody joins a class of hers."""
    history = lived_inside(maker)[:1]
    assert history[0].classes
    left = {*range(5), *range(100, 105)}
    gone = {person(who) for numbers in THREE for who in numbers if who not in left}
    assert maker.withdraw(history, gone, INSIDERS) == (history[0].classes[0].class_id,)
    assert maker.withdraw(history, gone) == ()
    alone = neighbours(range(9), range(180, 181))
    after = maker.next_release(
        history, alone, K, period=1, hierarchies=PLACES, new_id=Ledger().new_id, insiders=INSIDERS,
        headroom=maker.Headroom(reserve=1.0, coarsest=1.0),
    ).release  # fmt: skip
    assert [len(shown.members) for shown in after.classes] == [9]


def checked(maker: Any) -> None:
    """Everything that the check can notice, and what must be refused."""
    lived(maker.next_release, town(), HIERARCHIES)
    for life in LIVES:
        lived(maker.next_release, life())
    between_releases(maker)
    refusals(maker)
    fallen(maker)
    inside(maker)


def between_releases(maker: Any) -> None:
    families = {person(who): one(household=who // 3) for who in range(36)}
    history = lived(maker.next_release, [families])
    classes = tuple(shown.class_id for shown in history[0].classes)
    assert maker.withdraw(history, {person(who) for who in range(18)}) == ()
    assert maker.withdraw(history, {person(who) for who in range(21)}) == classes


def refusals(maker: Any) -> None:
    history = lived(maker.next_release, [people(range(14), trade=8)])
    again = {"population": people(range(14), trade=8), "k": K, "new_id": Ledger().new_id}
    with pytest.raises(maker.Refused):
        maker.next_release(history, **again, period=0, hierarchies=TREES)
    with pytest.raises(maker.Refused):
        maker.next_release(history, **again, period=1, hierarchies=(tree("trade", 8, 3), TREES[1]))
    with pytest.raises(Invalid):
        maker.next_release([], **{**again, "k": 4}, period=0, hierarchies=TREES)


def fallen(maker: Any) -> None:
    history = lived(maker.next_release, [people(range(14))])
    gone: frozenset[UUID] = frozenset(shown.class_id for shown in history[0].classes)
    history = [replace(history[0], fallen=gone)]
    new_id = Ledger().new_id
    after = maker.next_release(history, people(range(14)), K, period=1, hierarchies=TREES, new_id=new_id)
    assert after.release.classes == ()


def attacked(maker: Any) -> None:
    """Nothing is counted again: what is left is an attacker's reading of what was released."""
    maker.releases_check = Unchecked
    for populations, hierarchies in [(town(), HIERARCHIES), *((life(), TREES) for life in LIVES)]:
        kept = Ledger(K, hierarchies=hierarchies)
        for population in populations:
            kept.releases.append(
                maker.next_release(
                    kept.releases, population, K, period=len(kept.releases), hierarchies=hierarchies, new_id=kept.new_id
                ).release
            )
        assert tally([kept.releases], K).below_k == 0
    lived_inside(maker, checking=False)


NOTICED = (AssertionError, DomainError, LookupError, ValueError, pytest.fail.Exception)


def sound() -> Any:
    return grown(Mutant(ledger, "none", "def next_release(", "def next_release("))


def test_the_sound_ledger_withstands_it_all() -> None:
    checked(sound())
    attacked(sound())
    assert unnoticed(releases_check) == []


@pytest.mark.parametrize("mutant", MAKERS, ids=lambda mutant: f"{mutant.module.__name__}: {mutant.what}")
def test_every_mutant_of_the_ledger_is_noticed_by_the_check(mutant: Mutant) -> None:
    with pytest.raises(NOTICED):
        checked(remade(mutant))


@pytest.mark.parametrize("mutant", [one for one in MAKERS if isinstance(one, Apart)], ids=lambda mutant: mutant.what)
def test_every_mutant_that_tells_people_apart_falls_to_an_attack(mutant: Mutant) -> None:
    with pytest.raises(NOTICED):
        attacked(remade(mutant))


@pytest.mark.parametrize("mutant", CHECKS, ids=lambda mutant: mutant.what)
def test_every_mutant_of_the_check_lets_something_pass(mutant: Mutant) -> None:
    broken = grown(mutant)
    try:
        passed = unnoticed(broken)
    except LookupError:
        return
    assert passed


def test_a_ledger_that_is_not_checked_is_noticed() -> None:
    """The maker breaks and its check is gone: the releases are then found unsafe by whoever counts again."""
    unchecked = Mutant(ledger, "not checked", "    releases_check.demand(history, release, population, insiders)\n", "")
    for maker, noticed in ((sound(), Unsafe), (grown(unchecked), AssertionError)):
        maker.past = grown(MAKERS[0]).past
        with pytest.raises(noticed):
            lived(maker.next_release, cohorts())
