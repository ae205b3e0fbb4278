"""What is kept between requests: a municipality's people and vacancies as matching sees them.

Nothing is trusted that changed: each time the database sums up the versions of all records, and where the sum differs,
those that differ are read anew. So a change costs what it changed. Who asks was decided before: only the municipality's
own matching comes here.
"""

import gc
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import RLock
from typing import TypeAlias
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.matching import loading, queries
from kompetanse.matching.features import CandidateFeatures, VacancyFeatures
from kompetanse.matching.knowledge import Knowledge, rarity
from kompetanse.matching.relatives import Relatives
from kompetanse.matching.vectors import people as encoding
from kompetanse.matching.vectors import scoring
from kompetanse.matching.vectors.arrays import People
from kompetanse.matching.vectors.people import Encoded
from kompetanse.matching.vectors.scoring import Board
from kompetanse.matching.vectors.vocabulary import Vocabulary
from kompetanse.matching.weights import Weights
from kompetanse.taxonomy import service as taxonomy
from kompetanse.vacancies import service as vacancies

Stamp: TypeAlias = tuple[object, ...]
"""Versions and times of change: whatever differs when something that matching knows was changed."""

_MUCH = 500
_MOST_NAMED = 500
"""Above so many changed records all are read: a list of ids would be too long for a statement."""


@dataclass(slots=True)
class _Kept:
    """One municipality's, in one database; whoever reads or changes it holds the lock."""

    day: date
    edition: tuple[str, ...]
    relatives: Relatives
    rarity: Mapping[str, float]
    lock: RLock = field(default_factory=RLock)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    people: dict[UUID, tuple[Stamp, CandidateFeatures, Encoded]] = field(default_factory=dict)
    vacancies: dict[UUID, tuple[Stamp, VacancyFeatures]] = field(default_factory=dict)
    people_seen: Stamp | None = None
    candidates: "Candidates | None" = None
    vacancies_seen: Stamp | None = None
    openings: "Openings | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Everybody who may be put forward, by id in the order of the arrays."""

    ids: Sequence[UUID]
    features: Mapping[UUID, CandidateFeatures]
    stamps: Mapping[UUID, Stamp]
    arrays: People
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """Every vacancy that can be filled now, by id in the order of the board."""

    ids: Sequence[UUID]
    features: Mapping[UUID, VacancyFeatures]
    stamps: Mapping[UUID, Stamp]
    board: Board
    known: Knowledge
    vocabulary: Vocabulary
    on: date
    weights: Weights

    def part(self, ids: Sequence[UUID]) -> Board:
        """Some of the vacancies, in this order."""
        wanted = [self.features[one] for one in ids]
        return scoring.board(wanted, self.vocabulary, self.on, self.weights, self.known)


_LOCK = RLock()
_KEPT: dict[tuple[str, str], _Kept] = {}


def forget() -> None:
    """Let go of all that is kept."""
    with _LOCK:
        _KEPT.clear()


def candidates(session: Session, actor: Actor, today: date) -> Candidates:
    """Everybody in circulation, as they stand now."""
    kept = _kept(session, actor, today)
    with kept.lock:
        seen = tuple(session.execute(queries.people_seen(actor)).one())
        if kept.candidates is None or kept.people_seen != seen:
            kept.candidates = _candidates(session, actor, kept, today)
            kept.people_seen = seen
        return kept.candidates


def _candidates(session: Session, actor: Actor, kept: _Kept, today: date) -> Candidates:
    stamps = {stamp[0]: tuple(stamp) for stamp in session.execute(queries.people_stamps(actor))}
    changed = [one for one, stamp in stamps.items() if one not in kept.people or kept.people[one][0] != stamp]
    for person_id in kept.people.keys() - stamps.keys():
        del kept.people[person_id]
    for one in _read_people(session, actor, changed, today):
        kept.people[one.person_id] = (stamps[one.person_id], one, encoding.encode(one, kept.vocabulary, today))
    _spare(len(changed))
    ids = sorted(kept.people)
    arrays = encoding.stack([kept.people[one][2] for one in ids])
    return Candidates(ids, {one: kept.people[one][1] for one in ids}, stamps, arrays, kept.vocabulary)


def openings(session: Session, actor: Actor, today: date, weights: Weights) -> Openings:
    """Every open vacancy, as they stand now, ready to be scored."""
    kept = _kept(session, actor, today)
    with kept.lock:
        seen = tuple(session.execute(queries.vacancies_seen(actor)).one())
        if kept.openings is None or (kept.vacancies_seen, kept.openings.weights) != (seen, weights):
            kept.openings = _openings(session, actor, kept, today, weights)
            kept.vacancies_seen = seen
        return replace(kept.openings, board=kept.openings.board.extended(kept.vocabulary))


def _openings(session: Session, actor: Actor, kept: _Kept, today: date, weights: Weights) -> Openings:
    stamps = {stamp[0]: tuple(stamp) for stamp in session.execute(queries.vacancy_stamps(actor))}
    changed = [one for one, stamp in stamps.items() if one not in kept.vacancies or kept.vacancies[one][0] != stamp]
    for vacancy_id in kept.vacancies.keys() - stamps.keys():
        del kept.vacancies[vacancy_id]
    for opening in _read_vacancies(session, actor, changed):
        kept.vacancies[opening.vacancy_id] = (stamps[opening.vacancy_id], opening)
    _spare(len(changed))
    ids = sorted(kept.vacancies)
    features = {one: kept.vacancies[one][1] for one in ids}
    known = _knowledge(session, kept, features.values())
    board = scoring.board(list(features.values()), kept.vocabulary, today, weights, known)
    return Openings(ids, features, stamps, board, known, kept.vocabulary, today, weights)


def _spare(read: int) -> None:
    """Let the garbage collector pass over what is kept, when much of it is new: walking it takes tenths of a second."""
    if read > _MUCH:
        gc.freeze()


def knowledge(session: Session, actor: Actor, wanted: Iterable[VacancyFeatures], today: date) -> Knowledge:
    """What is known of the skills and occupations of some vacancies."""
    return _knowledge(session, _kept(session, actor, today), wanted)


def vocabulary(session: Session, actor: Actor, today: date) -> Vocabulary:
    """The numbers that the municipality's people and vacancies share."""
    return _kept(session, actor, today).vocabulary


def _kept(session: Session, actor: Actor, today: date) -> _Kept:
    """What is kept for the actor's municipality; nothing of another day or another edition of the taxonomy."""
    key = (str(session.get_bind().engine.url), actor.municipality_no)
    edition = taxonomy.edition(session)
    with _LOCK:
        kept = _KEPT.get(key)
        if kept is None or (kept.day, kept.edition) != (today, edition):
            hierarchy = taxonomy.hierarchy(session)
            count, needing = taxonomy.demand_for_skills(session)
            rare = {skill: rarity(count, by) for skill, by in needing.items()}
            kept = _KEPT[key] = _Kept(today, edition, Relatives(hierarchy.broader, hierarchy.groups), rare)
        return kept


def _knowledge(session: Session, kept: _Kept, wanted: Iterable[VacancyFeatures]) -> Knowledge:
    concepts = sorted({one.concept for one in wanted if one.concept is not None})
    needs = taxonomy.needs_of(session, concepts)
    return Knowledge(kept.relatives, {uri: one.essential for uri, one in needs.items()}, kept.rarity)


def _read_people(session: Session, actor: Actor, changed: Sequence[UUID], today: date) -> Iterable[CandidateFeatures]:
    if not changed:
        return ()
    selected = queries.candidates(actor)
    if len(changed) <= _MOST_NAMED:
        selected = queries.some_candidates(actor, changed)
    wanted = set(changed)
    people = [one for one in session.exec(selected) if one.id in wanted]
    return loading.candidates(session, actor, selected, people, today)


def _read_vacancies(session: Session, actor: Actor, changed: Sequence[UUID]) -> Iterable[VacancyFeatures]:
    for first in range(0, len(changed), _MOST_NAMED):
        found = session.exec(queries.some_vacancies(actor, changed[first : first + _MOST_NAMED])).all()
        yield from map(loading.vacancy, vacancies.records_of(session, actor, found))
