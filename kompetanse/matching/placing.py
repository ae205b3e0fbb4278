"""Placing the adults of a household together, also with neighbours: suggestions to discuss, never decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes import travel
from kompetanse.codes.partial_date import parse_partial_date, year
from kompetanse.codes.residence import HouseholdRole
from kompetanse.courses import service as courses
from kompetanse.errors import Conflict
from kompetanse.matching import engine, holding, loading, queries
from kompetanse.matching.explanation import Match, Outcome, Verdict
from kompetanse.matching.features import CandidateFeatures, VacancyFeatures
from kompetanse.matching.holding import Openings
from kompetanse.matching.households import Children, Joint, Option, joint_placements
from kompetanse.matching.knowledge import Knowledge
from kompetanse.matching.nearest import Nearest
from kompetanse.matching.ordering import VERDICTS
from kompetanse.matching.service import standing_weights
from kompetanse.matching.vectors import people as encoding
from kompetanse.matching.vectors import scoring
from kompetanse.people import households
from kompetanse.people.tables import Person

TOGETHER_BONUS = 0.25
"""What it adds to the fits of a household, each from 0 to 1, that all its adults are placed near each other."""

WITHIN = 45
"""Minutes between two workplaces that are near each other, where nothing else is chosen."""

OPTIONS = 20
"""So many of each person's best vacancies are weighed."""

_ADULTS, _CHILD = frozenset({HouseholdRole.ADULT, HouseholdRole.PARTNER}), HouseholdRole.CHILD
_SCHOOL_FROM, _SCHOOL_UNTIL = 6, 16
"""Children start school in the year they turn six (opplæringslova § 2-1), and are of school age for ten years."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An open vacancy of a neighbour, as far as it is told."""

    municipality_no: str
    features: VacancyFeatures
    title: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Placed:
    """One adult in one vacancy, explained. `municipality_no` is whose vacancy it is."""

    person_id: UUID
    vacancy_id: UUID
    title: str
    municipality_no: str
    match: Match


@dataclass(frozen=True, slots=True)
class Together:
    """One way to place a household: each adult's place (None: none), and what they have of being near."""

    placed: tuple[Placed | None, ...]
    score: float
    bonus: float
    minutes_apart: int | None
    kindergarten: Outcome
    school: Outcome


@dataclass(frozen=True, slots=True)
class HouseholdPlacements:
    """The best ways to place a household's adults, best first."""

    adults: Sequence[Person]
    children: Children
    within: int
    ways: Sequence[Together]


def placements_for(
    session: Session,
    actor: Actor,
    household_id: UUID,
    *,
    within: int = WITHIN,
    limit: int = 5,
    elsewhere: Sequence[Elsewhere] = (),
    verdict: Verdict | None = None,
) -> HouseholdPlacements:
    """The best ways to place the adults of a household in open vacancies, also in those of neighbours.

    With a `verdict` only vacancies of which the gates say this; one that a gate excludes is no option ever.

    Raises:
        NotFound: no such household. Conflict: it has no adult who can be placed.
    """
    actor = actor.doing(Operation.MATCH)
    today, weights = clock.today(), standing_weights(session, actor)
    view = households.read_household(session, actor, household_id)
    found = {one.id: one for one in session.exec(queries.household_members(actor, household_id))}
    adults = [found[one.person_id] for one in view.members if one.role in _ADULTS and one.person_id in found]
    if not adults:
        raise Conflict("The household has no adult who can be placed")
    selected = queries.household_members(actor, household_id)
    candidates = list(loading.candidates(session, actor, selected, adults, today))
    open_now = holding.openings(session, actor, today, weights)
    choice = _choice(session, actor, candidates, open_now, elsewhere, verdict)
    young = [found[one.person_id].born for one in view.members if one.role is _CHILD and one.person_id in found]
    children = children_of(young, today)
    ways = joint_placements(choice.options, choice.minutes, within, TOGETHER_BONUS, limit, children)
    titles = {one.id: one.title for one in session.exec(queries.some_vacancies(actor, choice.named(ways)))}
    titles |= {one.features.vacancy_id: one.title for one in elsewhere}
    nearest = Nearest(courses.offers(session, actor))

    def placed(candidate: CandidateFeatures, number: int | None) -> Placed | None:
        if number is None:
            return None
        vacancy, whose = choice.vacancies[number], choice.whose[number]
        match = nearest.told(engine.match(candidate, vacancy, today, weights, choice.known))
        return Placed(candidate.person_id, vacancy.vacancy_id, titles[vacancy.vacancy_id], whose, match)

    audit.record(session, actor, "match", "person", [household_id, *(one.id for one in adults)], ["household"])
    told = [_together(way, map(placed, candidates, way.vacancies)) for way in ways]
    return HouseholdPlacements(adults, children, within, told)


def _together(way: Joint, placed: Iterable[Placed | None]) -> Together:
    return Together(tuple(placed), way.score, way.bonus, way.minutes_apart, way.kindergarten, way.school)


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    """What the adults of one household can choose from: their own best vacancies, by number."""

    vacancies: Sequence[VacancyFeatures]
    whose: Sequence[str]
    options: Sequence[Sequence[Option]]
    known: Knowledge

    def minutes(self, one: int, other: int) -> int | None:
        """Between two of the vacancies."""
        return travel.minutes(self.vacancies[one].place, self.vacancies[other].place)

    def named(self, ways: Sequence[Joint]) -> set[UUID]:
        """The vacancies that some placements are about."""
        return {self.vacancies[number].vacancy_id for way in ways for number in way.vacancies if number is not None}


def _choice(
    session: Session,
    actor: Actor,
    candidates: Sequence[CandidateFeatures],
    open_now: Openings,
    elsewhere: Sequence[Elsewhere],
    verdict: Verdict | None,
) -> _Choice:
    """Each adult's best vacancies, of the municipality's and of the neighbours' that are told."""
    allowed = {Verdict.PASSES, Verdict.UNKNOWN} & ({verdict} if verdict else set(Verdict))
    vocabulary, today = open_now.vocabulary, open_now.on
    encoded = encoding.stack([encoding.encode(one, vocabulary, today) for one in candidates])
    offered = [one.features for one in elsewhere]
    known = holding.knowledge(session, actor, [*open_now.features.values(), *offered], today)
    boards = [open_now.board.extended(vocabulary)] if open_now.ids else []
    if offered:
        boards.append(scoring.board(offered, vocabulary, today, open_now.weights, known))
    found = [scoring.all_pairs(encoded, board) for board in boards]
    vacancies = [*(open_now.features[one] for one in open_now.ids), *offered]
    whose = [actor.municipality_no] * len(open_now.ids) + [one.municipality_no for one in elsewhere]
    options = []
    for adult in range(len(candidates)):
        scores = np.concatenate([one.score[adult] for one in found]) if found else np.zeros(0)
        verdicts = np.concatenate([one.verdict[adult] for one in found]) if found else np.zeros(0, np.int8)
        order = [int(one) for one in np.argsort(-scores, kind="stable") if VERDICTS[verdicts[one]] in allowed][:OPTIONS]
        options.append([_option(one, float(scores[one]), vacancies[one]) for one in order])
    return _Choice(vacancies, whose, options, known)


def _option(number: int, score: float, vacancy: VacancyFeatures) -> Option:
    return Option(number, score, vacancy.positions, vacancy.kindergarten_places, vacancy.school_places)


def children_of(born: Iterable[str | None], today: date) -> Children:
    """How many children need a place in kindergarten, and how many in school. Whose age nobody knows needs neither."""
    ages = [today.year - year(parse_partial_date(one)) for one in born if one is not None]
    young = sum(age < _SCHOOL_FROM for age in ages)
    return Children(young, sum(_SCHOOL_FROM <= age < _SCHOOL_UNTIL for age in ages))
