"""The grades: how far a person meets one requirement, from 0 to 1, or that it is not known. Pure.

Sources: ISCO-08 (ILO 2012) for the structure of occupations, the CEFR companion volume (Council of Europe
2020) for levels of language, NUS2000 (Statistics Norway) for levels of education.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kompetanse.codes import licences as licence_list
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import RecognitionStatus, Shift, Strength
from kompetanse.matching.explanation import Outcome
from kompetanse.matching.features import (
    HeldEducation,
    HeldLanguage,
    HeldLicence,
    HeldOccupation,
    HeldSkill,
    WishedOccupation,
    Wishes,
    WorkRight,
)
from kompetanse.matching.weights import Weights

_NURSES = frozenset({"2221", "2223"})
"""STYRK-08 splits nurses where ISCO-08 has one unit group (2221); files from elsewhere use that one code."""


@dataclass(frozen=True, slots=True)
class Grade:
    """How far a requirement is met: a share from 0 to 1 (None: not known), and what the person has."""

    share: float | None
    has: str | None = None

    @property
    def outcome(self) -> Outcome:
        """The share in words."""
        if self.share is None:
            return Outcome.UNKNOWN
        if self.share >= 1.0:
            return Outcome.MET
        return Outcome.PARTLY if self.share > 0.0 else Outcome.MISSING


UNKNOWN = Grade(None)
MET, MISSING = 1.0, 0.0


def occupation(required: str, held: Iterable[HeldOccupation], weights: Weights) -> Grade:
    """Closeness of the nearest occupation held, with experience that counts ever less.

    No occupation at all is unknown, not none: most people have worked with something.
    """
    grades = [(_worth(required, one, weights), one) for one in held]
    if not grades:
        return UNKNOWN
    share, best = max(grades, key=lambda graded: graded[0])
    return Grade(round(share, 6), best.styrk)


def _worth(required: str, held: HeldOccupation, weights: Weights) -> float:
    return closeness(required, held.styrk, weights) * experience(held.months, weights)


def closeness(required: str, held: str, weights: Weights) -> float:
    """How near two occupations are, by the ISCO-08 groups that they share."""
    if required == held or {required, held} <= _NURSES:
        return weights.same_unit_group
    shared = next((n for n in (3, 2, 1) if required[:n] == held[:n] and len(held) >= n), 0)
    by_digits = (0.0, weights.same_major_group, weights.same_sub_major_group, weights.same_minor_group)
    return by_digits[shared]


def experience(months: int | None, weights: Weights) -> float:
    """The share that experience gives, with diminishing returns: half the way gives three quarters of the rest."""
    least = weights.least_experience_share
    if months is None:
        return least
    way = min(months / weights.full_experience_months, 1.0)
    return least + (1.0 - least) * way * (2.0 - way)


def skill(held: HeldSkill | None) -> Grade:
    """Whether a skill is there. Silence is unknown; only a stated "no" is missing."""
    if held is None:
        return UNKNOWN
    has = held.evidence.value if held.evidence else None
    return Grade(MET if held.holds else MISSING, has)


def language(minimum: Cefr, held: HeldLanguage | None) -> Grade:
    """The spoken level against the least one asked for; one step below is half way, two are none.

    Work needs both interaction and production, so the lower of them counts. A language that nobody mentioned
    is unknown, and so is one that is spoken at a level nobody knows.
    """
    level = spoken(held) if held else None
    if level is None:
        return UNKNOWN
    order = list(Cefr)
    short = order.index(minimum) - order.index(level)
    return Grade(MET if short <= 0 else 0.5 if short == 1 else MISSING, level.value)


def spoken(held: HeldLanguage) -> Cefr | None:
    """The level at which a language is spoken; a mother tongue counts as C2."""
    if held.mother_tongue:
        return Cefr.C2
    return min((level for level in (held.interaction, held.production) if level), default=None)


def education(level: EducationLevel | None, field: str | None, held: Iterable[HeldEducation]) -> Grade:
    """The best education against level and field. A level more than asked is as good as the level asked.

    One level short counts half, the neighbouring field (same broad ISCED-F field) half of the field's part. An
    education of another country that is not recognised yet counts: recognition is a step, not a verdict.
    """
    graded = [(_education_share(level, field, one), one) for one in held]
    known = [(share, one) for share, one in graded if share is not None]
    if not known:
        return UNKNOWN
    share, best = max(known, key=lambda pair: pair[0])
    return Grade(share, best.level.value if best.level else None)


def _education_share(level: EducationLevel | None, field: str | None, held: HeldEducation) -> float | None:
    if held.level is None or held.recognition is RecognitionStatus.REFUSED:
        return None
    short = 0 if level is None else int(level) - int(held.level)
    by_level = MET if short <= 0 else 0.5 if short == 1 else MISSING
    if held.completed is False:
        by_level /= 2
    if field is None or held.field is None:
        return by_level
    by_field = 1.0 if held.field.startswith(field) else 0.5 if held.field[:2] == field[:2] else 0.25
    return by_level * by_field


def licence(required: str, held: Mapping[str, HeldLicence], on: date) -> Grade:
    """Whether a licence is held on a day, itself or by one that includes it (CE includes C, BE and B)."""
    own = {code: one for code, one in held.items() if licence_list.is_licence(code)}  # not authorisations
    standing = [code for code, one in own.items() if one.holds and not _expired(one, on)]
    if licence_list.holds(required, standing):
        return Grade(MET, required)
    said = held.get(required)
    if said is None:
        return UNKNOWN
    return Grade(MISSING, said.valid_until.isoformat() if said.holds and said.valid_until else None)


def authorisation(required: str, held: Mapping[str, HeldLicence], on: date) -> Grade:
    """Whether the authorisation of a regulated profession is held; no other stands for it."""
    said = held.get(required)
    if said is None:
        return UNKNOWN
    return Grade(MET, required) if said.holds and not _expired(said, on) else Grade(MISSING)


def _expired(held: HeldLicence, on: date) -> bool:
    return held.valid_until is not None and held.valid_until < on


def work_permission(right: WorkRight, on: date) -> Grade:
    """Whether work is allowed on the day that it begins."""
    if right.allowed is None:
        return UNKNOWN
    if right.allowed and (right.until is None or right.until >= on):
        return Grade(MET, right.until.isoformat() if right.until else None)
    return Grade(MISSING, right.until.isoformat() if right.until else None)


def percentage(least: int | None, most: int | None, wishes: Wishes) -> Grade:
    """Whether what is offered and what is wanted overlap; apart by at most ten points is half way."""
    wanted_least, wanted_most = wishes.percentage_min, wishes.percentage_max
    if wanted_least is None and wanted_most is None:
        return UNKNOWN
    offered = (least if least is not None else most or 100, most if most is not None else 100)
    wanted = (wanted_least or 1, wanted_most or 100)
    apart = max(offered[0] - wanted[1], wanted[0] - offered[1])
    share = MET if apart <= 0 else 0.5 if apart <= 10 else MISSING
    return Grade(share, f"{wanted[0]}-{wanted[1]}" if wanted[0] != wanted[1] else str(wanted[0]))


def shifts(required: frozenset[Shift], wanted: frozenset[Shift] | None) -> Grade:
    """The share of the vacancy's shifts that the person can take."""
    if wanted is None:
        return UNKNOWN
    return Grade(len(required & wanted) / len(required), ",".join(sorted(wanted)))


def start(starts_on: date, wishes: Wishes) -> Grade:
    """Whether the person is free when the work begins."""
    if wishes.available_from is None:
        return UNKNOWN
    return Grade(MET if wishes.available_from <= starts_on else MISSING, wishes.available_from.isoformat())


def wish(styrk: str, wanted: Iterable[WishedOccupation]) -> Grade:
    """Whether the person wants this occupation: as named, or one of the same group."""
    named = [one for one in wanted if one.strength is not Strength.NEVER]
    if not named:
        return UNKNOWN
    shared = max(_shared_digits(styrk, one.styrk) for one in named)
    return Grade({4: 1.0, 3: 0.75, 2: 0.5}.get(shared, MISSING), next(iter(sorted(one.styrk for one in named))))


def never(styrk: str, wanted: Iterable[WishedOccupation]) -> bool:
    """Whether the person said that she will never do this; a shorter code covers all within it."""
    return any(one.strength is Strength.NEVER and styrk.startswith(one.styrk) for one in wanted)


def _shared_digits(one: str, other: str) -> int:
    return next((n for n in (4, 3, 2, 1) if one[:n] == other[:n] and len(other) >= n), 0)
