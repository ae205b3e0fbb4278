"""The municipality's whole picture: everybody who seeks, in all open positions. A suggestion, never a decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes import travel
from kompetanse.codes.residence import HouseholdRole
from kompetanse.codes.work import Strength
from kompetanse.courses import service as courses
from kompetanse.matching import engine, holding, queries
from kompetanse.matching.assignment.problem import Edges, Plan, Problem
from kompetanse.matching.assignment.solving import solve
from kompetanse.matching.explanation import Match, Outcome
from kompetanse.matching.features import CandidateFeatures, VacancyFeatures
from kompetanse.matching.holding import Candidates, Openings
from kompetanse.matching.households import Children, places_outcome
from kompetanse.matching.nearest import Nearest
from kompetanse.matching.placing import OPTIONS, TOGETHER_BONUS, WITHIN, children_of
from kompetanse.matching.service import standing_weights
from kompetanse.matching.vectors import people as encoding
from kompetanse.matching.vectors import scoring
from kompetanse.people.tables import Person
from kompetanse.vacancies.tables import Vacancy

LEAST_FIT = 0.4
"""A pair below this is no placement to discuss: little more than somebody has of whom nothing is known."""

SECONDS = 20.0
"""The time that finding a plan may take. One that is not proven best by then says how far from it it can be."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One person in one vacancy; `household_id` where she is placed near the rest of hers."""

    person: Person
    vacancy: Vacancy
    fit: float
    household_id: UUID | None


@dataclass(frozen=True, slots=True)
class WholePicture:
    """The assignment that is best for all together, and how good it is proven to be.

    `pairs` come in the order of the people's ids. `seeking` people, `positions` that are open, `households` of two or
    more who seek, and how many are placed together. `explain` tells the match of a pair with its reasons.
    """

    pairs: Sequence[Pair]
    seeking: int
    positions: int
    households: int
    together: int
    within: int
    plan: Plan
    explain: Callable[[Pair], Match]


def whole_picture(
    session: Session, actor: Actor, *, within: int = WITHIN, bonus: float = TOGETHER_BONUS, seconds: float = SECONDS
) -> WholePicture:
    """Everybody who seeks, in the open positions where all together fit best.

    Each of somebody's best vacancies that no gate excludes is weighed; households count more when all their adults
    are placed within so many minutes of each other.
    """
    actor = actor.doing(Operation.MATCH)
    today, weights = clock.today(), standing_weights(session, actor)
    everybody, open_now = holding.candidates(session, actor, today), holding.openings(session, actor, today, weights)
    seeking = [place for place, one in enumerate(everybody.ids) if seeks(everybody.features[one])]
    edges = _edges(everybody, open_now, seeking)
    homes = _households(session, actor, [everybody.ids[one] for one in seeking])
    children = _children(session, actor)
    plan = solve(_problem(edges, open_now, seeking, homes, children, within=within, bonus=bonus), seconds)
    near = {person: homes[number][0] for number in plan.households for person in homes[number][1]}
    chosen = [(int(edges.person[one]), int(edges.vacancy[one]), float(edges.fit[one])) for one in plan.edges]
    people = _people(session, actor, [everybody.ids[seeking[person]] for person, _, _ in chosen])
    found = _vacancies(session, actor, [open_now.ids[vacancy] for _, vacancy, _ in chosen])
    audit.record(session, actor, "match", "person", sorted(people), ["plan"])
    pairs = [
        Pair(people[everybody.ids[seeking[person]]], found[open_now.ids[vacancy]], fit, near.get(person))
        for person, vacancy, fit in chosen
    ]
    pairs.sort(key=lambda one: one.person.id)
    nearest = Nearest(courses.offers(session, actor))

    def explain(pair: Pair) -> Match:
        person, vacancy = everybody.features[pair.person.id], open_now.features[pair.vacancy.id]
        return nearest.told(engine.match(person, vacancy, today, weights, open_now.known))

    positions = sum(one.positions for one in open_now.features.values())
    return WholePicture(pairs, len(seeking), positions, len(homes), len(plan.households), within, plan, explain)


def seeks(person: CandidateFeatures) -> bool:
    """Whether somebody seeks work: she has none now, or has said what else she wants."""
    employed = any(one.current for one in person.occupations)
    wants = any(one.strength is not Strength.NEVER for one in person.wishes.occupations)
    return not employed or wants or any(one.leaves for one in person.wishes.sectors)


def _edges(everybody: Candidates, open_now: Openings, seeking: Sequence[int]) -> Edges:
    """Each one's best vacancies, as far as they are worth discussing."""
    rows: NDArray[np.intp] = np.array(seeking, dtype=np.intp)
    if not len(rows) or not open_now.ids:
        return Edges(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
    best = scoring.best(encoding.take(everybody.arrays, rows), open_now.board, OPTIONS)
    worth = best.vacancy_scores >= LEAST_FIT
    person, place = np.nonzero(worth)
    fit = np.minimum(best.vacancy_scores[person, place], 1.0)
    return Edges(person.astype(np.int32), best.vacancies[person, place], fit)


def _households(session: Session, actor: Actor, seeking: Sequence[UUID]) -> list[tuple[UUID, tuple[int, ...]]]:
    """Households of which two adults or more seek, by their numbers among those who do."""
    numbers = {one: number for number, one in enumerate(seeking)}
    found: dict[UUID, list[int]] = {}
    for household_id, person_id, role, _ in session.execute(queries.all_members(actor)):
        if person_id in numbers and role in {HouseholdRole.ADULT, HouseholdRole.PARTNER}:
            found.setdefault(household_id, []).append(numbers[person_id])
    return [(home, tuple(members)) for home, members in sorted(found.items()) if len(members) > 1]


def _children(session: Session, actor: Actor) -> Mapping[UUID, Children]:
    """The children of each household that has some."""
    born: dict[UUID, list[str | None]] = {}
    for household_id, _, role, day in session.execute(queries.all_members(actor)):
        if role is HouseholdRole.CHILD:
            born.setdefault(household_id, []).append(day)
    return {home: children_of(days, clock.today()) for home, days in born.items()}


def _problem(
    edges: Edges,
    open_now: Openings,
    seeking: Sequence[int],
    homes: Sequence[tuple[UUID, tuple[int, ...]]],
    children: Mapping[UUID, Children],
    *,
    within: int,
    bonus: float,
) -> Problem:
    openings = [open_now.features[one] for one in open_now.ids]
    minutes = travel.matrix()[:-1, :-1]
    home_of = {person: home for home, members in homes for person in members}
    roomy = [
        _has_room(children.get(home_of.get(int(person), UUID(int=0)), Children()), openings[vacancy])
        for person, vacancy in zip(edges.person, edges.vacancy, strict=True)
    ]
    return Problem(
        edges=edges,
        people=len(seeking),
        capacity=np.array([one.positions for one in openings], dtype=np.int32),
        households=tuple(members for _, members in homes),
        place=np.array([travel.UNKNOWN if one.place is None else one.place.row for one in openings], dtype=np.int32),
        near=(minutes >= 0) & (minutes <= within),
        bonus=bonus,
        bonus_ok=np.array(roomy, dtype=np.bool_),
    )


def _has_room(children: Children, vacancy: VacancyFeatures) -> bool:
    """Whether no place for the children is stated to be missing."""
    needs = ((children.under_school_age, vacancy.kindergarten_places), (children.school_age, vacancy.school_places))
    return all(places_outcome(needed, stated) is not Outcome.MISSING for needed, stated in needs)


def _people(session: Session, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Person]:
    wanted = set(ids)
    return {one.id: one for one in session.exec(queries.candidates(actor)) if one.id in wanted}


def _vacancies(session: Session, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Vacancy]:
    wanted = set(ids)
    return {one.id: one for one in session.exec(queries.open_vacancies(actor)) if one.id in wanted}
