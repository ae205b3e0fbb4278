"""Over-qualification: what somebody can against what her present work asks for. Pure: "today" is passed in.

Levels are ISCO-08's four skill levels (ILO 2012, volume 1, table 1), to which education is set as that standard does
by ISCED. It is a reason to look and never a reason to rank somebody lower.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from kompetanse.codes.education import EducationLevel, eqf
from kompetanse.codes.occupations import skill_level
from kompetanse.codes.work import ExperienceKind, RecognitionStatus
from kompetanse.competence.rules import ESTABLISHED_MONTHS, Job, months_of

VOCATIONAL_EQF = 4
"""The level of a trade certificate in EQF and NKR."""

SKILLED = 3
"""From this level on, competence lies unused when no present work is known at all."""

_TRADES, _UNTRAINED = ("4", "5", "6", "7"), ("8", "9")
"""ISCO major groups that share skill level 2 with operators, and yet have a training of their own."""

EMPLOYED = frozenset({ExperienceKind.PAID, ExperienceKind.SELF_EMPLOYED})
_LEVELS = {
    EducationLevel.PRIMARY: 1,
    EducationLevel.LOWER_SECONDARY: 2,
    EducationLevel.UPPER_SECONDARY_BASIC: 2,
    EducationLevel.UPPER_SECONDARY: 2,
    EducationLevel.POST_SECONDARY: 3,
    EducationLevel.BACHELOR: 4,
    EducationLevel.MASTER: 4,
    EducationLevel.DOCTORATE: 4,
}


class Ground(StrEnum):
    """What a level rests on."""

    EDUCATION = "education"
    EXPERIENCE = "experience"


class HeldJob(Job, Protocol):
    """A job as over-qualification sees it."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> ExperienceKind: ...  # noqa: D102
    @property
    def relevant(self) -> bool | None: ...  # noqa: D102


class HeldEducation(Protocol):
    """An education as over-qualification sees it."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def level(self) -> EducationLevel | None: ...  # noqa: D102
    @property
    def completed(self) -> bool | None: ...  # noqa: D102
    @property
    def recognition(self) -> RecognitionStatus | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Able:
    """A level that somebody has reached, by one entry of her profile.

    `level`: ISCO-08 skill level 1-4; `eqf`: 2-8 of an education, None where there is none; `months` of a job;
    `recognition` of an education, None when not stated.
    """

    level: int
    ground: Ground
    entry_id: UUID
    title: str
    styrk: str | None = None
    eqf: int | None = None
    months: int | None = None
    recognition: RecognitionStatus | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """Work that is done now; `level` None where its occupation is not linked."""

    entry_id: UUID
    title: str
    styrk: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Unused:
    """Competence that lies unused: the grounds, highest first, and the present work that asks for less.

    `steps`: skill levels between the two, None when no present work is known; 0 for a trade at the same level.
    """

    grounds: tuple[Able, ...]
    present: tuple[Present, ...]
    steps: int | None


def unused(jobs: Iterable[HeldJob], educations: Iterable[HeldEducation], today: date) -> Unused | None:
    """What lies unused; None when the present work asks for all of it, or too little is known to say.

    Somebody whose present work has no known level is not said to be over-qualified: that would be a guess. ISCO-08
    puts trades and operators on one level, so somebody with a trade, by education and by experience, whose present
    work is an operator's or a helper's is told with no step between them.
    """
    jobs = list(jobs)
    grounds = sorted(
        [*_by_education(educations), *_by_experience(jobs, today)],
        key=lambda able: (-able.level, able.ground, able.title),
    )
    present = tuple(
        Present(job.id, job.title, job.styrk, skill_level(job.styrk) if job.styrk else None)
        for job in jobs
        if job.ongoing and job.kind in EMPLOYED
    )
    if not grounds:
        return None
    if not present:
        skilled = tuple(able for able in grounds if able.level >= SKILLED)
        return Unused(skilled, (), None) if skilled else None
    levels = [one.level for one in present if one.level is not None]
    if len(levels) < len(present):
        return None
    above = tuple(able for able in grounds if able.level > max(levels))
    if above:
        return Unused(above, present, above[0].level - max(levels))
    trade = _trade(grounds, present)
    return Unused(trade, present, 0) if trade else None


def _trade(grounds: Iterable[Able], present: Iterable[Present]) -> tuple[Able, ...]:
    """The education and the experience that make a trade, where the present work needs none; nothing otherwise."""
    if any(not (one.styrk or "").startswith(_UNTRAINED) for one in present):
        return ()
    learned = [able for able in grounds if able.eqf is not None and able.eqf >= VOCATIONAL_EQF]
    done = [able for able in grounds if able.styrk and able.styrk.startswith(_TRADES)]
    return (*learned, *done) if learned and done else ()


def _by_education(educations: Iterable[HeldEducation]) -> Iterable[Able]:
    for one in educations:
        if one.level in _LEVELS and one.completed is not False:
            yield Able(
                _LEVELS[one.level],
                Ground.EDUCATION,
                one.id,
                one.title,
                eqf=eqf(one.level),
                recognition=one.recognition,
            )


def _by_experience(jobs: Iterable[HeldJob], today: date) -> Iterable[Able]:
    for job in jobs:
        level = skill_level(job.styrk) if job.styrk else None
        months = months_of(job, today)
        if level is None or job.relevant is False or (months is not None and months < ESTABLISHED_MONTHS):
            continue
        yield Able(level, Ground.EXPERIENCE, job.id, job.title, styrk=job.styrk, months=months)
