"""Stored results: what was matched when, by which versions, and who came among the best since.

A vacancy without a match is kept as a demand: it is matched again when people change. A changed person costs one row
of scores, a changed vacancy one column; another day, other weights or a newer taxonomy cost all of them.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.ids import new_id
from kompetanse.matching import holding, queries
from kompetanse.matching.explanation import ENGINE_VERSION
from kompetanse.matching.holding import Candidates, Openings
from kompetanse.matching.ordering import VERDICTS
from kompetanse.matching.service import standing_weights
from kompetanse.matching.tables import MatchResult, MatchStamp
from kompetanse.matching.vectors import people as encoding
from kompetanse.matching.vectors import scoring
from kompetanse.matching.weights import Weights
from kompetanse.taxonomy import service as taxonomy
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.tables import Vacancy

NEW_FOR = timedelta(days=7)
"""So long a candidate is new who came among the best."""

KEPT = 50
"""So many of each vacancy's best are stored."""

_BLOCK = 200
"""Vacancies that are scored at a time, so that the memory does not grow with their number."""

_LOST_BY_A_MERGE = 2
"""When a record absorbs another, the stored results of both go with it."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: people who changed (rows) and vacancies that were scored against everybody (columns).

    `pairs`: how many were scored in all; `found`: how many came among the best of a vacancy.
    """

    people: int
    vacancies: int
    pairs: int
    found: int


@dataclass(frozen=True, slots=True)
class AsOf:
    """What is stored of a vacancy: as of when, who came among the best lately, and who changed after."""

    matched_at: datetime | None
    found: frozenset[UUID]
    changed: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class NewlyMet:
    """A vacancy, and how many came among its best since it was matched first."""

    vacancy: Vacancy
    people: int


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair that no gate excludes."""

    person_id: UUID
    score: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Made:
    """What results are made of: the versions of everything at a moment."""

    at: datetime
    municipality_no: str
    everybody: Candidates
    open_now: Openings
    weights: Weights

    def values(self, vacancy_id: UUID, one: Scored, rank: int) -> dict[str, Any]:
        """What is stored of one pair."""
        _, person_version, _, profile_version, _ = self.everybody.stamps[one.person_id]
        return {
            "municipality_no": self.municipality_no,
            "vacancy_id": vacancy_id,
            "person_id": one.person_id,
            "score": one.score,
            "verdict": one.verdict,
            "rank": rank,
            "person_version": person_version,
            "profile_version": profile_version or 0,
            "vacancy_version": self.open_now.stamps[vacancy_id][1],
            "weights_version": self.weights.version,
            "engine_version": ENGINE_VERSION,
        }


def refresh(session: Session, actor: Actor) -> Refreshed:
    """Match again whatever changed since the last time, and store the best of each open vacancy."""
    actor = actor.doing(Operation.MATCH)
    locked = queries.match_stamps(actor).with_for_update()  # whoever refreshes at the same time waits here
    before = {one.id: one for one in session.exec(locked)}
    today, weights = clock.today(), standing_weights(session, actor)
    everybody, open_now = holding.candidates(session, actor, today), holding.openings(session, actor, today, weights)
    rules = _rules(session, weights, today)
    people_now = {one: f"{rules}/{stamp}" for one, stamp in _versions(everybody.stamps).items()}
    vacancies_now = {one: f"{rules}/{stamp}" for one, stamp in _versions(open_now.stamps).items()}
    rows = [one for one in everybody.ids if _differs(before, one, people_now)]
    stored = _stored(session, actor)
    unchanged = set(everybody.ids) - set(rows)
    gone = len(before.keys() - people_now.keys() - vacancies_now.keys())
    columns = [
        one
        for one in open_now.ids
        if _differs(before, one, vacancies_now) or _lacks(stored.get(one, {}), unchanged, gone)
    ]
    best = _best(everybody, open_now, rows, columns, stored)
    made = Made(clock.now(), actor.municipality_no, everybody, open_now, weights)
    found = _write(session, made, best, stored)
    _stamp(session, made, before, {**people_now, **vacancies_now})
    session.flush()
    session.execute(queries.matched(actor, made.at))
    shown = sorted({one.person_id for scored in best.values() for one in scored})
    audit.record(session, actor, "match", "person", shown, ["results"])
    pairs = len(rows) * (len(open_now.ids) - len(columns)) + len(columns) * len(everybody.ids)
    return Refreshed(len(rows), len(columns), pairs, found)


def as_of(session: Session, actor: Actor, vacancy_id: UUID, since: datetime) -> AsOf:
    """What is stored of a vacancy's match. Raises NotFound."""
    actor = actor.doing(Operation.MATCH)
    vacancies.get(session, actor, vacancy_id)
    stored = list(session.exec(queries.results_of(actor, vacancy_id)))
    if not stored:
        return AsOf(None, frozenset(), frozenset())
    stamps = session.execute(queries.people_stamps(actor))
    versions = {one: (version, profile_version or 0) for one, version, _, profile_version, _ in stamps}
    changed = (one for one in stored if versions.get(one.person_id) != (one.person_version, one.profile_version))
    first = session.exec(queries.match_stamps(actor).where(MatchStamp.id == vacancy_id)).one_or_none()
    return AsOf(
        max((one.matched_at for one in stored), default=None),
        frozenset(one.person_id for one in stored if one.found_at >= since and _came_later(one, first)),
        frozenset(one.person_id for one in changed),
    )


def _came_later(one: MatchResult, first: MatchStamp | None) -> bool:
    """Whether somebody was found after the vacancy was matched first."""
    return first is None or one.found_at > first.first_at


def newly_met(session: Session, actor: Actor, since: datetime) -> list[NewlyMet]:
    """The open vacancies for which somebody came among the best since a moment, those with most first."""
    actor = actor.doing(Operation.MATCH)
    counts = dict(session.execute(queries.found_since(actor, since)).all())
    met = [NewlyMet(one, counts[one.id]) for one in session.exec(queries.some_vacancies(actor, counts))]
    return sorted(met, key=lambda one: (-one.people, one.vacancy.title, one.vacancy.id))


def _rules(session: Session, weights: Weights, today: date) -> str:
    """What beside the person and the vacancy a score depends on, in short. Licences run out from day to day."""
    parts = (ENGINE_VERSION, weights.version, today.isoformat(), *taxonomy.edition(session))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _versions(stamps: Mapping[UUID, tuple[object, ...]]) -> dict[UUID, str]:
    return {one: ".".join(str(part) for part in stamp if isinstance(part, int)) for one, stamp in stamps.items()}


def _differs(before: Mapping[UUID, MatchStamp], one: UUID, now: Mapping[UUID, str]) -> bool:
    return one not in before or before[one].stamp != now[one]


def _stored(session: Session, actor: Actor) -> dict[UUID, dict[UUID, MatchResult]]:
    found: dict[UUID, dict[UUID, MatchResult]] = {}
    for one in session.exec(queries.all_results(actor)):
        found.setdefault(one.vacancy_id, {})[one.person_id] = one
    return found


def _lacks(before: Mapping[UUID, MatchResult], unchanged: Collection[UUID], gone: int) -> bool:
    """Whether somebody who is not stored may come in, because there were as many as are kept and one left.

    `gone`: so many records are no more, each of which may have taken results with it.
    """
    were_all_kept = len(before) + gone * _LOST_BY_A_MERGE < KEPT
    return not were_all_kept and sum(one in unchanged for one in before) < KEPT


def _best(
    everybody: Candidates,
    open_now: Openings,
    rows: Sequence[UUID],
    columns: Sequence[UUID],
    stored: Mapping[UUID, Mapping[UUID, MatchResult]],
) -> dict[UUID, list[Scored]]:
    """The best of each open vacancy: columns anew, and of the others only the changed rows."""
    anew, unchanged = set(columns), set(everybody.ids) - set(rows)
    standing = [one for one in open_now.ids if one not in anew]
    best = dict(_scored(everybody, open_now, everybody.ids, columns))
    for vacancy_id, fresh in _scored(everybody, open_now, rows, standing):
        kept = [one for one in stored.get(vacancy_id, {}).values() if one.person_id in unchanged]
        best[vacancy_id] = _top([*(Scored(one.person_id, one.score, one.verdict) for one in kept), *fresh])
    return best


def _top(scored: Iterable[Scored]) -> list[Scored]:
    return sorted(scored, key=lambda one: (-one.score, one.person_id))[:KEPT]


def _scored(
    everybody: Candidates, open_now: Openings, people: Sequence[UUID], vacancies: Sequence[UUID]
) -> Iterator[tuple[UUID, list[Scored]]]:
    """The best of some people (in the order of `everybody`) for each of some vacancies."""
    places = {one: place for place, one in enumerate(everybody.ids)}
    rows: NDArray[np.intp] = np.array([places[one] for one in people], dtype=np.intp)
    encoded = encoding.take(everybody.arrays, rows)
    for first in range(0, len(vacancies), _BLOCK):
        block = vacancies[first : first + _BLOCK]
        found = scoring.all_pairs(encoded, open_now.part(block))
        for column, vacancy_id in enumerate(block):
            allowed = np.flatnonzero(found.verdict[:, column])
            order = allowed[np.argsort(-found.score[allowed, column], kind="stable")][:KEPT]
            scores, verdicts = found.score[order, column].tolist(), found.verdict[order, column].tolist()
            yield (
                vacancy_id,
                [
                    Scored(people[row], score, VERDICTS[verdict].value)
                    for row, score, verdict in zip(order.tolist(), scores, verdicts, strict=True)
                ],
            )


def _write(
    session: Session,
    made: Made,
    best: Mapping[UUID, Sequence[Scored]],
    stored: Mapping[UUID, Mapping[UUID, MatchResult]],
) -> int:
    """Store the best in place of what stood there; how many came in."""
    found = 0
    for vacancy_id in stored.keys() | best.keys():
        before, now = stored.get(vacancy_id, {}), best.get(vacancy_id, ())
        for person_id in before.keys() - {one.person_id for one in now}:
            session.delete(before[person_id])
        for rank, one in enumerate(now, start=1):
            values = made.values(vacancy_id, one, rank)
            if one.person_id not in before:
                session.add(MatchResult(id=new_id(), found_at=made.at, matched_at=made.at, **values))
                found += 1
            else:
                for name in (name for name, value in values.items() if getattr(before[one.person_id], name) != value):
                    setattr(before[one.person_id], name, values[name])
    return found


def _stamp(session: Session, made: Made, before: Mapping[UUID, MatchStamp], now: Mapping[UUID, str]) -> None:
    for record_id, standing in before.items():
        if record_id not in now:
            session.delete(standing)
        elif standing.stamp != now[record_id]:
            standing.stamp = now[record_id]
    for record_id in now.keys() - before.keys():
        stamp = now[record_id]
        session.add(MatchStamp(municipality_no=made.municipality_no, id=record_id, stamp=stamp, first_at=made.at))
