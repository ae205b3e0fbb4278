"""What would happen if: a person who took a step, a vacancy that asked for less. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import CourseOfferKind, Importance, RecognitionStatus, Strength
from kompetanse.matching import rules, terms
from kompetanse.matching import weights as w
from kompetanse.matching.explanation import ClosingKind
from kompetanse.matching.features import (
    CandidateFeatures,
    HeldEducation,
    HeldLanguage,
    HeldLicence,
    HeldSkill,
    VacancyFeatures,
)

_LEVELS = tuple(Cefr)
_FURTHEST = 2
"""So many levels of a language are looked ahead: more is years away."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a person could take: a level of a language, a licence, a recognition.

    `key` is the language, licence, profession, skill or ISCED-F field; `label` a skill's name; `before` and `to` are
    levels. `known`: that it is lacking; else nobody asked.
    """

    kind: ClosingKind
    key: str | None = None
    label: str | None = None
    before: str | None = None
    to: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Something that a vacancy could ask less of. `kind` says what: a requirement's, by name; see `relaxations`."""

    kind: str
    key: str | None = None
    label: str | None = None
    before: str | None = None
    to: str | None = None


def steps(person: CandidateFeatures, wanted: Iterable[VacancyFeatures]) -> list[Step]:
    """Every step that something in the vacancies asks for and the person has not."""
    wanted = list(wanted)
    found = [*_language_steps(person, wanted), *_paper_steps(person, wanted), *_recognition(person)]
    found += [*_education_steps(person, wanted), *_skill_steps(person, wanted)]
    return list(dict.fromkeys(found))


def taken(person: CandidateFeatures, step: Step) -> CandidateFeatures:
    """The person as she would be after a step."""
    match step.kind:
        case ClosingKind.LANGUAGE_COURSE:
            level = Cefr(step.to or "")
            now = person.languages.get(step.key or "", HeldLanguage())
            spoken = replace(now, interaction=level, production=level)
            return replace(person, languages={**person.languages, step.key or "": spoken})
        case ClosingKind.LICENCE | ClosingKind.AUTHORISATION:
            return replace(person, licences={**person.licences, step.key or "": HeldLicence(True)})
        case ClosingKind.TRAINING:
            held = HeldSkill(True, label=step.label)
            return replace(person, skills={**person.skills, step.key or "": held})
        case ClosingKind.RECOGNITION:
            recognised = (replace(one, recognition=RecognitionStatus.RECOGNISED) for one in person.education)
            return replace(person, education=tuple(recognised))
        case _:
            made = HeldEducation(EducationLevel(step.to or ""), step.key, True, RecognitionStatus.RECOGNISED)
            return replace(person, education=(*person.education, made))


def _language_steps(person: CandidateFeatures, wanted: Sequence[VacancyFeatures]) -> Iterator[Step]:
    """The next levels of languages that she speaks, as far as anything asks."""
    asked: dict[str, Cefr] = {}
    for one in wanted:
        for language in one.languages:
            asked[language.code] = max(asked.get(language.code, language.minimum), language.minimum)
    for code, highest in asked.items():
        held = person.languages.get(code)
        now = rules.spoken(held) if held else None
        if now is not None:
            above = _LEVELS[_LEVELS.index(now) + 1 : _LEVELS.index(now) + 1 + _FURTHEST]
            for level in above:
                if level <= highest:
                    yield Step(ClosingKind.LANGUAGE_COURSE, code, before=now.value, to=level.value)


def _paper_steps(person: CandidateFeatures, wanted: Sequence[VacancyFeatures]) -> Iterator[Step]:
    """Licences, and the authorisation of a profession that she has worked near."""
    for one in wanted:
        for code in one.licences:
            if not _holds(person, code):
                yield Step(ClosingKind.LICENCE, code, known=code in person.licences)
        code = one.authorisation or ""
        if code and one.styrk and not _holds(person, code) and _has_worked_near(person, one.styrk):
            yield Step(ClosingKind.AUTHORISATION, code, known=code in person.licences)


def _holds(person: CandidateFeatures, code: str) -> bool:
    held = person.licences.get(code)
    return held is not None and held.holds


def may_practise(person: CandidateFeatures, vacancy: VacancyFeatures) -> bool:
    """Whether no authorisation is lacking: a step opens no profession that she may not practise, known or not."""
    return vacancy.authorisation is None or _holds(person, vacancy.authorisation)


def _wants_near(person: CandidateFeatures, styrk: str) -> bool:
    return any(
        terms.occupation_wish(styrk, one) > 0.0
        for one in person.wishes.occupations
        if one.strength is not Strength.NEVER
    )


def _has_worked_near(person: CandidateFeatures, styrk: str) -> bool:
    near = (rules.group_closeness(styrk, held.styrk, both_named=False) for held in person.occupations)
    return max(near, default=0.0) >= w.SAME_MINOR_GROUP


def _recognition(person: CandidateFeatures) -> Iterator[Step]:
    lacking = (one for one in person.education if rules.recognition_matters(one.level))
    if any(one.recognition is not RecognitionStatus.RECOGNISED for one in lacking):
        known = any(one.recognition is not None for one in person.education)
        yield Step(ClosingKind.RECOGNITION, known=known)


def _education_steps(person: CandidateFeatures, wanted: Sequence[VacancyFeatures]) -> Iterator[Step]:
    """One level more than she has completed, in the fields that are asked for."""
    completed = [int(one.level) for one in person.education if one.level is not None and one.completed is not False]
    if not completed:
        return
    highest = max(completed)
    for one in wanted:
        level = one.education_level
        if level is not None and int(level) == highest + 1:
            yield Step(ClosingKind.EDUCATION, one.education_field, before=str(highest), to=level.value)


def _skill_steps(person: CandidateFeatures, wanted: Sequence[VacancyFeatures]) -> Iterator[Step]:
    """Skills of work that she has done or wants, or of work near it: a course makes nobody a nurse."""
    for one in wanted:
        if one.styrk is None or not (_has_worked_near(person, one.styrk) or _wants_near(person, one.styrk)):
            continue
        for asked in one.skills:
            held = person.skills.get(asked.key)
            if held is None or not held.holds:
                yield Step(ClosingKind.TRAINING, asked.key, asked.label, known=held is not None)


def relaxations(vacancy: VacancyFeatures) -> list[tuple[Relaxation, VacancyFeatures]]:
    """Everything that a vacancy could ask less of, one thing at a time, and the vacancy as it then would be.

    What the law demands (an authorisation, an age, the right to work) is not among them.
    """
    return [
        *_less_language(vacancy),
        *_fewer_papers(vacancy),
        *_less_education(vacancy),
        *_learnt_in_the_job(vacancy),
        *_easier_terms(vacancy),
    ]


def _less_language(vacancy: VacancyFeatures) -> Iterator[tuple[Relaxation, VacancyFeatures]]:
    for one in vacancy.languages:
        if not one.required:
            continue
        others = tuple(other for other in vacancy.languages if other != one)
        place = _LEVELS.index(one.minimum)
        if place > 0:
            lower = _LEVELS[place - 1]
            told = Relaxation("language", one.code, before=one.minimum.value, to=lower.value)
            yield told, replace(vacancy, languages=(*others, replace(one, minimum=lower)))
        told = Relaxation("language", one.code, before=one.minimum.value)
        yield told, replace(vacancy, languages=(*others, replace(one, required=False)))


def _fewer_papers(vacancy: VacancyFeatures) -> Iterator[tuple[Relaxation, VacancyFeatures]]:
    for code in vacancy.licences:
        left = tuple(one for one in vacancy.licences if one != code)
        yield Relaxation("licence", code, before=code), replace(vacancy, licences=left)


def _less_education(vacancy: VacancyFeatures) -> Iterator[tuple[Relaxation, VacancyFeatures]]:
    level, field = vacancy.education_level, vacancy.education_field
    if level is not None and int(level) > 0:
        lower = EducationLevel(str(int(level) - 1))
        told = Relaxation("education", field, before=level.value, to=lower.value)
        yield told, replace(vacancy, education_level=lower)
    if field is not None:
        yield Relaxation("education_field", field, before=field), replace(vacancy, education_field=None)
    if vacancy.experience_months is not None:
        told = Relaxation("experience", before=str(vacancy.experience_months))
        yield told, replace(vacancy, experience_months=None)


def _learnt_in_the_job(vacancy: VacancyFeatures) -> Iterator[tuple[Relaxation, VacancyFeatures]]:
    for one in vacancy.skills:
        if one.importance is Importance.ESSENTIAL:
            changed = tuple(
                replace(other, importance=Importance.TRAINABLE) if other == one else other for other in vacancy.skills
            )
            yield Relaxation("skill", one.key, one.label), replace(vacancy, skills=changed)


def _easier_terms(vacancy: VacancyFeatures) -> Iterator[tuple[Relaxation, VacancyFeatures]]:
    if vacancy.percentage_min is not None and vacancy.percentage_min > 50:
        told = Relaxation("percentage", before=str(vacancy.percentage_min), to="50")
        yield told, replace(vacancy, percentage_min=50)
    if vacancy.shifts is not None and len(vacancy.shifts) > 1:
        for shift in sorted(vacancy.shifts):
            told = Relaxation("shifts", shift.value, before=shift.value)
            yield told, replace(vacancy, shifts=vacancy.shifts - {shift})


_OFFERS = {
    ClosingKind.LANGUAGE_COURSE: frozenset({CourseOfferKind.LANGUAGE, CourseOfferKind.TEST}),
    ClosingKind.LICENCE: frozenset({CourseOfferKind.LICENCE}),
    ClosingKind.AUTHORISATION: frozenset({CourseOfferKind.AUTHORISATION}),
    ClosingKind.TRAINING: frozenset({CourseOfferKind.SKILL}),
    ClosingKind.RECOGNITION: frozenset({CourseOfferKind.RECOGNITION}),
    ClosingKind.EDUCATION: frozenset({CourseOfferKind.EDUCATION}),
}


def can_begin(asked: str | None, now: str | None) -> bool:
    """Whether somebody at a level of a language, None below the lowest, can begin on what asks for one."""
    return asked is None or (now is not None and _LEVELS.index(Cefr(asked)) <= _LEVELS.index(Cefr(now)))


def leads_to(kind: CourseOfferKind, key: str | None, to: str | None, step: Step) -> bool:
    """Whether a course on offer of a kind, for a key and up to a level, is a way to take a step."""
    if kind not in _OFFERS.get(step.kind, ()):
        return False
    if step.kind in {ClosingKind.RECOGNITION, ClosingKind.EDUCATION}:
        fits = key is None or step.key is None or key.startswith(step.key) or step.key.startswith(key)
        return fits and (step.to is None or to is None or to == step.to)
    return key == step.key and (step.to is None or to == step.to)
