"""Vacancies as arrays, and the distinct questions that they ask."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.travel import Place
from kompetanse.codes.work import Importance, Shift
from kompetanse.matching.features import VacancyFeatures
from kompetanse.matching.knowledge import Knowledge
from kompetanse.matching.vectors.arrays import Column, Vacancies
from kompetanse.matching.vectors.vocabulary import Numbers
from kompetanse.matching.weights import UNKNOWN_SHARE, Weights


@dataclass(frozen=True, slots=True)
class AskedOccupation:
    """STYRK-08 code, ESCO concept and essential skills."""

    code: str
    concept: str | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedPapers:
    """Codes of licences and authorisations with what each weighs, and the day on which they are needed."""

    weights: tuple[tuple[str, float], ...]
    on: date


@dataclass(frozen=True, slots=True)
class Limits:
    """The period of the work, the age that it demands, and whether it is outside the municipality."""

    starts: date
    ends: date | None
    minimum_age: int
    outside: bool


@dataclass(frozen=True, slots=True)
class Questions:
    """The distinct questions of each column; None is no question, and always the first."""

    occupations: Numbers[AskedOccupation | None]
    educations: Numbers[tuple[EducationLevel | None, str | None] | None]
    languages: Numbers[tuple[tuple[str, Cefr, bool], ...] | None]
    experiences: Numbers[tuple[str, int] | None]
    papers: Numbers[AskedPapers | None]
    limits: Numbers[Limits | None]
    percentages: Numbers[tuple[int | None, int | None] | None]
    shifts: Numbers[frozenset[Shift] | None]
    starts: Numbers[date | None]
    places: Numbers[Place | None]

    def first(self) -> list[int]:
        """The number of each column's first answer, and how many answers there are."""
        ends = [0]
        for column in _by_column(self):
            ends.append(ends[-1] + len(column))
        return ends


def _no_questions() -> Questions:
    return Questions(
        Numbers({None: 0}), Numbers({None: 0}), Numbers({None: 0}), Numbers({None: 0}), Numbers({None: 0}),
        Numbers({None: 0}), Numbers({None: 0}), Numbers({None: 0}), Numbers({None: 0}), Numbers({None: 0}),
    )  # fmt: skip


def _by_column(asked: Questions) -> tuple[Numbers[Hashable], ...]:
    """The questions in the order of `Column`."""
    return tuple(getattr(asked, name) for name in Questions.__slots__)


def encode(
    wanted: Sequence[VacancyFeatures], known: Knowledge, on: date, weights: Weights
) -> tuple[Vacancies, Questions]:
    """The arrays of vacancies, in their order, and the questions that they ask.

    `on` is the day on which work begins where a vacancy names none.
    """
    asked = _no_questions()
    numbers = np.array([_asks(one, known, on, weights, asked) for one in wanted], dtype=np.int32)
    known_weights = np.array([_known(one, weights) for one in wanted])
    rest = np.array([_rest(one, weights) for one in wanted])
    arrays = Vacancies(
        asks=numbers.reshape(len(wanted), len(Column)) + np.array(asked.first()[:-1], dtype=np.int32),
        mask=np.array([_mask(one) for one in wanted], dtype=np.int32),
        scale=1.0 / (known_weights + rest),
        rest=rest,
        skill_base=np.array([UNKNOWN_SHARE * _skills(one, weights) for one in wanted]),
    )
    return arrays, asked


def _asks(one: VacancyFeatures, known: Knowledge, on: date, weights: Weights, asked: Questions) -> list[int]:
    """The number of a vacancy's question in each column."""
    starts = one.starts_on or on
    papers = _papers(one, weights)
    occupation = None if one.styrk is None else AskedOccupation(one.styrk, one.concept, known.needs_of(one))
    experienced = one.styrk is not None and one.experience_months is not None
    languages = tuple((asked.code, asked.minimum, asked.required) for asked in one.languages)
    return [
        asked.occupations[occupation],
        asked.educations[_education(one)],
        asked.languages[languages or None],
        asked.experiences[(one.styrk or "", one.experience_months or 0) if experienced else None],
        asked.papers[AskedPapers(papers, starts) if papers else None],
        asked.limits[Limits(starts, one.ends_on, one.minimum_age or 0, one.outside)],
        asked.percentages[_percentage(one)],
        asked.shifts[one.shifts or None],
        asked.starts[one.starts_on],
        asked.places[one.place],
    ]


def _mask(one: VacancyFeatures) -> int:
    """Which terms of work a vacancy states, one bit each."""
    stated = (_percentage(one) is not None, bool(one.shifts), one.starts_on is not None, one.place is not None)
    return sum(1 << number for number, is_stated in enumerate(stated) if is_stated)


def _education(one: VacancyFeatures) -> tuple[EducationLevel | None, str | None] | None:
    stated = one.education_level is not None or one.education_field is not None
    return (one.education_level, one.education_field) if stated else None


def _papers(one: VacancyFeatures, weights: Weights) -> tuple[tuple[str, float], ...]:
    licences = tuple((code, weights.licence) for code in one.licences)
    return (*licences, (one.authorisation, weights.authorisation)) if one.authorisation else licences


def _percentage(one: VacancyFeatures) -> tuple[int | None, int | None] | None:
    stated = one.percentage_min is not None or one.percentage_max is not None
    return (one.percentage_min, one.percentage_max) if stated else None


def _skills(one: VacancyFeatures, weights: Weights) -> float:
    """What its skills weigh together, however rare they are."""
    essential = sum(asked.importance is Importance.ESSENTIAL for asked in one.skills)
    return essential * weights.essential_skill + (len(one.skills) - essential) * weights.trainable_skill


def _known(one: VacancyFeatures, weights: Weights) -> float:
    """What occupation, wish, interest, skills, education and languages weigh together: the same for everybody."""
    total = _skills(one, weights) + weights.language * len(one.languages)
    if one.styrk is not None:
        total += weights.occupation + weights.wish + weights.interest
    return total + (weights.education if _education(one) is not None else 0.0)


def _rest(one: VacancyFeatures, weights: Weights) -> float:
    """What all else weighs."""
    total = weights.work_permission + sum(weight for _, weight in _papers(one, weights))
    if one.styrk is not None and one.experience_months is not None:
        total += weights.experience
    usual = (weights.percentage, weights.shifts, weights.start, weights.commute)
    return total + sum(weight for number, weight in enumerate(usual) if _mask(one) & 1 << number)
