"""What one vacancy asks of one person, requirement by requirement, each graded and weighed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kompetanse.codes import travel
from kompetanse.codes.work import Importance, RecognitionStatus
from kompetanse.matching import gates, rules, terms
from kompetanse.matching import weights as w
from kompetanse.matching.explanation import ClosingKind, Outcome, RequirementKind
from kompetanse.matching.features import CandidateFeatures, HeldOccupation, RequiredSkill, VacancyFeatures
from kompetanse.matching.grades import MISSING, Grade, Through
from kompetanse.matching.knowledge import Knowledge
from kompetanse.matching.weights import Weights

_Kind = RequirementKind
_USUAL: Mapping[Importance, Callable[[Weights], float]] = {
    Importance.ESSENTIAL: lambda weights: weights.essential_skill,
    Importance.TRAINABLE: lambda weights: weights.trainable_skill,
}


@dataclass(frozen=True, slots=True)
class Graded:
    """A requirement, how far it is met, and what it weighs.

    `reach` is the share that closing the gap would give.
    """

    kind: RequirementKind
    grade: Grade
    weight: float
    key: str | None = None
    label: str | None = None
    required: str | None = None
    gate: bool = False
    reach: float = 1.0


@dataclass(frozen=True, slots=True)
class Pair:
    """One person and one vacancy, on a day, with what is known of the world and how much things count."""

    candidate: CandidateFeatures
    vacancy: VacancyFeatures
    on: date
    weights: Weights
    knowledge: Knowledge

    @property
    def begins(self) -> date:
        """The day on which the work begins: today where the vacancy names none."""
        return self.vacancy.starts_on or self.on


def graded(pair: Pair) -> Iterator[Graded]:
    """Everything that the vacancy states, and nothing that it does not: silence asks nothing of anybody."""
    yield from _work(pair)
    yield from _skills(pair)
    yield from _languages(pair)
    yield from _papers(pair)
    yield from _limits(pair)
    yield from _terms(pair)


def _work(pair: Pair) -> Iterator[Graded]:
    candidate, vacancy, weights = pair.candidate, pair.vacancy, pair.weights
    if vacancy.styrk is None:
        return
    styrk, needed = vacancy.styrk, pair.knowledge.needs_of(vacancy)
    needs = dict(zip(needed, pair.knowledge.rarities(needed), strict=True))
    wanted = HeldOccupation(styrk, concept=vacancy.concept)
    held = rules.occupation(wanted, candidate.occupations, needs, _counted(pair, needs))
    yield Graded(_Kind.OCCUPATION, held, weights.occupation, styrk, required=styrk)
    if vacancy.experience_months is not None:
        enough = rules.enough_experience(styrk, vacancy.experience_months, candidate.occupations)
        asked = str(vacancy.experience_months)
        yield Graded(_Kind.EXPERIENCE, enough, weights.experience, styrk, required=asked)
    never = terms.never(styrk, candidate.wishes)
    wished = Grade(MISSING, "never") if never else terms.wish(styrk, candidate.wishes)
    yield Graded(_Kind.WISH, wished, weights.wish, styrk, required=styrk, gate=never)
    liked = terms.interest(candidate.interests, pair.knowledge.about(vacancy))
    yield Graded(_Kind.INTEREST, liked, weights.interest, styrk, required=styrk)


def _counted(pair: Pair, needs: Iterable[str]) -> dict[str, float]:
    """What each of an occupation's skills that the person has, or nearly has, counts."""
    graded = ((need, _skill(pair, need).share) for need in needs)
    return {need: share for need, share in graded if share}


def _skill(pair: Pair, key: str) -> Grade:
    return rules.skill(key, pair.candidate.skills, pair.knowledge.relatives.of(key), pair.on.year)


def _skills(pair: Pair) -> Iterator[Graded]:
    for asked, weight in skill_weights(pair.vacancy, pair.weights, pair.knowledge):
        held, importance = _skill(pair, asked.key), asked.importance.value
        yield Graded(_Kind.SKILL, held, weight, asked.key, asked.label, importance, reach=w.EVIDENCE[None])


def skill_weights(vacancy: VacancyFeatures, weights: Weights, known: Knowledge) -> list[tuple[RequiredSkill, float]]:
    """What each skill that a vacancy asks for weighs: rare ones more than common ones, all together the same."""
    rare = known.rarities(asked.key for asked in vacancy.skills)
    usual = [_USUAL[asked.importance](weights) for asked in vacancy.skills]
    weighed = [one * by for one, by in zip(usual, rare, strict=True)]
    scale = sum(usual) / sum(weighed) if weighed else 1.0
    return [(asked, weight * scale) for asked, weight in zip(vacancy.skills, weighed, strict=True)]


def _languages(pair: Pair) -> Iterator[Graded]:
    reach = w.LANGUAGE_BY_STEPS_ABOVE[0]
    for asked in pair.vacancy.languages:
        held = rules.language(asked.minimum, pair.candidate.languages.get(asked.code))
        minimum, weight = asked.minimum.value, pair.weights.language
        yield Graded(_Kind.LANGUAGE, held, weight, asked.code, None, minimum, asked.required, reach)


def _papers(pair: Pair) -> Iterator[Graded]:
    candidate, vacancy, weights = pair.candidate, pair.vacancy, pair.weights
    level, field = vacancy.education_level, vacancy.education_field
    if level is not None or field is not None:
        held = rules.education(level, field, candidate.education)
        yield Graded(_Kind.EDUCATION, held, weights.education, field, required=level.value if level else None)
    for code in vacancy.licences:
        held = gates.licence(code, candidate.licences, pair.begins, pair.on)
        yield Graded(_Kind.LICENCE, held, weights.licence, code, required=code, gate=True)
    if vacancy.authorisation is not None:
        code = vacancy.authorisation
        held = gates.authorisation(code, candidate.licences, pair.begins, pair.on)
        yield Graded(_Kind.AUTHORISATION, held, weights.authorisation, code, required=code, gate=True)


def _limits(pair: Pair) -> Iterator[Graded]:
    candidate, vacancy, begins = pair.candidate, pair.vacancy, pair.begins
    right = gates.work_permission(candidate.work_right, begins, vacancy.ends_on, pair.on)
    weight = pair.weights.work_permission
    yield Graded(_Kind.WORK_PERMISSION, right, weight, required=begins.isoformat(), gate=True)
    if vacancy.minimum_age is not None:
        old_enough = gates.minimum_age(vacancy.minimum_age, candidate.born, begins)
        yield Graded(_Kind.MINIMUM_AGE, old_enough, 0.0, required=str(vacancy.minimum_age), gate=True)
    protection = gates.protection(candidate, vacancy.outside)
    if protection is not None:
        yield Graded(_Kind.PROTECTION, protection, 0.0, gate=True)


def _terms(pair: Pair) -> Iterator[Graded]:
    wishes = pair.candidate.wishes
    stated = dict(_stated_terms(pair))
    weighed = terms.term_weights(stated, wishes, pair.weights)
    for term, (grade, required) in stated.items():
        gate = terms.excludes(term, grade, wishes)
        yield Graded(RequirementKind(term), grade, weighed[term], required=required, gate=gate)


def _stated_terms(pair: Pair) -> Iterator[tuple[str, tuple[Grade, str]]]:
    """The terms of work that the vacancy states, each with its grade and what is asked."""
    candidate, vacancy = pair.candidate, pair.vacancy
    least, most = vacancy.percentage_min, vacancy.percentage_max
    if least is not None or most is not None:
        offered = "-".join(str(n) for n in dict.fromkeys((least, most)) if n is not None)
        yield "percentage", (terms.percentage(least, most, candidate.wishes), offered)
    if vacancy.shifts:
        yield "shifts", (terms.shifts(vacancy.shifts, candidate.wishes), ",".join(sorted(vacancy.shifts)))
    if vacancy.starts_on is not None:
        yield "start", (terms.start(vacancy.starts_on, candidate.wishes), vacancy.starts_on.isoformat())
    if vacancy.place is not None:
        minutes = travel.minutes(candidate.home, vacancy.place)
        grade = terms.commute(minutes, candidate.wishes)
        if not candidate.home_stated:
            grade = replace(grade, through=Through.CENTRE)
        yield "commute", (grade, vacancy.place.name)


_CLOSES = {
    _Kind.OCCUPATION: ClosingKind.TRAINING,
    _Kind.EXPERIENCE: ClosingKind.TRAINING,
    _Kind.SKILL: ClosingKind.TRAINING,
    _Kind.LANGUAGE: ClosingKind.LANGUAGE_COURSE,
    _Kind.EDUCATION: ClosingKind.EDUCATION,
    _Kind.LICENCE: ClosingKind.LICENCE,
    _Kind.AUTHORISATION: ClosingKind.AUTHORISATION,
    _Kind.WORK_PERMISSION: ClosingKind.PERMIT,
    _Kind.PERCENTAGE: ClosingKind.AGREE,
    _Kind.SHIFTS: ClosingKind.AGREE,
    _Kind.START: ClosingKind.AGREE,
    _Kind.COMMUTE: ClosingKind.AGREE,
    _Kind.WISH: ClosingKind.AGREE,
}
"""What closes a gap of each kind. Nothing makes anybody older, or an address less protected."""


def closing_kind(requirement: Graded, candidate: CandidateFeatures) -> ClosingKind | None:
    """What would close the gap; None where there is none, or nothing would. What is not known is closed by asking."""
    outcome, kind = requirement.grade.outcome, requirement.kind
    if outcome is Outcome.MET or (kind is _Kind.INTEREST):
        return None
    if outcome is Outcome.UNKNOWN:
        return ClosingKind.ASK
    if kind is _Kind.EDUCATION and _lacks_recognition(requirement, candidate):
        return ClosingKind.RECOGNITION
    return _CLOSES.get(kind)


def _lacks_recognition(requirement: Graded, candidate: CandidateFeatures) -> bool:
    """Whether an education would be enough, but for its recognition."""
    level = requirement.required
    return any(
        one.recognition not in {None, RecognitionStatus.RECOGNISED}
        and one.level is not None
        and one.completed is not False
        and (level is None or int(one.level) >= int(level))
        for one in candidate.education
    )
