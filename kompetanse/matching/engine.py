"""One person against one vacancy, explained: what `vectors` scores by the million, told reason by reason. Pure."""

from datetime import date

from kompetanse.matching import knowledge
from kompetanse.matching.explanation import Closing, Match, Reason
from kompetanse.matching.features import CandidateFeatures, VacancyFeatures
from kompetanse.matching.knowledge import Knowledge
from kompetanse.matching.requirements import Graded, Pair, closing_kind, graded
from kompetanse.matching.weights import DEFAULT, UNKNOWN_SHARE, Weights


def match(
    candidate: CandidateFeatures,
    vacancy: VacancyFeatures,
    on: date,
    weights: Weights = DEFAULT,
    known: Knowledge = knowledge.NOTHING,
) -> Match:
    """One person against one vacancy.

    Weights are normalised over what the vacancy states, so that a full score is 1 for a short advertisement
    and a long one alike. An unknown counts its neutral share and never excludes.
    """
    requirements = list(graded(Pair(candidate, vacancy, on, weights, known)))
    total = sum(one.weight for one in requirements)
    counted = [(one, _share(one) * one.weight / total) for one in requirements]
    score = sum(contribution for _, contribution in counted)
    reasons = tuple(_reason(one, contribution, total, score, candidate) for one, contribution in counted)
    return Match(candidate.person_id, vacancy.vacancy_id, score, reasons, weights.version)


def _share(requirement: Graded) -> float:
    share = requirement.grade.share
    return UNKNOWN_SHARE if share is None else share


def _reason(one: Graded, contribution: float, total: float, score: float, candidate: CandidateFeatures) -> Reason:
    kind, possible = closing_kind(one, candidate), one.weight / total
    after = min(1.0, score + max(0.0, possible * one.reach - contribution))
    through = one.grade.through
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
        through=through.value if through else None,
        months=one.grade.months,
    )
