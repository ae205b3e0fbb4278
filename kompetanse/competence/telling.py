"""A profile as others are told of it."""

from dataclasses import replace

from sqlmodel import Session

from kompetanse.actor import Actor, Operation
from kompetanse.competence import history
from kompetanse.competence.rechecking import DECISION
from kompetanse.competence.service import ProfileDocument
from kompetanse.competence.tables import Education


def without_unconfirmed(session: Session, actor: Actor, profile: ProfileDocument) -> ProfileDocument:
    """A profile that says no more than is known: of an education that awaits a look no decision (`rechecking`)."""
    actor = actor.doing_to(Operation.READ_PROFILES, profile.person_id)
    waiting = history.unconfirmed_of(session, actor, profile.person_id)
    educations = (_undecided(one) if one.id in waiting else one for one in profile.educations)
    return replace(profile, educations=tuple(educations))


def _undecided(one: Education) -> Education:
    return Education(**{**one.model_dump(), **dict.fromkeys(DECISION)})
