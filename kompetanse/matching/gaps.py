"""What would help: steps that open vacancies to a person, and demands whose easing brings a vacancy candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.courses import service as courses
from kompetanse.courses.tables import CourseOffer
from kompetanse.matching import holding, loading, queries, steps
from kompetanse.matching.explanation import ClosingKind
from kompetanse.matching.service import one_person, standing_weights
from kompetanse.matching.steps import Relaxation, Step
from kompetanse.matching.vectors import people as encoding
from kompetanse.matching.vectors import scoring
from kompetanse.matching.vectors.arrays import Codes, Flags, Floats
from kompetanse.people.tables import Person
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.tables import Vacancy

GOOD = 0.5
"""From this score on a match is worth a conversation, and counts as within reach."""

MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Within:
    """A vacancy that comes within reach, with its score now and after the step."""

    vacancy: Vacancy
    score: float
    score_after: float


@dataclass(frozen=True, slots=True)
class Opened:
    """What a step would do: vacancies that come within reach, how much others' scores rise; and ways to take it."""

    step: Step
    vacancies: Sequence[Within]
    rise: float
    offers: Sequence[CourseOffer]


@dataclass(frozen=True, slots=True)
class PersonGaps:
    """How many vacancies are within a person's reach now, and the steps that help most."""

    within_reach: int
    considered: int
    opened: Sequence[Opened]


@dataclass(frozen=True, slots=True)
class Brought:
    """What asking for less would bring: the people who come within reach."""

    relaxation: Relaxation
    people: Sequence[Person]


@dataclass(frozen=True, slots=True)
class VacancyGaps:
    """How many candidates are within a vacancy's reach now, and what brings more of them."""

    within_reach: int
    considered: int
    brought: Sequence[Brought]


def steps_for(session: Session, actor: Actor, person_id: UUID) -> PersonGaps:
    """The steps that would bring most vacancies within a person's reach. Raises NotFound."""
    actor = actor.doing(Operation.MATCH)
    today, weights = clock.today(), standing_weights(session, actor)
    person = one_person(session, actor, person_id, today)
    open_now = holding.openings(session, actor, today, weights)
    possible = steps.steps(person, open_now.features.values())
    after = [steps.taken(person, step) for step in possible]
    encoded = [encoding.encode(one, open_now.vocabulary, today) for one in (person, *after)]
    scores = scoring.all_pairs(encoding.stack(encoded), open_now.board.extended(open_now.vocabulary))
    openings = [open_now.features[one] for one in open_now.ids]
    practises = np.array([[steps.may_practise(one, opening) for opening in openings] for one in (person, *after)], bool)
    reached = _within_reach(scores.score, scores.verdict) & practises.reshape(scores.score.shape)
    gained = reached[1:] & ~reached[0]
    rise = np.where(reached[0] & reached[1:], scores.score[1:] - scores.score[0], 0.0).sum(axis=1)
    best = sorted(range(len(possible)), key=lambda one: (-int(gained[one].sum()), -float(rise[one]), one))
    helpful = [one for one in best if gained[one].any() or rise[one] > 0.0][:MOST_STEPS]
    ids = {open_now.ids[place] for one in helpful for place in np.flatnonzero(gained[one]).tolist()}
    found = {one.id: one for one in session.exec(queries.some_vacancies(actor, ids))}
    offers = courses.offers(session, actor)
    audit.record(session, actor, "match", "person", [person_id], ["steps"])

    def within(place: int, step: int) -> Within:
        now, after = scores.score[0, place], scores.score[1 + step, place]
        return Within(found[open_now.ids[place]], float(now), float(after))

    opened = [
        Opened(
            possible[one],
            [within(place, one) for place in np.flatnonzero(gained[one]).tolist()],
            float(rise[one]),
            [offer for offer in offers if _leads_to(offer, possible[one])],
        )
        for one in helpful
    ]
    return PersonGaps(int(reached[0].sum()), len(open_now.ids), opened)


def _leads_to(offer: CourseOffer, step: Step) -> bool:
    """Whether an offer is a way to take a step, and she can begin on it."""
    if not steps.leads_to(offer.kind, offer.key, offer.to_level, step):
        return False  # and what it begins at may be a level of education, not of a language
    return step.kind is not ClosingKind.LANGUAGE_COURSE or steps.can_begin(offer.from_level, step.before)


def relaxations_for(session: Session, actor: Actor, vacancy_id: UUID) -> VacancyGaps:
    """What asking for less of one thing would bring to a vacancy, most first. Raises NotFound."""
    actor = actor.doing(Operation.MATCH)
    today, weights = clock.today(), standing_weights(session, actor)
    vacancy = loading.vacancy(vacancies.records_of(session, actor, [vacancies.get(session, actor, vacancy_id)])[0])
    everybody = holding.candidates(session, actor, today)
    possible = steps.relaxations(vacancy)
    wanted = [vacancy, *(changed for _, changed in possible)]
    known = holding.knowledge(session, actor, wanted, today)
    board = scoring.board(wanted, everybody.vocabulary, today, weights, known)
    scores = scoring.all_pairs(everybody.arrays, board)
    reached = _within_reach(scores.score, scores.verdict)
    gained = reached[:, 1:] & ~reached[:, :1]
    best = sorted(range(len(possible)), key=lambda one: (-int(gained[:, one].sum()), one))
    helpful = [one for one in best if gained[:, one].any()]
    ids = {everybody.ids[place] for one in helpful for place in np.flatnonzero(gained[:, one]).tolist()}
    found = {one.id: one for one in session.exec(queries.some_candidates(actor, ids))}
    audit.record(session, actor, "match", "person", [vacancy_id, *sorted(ids)], ["vacancy", "relaxations"])
    brought = [
        Brought(possible[one][0], [found[everybody.ids[place]] for place in np.flatnonzero(gained[:, one]).tolist()])
        for one in helpful
    ]
    return VacancyGaps(int(reached[:, 0].sum()), len(everybody.ids), brought)


def _within_reach(scores: Floats, verdicts: Codes) -> Flags:
    reached: Flags = (verdicts != 0) & (scores >= GOOD)
    return reached
