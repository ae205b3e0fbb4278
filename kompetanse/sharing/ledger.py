"""Makes the next release out of all earlier ones, so that together they single nobody out. Pure: no clock, no I/O.

Fresh releases, each k-anonymous by itself, single people out by intersection. Here a class lives on from release to
release. It may take people in, become coarser, or become one with another; it never splits and never becomes finer. It
describes nobody who would have fewer than k units of candidates (`candidates`) and nobody who is not under its labels.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from uuid import UUID

import numpy as np

from kompetanse.errors import Conflict, FieldFault, Invalid
from kompetanse.sharing import releases_check
from kompetanse.sharing.candidates import Insiders, Past, past
from kompetanse.sharing.classes import SIZE_BANDS, SizeBand, size_band
from kompetanse.sharing.generalise import K_FLOOR, SUPPRESSED, generalise
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.labels import Vocabulary, vocabulary
from kompetanse.sharing.releases import (
    Coarsened,
    History,
    Labels,
    Population,
    Proposal,
    Release,
    ReleasedClass,
    Undescribed,
    Values,
)


class Refused(Conflict):
    """No release can be made that would be safe beside the earlier ones; the text says why."""

    code = "release-refused"


@dataclass(frozen=True, slots=True)
class Headroom:
    """What a class has beyond k, so that it lives on while people leave; chosen by simulation (tests/sharing).

    Attributes:
        reserve: candidates, as a multiple of k, that a class is born with, that it needs to take people in one by one,
            and under which it becomes coarser rather than lose those who have outgrown its labels.
        coarsest: the loss of labels, 0 to 1, beyond which no class is born and nobody is taken in.
    """

    reserve: float = 2.0
    coarsest: float = 0.5


DEFAULT_HEADROOM = Headroom()


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every step of making a release reads."""

    population: Population
    past: Past
    words: Vocabulary
    hierarchies: tuple[Hierarchy, ...]
    k: int
    reserve: int
    coarsest: float

    def fitting(self, labels: Labels, people: Iterable[UUID]) -> set[UUID]:
        """Those whose values are under the labels today."""
        return {person for person in people if self.words.covers(labels, self.population[person].values)}


@dataclass(slots=True)
class _Class:
    """A class in the making."""

    class_id: UUID
    labels: Labels
    members: set[UUID] = field(default_factory=set)


def next_release(  # noqa: PLR0913 - all that a release is made of
    history: History,
    population: Population,
    k: int,
    *,
    period: int,
    hierarchies: Sequence[Hierarchy],
    new_id: Callable[[], UUID],
    headroom: Headroom = DEFAULT_HEADROOM,
    insiders: Insiders = (),
) -> Proposal:
    """Make the next release; nothing is kept.

    The same history and population give the same release, in whatever order their rows come, but for the ids that
    `new_id` gives to new classes.

    Args:
        history: every earlier release, oldest first.
        population: everybody who may be described now.
        k: fewest units; the largest that any recipient is promised.
        period: above that of the last release.
        hierarchies: those of today.
        new_id: gives the id of a class that is born.
        headroom: what a class has beyond k.
        insiders: the people whom each municipality knows, where several make the release together.

    Raises:
        Invalid: k is below the floor.
        Refused: the period has been released, or the hierarchies have changed in a way that earlier labels do not bear.
        Unsafe: the independent check disagrees; nothing is released.
    """
    every = tuple(hierarchies)
    _refuse(history, k, period, every)
    known = past(history, population, insiders)
    frame = _Frame(
        population, known, vocabulary(every), every, k, max(ceil(headroom.reserve * k), k), headroom.coarsest
    )
    standing = history[-1].standing if history else ()
    before = {one.class_id: one for one in sorted(standing, key=lambda one: one.class_id)}
    settled = [_settle(frame, one, attached) for one, attached in _attached(frame, before)]
    living, absorbed = _as_one([one for one in settled if one.members])
    waiting = {person for person in population if person not in known.homes}
    waiting -= _take_in(frame, living, waiting)
    born = _bear(frame, living, waiting, new_id)
    banded = (_banded(frame, one, history, period) for one in [*living, *born])
    release = Release(period, k, every, tuple(sorted(banded, key=lambda one: one.labels)))
    releases_check.demand(history, release, population, insiders)
    return Proposal(
        release,
        born=tuple(one.class_id for one in born),
        coarsened=tuple(
            Coarsened(one.class_id, before[one.class_id].labels, one.labels)
            for one in living
            if one.labels != before[one.class_id].labels
        ),
        absorbed=absorbed,
        withdrawn=tuple(one.class_id for one in settled if not one.members),
        undescribed=_undescribed(frame, release),
    )


def withdraw(history: History, gone: Collection[UUID], insiders: Insiders = ()) -> tuple[UUID, ...]:
    """The classes of the last release that must be withdrawn at once, whole, since people have left.

    A class falls when nobody who is left in it has k units of candidates; so it does when it is below k itself. All
    others stay as they are until the next release, so that a leaver does not show.

    Args:
        history: every release, oldest first; the last one is what recipients see.
        gone: all who were described by it and may no longer be, not only the latest.
        insiders: as for `next_release`.
    """
    if not history:
        return ()
    known, last = past(history, {}, insiders), history[-1]
    left = ((one, set(one.members) - set(gone)) for one in last.standing)
    return tuple(one.class_id for one, people in left if known.unsafe(people, last.k) == people)


def _refuse(history: History, k: int, period: int, hierarchies: tuple[Hierarchy, ...]) -> None:
    if k < K_FLOOR:
        raise Invalid(FieldFault("/k", f"k must be at least {K_FLOOR}", f"Use {K_FLOOR} or more; 10 is usual"))
    if not history:
        return
    if period <= history[-1].period:
        raise Refused("This period has been released already")
    refuse_narrower(history, hierarchies)


def refuse_narrower(history: History, hierarchies: tuple[Hierarchy, ...]) -> None:
    """Refuse hierarchies in which labels that stand would cover less than they did. Raises Refused."""
    if not history:
        return
    now, then = vocabulary(hierarchies), vocabulary(history[-1].hierarchies)
    if any(now.narrows(one.labels, then) for one in history[-1].standing):
        raise Refused("The hierarchies have changed: labels that are in use no longer cover all that they did")


def _attached(frame: _Frame, before: dict[UUID, ReleasedClass]) -> list[tuple[ReleasedClass, set[UUID]]]:
    """The classes that stand, each with those of today who belong to it, whether they fit its labels or not."""
    attached: dict[UUID, set[UUID]] = defaultdict(set)
    for person in frame.population:
        if person in frame.past.homes:
            attached[frame.past.homes[person]].add(person)
    return [(one, attached[one.class_id]) for one in before.values()]


def _settle(frame: _Frame, one: ReleasedClass, attached: set[UUID]) -> _Class:
    """What a class says now, and of whom.

    It stays as it is while it loses nobody, or has reserve enough to do without those who have outgrown it. Else it
    takes the labels, its own or coarser ones, under which most is said: people, times what is told of each.
    """
    fitting = frame.fitting(one.labels, attached)
    kept = fitting - frame.past.unsafe(fitting, frame.k)
    if kept == attached or (kept == fitting and frame.past.fewest(kept) >= frame.reserve):
        return _Class(one.class_id, one.labels, kept)
    best, most = _Class(one.class_id, one.labels), 0.0
    for labels in frame.words.coarser(one.labels):
        fitting = frame.fitting(labels, attached)
        kept = fitting - frame.past.unsafe(fitting, frame.k)
        told = round(len(kept) * (1 - frame.words.loss(labels)), 9)
        if told > most:
            best, most = _Class(one.class_id, labels, kept), told
    return best


def _as_one(classes: Iterable[_Class]) -> tuple[list[_Class], dict[UUID, UUID]]:
    """Classes that say the same become one, the one of the lowest id; and which became part of which."""
    by_labels: dict[Labels, _Class] = {}
    absorbed: dict[UUID, UUID] = {}
    for one in sorted(classes, key=lambda one: one.class_id):
        stays = by_labels.setdefault(one.labels, one)
        if stays is not one:
            stays.members |= one.members
            absorbed[one.class_id] = stays.class_id
    return list(by_labels.values()), absorbed


def _take_in(frame: _Frame, living: Iterable[_Class], waiting: set[UUID]) -> set[UUID]:
    """Let those who were never described into the finest class that covers them and has reserve; returns who came in.

    Whoever comes in one by one leans on those who were there before: the class must be good for years to come.
    """
    fine = [one for one in living if frame.words.loss(one.labels) <= frame.coarsest]
    able = [one for one in fine if frame.past.fewest(one.members) >= frame.reserve]
    able.sort(key=lambda one: (round(frame.words.loss(one.labels), 12), one.labels))
    finest: dict[Values, _Class | None] = {}
    joining: dict[UUID, set[UUID]] = defaultdict(set)
    for person in waiting:
        values = frame.population[person].values
        if values not in finest:
            finest[values] = next((one for one in able if frame.words.covers(one.labels, values)), None)
        if (joined := finest[values]) is not None:
            joining[joined.class_id].add(person)
    return {person for one in able for person in _join(frame, one, joining[one.class_id])}


def _join(frame: _Frame, one: _Class, people: set[UUID]) -> set[UUID]:
    """Let people into a class, but for those whom an insider could tell apart in it; returns who came in."""
    able = people - frame.past.unsafe(one.members | people, frame.k)
    one.members |= able
    return able


def _bear(frame: _Frame, living: Iterable[_Class], waiting: set[UUID], new_id: Callable[[], UUID]) -> list[_Class]:
    """Make classes of those who wait, where enough are alike; those that say what a living class says go into it."""
    by_labels = {one.labels: one for one in living}
    born: list[_Class] = []
    for labels, people in sorted(_alike_to_all(frame, waiting).items()):
        if frame.words.loss(labels) > frame.coarsest:
            continue
        if labels in by_labels:
            _join(frame, by_labels[labels], people)
        else:
            by_labels[labels] = _Class(new_id(), labels, people)
            born.append(by_labels[labels])
    return born


def _alike_to_all(frame: _Frame, waiting: Iterable[UUID]) -> dict[Labels, set[UUID]]:
    """People by the labels under which there is reserve enough of them for everybody who reads.

    Those whom an insider could tell apart are placed again, among twice as many, until nobody of them can be.
    """
    found: dict[Labels, set[UUID]] = defaultdict(set)
    rest, most = set(waiting), frame.reserve
    while rest:
        placed: set[UUID] = set()
        for labels, people in _alike(frame, sorted(rest), most).items():
            able = people - frame.past.unsafe(people, frame.reserve)
            found[labels] |= able
            placed |= able
        rest -= placed
        if not placed and most > len(rest):
            break
        most *= 2
    return {labels: people for labels, people in found.items() if people}


def _alike(frame: _Frame, people: Sequence[UUID], most: int) -> dict[Labels, set[UUID]]:
    """People by the finest labels that `most` units of them have."""
    rows = [frame.population[person].values for person in people]
    places = [[one.place(leaf) for one, leaf in zip(frame.hierarchies, row, strict=True)] for row in rows]
    numbers: dict[UUID, int] = {}
    units = np.array([numbers.setdefault(frame.past.kin[person], len(numbers)) for person in people], dtype=np.int64)
    records = np.array(places, dtype=np.int64).reshape(-1, len(frame.hierarchies))
    levels = generalise(records, frame.hierarchies, most, units=units).levels.tolist()
    alike: dict[Labels, set[UUID]] = defaultdict(set)
    for person, row, at in zip(people, records.tolist(), levels, strict=True):
        if SUPPRESSED not in at:
            steps = zip(frame.hierarchies, row, at, strict=True)
            alike[tuple(one.paths[leaf][level] for one, leaf, level in steps)].add(person)
    return alike


def _banded(frame: _Frame, one: _Class, history: History, period: int) -> ReleasedClass:
    """A class with its size band.

    A band is set anew only when k units have come or gone since it was set, or k is another; it then leaves room for
    k - 1 to go. So no band changes for a few, and none begins above the number there is.
    """
    members = {person: frame.population[person].unit for person in sorted(one.members)}
    band, banded = _band(frame.past.units(members), frame.k), period
    if history and (earlier := _found(history[-1], one.class_id)) is not None:
        since = next(release for release in history if release.period == earlier.banded)
        then = _found(since, one.class_id)
        moved = frame.past.units(members) ^ frame.past.units(then.members if then else ())
        true = SIZE_BANDS.index(size_band(len(frame.past.units(members))))
        still_true = SIZE_BANDS.index(earlier.band) <= true
        if since.k == frame.k and len(moved) < frame.k and still_true:
            band, banded = earlier.band, earlier.banded
    return ReleasedClass(one.class_id, one.labels, band, banded, members)


def _band(units: Collection[UUID], k: int) -> SizeBand:
    return size_band(max(len(units) - k + 1, k))


def _found(release: Release, class_id: UUID) -> ReleasedClass | None:
    return next((one for one in release.classes if one.class_id == class_id), None)


def _undescribed(frame: _Frame, release: Release) -> dict[UUID, Undescribed]:
    """Whoever is in no class, and why."""
    labels = {one.class_id: one.labels for one in release.classes}
    described = {person for one in release.classes for person in one.members}
    reasons: dict[UUID, Undescribed] = {}
    for person in sorted(set(frame.population) - described):
        home = frame.past.homes.get(person)
        if home is None:
            reasons[person] = Undescribed.WAITING
        elif home in labels and not frame.fitting(labels[home], [person]):
            reasons[person] = Undescribed.OUTGROWN
        else:
            reasons[person] = Undescribed.SPENT
    return reasons
