"""Who fits a vacancy, and which vacancies fit a person, each with its reasons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.occupations import skill_level
from kompetanse.codes.work import PairMark
from kompetanse.competence.tables import Education, Experience
from kompetanse.competence.unused import unused
from kompetanse.courses import service as courses
from kompetanse.errors import NotFound
from kompetanse.matching import engine, holding, loading, marks, queries, tuning
from kompetanse.matching.explanation import Match, Ranking
from kompetanse.matching.features import CandidateFeatures
from kompetanse.matching.nearest import Nearest
from kompetanse.matching.ordering import EVERYTHING, Order, Wanted
from kompetanse.matching.tables import CandidateMark
from kompetanse.matching.vectors import people as encoding
from kompetanse.matching.vectors import scoring
from kompetanse.matching.weights import Weights, standing
from kompetanse.people.gathering import by_person
from kompetanse.people.tables import Person
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.tables import Vacancy


@dataclass(frozen=True, slots=True)
class RankedCandidates:
    """A ranking, with the names of those in it for the coordinator's own eyes.

    `pinned` and `set_aside` are those of the vacancy's candidates, wherever they rank; who is set aside is not among
    `ranking.matches`. `unused`: whose competence lies unused, and who would use it here.
    """

    ranking: Ranking
    people: Mapping[UUID, Person]
    marks: Mapping[UUID, CandidateMark]
    pinned: Sequence[Match]
    set_aside: Sequence[Match]
    unused: Collection[UUID]


@dataclass(frozen=True, slots=True)
class RankedVacancies:
    """A ranking, with the vacancies in it. `unused`: those at the level of competence that lies unused."""

    ranking: Ranking
    vacancies: Mapping[UUID, Vacancy]
    unused: Collection[UUID]


def candidates_for(session: Session, actor: Actor, vacancy_id: UUID, wanted: Wanted = EVERYTHING) -> RankedCandidates:
    """The people of the municipality who fit a vacancy best.

    Nobody with a protected address and nobody archived is in it. Looking at candidates is recorded for each
    who is shown.

    Raises:
        NotFound: no such vacancy. Invalid: `wanted.after` is nobody in the ranking.
    """
    actor = actor.doing(Operation.MATCH)
    opening = loading.vacancy(vacancies.records_of(session, actor, [vacancies.get(session, actor, vacancy_id)])[0])
    today, weights = clock.today(), standing_weights(session, actor)
    everybody = holding.candidates(session, actor, today)
    known = holding.knowledge(session, actor, [opening], today)
    board = scoring.board([opening], everybody.vocabulary, today, weights, known)
    scores = scoring.all_pairs(everybody.arrays, board)
    marked = marks.marks_of(session, actor, vacancy_id)
    aside = {one for one, mark in marked.items() if mark.mark is PairMark.SET_ASIDE}
    order = Order(everybody.ids, scores.score[:, 0], scores.verdict[:, 0])

    nearest = Nearest(courses.offers(session, actor))

    def explain(person_id: UUID) -> Match:
        return nearest.told(engine.match(everybody.features[person_id], opening, today, weights, known))

    ranking = order.ranking(wanted, explain, aside)
    pinned = [explain(one) for one in order.of(one for one, mark in marked.items() if mark.mark is PairMark.PINNED)]
    set_aside = [explain(one) for one in order.of(aside)]
    shown = {one.person_id for one in (*ranking.matches, *ranking.excluded, *pinned, *set_aside)}
    people = {one.id: one for one in session.exec(queries.some_candidates(actor, shown))}
    level = skill_level(opening.styrk) if opening.styrk else None
    levels = _unused_levels(session, actor, queries.some_candidates(actor, shown), shown, today)
    audit.record(session, actor, "match", "person", [vacancy_id, *sorted(shown)], ["vacancy", "candidates"])
    using = {one for one, unused_level in levels.items() if _uses(unused_level, level)}
    return RankedCandidates(ranking, people, marked, pinned, set_aside, using)


def opportunities_for(session: Session, actor: Actor, person_id: UUID, wanted: Wanted = EVERYTHING) -> RankedVacancies:
    """The open vacancies that fit a person best; for herself, only those that she can still apply for.

    Raises:
        NotFound: no such person. Invalid: `wanted.after` is no vacancy in the ranking.
    """
    actor = actor.doing_to(Operation.MATCH, person_id)
    today, weights = clock.today(), standing_weights(session, actor)
    candidate = one_person(session, actor, person_id, today)
    encoded = encoding.encode(candidate, holding.vocabulary(session, actor, today), today)
    open_now = holding.openings(session, actor, today, weights)
    scores = scoring.all_pairs(encoding.stack([encoded]), open_now.board)
    order = Order(open_now.ids, scores.score[0], scores.verdict[0])
    nearest = Nearest(courses.offers(session, actor))

    def explain(vacancy_id: UUID) -> Match:
        return nearest.told(engine.match(candidate, open_now.features[vacancy_id], today, weights, open_now.known))

    ranking = order.ranking(wanted, explain, _too_late(session, actor, today))
    shown = {one.vacancy_id for one in (*ranking.matches, *ranking.excluded)}
    found = {one.id: one for one in session.exec(queries.some_vacancies(actor, shown))}
    levels = _unused_levels(session, actor, queries.one_person(actor, person_id), [person_id], today)
    at_level = {
        one.id for one in found.values() if _uses(levels.get(person_id), skill_level(one.styrk) if one.styrk else None)
    }
    audit.record(session, actor, "match", "person", [person_id], ["vacancies"])
    return RankedVacancies(ranking, found, at_level)


def _too_late(session: Session, actor: Actor, today: date) -> set[UUID]:
    """The vacancies that are of no use to a newcomer who looks for herself; a coordinator may still ask the unit."""
    return set() if actor.person_id is None else set(session.scalars(queries.too_late(actor, today)))


def standing_weights(session: Session, actor: Actor) -> Weights:
    """The weights of the actor's municipality."""
    return standing(tuning.current(session, actor))


def one_person(session: Session, actor: Actor, person_id: UUID, today: date) -> CandidateFeatures:
    """A person as matching sees her. Raises NotFound."""
    selected = queries.one_person(actor, person_id)
    person = session.exec(selected).one_or_none()
    if person is None:
        raise NotFound("person")
    return next(iter(loading.candidates(session, actor, selected, [person], today)))


def _unused_levels(
    session: Session, actor: Actor, selected: SelectOfScalar[Person], ids: Collection[UUID], today: date
) -> dict[UUID, int]:
    """The ISCO-08 skill level of the competence that lies unused, of those people of whom some does."""
    jobs, schools = by_person(session, actor, Experience, selected), by_person(session, actor, Education, selected)
    found = {one: unused(jobs[one], schools[one], today) for one in ids}
    return {one: lies.grounds[0].level for one, lies in found.items() if lies is not None}


def _uses(unused_level: int | None, level: int | None) -> bool:
    """Whether work at a level uses what lies unused."""
    return unused_level is not None and level is not None and level >= unused_level
