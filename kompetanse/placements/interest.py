"""A newcomer says that she is interested in a vacancy, and the coordinator sees it. Nothing is sent to an employer."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.errors import Conflict, Forbidden, NotFound
from kompetanse.people import service as people
from kompetanse.placements import interest_queries as queries
from kompetanse.placements.tables import JobInterest
from kompetanse.vacancies import service as vacancies


@dataclass(frozen=True, slots=True)
class Interested:
    """An interest, and whose it is."""

    interest: JobInterest
    given_name: str
    family_name: str


@dataclass(frozen=True, slots=True)
class InterestedIn:
    """An interest, what the vacancy is called, and whether it is open still."""

    interest: JobInterest
    title: str
    open: bool


def say(session: Session, actor: Actor, vacancy_id: UUID) -> JobInterest:
    """Keep that a newcomer is interested in a vacancy; said twice, it is said once.

    Raises:
        Conflict: the deadline has passed. NotFound: no such vacancy, or one that is filled or closed.
    """
    actor, herself = _own(actor)
    vacancy = vacancies.get(session, actor, vacancy_id)
    if vacancy.deadline is not None and vacancy.deadline < clock.today():
        raise Conflict("The deadline has passed")
    people.lock(session, actor, herself)
    said = session.exec(queries.of_pair(actor, vacancy_id, herself)).one_or_none()
    if said is None:
        said = JobInterest(municipality_no=actor.municipality_no, vacancy_id=vacancy_id, person_id=herself)
        session.add(said)
        session.flush()
        audit.record(session, actor, "create", "job_interest", [said.id, herself, vacancy_id])
    return said


def take_back(session: Session, actor: Actor, vacancy_id: UUID) -> None:
    """Forget that a newcomer is interested, also when the vacancy has ended; nothing happens when she never said so."""
    actor, herself = _own(actor)
    people.lock(session, actor, herself)
    said = session.exec(queries.of_pair(actor, vacancy_id, herself)).one_or_none()
    if said is not None:
        session.delete(said)
        session.flush()
        audit.record(session, actor, "withdraw", "job_interest", [said.id, herself, vacancy_id])


def interests_of(session: Session, actor: Actor, person_id: UUID) -> list[InterestedIn]:
    """What a person is interested in, the longest since first: open vacancies; to herself all. Raises NotFound."""
    actor = actor.doing_to(Operation.READ_PEOPLE, person_id)
    people.get(session, actor, person_id)
    rows = session.execute(queries.of_person(actor, person_id))
    found = [InterestedIn(one, title, is_open) for one, title, is_open in rows]
    if found:
        audit.record(session, actor, "list", "job_interest", [person_id])
    return found


def interested_in(session: Session, actor: Actor, vacancy_id: UUID) -> list[Interested]:
    """Who is interested in a vacancy and not put forward for it yet; nobody who is protected or archived.

    Raises:
        NotFound: no such vacancy.
    """
    actor = actor.doing(Operation.REFER)
    vacancies.get(session, actor, vacancy_id)
    rows = session.execute(queries.of_vacancy(actor, vacancy_id))
    found = [Interested(one, given, family) for one, given, family in rows]
    if found:
        audit.record(session, actor, "list", "job_interest", [vacancy_id, *(one.interest.person_id for one in found)])
    return found


def seen(session: Session, actor: Actor, interest_id: UUID) -> JobInterest:
    """Say that the coordinator has seen it: it waits no more, and the newcomer reads so. Raises NotFound."""
    actor = actor.doing(Operation.REFER)
    said = session.exec(queries.visible_interests(actor).where(JobInterest.id == interest_id)).one_or_none()
    if said is None:
        raise NotFound("interest")
    if said.seen_at is None:
        said.seen_at, said.seen_by = clock.now(), actor.id
        audit.record(session, actor, "follow_up", "job_interest", [said.id, said.person_id])
    return said


def _own(actor: Actor) -> tuple[Actor, UUID]:
    """A newcomer as she changes what is hers, and who she is. Raises Forbidden."""
    actor = actor.doing(Operation.CHANGE_OWN)
    if actor.person_id is None:
        raise Forbidden("Only a newcomer herself says what she is interested in")
    return actor, actor.person_id
