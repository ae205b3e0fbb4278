"""A municipality's own weights: each tuning is kept, and the newest stands.

What may be tuned, and how far, is `weights`' to say. What a tuning would do is seen before it is saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.errors import FieldFault, Invalid, Stale
from kompetanse.matching import holding, queries
from kompetanse.matching.holding import Candidates, Openings
from kompetanse.matching.tables import MatchingWeights
from kompetanse.matching.vectors import scoring
from kompetanse.matching.vectors.arrays import Codes, Floats
from kompetanse.matching.weights import standing, tuned
from kompetanse.people.tables import Person
from kompetanse.vacancies.tables import Vacancy

NOTE_LENGTH = 500

FIRST = 10
"""So many places of each ranking are compared: those that somebody looks at."""

MOST_COMPARED, COMPARED_OF_MANY = 200, 60
"""All open vacancies are compared up to so many; of more, those with most candidates."""

_BLOCK = 1000
"""People whose gates are counted at a time, so that the memory does not grow with the municipality."""


@dataclass(frozen=True, slots=True)
class RankingEffect:
    """What other weights would do to the first places of one vacancy.

    `places`: how many are taken, and `stays`: how many of those who have one keep one. `largest_move`: the most ranks
    that anybody would move who has a place now or then. Who was set aside is counted like others, and keeps her rank.
    """

    vacancy: Vacancy
    places: int
    stays: int
    comes_in: tuple[Person, ...]
    falls_out: tuple[Person, ...]
    largest_move: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What other weights would do.

    `compared` of the `vacancies` that are open, and in all of them `changed` of the first `places` change hands.
    `mean_difference`: of the scores of those whom no gate excludes. `rankings` are told to nobody but those who match.
    """

    vacancies: int
    compared: int
    places: int
    changed: int
    mean_difference: float
    rankings: tuple[RankingEffect, ...] = ()

    @property
    def changed_share(self) -> float:
        """The share of the first places that change hands."""
        return self.changed / self.places if self.places else 0.0


@dataclass(frozen=True, slots=True)
class _Moved:
    """The first of one vacancy, by their numbers, now and then; and the most ranks that one of them moves."""

    now: tuple[int, ...]
    then: tuple[int, ...]
    largest_move: int

    @property
    def out(self) -> tuple[int, ...]:
        return tuple(one for one in self.now if one not in self.then)

    @property
    def into(self) -> tuple[int, ...]:
        return tuple(one for one in self.then if one not in self.now)


def current(session: Session, actor: Actor) -> Mapping[str, float]:
    """The weights that the municipality has set, by name; empty when it never has. Raises Forbidden as `latest`."""
    standing = latest(session, actor)
    return {} if standing is None else standing.weights


def latest(session: Session, actor: Actor) -> MatchingWeights | None:
    """The tuning that stands, None when there never was one; a newcomer is matched by it, so it is open to her too.

    Raises:
        Forbidden: the role neither matches nor tunes.
    """
    if actor.person_id is not None:
        actor = actor.doing(Operation.READ_OWN)
    else:
        actor = actor.doing(Operation.MATCH if actor.may(Operation.MATCH) else Operation.TUNE_MATCHING)
    return session.exec(queries.tunings(actor).limit(1)).one_or_none()


def history(session: Session, actor: Actor) -> list[MatchingWeights]:
    """Every tuning, newest first: who set which weights when, and why."""
    actor = actor.doing(Operation.TUNE_MATCHING)
    return list(session.exec(queries.tunings(actor)))


def save(
    session: Session, actor: Actor, version: int, values: Mapping[str, float], note: str | None = None
) -> MatchingWeights:
    """Let other weights stand from now on; `version` is that of those that stand, 0 where none do.

    Raises:
        Invalid: a name that is no weight, a value out of bounds, or a note that is too long.
        Stale: somebody tuned since.
    """
    actor = actor.doing(Operation.TUNE_MATCHING)
    note = (note or "").strip() or None
    faults = [*_value_faults(values), *_note_faults(note)]
    if faults:
        raise Invalid(*faults)
    before = latest(session, actor)
    if version != (before.version if before else 0):
        raise Stale("The weights were changed since you read them; read them again")
    made = MatchingWeights(
        municipality_no=actor.municipality_no,
        version=version + 1,
        weights={name: float(value) for name, value in values.items()},
        note=note,
        changed_by=actor.id,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "change", "matching_weights", [made.id], _changed(before, made.weights))
    return made


def effect(session: Session, actor: Actor, values: Mapping[str, float]) -> Effect:
    """What the rankings of the open vacancies would become with other weights; nothing is saved.

    Somebody who may tune but not match is told how much changes, and of nobody whom it moves. Who is shown is recorded.

    Raises:
        Invalid: a name that is no weight, or a value out of bounds.
    """
    actor = actor.doing(Operation.TUNE_MATCHING)
    proposed, before = tuned(values), latest(session, actor)
    scorer = system_actor(actor.municipality_no)  # whoever asks, the whole municipality is compared
    today, weights = clock.today(), standing(before.weights if before else {})
    everybody = holding.candidates(session, scorer, today)
    open_now = holding.openings(session, scorer, today, weights)
    compared = _compared(everybody, open_now)
    now = scoring.all_pairs(everybody.arrays, open_now.part(compared))
    wanted = [open_now.features[one] for one in compared]
    board = scoring.board(wanted, open_now.vocabulary, today, proposed, open_now.known)
    then = scoring.all_pairs(everybody.arrays, board)
    moved = [_moved(now.score[:, one], then.score[:, one], now.verdict[:, one]) for one in range(len(compared))]
    allowed = now.verdict != 0
    rankings = _rankings(session, actor, compared, everybody, moved) if actor.may(Operation.MATCH) else ()
    shown = sorted({person.id for one in rankings for person in (*one.comes_in, *one.falls_out)})
    about = "person" if shown else "matching_weights"
    audit.record(session, actor, "match", about, shown, _changed(before, values))
    return Effect(
        vacancies=len(open_now.ids),
        compared=len(compared),
        places=sum(len(one.now) for one in moved),
        changed=sum(len(one.out) for one in moved),
        mean_difference=float(np.abs(then.score - now.score)[allowed].mean()) if allowed.any() else 0.0,
        rankings=rankings,
    )


def _compared(everybody: Candidates, open_now: Openings) -> list[UUID]:
    """The vacancies that are compared, in the order of the board."""
    if len(open_now.ids) <= MOST_COMPARED:
        return list(open_now.ids)
    counts = np.zeros(len(open_now.ids), np.int64)
    for first in range(0, len(everybody.ids), _BLOCK):
        block = scoring.part(everybody.arrays, first, min(first + _BLOCK, len(everybody.ids)))
        counts += (scoring.all_pairs(block, open_now.board).verdict != 0).sum(axis=0)
    most = np.argsort(-counts, kind="stable")[:COMPARED_OF_MANY]
    return [open_now.ids[one] for one in sorted(most.tolist())]


def _moved(now: Floats, then: Floats, verdicts: Codes) -> _Moved:
    """How one ranking changes: scores float64[n] now and then, and what the gates say int8[n]."""
    ranks_now, ranks_then = _ranks(now, verdicts), _ranks(then, verdicts)
    first_now = tuple(one for one, rank in ranks_now.items() if rank <= FIRST)
    first_then = tuple(one for one, rank in ranks_then.items() if rank <= FIRST)
    moves = (abs(ranks_now[one] - ranks_then[one]) for one in {*first_now, *first_then})
    return _Moved(first_now, first_then, max(moves, default=0))


def _ranks(scores: Floats, verdicts: Codes) -> dict[int, int]:
    """The ranks from 1 of those whom no gate excludes, best first."""
    allowed = np.flatnonzero(verdicts)
    order = allowed[np.argsort(-scores[allowed], kind="stable")]
    return {one: rank for rank, one in enumerate(order.tolist(), start=1)}


def _rankings(
    session: Session, actor: Actor, compared: list[UUID], everybody: Candidates, moved: list[_Moved]
) -> tuple[RankingEffect, ...]:
    """The same by name, of vacancies whose first places change at all."""
    actor = actor.doing(Operation.MATCH)
    moving = {one: change for one, change in zip(compared, moved, strict=True) if change.largest_move}
    named = {everybody.ids[number] for one in moving.values() for number in (*one.out, *one.into)}
    people = {one.id: one for one in session.exec(queries.some_candidates(actor, named))}
    found = {one.id: one for one in session.exec(queries.some_vacancies(actor, moving))}

    def of(numbers: tuple[int, ...]) -> tuple[Person, ...]:
        return tuple(people[everybody.ids[one]] for one in numbers)

    return tuple(
        RankingEffect(
            found[one],
            len(change.now),
            len(change.now) - len(change.out),
            of(change.into),
            of(change.out),
            change.largest_move,
        )
        for one, change in moving.items()
    )


def _changed(before: MatchingWeights | None, values: Mapping[str, float]) -> list[str]:
    standing_values = before.weights if before else {}
    names = standing_values.keys() | values.keys()
    return sorted(name for name in names if standing_values.get(name) != values.get(name))


def _value_faults(values: Mapping[str, float]) -> Iterable[FieldFault]:
    try:
        tuned(values)
    except Invalid as refused:
        yield from refused.faults


def _note_faults(note: str | None) -> Iterable[FieldFault]:
    if note is not None and len(note) > NOTE_LENGTH:
        yield FieldFault("/note", "Too long", f"Write at most {NOTE_LENGTH} characters")
