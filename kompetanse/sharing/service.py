"""What a neighbour may read: classes of consenting people, made anew from whoever consents at this moment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.municipalities import municipality
from kompetanse.competence.rules import main_occupation, spoken_level
from kompetanse.competence.tables import Experience
from kompetanse.errors import Conflict, FieldFault, Forbidden, Invalid
from kompetanse.sharing import queries
from kompetanse.sharing.classes import Publication, ShareableProfile, SharedClass, publish
from kompetanse.sharing.generalise import K_FLOOR
from kompetanse.sharing.tables import Agreement


@dataclass(frozen=True, slots=True)
class SharedView:
    """What one neighbour sees of one municipality: classes, and how coarse they had to be."""

    municipality_no: str
    k: int
    classes: tuple[SharedClass, ...]


def shared_classes(session: Session, actor: Actor) -> SharedView:
    """The classes that the actor's agreement opens.

    Every recipient gets the same classes, made with the largest k that any of them was promised, so
    that two who compare learn nothing more. How many were suppressed is told to no recipient.

    Raises:
        Forbidden: no agreement stands today.
    """
    actor = actor.doing(Operation.READ_SHARED)
    agreement = session.exec(queries.standing_agreement(actor, clock.today())).one_or_none()
    if agreement is None:
        raise Forbidden("No sharing agreement with your municipality stands today")
    publication, k = _publish(session, actor.municipality_no)
    audit.record(session, actor, "read_classes", "agreement", [agreement.id])
    return SharedView(actor.municipality_no, k, publication.classes)


def preview(session: Session, actor: Actor) -> tuple[SharedView, int]:
    """What neighbours see, for the municipality's own coordinator; and how many consenting people are in no class."""
    actor = actor.doing(Operation.READ_CONSENTS).doing(Operation.READ_PROFILES)
    publication, k = _publish(session, actor.municipality_no)
    audit.record(session, actor, "preview_classes", "agreement")
    return SharedView(actor.municipality_no, k, publication.classes), publication.suppressed


def agree(
    session: Session, actor: Actor, *, recipient_no: str, k: int = 10, starts_on: date, ends_on: date | None = None
) -> Agreement:
    """Enter an agreement with a neighbour.

    Raises:
        Invalid: k is below the floor, or the municipality is unknown or one's own.
        Conflict: there is an agreement with this neighbour.
    """
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    municipality(recipient_no)
    if k < K_FLOOR:
        raise Invalid(FieldFault("/k", f"k is at least {K_FLOOR}", "10 is usual"))
    if recipient_no == actor.municipality_no:
        raise Invalid(FieldFault("/recipient_no", "That is your own municipality", "Name the neighbour"))
    if any(known.recipient_no == recipient_no for known in session.exec(queries.agreements(actor))):
        raise Conflict("There is an agreement with this neighbour already")
    agreement = Agreement(
        municipality_no=actor.municipality_no, recipient_no=recipient_no, k=k, starts_on=starts_on, ends_on=ends_on
    )
    session.add(agreement)
    audit.record(session, actor, "create", "agreement", [agreement.id], ["recipient_no", "k"])
    return agreement


def agreements(session: Session, actor: Actor) -> list[Agreement]:
    """The municipality's sharing agreements."""
    actor = actor.doing(Operation.READ_CONSENTS)
    return list(session.exec(queries.agreements(actor)))


def _publish(session: Session, municipality_no: str) -> tuple[Publication, int]:
    k = max(session.scalar(queries.strictest_k(municipality_no, clock.today())) or K_FLOOR, K_FLOOR)
    return publish(_profiles(session, municipality_no), k), k


def _profiles(session: Session, municipality_no: str) -> Iterable[ShareableProfile]:
    """Everybody who may be described now, with the three values that may be generalised."""
    jobs: dict[UUID, list[Experience]] = defaultdict(list)
    for job in session.exec(queries.shareable_experience(municipality_no)):
        jobs[job.person_id].append(job)
    norwegian = {one.person_id: one for one in session.exec(queries.shareable_norwegian(municipality_no))}
    levels: dict[UUID, list[EducationLevel]] = defaultdict(list)
    for education in session.exec(queries.shareable_education(municipality_no)):
        levels[education.person_id] += [education.level] if education.level else []
    today = clock.today()
    for person_id, household_id in session.execute(queries.shareable_people(municipality_no, today)):
        yield ShareableProfile(
            unit=household_id or person_id,
            occupation=main_occupation(jobs[person_id], today),
            norwegian=spoken_level(norwegian[person_id]) if person_id in norwegian else None,
            education=max(levels[person_id], default=None),
        )
