"""Lists of people by name: who is on them, put there and taken off, with a way back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.database import add_once, touch, violated_constraint
from kompetanse.errors import Conflict, FieldFault, Invalid, NotFound, Stale
from kompetanse.finding import queries
from kompetanse.finding.tables import NAME_LENGTH, PeopleList, PeopleListMember
from kompetanse.ids import new_id

MOST_AT_ONCE = 2000
"""So many people at most are put on a list, or taken off it, in one go."""

UNDONE_WITHIN = timedelta(days=1)
"""How long it is kept who was taken off a list, so that it can be undone."""

A_MOMENT = timedelta(minutes=1)
"""Who makes a list of one name twice within this has pressed the button twice."""

_CHUNK = 500

_TAKEN = "There is a list of this name already"


@dataclass(frozen=True, slots=True)
class ListView:
    """A list, and how many are on it who are not archived."""

    id: UUID
    version: int
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a list: the id by which it is undone, and how many people it was about."""

    id: UUID
    people: int


def every_list(session: Session, actor: Actor) -> list[ListView]:
    """The municipality's lists. They name nobody, so reading them is no event."""
    actor = actor.doing(Operation.READ_PEOPLE)
    sizes = {list_id: people for list_id, people in session.execute(queries.sizes(actor))}  # noqa: C416 - rows are no pairs
    found = session.exec(queries.lists(actor)).all()
    views = [ListView(one.id, one.version, one.name, sizes.get(one.id, 0)) for one in found]
    return sorted(views, key=lambda view: view.name.casefold())


def names(session: Session, actor: Actor) -> dict[UUID, str]:
    """What the municipality's lists are called, by id, in the order of their names."""
    found = session.exec(queries.lists(actor.doing(Operation.READ_PEOPLE))).all()
    return {one.id: one.name for one in sorted(found, key=lambda one: one.name.casefold())}


def read(session: Session, actor: Actor, list_id: UUID) -> ListView:
    """One list, without who is on it. Raises NotFound."""
    found = next((one for one in every_list(session, actor) if one.id == list_id), None)
    if found is None:
        raise NotFound("list")
    return found


def create(session: Session, actor: Actor, name: str, *, by_hand: bool = False) -> ListView:
    """Make a list with nobody on it. `by_hand`: what the actor made of this name a moment ago is what she means.

    Raises:
        Invalid: it has no name, or too long a one. Conflict: there is one of the name.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    made = PeopleList(municipality_no=actor.municipality_no, name=accepted_name(name), made_by=actor.id)
    if add_once(session, made):
        audit.record(session, actor, "create", "people_list", [made.id])
        return ListView(made.id, made.version, made.name, 0)
    same = queries.lists(actor).where(PeopleList.name == made.name, PeopleList.made_by == actor.id)
    again = session.exec(same.where(PeopleList.created_at > clock.now() - A_MOMENT)).first() if by_hand else None
    if again is None:
        raise Conflict(_TAKEN)
    return read(session, actor, again.id)


def rename(session: Session, actor: Actor, list_id: UUID, version: int, name: str) -> ListView:
    """Call a list something else.

    Raises:
        Invalid: it has no name, or too long a one. Conflict: there is one of the name. Stale. NotFound.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    found = _locked(session, actor, list_id, version)
    found.name = accepted_name(name)
    touch(found)
    _flush(session)
    audit.record(session, actor, "change", "people_list", [list_id], ["name"])
    return read(session, actor, list_id)


def delete(session: Session, actor: Actor, list_id: UUID, version: int) -> None:
    """Delete a list, but nobody who is on it. Raises Stale, NotFound."""
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    session.delete(_locked(session, actor, list_id, version))
    session.flush()
    audit.record(session, actor, "delete", "people_list", [list_id])


def add(session: Session, actor: Actor, list_id: UUID, people: Collection[UUID]) -> Change:
    """Put people on a list; whoever is on it stays. Those who are archived, or nobody's, are passed over.

    Raises:
        Invalid: nobody is named, or too many. NotFound.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    before = _members(session, actor, list_id)
    change, now, put = new_id(), clock.now(), []
    for person_id in _known_of(session, actor, people):
        member = before.get(person_id)
        if member is None:
            member = PeopleListMember(
                municipality_no=actor.municipality_no, list_id=list_id, person_id=person_id, change_id=change,
                added_by=actor.id,
            )  # fmt: skip
        elif member.removed_at is None:
            continue
        member.change_id, member.added_at, member.added_by, member.removed_at = change, now, actor.id, None
        session.add(member)
        put.append(person_id)
    _changed(session, actor, list_id, "add", put)
    return Change(change, len(put))


def remove(session: Session, actor: Actor, list_id: UUID, people: Collection[UUID]) -> Change:
    """Take people off a list; who is not on it is passed over.

    Raises:
        Invalid: nobody is named, or too many. NotFound.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    _refuse_many(people)
    change, now, taken = new_id(), clock.now(), []
    for person_id, member in _members(session, actor, list_id).items():
        if person_id in people and member.removed_at is None:
            member.change_id, member.removed_at = change, now
            taken.append(person_id)
    _changed(session, actor, list_id, "remove", taken)
    return Change(change, len(taken))


def undo(session: Session, actor: Actor, list_id: UUID, change_id: UUID) -> int:
    """Undo a change of a list, as far as nobody changed it since; how many people that is. Raises NotFound."""
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    undone = []
    for person_id, member in _members(session, actor, list_id).items():
        if member.change_id == change_id:
            if member.removed_at is None:
                session.delete(member)
            else:
                member.removed_at, member.change_id = None, new_id()
            undone.append(person_id)
    _changed(session, actor, list_id, "undo", undone)
    return len(undone)


def accepted_name(name: str) -> str:
    """The name of a list or a search. Raises Invalid when it is none."""
    tidy = " ".join(name.split())
    if not 0 < len(tidy) <= NAME_LENGTH:
        detail = "Nothing is written" if not tidy else "Too long"
        raise Invalid(FieldFault("/name", detail, f"Write a name of at most {NAME_LENGTH} characters"))
    return tidy


def _changed(session: Session, actor: Actor, list_id: UUID, action: str, people: list[UUID]) -> None:
    session.flush()
    session.execute(queries.removed_before(actor, list_id, clock.now() - UNDONE_WITHIN))
    if people:
        audit.record(session, actor, action, "people_list", [list_id, *people])


def _members(session: Session, actor: Actor, list_id: UUID) -> dict[UUID, PeopleListMember]:
    """Everybody who is on a list or was, by person; the list is locked, so that changes come one after the other."""
    locked = queries.lists(actor).where(PeopleList.id == list_id).with_for_update()
    if session.exec(locked).first() is None:
        raise NotFound("list")
    return {one.person_id: one for one in session.exec(queries.members(actor, list_id))}


def _locked(session: Session, actor: Actor, list_id: UUID, version: int) -> PeopleList:
    locked = queries.lists(actor).where(PeopleList.id == list_id).with_for_update()
    found = session.exec(locked.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound("list")
    if found.version != version:
        raise Stale("The list was changed since you read it; read it again")
    return found


def _known_of(session: Session, actor: Actor, people: Collection[UUID]) -> list[UUID]:
    _refuse_many(people)
    found: list[UUID] = []
    for some in _chunks(dict.fromkeys(people)):
        found += session.exec(queries.on_the_list(actor, some))
    return found


def _refuse_many(people: Collection[UUID]) -> None:
    if not people:
        raise Invalid(FieldFault("/person", "Nobody is chosen", "Choose at least one person"))
    if len(people) > MOST_AT_ONCE:
        raise Invalid(FieldFault("/person", "Too many people are chosen", f"Choose at most {MOST_AT_ONCE}"))


def _chunks(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    rest = iter(ids)
    while some := list(islice(rest, _CHUNK)):
        yield some


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if violated_constraint(error) != "uq_people_list_municipality_no_name":
            raise
        raise Conflict(_TAKEN) from None
