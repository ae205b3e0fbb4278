"""Going through the conversation: beginning it, answering or putting off a question, and ending it.

Answers are entries of the profile, written by `competence.service` as everything else there is: same rules, same
history. A conversation is led by an employee; the newcomer has pages of her own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import Strength
from kompetanse.competence import service as competence
from kompetanse.competence.parts import Row
from kompetanse.competence.queries import changes_of
from kompetanse.competence.service import PartFields, ProfileDocument, ProfilePart, WishFields
from kompetanse.competence.tables import ProfileChange, Wish
from kompetanse.database import touch
from kompetanse.errors import Conflict, NotFound
from kompetanse.mapping import queries, rules
from kompetanse.mapping.rules import Question, QuestionState
from kompetanse.mapping.tables import MappingConversation
from kompetanse.paging import PageRequest
from kompetanse.people.service import get, lock

__all__ = [
    "MappingConversation",
    "Said",
    "begin",
    "end",
    "entries",
    "held_wishes",
    "is_answered",
    "last_change",
    "latest",
    "leave",
    "undo",
    "write",
]

_RECORD = "mapping_conversation"


@dataclass(frozen=True, slots=True)
class Said:
    """What was said to a question: entries to add and to take out, and single values to change (None: none)."""

    added: Sequence[tuple[ProfilePart, PartFields]] = ()
    removed: Sequence[tuple[ProfilePart, UUID]] = ()
    wishes: WishFields | None = None

    @property
    def anything(self) -> bool:
        """Whether anything was said that is written down."""
        return bool(self.added or self.removed or self.wishes is not None)


def latest(session: Session, actor: Actor, person_id: UUID) -> MappingConversation | None:
    """The newest conversation with somebody, whether it goes on or not; None where there was none. Raises NotFound."""
    actor = actor.doing(Operation.READ_PROFILES)
    get(session, actor, person_id)
    found = session.exec(queries.conversations_of(actor, person_id)).first()
    if found is not None:
        audit.record(session, actor, "read", _RECORD, [found.id, person_id])
    return found


def begin(
    session: Session, actor: Actor, person_id: UUID, *, language: str, interpreter: bool | None
) -> MappingConversation:
    """Begin a conversation in a language beside bokmål, or go on with the one that is not ended, as is said now.

    Raises:
        Conflict: the person is archived. NotFound.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    person = lock(session, actor, person_id)
    if person.archived_at is not None:
        raise Conflict("The person is archived, and nobody is mapped who is")
    found = session.exec(queries.conversations_of(actor, person_id)).first()
    if found is not None and found.ended_at is None:
        if (found.language, found.interpreter) != (language, interpreter):
            found.language, found.interpreter = language, interpreter
            _changed(session, actor, found, ["interpreter", "language"])
        return found
    made = MappingConversation(
        municipality_no=actor.municipality_no,
        person_id=person_id,
        language=language,
        interpreter=interpreter,
        started_by=actor.id,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "create", _RECORD, [made.id, person_id])
    return made


def write(session: Session, actor: Actor, person_id: UUID, version: int, said: Said) -> ProfileDocument:
    """Write into the profile what was said; `version` is the profile's.

    Raises:
        Invalid, Stale; Conflict: the skill is there; NotFound.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    document = None
    if said.added:
        document, _ = competence.add_parts(session, actor, person_id, version, said.added)
    for part, entry_id in said.removed:
        known = document.version if document else version
        document = competence.remove_part(session, actor, person_id, known, part, entry_id)
    if said.wishes:
        known = document.version if document else version
        document = competence.change_wishes(session, actor, person_id, known, said.wishes)
    return document or competence.read_profile(session, actor, person_id)


def leave(
    session: Session, actor: Actor, person_id: UUID, question: Question, document: ProfileDocument, *, later: bool
) -> QuestionState:
    """Note how a question stands that the conversation goes on from; `document` is the profile as it is now.

    Two who do so at once do not undo each other's notes. Raises NotFound: there is no conversation.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    found = _locked(session, actor, person_id)
    state = rules.left_as(said=is_answered(question, document), later=later)
    if found.states.get(question) != state:
        found.states = {**found.states, question.value: state.value}
        _changed(session, actor, found, [question.value])
    return state


def end(session: Session, actor: Actor, person_id: UUID, version: int) -> MappingConversation:
    """End the conversation: she was read what is written, and says that it holds. `version` is the profile's.

    Raises:
        Conflict: it is ended already. Stale, NotFound.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    found = _locked(session, actor, person_id)
    if found.ended_at is not None:
        raise Conflict("The conversation is ended already")
    today = clock.today()
    competence.change_wishes(session, actor, person_id, version, WishFields(mapped_on=today, confirmed_on=today))
    found.ended_at = clock.now()
    touch(found)
    session.flush()
    audit.record(session, actor, "close", _RECORD, [found.id, person_id])
    return found


def last_change(session: Session, actor: Actor, person_id: UUID) -> ProfileChange | None:
    """The newest change of the profile, if it is the actor's own of today: what can be taken back in a conversation.

    It leaves no event, as whoever asks has read the profile. Raises NotFound.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    get(session, actor, person_id)
    newest = session.exec(changes_of(actor, person_id, PageRequest(1))).first()
    own = newest is not None and newest.actor_id == actor.id and _day_of(newest) == clock.today()
    return newest if own else None


def undo(session: Session, actor: Actor, person_id: UUID, version: int) -> ProfileDocument:
    """Take back one's own newest change of the profile. Raises Conflict: there is none; Stale, NotFound."""
    actor = actor.doing(Operation.MAP_COMPETENCE)
    change = last_change(session, actor, person_id)
    if change is None:
        raise Conflict("There is nothing to undo")
    return competence.restore(session, actor, person_id, version, change.id)


def entries(question: Question, document: ProfileDocument) -> tuple[Row, ...]:
    """The entries of a profile that answer a question."""
    if question not in rules.PARTS:
        return ()
    kinds = rules.WISHES.get(question)
    rows = document.part(rules.PARTS[question])
    return rows if kinds is None else tuple(row for row in rows if isinstance(row, Wish) and row.kind in kinds)


def held_wishes(question: Question, document: ProfileDocument) -> dict[str, list[Row]]:
    """The wishes that answer a question which is tapped, by the sector's code or the kind of wish.

    What somebody never wants is another answer, and left out.
    """
    held: dict[str, list[Row]] = {}
    for row in entries(question, document):
        if isinstance(row, Wish) and row.strength is not Strength.NEVER:
            held.setdefault(row.value or row.kind.value, []).append(row)
    return held


def is_answered(question: Question, document: ProfileDocument) -> bool:
    """Whether a profile says anything to a question."""
    stated = (getattr(document, name) for name in rules.TERMS.get(question, ()))
    return bool(entries(question, document)) or any(value is not None for value in stated)


def _locked(session: Session, actor: Actor, person_id: UUID) -> MappingConversation:
    """The newest conversation, and nobody else changes it until the transaction ends."""
    lock(session, actor, person_id)
    select = queries.conversations_of(actor, person_id).execution_options(populate_existing=True)
    found = session.exec(select).first()
    if found is None:
        raise NotFound("conversation")
    return found


def _changed(session: Session, actor: Actor, row: MappingConversation, fields: list[str]) -> None:
    touch(row)
    session.flush()
    audit.record(session, actor, "change", _RECORD, [row.id, row.person_id], fields)


def _day_of(change: ProfileChange) -> date:
    return change.changed_at.astimezone(clock.OSLO).date()
