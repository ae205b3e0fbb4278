"""Matching: whether the right vacancy is found for somebody whose skills are told badly, against two baselines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from random import Random

import numpy as np
from numpy.typing import NDArray

from kompetanse.ids import new_id
from kompetanse.matching.features import CandidateFeatures, HeldOccupation, HeldSkill, VacancyFeatures
from kompetanse.matching.grades import Through
from kompetanse.matching.vectors import scoring
from tests.bench import matching_data
from tests.bench.matching_data import TODAY, Occupation, World
from tests.bench.matching_rivals import Scores, first_ranks, jaccard, overlap, tf_idf
from tests.bench.results import Results, Row

PEOPLE, VACANCIES, SEED = 1000, 5000, 11
_AMONG = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Noise:
    """How badly an occupation's skills are told: shares that are left out, added from elsewhere, and near misses."""

    dropped: float
    foreign: float
    replaced: float

    def __str__(self) -> str:
        """In words."""
        told = f"{self.dropped:.0%} left out, {self.foreign:.0%} foreign"
        return told + (f", {self.replaced:.0%} a sibling" if self.replaced else "")


LEVELS = (
    Noise(0.0, 0.0, 0.0),
    Noise(0.2, 0.0, 0.0),
    Noise(0.4, 0.2, 0.0),
    Noise(0.4, 0.2, 0.2),
    Noise(0.4, 0.2, 0.4),
    Noise(0.6, 0.4, 0.0),
    Noise(0.6, 0.4, 0.4),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """People, each of one occupation of which the skills are told with noise, and vacancies of all occupations."""

    people: Sequence[CandidateFeatures]
    vacancies: Sequence[VacancyFeatures]
    right: NDArray[np.bool_]  # [people, vacancies]


def run() -> list[Results]:
    """Recall and rank at every level of noise. Raises Unmeasured where ESCO lacks."""
    world = matching_data.world()
    rows = [
        _row(f"{noise}{', a neighbouring job' if with_job else ''}", _ranks(world, trial(world, noise, with_job)))
        for with_job, noise in product((False, True), LEVELS)
    ]
    columns = ("", "skills shared", "Jaccard", "TF-IDF", "ours", "ours above the best, ± 2 SE")
    title = f"Right vacancy among the first {_AMONG} of {VACANCIES:,} / mean reciprocal rank, {PEOPLE:,} people"
    return [Results(title, columns, rows)]


def trial(world: World, noise: Noise, with_job: bool) -> Trial:
    """The same people and vacancies at every level, as far as the noise lets them be."""
    random = Random(SEED)
    of_people = random.sample(world.occupations, PEOPLE)
    in_turn = random.sample(world.occupations, len(world.occupations))
    of_vacancies = [in_turn[number % len(in_turn)] for number in range(VACANCIES)]
    vacancies = [_vacancy(one, random) for one in of_vacancies]
    people = [_person(world, one, noise, Random(f"{SEED} {one.concept}")) for one in of_people]
    if with_job:
        neighbours = _neighbours(world)
        people = [
            replace(person, occupations=_job(neighbours.get(one.concept, [])))
            for person, one in zip(people, of_people, strict=True)
        ]
    asked = np.array([one.concept for one in of_vacancies])
    return Trial(people, vacancies, np.array([one.concept for one in of_people])[:, None] == asked)


def _vacancy(one: Occupation, random: Random) -> VacancyFeatures:
    skills = matching_data.asked_skills(one, random)
    return VacancyFeatures(new_id(), styrk=one.styrk, concept=one.concept, skills=skills)


def _person(world: World, one: Occupation, noise: Noise, random: Random) -> CandidateFeatures:
    told = random.sample(one.essential, max(1, round(len(one.essential) * (1 - noise.dropped))))
    replaced = round(len(told) * noise.replaced)
    near = [_sibling(world, key, random) for key in told[:replaced]]
    foreign = [
        random.choice(random.choice(world.occupations).essential)
        for _ in range(round(len(one.essential) * noise.foreign))
    ]
    return CandidateFeatures(new_id(), skills={key: HeldSkill(True) for key in (*told[replaced:], *near, *foreign)})


def _sibling(world: World, key: str, random: Random) -> str:
    """A skill with the same broader one, else of the same group; the skill itself where it has neither."""
    relatives = world.known.relatives.of(key)
    for through in (Through.SIBLING, Through.SAME_GROUP):
        found = [one.key for one in relatives if one.through is through]
        if found:
            return random.choice(found)
    return key


def _neighbours(world: World) -> Mapping[str, Sequence[Occupation]]:
    """By occupation: others of its unit group, else of its minor group (ISCO-08)."""
    by_group: dict[str, list[Occupation]] = {}
    for one, length in product(world.occupations, (4, 3)):
        by_group.setdefault(one.styrk[:length], []).append(one)

    def of(one: Occupation) -> list[Occupation]:
        near = [*by_group[one.styrk[:4]], *by_group[one.styrk[:3]]]
        return [other for other in near if other.concept != one.concept]

    return {one.concept: of(one) for one in world.occupations}


def _job(neighbours: Sequence[Occupation]) -> tuple[HeldOccupation, ...]:
    """Three years in the first of the neighbours."""
    return tuple(HeldOccupation(one.styrk, 36, concept=one.concept) for one in islice(neighbours, 1))


def _ranks(world: World, tried: Trial) -> dict[str, Floats]:
    """By way of matching: the rank of each person's first right vacancy."""
    return {name: first_ranks(scores, tried.right) for name, scores in _scored(world, tried)}


def _scored(world: World, tried: Trial) -> Iterator[tuple[str, Scores]]:
    held = [list(one.skills) for one in tried.people]
    asked = [[skill.key for skill in one.skills] for one in tried.vacancies]
    yield "overlap", overlap(held, asked)
    yield "jaccard", jaccard(held, asked)
    jobs = [[job.concept for job in one.occupations] for one in tried.people]
    titles = [[one.concept] for one in tried.vacancies]
    yield "words", tf_idf(_texts(world, jobs, held), _texts(world, titles, asked))
    yield "ours", scoring.scores_of(tried.people, tried.vacancies, TODAY, known=world.known).score


def _texts(world: World, titles: Sequence[Sequence[str | None]], skills: Sequence[Sequence[str]]) -> list[str]:
    """What would be written: names of occupations and of skills."""
    return [
        ". ".join(world.names[uri] for uri in (*of, *keys) if uri is not None)
        for of, keys in zip(titles, skills, strict=True)
    ]


def _row(name: str, ranks: Mapping[str, Floats]) -> Row:
    """Ours is clearly above when it is so by two standard errors of the paired difference, in both measures."""
    recall = [(each <= _AMONG).astype(float) for each in ranks.values()]
    reciprocal = [1 / each for each in ranks.values()]
    cells = [f"{one.mean():.3f} / {other.mean():.3f}" for one, other in zip(recall, reciprocal, strict=True)]
    margins = [margin(each[-1], each[:-1]) for each in (recall, reciprocal)]
    above = ", ".join(f"{mean:+.3f} ± {error:.3f}" for mean, error in margins)
    return Row((name, *cells, above), all(mean > error for mean, error in margins))


def margin(ours: Floats, others: Sequence[Floats]) -> tuple[float, float]:
    """How far ours is above the best of the others in the mean, and two standard errors of that paired difference."""
    apart = ours - max(others, key=lambda one: float(one.mean()))
    return float(apart.mean()), float(2 * apart.std(ddof=1) / np.sqrt(len(apart)))
