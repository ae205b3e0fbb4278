"""What a profile tells beyond its entries: gaps, overlaps, competence that lies unused, and what is missing."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.competence import timeline
from kompetanse.competence.recognising import RecognitionPlan, plans
from kompetanse.competence.rules import spoken_norwegian
from kompetanse.competence.service import PersonProfile, read_person_profile
from kompetanse.competence.statutory import Statutory, parts_done, statutory
from kompetanse.competence.unused import Unused, unused
from kompetanse.competence.upkeep import Missing, Stated, completeness, missing


@dataclass(frozen=True, slots=True)
class Insight:
    """What is computed from one profile, never typed. `completeness` in per cent.

    `mapping` is the one that the Integration Act asks for, None when the act is not about the person.
    """

    version: int
    gaps: list[timeline.Gap]
    overlaps: list[timeline.Overlap]
    unused: Unused | None
    missing: tuple[Missing, ...]
    completeness: int
    mapping: Statutory | None
    recognitions: tuple[RecognitionPlan, ...]


def read_insight(session: Session, actor: Actor, person_id: UUID) -> Insight:
    """What a newcomer's profile tells. It is a reading of the profile. Raises NotFound."""
    return insight_of(read_person_profile(session, actor, person_id))


def insight_of(found: PersonProfile) -> Insight:
    """What a profile tells, for somebody who has read it already."""
    profile, today = found.profile, clock.today()
    stated = stated_in(found)
    done = parts_done(
        languages=profile.languages,
        educations=profile.educations,
        jobs=profile.experiences,
        other=(*profile.skills, *profile.courses, *profile.licences),
    )
    return Insight(
        version=profile.version,
        gaps=timeline.gaps(profile.experiences, profile.educations, today),
        overlaps=timeline.overlaps(profile.experiences, today),
        unused=unused(profile.experiences, profile.educations, today),
        missing=missing(stated),
        completeness=completeness(stated),
        mapping=statutory(found.record.person, done, profile.mapped_on, today),
        recognitions=plans(profile.educations),
    )


def stated_in(found: PersonProfile) -> Stated:
    """Of which parts something is stated."""
    profile = found.profile
    return Stated(
        mapped_on=profile.mapped_on,
        occupations=any(job.styrk for job in profile.experiences),
        norwegian=spoken_norwegian(profile.languages),
        educations=bool(profile.educations),
        may_work=found.record.person.may_work,
        skills=bool(profile.skills),
        wished_occupations=bool(profile.wished_occupations),
        percentage=bool(profile.percentage_min or profile.percentage_max),
        available_from=profile.available_from,
        shifts=profile.shifts is not None,
        licences=bool(profile.licences),
        interests=bool(profile.interests),
    )
