"""What one vacancy asks of one person, requirement by requirement, each graded and weighed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kompetanse.codes.work import Importance
from kompetanse.matching import rules
from kompetanse.matching.explanation import ClosingKind, Outcome, RequirementKind
from kompetanse.matching.features import CandidateFeatures, VacancyFeatures
from kompetanse.matching.rules import Grade
from kompetanse.matching.weights import Weights

_Kind = RequirementKind


@dataclass(frozen=True, slots=True)
class Graded:
    """A requirement, how far it is met, and what it weighs."""

    kind: RequirementKind
    grade: Grade
    weight: float
    key: str | None = None
    label: str | None = None
    required: str | None = None
    gate: bool = False


def graded(candidate: CandidateFeatures, vacancy: VacancyFeatures, on: date, weights: Weights) -> Iterator[Graded]:
    """Everything that the vacancy states, and nothing that it does not: silence asks nothing of anybody.

    `on` is the day that the work begins where the vacancy names none.
    """
    on = vacancy.starts_on or on
    yield from _work(candidate, vacancy, weights)
    yield from _skills(candidate, vacancy, weights)
    yield from _languages(candidate, vacancy, weights)
    yield from _papers(candidate, vacancy, on, weights)
    yield from _terms(candidate, vacancy, weights)


def _work(candidate: CandidateFeatures, vacancy: VacancyFeatures, weights: Weights) -> Iterator[Graded]:
    if vacancy.styrk is None:
        return
    styrk = vacancy.styrk
    held = rules.occupation(styrk, candidate.occupations, weights)
    yield Graded(_Kind.OCCUPATION, held, weights.occupation, styrk, required=styrk)
    never = rules.never(styrk, candidate.wishes.occupations)
    wanted = Grade(0.0, "never") if never else rules.wish(styrk, candidate.wishes.occupations)
    yield Graded(_Kind.WISH, wanted, weights.wish, styrk, required=styrk, gate=never)


def _skills(candidate: CandidateFeatures, vacancy: VacancyFeatures, weights: Weights) -> Iterator[Graded]:
    for asked in vacancy.skills:
        essential = asked.importance is Importance.ESSENTIAL
        weight = weights.essential_skill if essential else weights.trainable_skill
        held = rules.skill(candidate.skills.get(asked.key))
        yield Graded(_Kind.SKILL, held, weight, asked.key, asked.label, asked.importance.value)


def _languages(candidate: CandidateFeatures, vacancy: VacancyFeatures, weights: Weights) -> Iterator[Graded]:
    for asked in vacancy.languages:
        held = rules.language(asked.minimum, candidate.languages.get(asked.code))
        minimum = asked.minimum.value
        yield Graded(_Kind.LANGUAGE, held, weights.language, asked.code, required=minimum, gate=asked.required)


def _papers(candidate: CandidateFeatures, vacancy: VacancyFeatures, on: date, weights: Weights) -> Iterator[Graded]:
    level, field = vacancy.education_level, vacancy.education_field
    if level is not None or field is not None:
        held = rules.education(level, field, candidate.education)
        yield Graded(_Kind.EDUCATION, held, weights.education, field, required=level.value if level else None)
    for code in vacancy.licences:
        held = rules.licence(code, candidate.licences, on)
        yield Graded(_Kind.LICENCE, held, weights.licence, code, required=code, gate=True)
    if vacancy.authorisation is not None:
        code = vacancy.authorisation
        held = rules.authorisation(code, candidate.licences, on)
        yield Graded(_Kind.AUTHORISATION, held, weights.authorisation, code, required=code, gate=True)
    right = rules.work_permission(candidate.work_right, on)
    yield Graded(_Kind.WORK_PERMISSION, right, weights.work_permission, required=on.isoformat(), gate=True)


def _terms(candidate: CandidateFeatures, vacancy: VacancyFeatures, weights: Weights) -> Iterator[Graded]:
    wishes = candidate.wishes
    least, most = vacancy.percentage_min, vacancy.percentage_max
    if least is not None or most is not None:
        offered = "-".join(str(n) for n in dict.fromkeys((least, most)) if n is not None)
        yield Graded(_Kind.PERCENTAGE, rules.percentage(least, most, wishes), weights.percentage, required=offered)
    if vacancy.shifts:
        asked = ",".join(sorted(vacancy.shifts))
        yield Graded(_Kind.SHIFTS, rules.shifts(vacancy.shifts, wishes.shifts), weights.shifts, required=asked)
    if vacancy.starts_on is not None:
        begins = vacancy.starts_on
        yield Graded(_Kind.START, rules.start(begins, wishes), weights.start, required=begins.isoformat())


_CLOSES = {
    _Kind.OCCUPATION: ClosingKind.TRAINING,
    _Kind.SKILL: ClosingKind.TRAINING,
    _Kind.LANGUAGE: ClosingKind.LANGUAGE_COURSE,
    _Kind.EDUCATION: ClosingKind.EDUCATION,
    _Kind.LICENCE: ClosingKind.LICENCE,
    _Kind.AUTHORISATION: ClosingKind.AUTHORISATION,
    _Kind.WORK_PERMISSION: ClosingKind.PERMIT,
    _Kind.PERCENTAGE: ClosingKind.AGREE,
    _Kind.SHIFTS: ClosingKind.AGREE,
    _Kind.START: ClosingKind.AGREE,
    _Kind.WISH: ClosingKind.AGREE,
}


def closing_kind(requirement: Graded) -> ClosingKind | None:
    """What would close the gap; None where there is none. What is not known is closed by asking."""
    if requirement.grade.outcome is Outcome.MET:
        return None
    return ClosingKind.ASK if requirement.grade.outcome is Outcome.UNKNOWN else _CLOSES[requirement.kind]
