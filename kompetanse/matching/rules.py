"""The grades of what a person can: occupation, experience, skills, languages, education. Pure.

Sources: ISCO-08 (ILO 2012) for the structure of occupations, ESCO (European Commission) for that of skills, the CEFR
companion volume (Council of Europe 2020) for levels of language, NUS2000 (Statistics Norway) for those of education.
"""

from collections.abc import Iterable, Mapping

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import RecognitionStatus
from kompetanse.matching import weights as w
from kompetanse.matching.features import HeldEducation, HeldLanguage, HeldOccupation, HeldSkill
from kompetanse.matching.grades import HALF, MET, MISSING, UNKNOWN, Grade, Through
from kompetanse.matching.relatives import Relative

_SPLIT = {"2223": "2221"}
"""STYRK-08 splits nurses where ISCO-08 has one unit group (2221); files from elsewhere use that one code."""

_CEFR = tuple(Cefr)
_NEEDS_RECOGNITION = EducationLevel.UPPER_SECONDARY
_STATED_LACK = frozenset({RecognitionStatus.NOT_APPLIED, RecognitionStatus.PARTLY, RecognitionStatus.REFUSED})


def occupation(
    required: HeldOccupation, held: Iterable[HeldOccupation], needs: Mapping[str, float], skills: Mapping[str, float]
) -> Grade:
    """Closeness of the nearest occupation held, with experience that counts ever less; or the way through skills.

    `required` is the vacancy's occupation, `needs` its essential skills with how rare each is, and `skills` what each
    of them that the person has counts. No occupation at all is unknown, not none: most people have worked with
    something; skills only add to that.
    """
    share, best = max(
        ((closeness(required, one) * experience(one.months), one) for one in held),
        key=lambda graded: graded[0],
        default=(None, None),
    )
    by_skills = through_skills(covered(needs, skills), known=share is not None)
    if by_skills > (w.UNKNOWN_SHARE if share is None else share):
        counted = f"{sum(need in skills for need in needs)}/{len(needs)}"
        return Grade(by_skills, counted, through=Through.SKILLS)
    return UNKNOWN if best is None else Grade(share, best.styrk, months=best.months)


def closeness(required: HeldOccupation, held: HeldOccupation) -> float:
    """How near two occupations are: the same in ESCO, or by the ISCO-08 groups that they share."""
    if required.concept is not None and required.concept == held.concept:
        return MET
    return group_closeness(required.styrk, held.styrk, both_named=None not in (required.concept, held.concept))


def group_closeness(required: str, held: str, *, both_named: bool) -> float:
    """How near two STYRK-08 codes are; within a unit group, two occupations that are named are not the same."""
    if unit_group(required) == unit_group(held):
        return w.SAME_UNIT_GROUP if both_named else MET
    by_digits = (MISSING, w.SAME_MAJOR_GROUP, w.SAME_SUB_MAJOR_GROUP, w.SAME_MINOR_GROUP)
    return by_digits[next((n for n in (3, 2, 1) if required[:n] == held[:n] and len(held) >= n), 0)]


def unit_group(code: str) -> str:
    """The ISCO-08 group of a STYRK-08 code, which splits a few."""
    return _SPLIT.get(code, code)


def experience(months: int | None) -> float:
    """The share that experience gives, with diminishing returns: half the way gives three quarters of the rest."""
    least = w.LEAST_EXPERIENCE_SHARE
    if months is None:
        return least
    way = min(months / w.FULL_EXPERIENCE_MONTHS, 1.0)
    return least + (1.0 - least) * way * (2.0 - way)


def covered(needs: Mapping[str, float], skills: Mapping[str, float]) -> float:
    """The share of an occupation's essential skills that somebody has, rare ones more than common ones."""
    held = sum(rare * skills.get(need, MISSING) for need, rare in needs.items())
    return held / sum(needs.values()) if needs else MISSING


def through_skills(share: float, *, known: bool) -> float:
    """What an occupation counts by the share of its skills; `known` is whether any occupation held is."""
    return w.THROUGH_SKILLS * share if known else w.UNKNOWN_SHARE + (w.THROUGH_SKILLS - w.UNKNOWN_SHARE) * share


def enough_experience(required: str, months: int, held: Iterable[HeldOccupation]) -> Grade:
    """Months in occupations of the same minor group against the least asked for."""
    held = list(held)
    if not held:
        return UNKNOWN
    near = [one.months for one in held if group_closeness(required, one.styrk, both_named=False) >= w.SAME_MINOR_GROUP]
    known = [one for one in near if one is not None]
    if near and not known:
        return UNKNOWN
    longest = max(known, default=0)
    return Grade(min(longest / months, MET), str(longest))


def skill_value(held: HeldSkill, year: int) -> float:
    """What a skill that is held counts, by evidence, level and how long ago it was used."""
    freshness = MET
    if held.last_used is not None:
        faded = max(0, year - held.last_used - w.FRESH_YEARS) * w.FADING_A_YEAR
        freshness = max(MET - faded, w.LEAST_FRESHNESS)
    return w.EVIDENCE[held.evidence] * w.LEVEL.get(held.level, MET) * freshness


def skill(key: str, held: Mapping[str, HeldSkill], relatives: Iterable[Relative], year: int) -> Grade:
    """Whether a skill is there, or one near it. Silence is unknown; only a stated "no" is missing.

    A related skill counts in part, and never less than nothing known.
    """
    own = held.get(key)
    if own is not None and not own.holds:
        return Grade(MISSING)
    if own is not None:
        return Grade(skill_value(own, year), own.evidence.value if own.evidence else None, met=True)
    best = UNKNOWN
    for relative in relatives:
        near = held.get(relative.key)
        if near is not None and near.holds:
            share = max(w.UNKNOWN_SHARE, relative.share * skill_value(near, year))
            if best.share is None or share > best.share:
                best = Grade(share, near.label or relative.key, through=relative.through)
    return best


def language(minimum: Cefr, held: HeldLanguage | None) -> Grade:
    """The spoken level against the least one asked for; one step below is half way, two are none, more is better.

    Work needs both interaction and production, so the lower of them counts. A language that nobody mentioned
    is unknown, and so is one that is spoken at a level nobody knows.
    """
    level = spoken(held) if held else None
    return UNKNOWN if level is None else Grade(*language_share(minimum, level))


def language_share(minimum: Cefr, level: Cefr) -> tuple[float, str, bool]:
    """What a level counts against the least one, the level, and whether it is enough."""
    above = _CEFR.index(level) - _CEFR.index(minimum)
    if above < 0:
        return HALF if above == -1 else MISSING, level.value, False
    return w.LANGUAGE_BY_STEPS_ABOVE[min(above, 2)], level.value, True


def spoken(held: HeldLanguage) -> Cefr | None:
    """The level at which a language is spoken; a mother tongue counts as C2."""
    if held.mother_tongue:
        return Cefr.C2
    return min((level for level in (held.interaction, held.production) if level), default=None)


def education(level: EducationLevel | None, field: str | None, held: Iterable[HeldEducation]) -> Grade:
    """The best education against level and field. A level more than asked is as good as the level asked.

    One level short counts half, the neighbouring field (same broad ISCED-F field) half of the field's part. An
    education of another country that is not recognised yet counts nearly in full: recognition is a step.
    """
    graded = [(share, one) for one in held if (share := education_share(level, field, one)) is not None]
    if not graded:
        return UNKNOWN
    share, best = max(graded, key=lambda pair: pair[0])
    counts = recognition_matters(level)
    met = share >= (recognition(best) if counts else MET) and not (counts and best.recognition in _STATED_LACK)
    return Grade(share, best.level.value if best.level else None, met=met)


def education_share(level: EducationLevel | None, field: str | None, held: HeldEducation) -> float | None:
    """What one education counts against level and field; None where its level is not known."""
    if held.level is None:
        return None
    short = 0 if level is None else int(level) - int(held.level)
    by_level = MET if short <= 0 else HALF if short == 1 else MISSING
    if held.completed is False:
        by_level /= 2
    by_field = MET if field is None or held.field is None else field_share(field, held.field)
    return by_level * by_field * (recognition(held) if recognition_matters(level) else MET)


def field_share(field: str, held: str) -> float:
    """What an education in one ISCED-F field counts for another."""
    return MET if held.startswith(field) else HALF if held[:2] == field[:2] else 0.25


def recognition_matters(level: EducationLevel | None) -> bool:
    """Whether work that asks for a level asks for its recognition: for less than upper secondary school nobody does."""
    return level is not None and int(level) >= int(_NEEDS_RECOGNITION)


def recognition(held: HeldEducation) -> float:
    """What an education counts by its recognition; below upper secondary school there is none to have."""
    return w.RECOGNITION[held.recognition] if recognition_matters(held.level) else MET
