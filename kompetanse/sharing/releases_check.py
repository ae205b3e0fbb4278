"""Checks a release against all earlier ones, by itself: shares no code with what made it. Pure arrays.

Reads the guarantee off the rows: each class describes at least k registered units whose values are under its labels,
and whoever is described cannot be told, by all releases together, from fewer than k units.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.releases import History, Labels, Population, Release, ReleasedClass, Values
from kompetanse.sharing.verify import Unsafe

Codes = NDArray[np.int32]

Words = Mapping[str, Set[str]]
"""The leaves under each word of a hierarchy."""

_FLOOR = 5
_NOWHERE = -1


class Rule(StrEnum):
    """What a release has to keep."""

    FLOOR = "k is at least 5"
    ORDER = "periods rise"
    WORDS = "labels are words of the hierarchies"
    ONCE = "no person, class or label stands twice"
    REGISTERED = "whoever is described is registered, in the unit that is told"
    COVERED = "everybody's values are under the labels of her class"
    SIZE = "a class describes k units"
    CANDIDATES = "everybody has k units of candidates over all releases"
    INSIDER = "who knows the people of one municipality tells nobody else from fewer than k units"
    COARSER = "labels only become coarser"
    TOGETHER = "who were in one class are not told apart"
    ENDED = "a class that has ended does not return"
    BAND = "a band begins at or below the number of units, and changes for k of them only"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a release breaks, and the class that breaks it, where it is one. Names no person."""

    rule: Rule
    class_id: UUID | None = None


def demand(
    history: History, release: Release, population: Population, insiders: Sequence[Collection[UUID]] = ()
) -> None:
    """Let a release pass only if nothing is found.

    Raises:
        Unsafe: something is. The text names the rules and nobody.
    """
    if findings := check(history, release, population, insiders):
        raise Unsafe("Nothing was released: " + "; ".join(sorted({one.rule for one in findings})))


def check(
    history: History, release: Release, population: Population, insiders: Sequence[Collection[UUID]] = ()
) -> tuple[Finding, ...]:
    """What is wrong with a release, rule by rule; nothing when it may go out.

    Args:
        history: every earlier release, oldest first.
        release: the one in question; it is held to the k that it says.
        population: everybody who may be described at this release.
        insiders: the people whom each municipality knows, where several make the release together.
    """
    words = [_leaves(one) for one in release.hierarchies]
    people = sorted({*population, *(p for one in (*history, release) for c in one.classes for p in c.members)})
    place = {person: row for row, person in enumerate(people)}
    ledger = _Ledger(place, _codes(history, release, place), _units(history, release, population, place))
    rules: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _form(history, release),
        lambda: _once(release),
        lambda: _covered(release, population, words),
        lambda: _continued(history, release, words),
        lambda: _counted(ledger, release),
        lambda: _bands(ledger, history, release),
        lambda: _inside(ledger, release, insiders),
    )
    return tuple(finding for rule in rules for finding in rule())


@dataclass(frozen=True, slots=True)
class _Ledger:
    """All rows as arrays: `codes` int32[people, releases], the class of each or -1; `units` int32[people]."""

    place: Mapping[UUID, int]
    codes: Codes
    units: Codes

    def rows(self, one: ReleasedClass | None) -> Codes:
        """The places of a class's members."""
        return np.array([self.place[person] for person in one.members] if one else [], dtype=np.int32)


def _leaves(hierarchy: Hierarchy) -> Words:
    words: dict[str, set[str]] = {word: set() for word in hierarchy.labels}
    for path in hierarchy.paths:
        for word in path:
            words[word].add(path[0])
    return words


def _codes(history: History, release: Release, place: Mapping[UUID, int]) -> Codes:
    codes = np.full((len(place), len(history) + 1), _NOWHERE, dtype=np.int32)
    for column, one in enumerate((*history, release)):
        for code, shown in enumerate(one.classes):
            codes[[place[person] for person in shown.members], column] = code
    return codes


def _units(history: History, release: Release, population: Population, place: Mapping[UUID, int]) -> Codes:
    """A number for each person, the same for all who are tied by households, of now or of any release."""
    pairs = {(person, one.unit) for person, one in population.items()}
    pairs.update(pair for one in (*history, release) for shown in one.classes for pair in shown.members.items())
    nodes = dict(place)
    edges = np.array([(nodes[p], nodes.setdefault(unit, len(nodes))) for p, unit in pairs], dtype=np.int32)
    if not len(edges):
        return np.zeros(0, dtype=np.int32)
    graph = coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(len(nodes), len(nodes)))
    components: Codes = connected_components(graph, directed=False)[1]
    return components[: len(place)]


def _form(history: History, release: Release) -> Iterator[Finding]:
    if release.k < _FLOOR:
        yield Finding(Rule.FLOOR)
    if any(after.period <= before.period for before, after in pairwise((*history, release))):
        yield Finding(Rule.ORDER)


def _once(release: Release) -> Iterator[Finding]:
    people = [person for one in release.classes for person in one.members]
    for listed in (people, [one.class_id for one in release.classes], [one.labels for one in release.classes]):
        if len(set(listed)) < len(listed):
            yield Finding(Rule.ONCE)


def _covered(release: Release, population: Population, words: Sequence[Words]) -> Iterator[Finding]:
    for one in release.classes:
        if any(word not in column for word, column in zip(one.labels, words, strict=True)):
            yield Finding(Rule.WORDS, one.class_id)
            continue
        if any(person not in population or population[person].unit != unit for person, unit in one.members.items()):
            yield Finding(Rule.REGISTERED, one.class_id)
        values: set[Values] = {population[person].values for person in one.members if person in population}
        if not all(
            leaf in column[word] for row in values for leaf, word, column in zip(row, one.labels, words, strict=True)
        ):
            yield Finding(Rule.COVERED, one.class_id)


def _continued(history: History, release: Release, words: Sequence[Words]) -> Iterator[Finding]:
    """Each class against the last release: its own labels then, and those under which its people were described."""
    if not history:
        return
    then = [_leaves(one) for one in history[-1].hierarchies]
    standing = {one.class_id: one.labels for one in history[-1].classes if one.class_id not in history[-1].fallen}
    ended = {one.class_id for earlier in history for one in earlier.classes} - set(standing)
    said = {person: one.labels for one in history[-1].classes for person in one.members}
    for one in release.classes:
        if one.class_id in ended:
            yield Finding(Rule.ENDED, one.class_id)
        before: set[Labels] = {said[person] for person in one.members if person in said}
        before |= {standing[one.class_id]} if one.class_id in standing else set()
        for labels in before:
            pairs = zip(labels, one.labels, words, then, strict=True)
            if any(not old[was] <= new.get(now, set()) for was, now, new, old in pairs):
                yield Finding(Rule.COARSER, one.class_id)


def _counted(ledger: _Ledger, release: Release) -> Iterator[Finding]:
    """Units of each class, and of the candidates of everybody in it."""
    for one in release.classes:
        rows = ledger.rows(one)
        codes, units = ledger.codes[rows], ledger.units[rows]
        if len(np.unique(units)) < release.k:
            yield Finding(Rule.SIZE, one.class_id)
        if len(rows) and _fewest(codes, units) < release.k:
            yield Finding(Rule.CANDIDATES, one.class_id)
    for column in ledger.codes.T[:-1]:
        now = ledger.codes[:, -1]
        both = np.unique(np.stack([column, now])[:, (column >= 0) & (now >= 0)], axis=1)
        if len(np.unique(both[0])) < both.shape[1]:
            yield Finding(Rule.TOGETHER)


def _inside(ledger: _Ledger, release: Release, insiders: Sequence[Collection[UUID]]) -> Iterator[Finding]:
    """Each class as it is to somebody who takes away the people whom she knows."""
    for people in insiders:
        known = np.zeros(len(ledger.place), dtype=bool)
        known[[ledger.place[person] for person in people if person in ledger.place]] = True
        for one in release.classes:
            rows = ledger.rows(one)
            rows = rows[~known[rows]]
            if len(rows) and _fewest(ledger.codes[rows], ledger.units[rows]) < release.k:
                yield Finding(Rule.INSIDER, one.class_id)


def _fewest(codes: Codes, units: Codes) -> int:
    """Units among the candidates of whoever has fewest: those in her class at every release that described her."""
    trails, trail_of = np.unique(codes, axis=0, return_inverse=True)
    _, unit_of = np.unique(units, return_inverse=True)
    there = np.zeros((len(trails), unit_of.max() + 1), dtype=bool)
    there[trail_of.reshape(-1), unit_of] = True
    alike = (((trail == trails) | (trail == _NOWHERE)).all(axis=1) for trail in trails)
    return min(int(there[candidates].any(axis=0).sum()) for candidates in alike)


def _bands(ledger: _Ledger, history: History, release: Release) -> Iterator[Finding]:
    """Bands: set with room for k - 1 to go, and kept until k units have come or gone."""
    last = {one.class_id: one for one in history[-1].classes} if history else {}
    by_period = {earlier.period: earlier for earlier in history}
    for one in release.classes:
        units = set(ledger.units[ledger.rows(one)].tolist())
        earlier = last.get(one.class_id)
        if len(units) < _edge(one):
            yield Finding(Rule.BAND, one.class_id)
        if one.banded != release.period:
            if earlier is None or (one.band, one.banded) != (earlier.band, earlier.banded):
                yield Finding(Rule.BAND, one.class_id)
            continue
        if _edge(one) > max(len(units) - release.k + 1, release.k):
            yield Finding(Rule.BAND, one.class_id)
        if earlier is None or earlier.banded not in by_period or len(units) < _edge(earlier):
            continue
        since = by_period[earlier.banded]
        then = next((was for was in since.classes if was.class_id == one.class_id), None)
        moved = units ^ set(ledger.units[ledger.rows(then)].tolist())
        if since.k == release.k and len(moved) < release.k:
            yield Finding(Rule.BAND, one.class_id)


def _edge(one: ReleasedClass) -> int:
    return int(one.band.value.rstrip("+").split("–")[0])
