"""Skills that the occupations which somebody held speak for: she confirms or declines each; silence is "unknown"."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.competence import queries
from kompetanse.competence.service import ProfileDocument, read_profile
from kompetanse.competence.tables import Experience
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import Concept
from kompetanse.taxonomy.starter import sole_occupation


@dataclass(frozen=True, slots=True)
class Proposal:
    """A skill that a job speaks for, and whether the job cannot be done without it."""

    concept: Concept
    essential: bool
    entry_id: UUID
    entry_title: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """What can be asked about a profile of this version."""

    version: int
    items: tuple[Proposal, ...]


def read_proposals(session: Session, actor: Actor, person_id: UUID, limit: int = 20) -> Proposals:
    """Skills to ask a newcomer about. It is a reading of the profile. Raises NotFound."""
    profile = read_profile(session, actor, person_id)
    return Proposals(profile.version, propose(session, profile, limit))


def activities(session: Session, actor: Actor) -> list[str]:
    """The clubs and activities that are written in the municipality, to choose from; whose they are is not told."""
    actor = actor.doing(Operation.READ_PROFILES)
    audit.record(session, actor, "list", "profile", [], ["interests.activity"])
    return [one for one in session.exec(queries.activities(actor)) if one]


def propose(session: Session, profile: ProfileDocument, limit: int = 20) -> tuple[Proposal, ...]:
    """At most `limit` skills that the profile says nothing of: essential ones first, of the latest job first."""
    jobs = [job for job in sorted(profile.experiences, key=_latest, reverse=True) if job.relevant is not False]
    needs = taxonomy.needs_of(session, {uri for job in jobs if (uri := _occupation(job))})
    told = {skill.key for skill in profile.skills}
    found: dict[str, tuple[bool, Experience]] = {}
    for essential in (True, False):
        for job in jobs:
            needed = needs.get(_occupation(job) or "")
            for uri in (needed.essential if essential else needed.optional) if needed else ():
                if uri not in told:
                    found.setdefault(uri, (essential, job))
    wanted = list(found)[:limit]
    concepts = taxonomy.concepts(session, wanted)
    return tuple(_proposals(wanted, found, concepts))


def _proposals(
    uris: Iterable[str], found: dict[str, tuple[bool, Experience]], concepts: dict[str, Concept]
) -> Iterable[Proposal]:
    for uri in uris:
        if uri in concepts:
            essential, job = found[uri]
            yield Proposal(concepts[uri], essential, job.id, job.title)


def _occupation(job: Experience) -> str | None:
    """The concept of a job; of one that has a code alone, the only occupation of the code, if there is but one."""
    return job.concept or (sole_occupation(job.styrk) if job.styrk else None)


def _latest(job: Experience) -> tuple[bool, str, str]:
    return bool(job.ongoing), job.ended or "", job.started or ""
