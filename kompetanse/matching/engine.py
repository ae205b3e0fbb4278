"""Scores and ranks. Pure: features in, explained matches out."""

from collections.abc import Callable, Iterable
from datetime import date
from heapq import nsmallest
from uuid import UUID

from kompetanse.matching.explanation import Closing, Match, Ranking, Reason
from kompetanse.matching.features import CandidateFeatures, VacancyFeatures
from kompetanse.matching.requirements import Graded, closing_kind, graded
from kompetanse.matching.weights import DEFAULT, Weights


def match(candidate: CandidateFeatures, vacancy: VacancyFeatures, on: date, weights: Weights = DEFAULT) -> Match:
    """One person against one vacancy.

    Weights are normalised over what the vacancy states, so that a full score is 1 for a short advertisement
    and a long one alike. An unknown counts its neutral share and never excludes.
    """
    requirements = list(graded(candidate, vacancy, on, weights))
    total = sum(one.weight for one in requirements)
    counted = [(one, _share(one, weights) * one.weight / total) for one in requirements]
    score = sum(contribution for _, contribution in counted)
    reasons = tuple(_reason(one, contribution, one.weight / total, score) for one, contribution in counted)
    return Match(candidate.person_id, vacancy.vacancy_id, score, reasons, weights.version)


def rank_candidates(
    vacancy: VacancyFeatures,
    candidates: Iterable[CandidateFeatures],
    on: date,
    limit: int = 20,
    weights: Weights = DEFAULT,
) -> Ranking:
    """The best candidates of a vacancy, and the best of those whom a gate excludes, with why."""
    return _ranked((match(one, vacancy, on, weights) for one in candidates), limit, lambda m: m.person_id)


def rank_vacancies(
    candidate: CandidateFeatures,
    vacancies: Iterable[VacancyFeatures],
    on: date,
    limit: int = 20,
    weights: Weights = DEFAULT,
) -> Ranking:
    """The best vacancies of a person, and the best of those that a gate closes, with why."""
    return _ranked((match(candidate, one, on, weights) for one in vacancies), limit, lambda m: m.vacancy_id)


def _ranked(matches: Iterable[Match], limit: int, identity: Callable[[Match], UUID]) -> Ranking:
    """By score alone; equal scores by id, which says nothing about anybody."""
    made = list(matches)

    def best(excluded: bool) -> list[Match]:
        of_kind = (one for one in made if one.excluded is excluded)
        return nsmallest(limit, of_kind, key=lambda one: (-one.score, identity(one)))

    return Ranking(best(excluded=False), best(excluded=True), len(made))


def _share(requirement: Graded, weights: Weights) -> float:
    share = requirement.grade.share
    return weights.unknown_share if share is None else share


def _reason(one: Graded, contribution: float, possible: float, score: float) -> Reason:
    kind = closing_kind(one)
    after = min(1.0, score - contribution + possible)
    return Reason(
        kind=one.kind,
        key=one.key,
        label=one.label,
        outcome=one.grade.outcome,
        gate=one.gate,
        required=one.required,
        has=one.grade.has,
        contribution=contribution,
        possible=possible,
        closes=None if kind is None else Closing(kind, one.required, after),
    )
