"""What the coordinator decides about one person for one vacancy: pinned, set aside with a reason, a note.

Facts about the pair and never about the person: nothing of it is read for another vacancy, stands in the profile or
leaves the municipality.
"""

from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import PairMark, SetAsideReason
from kompetanse.database import count_up
from kompetanse.errors import Conflict, FieldFault, Invalid, NotFound, Stale
from kompetanse.matching import queries
from kompetanse.matching.tables import CandidateMark
from kompetanse.people import service as people
from kompetanse.vacancies import service as vacancies

NOTE_LENGTH = 2000

_ACTIONS = {PairMark.PINNED: "pin", PairMark.SET_ASIDE: "set_aside", None: "annotate"}


def mark(  # noqa: PLR0913 - a pair, its version, and the three things that are said of it
    session: Session,
    actor: Actor,
    vacancy_id: UUID,
    person_id: UUID,
    version: int | None,
    *,
    mark: PairMark | None = None,
    reason: SetAsideReason | None = None,
    note: str | None = None,
) -> CandidateMark:
    """Say what is decided about a pair, in place of what stood there; `version` is None where nothing stands.

    Raises:
        Invalid: nothing is said, a person is set aside without a reason, or the note is too long.
        Conflict: the person is archived or has a protected address. Stale: it was changed meanwhile. NotFound.
    """
    actor = actor.doing(Operation.MATCH)
    note = (note or "").strip() or None
    _check(mark, reason, note)
    vacancies.get(session, actor, vacancy_id)
    person = people.lock(session, actor, person_id)  # two first marks of a pair come one after the other
    if person.protected_address or person.archived_at is not None:
        raise Conflict("The person is archived or has a protected address, and is no candidate")
    stored = _standing(session, actor, vacancy_id, person_id, version)
    if stored is None:
        stored = CandidateMark(
            municipality_no=actor.municipality_no,
            vacancy_id=vacancy_id,
            person_id=person_id,
            mark=mark,
            reason=reason,
            note=note,
            marked_by=actor.id,
        )
        session.add(stored)
    else:
        stored.mark, stored.reason, stored.note = mark, reason, note
        stored.marked_by, stored.marked_at = actor.id, clock.now()
        count_up(stored)
    session.flush()
    _record(session, actor, _ACTIONS[mark], stored)
    return stored


def clear(session: Session, actor: Actor, vacancy_id: UUID, person_id: UUID, version: int) -> None:
    """Take away what was said of a pair, its note too.

    Raises:
        Stale: `version` is not the newest. NotFound: nothing is said of the pair.
    """
    actor = actor.doing(Operation.MATCH)
    people.lock(session, actor, person_id)
    stored = _standing(session, actor, vacancy_id, person_id, version)
    if stored is None:
        raise NotFound("mark")
    session.delete(stored)
    session.flush()
    _record(session, actor, "remove", stored)


def marks_of(session: Session, actor: Actor, vacancy_id: UUID) -> dict[UUID, CandidateMark]:
    """What is said of a vacancy's candidates, by person; nobody who is protected or archived. Raises NotFound."""
    actor = actor.doing(Operation.MATCH)
    vacancies.get(session, actor, vacancy_id)
    found = {one.person_id: one for one in session.exec(queries.marks_of(actor, vacancy_id))}
    if found:
        audit.record(session, actor, "list", "candidate_mark", [vacancy_id, *found])
    return found


def marks_for_person(session: Session, actor: Actor, person_id: UUID) -> dict[UUID, CandidateMark]:
    """What is said of a person's pairs, by vacancy. Raises NotFound."""
    actor = actor.doing(Operation.MATCH)
    people.get(session, actor, person_id)
    found = {one.vacancy_id: one for one in session.exec(queries.marks_for(actor, person_id))}
    if found:
        audit.record(session, actor, "list", "candidate_mark", [person_id, *found])
    return found


def _standing(
    session: Session, actor: Actor, vacancy_id: UUID, person_id: UUID, version: int | None
) -> CandidateMark | None:
    stored = session.exec(queries.mark_of_pair(actor, vacancy_id, person_id)).one_or_none()
    if stored is not None and stored.version != version:
        raise Stale("The candidate was marked since you read it; read it again")
    if stored is None and version is not None:
        raise NotFound("mark")
    return stored


def _check(mark: PairMark | None, reason: SetAsideReason | None, note: str | None) -> None:
    faults = []
    if mark is PairMark.SET_ASIDE and reason is None:
        faults.append(FieldFault("/reason", "No reason is chosen", "Say why the person is set aside for this vacancy"))
    if mark is not PairMark.SET_ASIDE and reason is not None:
        faults.append(FieldFault("/reason", "Only a person who is set aside has a reason", "Leave it empty"))
    if mark is None and note is None:
        faults.append(FieldFault("/mark", "Nothing is said", "Pin or set aside, or write a note"))
    if note is not None and len(note) > NOTE_LENGTH:
        faults.append(FieldFault("/note", "Too long", f"Write at most {NOTE_LENGTH} characters"))
    if faults:
        raise Invalid(*faults)


def _record(session: Session, actor: Actor, action: str, stored: CandidateMark) -> None:
    """The trail says that there is a reason and a note, and neither which nor what."""
    said = [name for name in ("mark", "reason", "note") if getattr(stored, name) is not None]
    audit.record(session, actor, action, "candidate_mark", [stored.id, stored.person_id, stored.vacancy_id], said)
