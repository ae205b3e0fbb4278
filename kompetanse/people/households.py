"""Households: people who move, live and are placed together."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.codes.residence import HouseholdRole
from kompetanse.database import touch
from kompetanse.errors import Conflict, FieldFault, Invalid, NotFound, Stale
from kompetanse.people import queries
from kompetanse.people.service import get, lock
from kompetanse.people.tables import Household, HouseholdMember


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a household."""

    person_id: UUID
    given_name: str
    family_name: str
    role: HouseholdRole


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """A household with its members, in order of moving in."""

    id: UUID
    name: str
    version: int
    members: tuple[Member, ...]


def form_household(
    session: Session,
    actor: Actor,
    *,
    name: str,
    members: list[tuple[UUID, HouseholdRole]],
    source_key: str | None = None,
) -> HouseholdView:
    """Form a household of people who are registered.

    Raises:
        Invalid: it has no name or nobody in it.
        Conflict: one of them lives in a household. NotFound: one of them is not registered here.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    if not members:
        raise Invalid(FieldFault("/members", "Nobody is in the household", "Name at least one person"))
    household = Household(municipality_no=actor.municipality_no, name=_accept_name(name), source_key=source_key)
    session.add(household)
    session.flush()
    for person_id, role in members:
        _add(session, actor, household, person_id, role)
    audit.record(session, actor, "create", "household", [household.id, *(person_id for person_id, _ in members)])
    return _view(session, actor, household)


def read_household(session: Session, actor: Actor, household_id: UUID) -> HouseholdView:
    """A household with its members. Raises NotFound."""
    actor = actor.doing(Operation.READ_PEOPLE)
    household = session.exec(queries.household(actor, household_id)).one_or_none()
    if household is None:
        raise NotFound("household")
    return _read(session, actor, household)


def household_of(session: Session, actor: Actor, person_id: UUID) -> HouseholdView | None:
    """The household that a person belongs to, None when she belongs to none. Raises NotFound."""
    actor = actor.doing(Operation.READ_PEOPLE)
    get(session, actor, person_id)
    household = session.exec(queries.household_of(actor, person_id)).one_or_none()
    return None if household is None else _read(session, actor, household)


def rename(session: Session, actor: Actor, household_id: UUID, version: int, name: str) -> HouseholdView:
    """Give a household another name. Raises Invalid, NotFound, Stale."""
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    household = _locked(session, actor, household_id, version)
    household.name = _accept_name(name)
    touch(household)
    audit.record(session, actor, "change", "household", [household.id], ["name"])
    return _view(session, actor, household)


def join(
    session: Session,
    actor: Actor,
    household_id: UUID,
    person_id: UUID,
    role: HouseholdRole,
    *,
    version: int | None = None,
) -> HouseholdView:
    """Let a person move in, or take another role where she lives.

    `version` is the household's; a page that shows one person alone leaves it out.

    Raises:
        Conflict: she lives in another household. Stale: somebody moved in or out since. NotFound.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    household = _locked(session, actor, household_id, version)
    _add(session, actor, household, person_id, role)
    touch(household)
    audit.record(session, actor, "join", "household", [household.id, person_id], ["role"])
    return _view(session, actor, household)


def leave(session: Session, actor: Actor, person_id: UUID, *, version: int | None = None) -> None:
    """Let a person move out of her household; the others stay, and a household of nobody is taken away.

    Raises:
        NotFound: she is not registered, or lives in none. Stale: somebody moved in or out since.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    get(session, actor, person_id)
    membership = session.exec(queries.membership(actor, person_id)).one_or_none()
    if membership is None:
        raise NotFound("household")
    household = _locked(session, actor, membership.household_id, version)
    session.delete(membership)
    session.flush()
    if _view(session, actor, household).members:
        touch(household)
    else:
        session.delete(household)
    audit.record(session, actor, "leave", "household", [household.id, person_id])


def _accept_name(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= 120:
        raise Invalid(FieldFault("/name", "A name has 1 to 120 characters", "A family name will do"))
    return name


def _locked(session: Session, actor: Actor, household_id: UUID, version: int | None) -> Household:
    household = session.exec(queries.household(actor, household_id).with_for_update()).one_or_none()
    if household is None:
        raise NotFound("household")
    if version is not None and household.version != version:
        raise Stale("The household was changed since you read it; read it again")
    return household


def _add(session: Session, actor: Actor, household: Household, person_id: UUID, role: HouseholdRole) -> None:
    lock(session, actor, person_id)  # one person cannot move into two households at once
    membership = session.exec(queries.membership(actor, person_id)).one_or_none()
    if membership is not None and membership.household_id != household.id:
        raise Conflict("The person belongs to a household already")
    if membership is None:
        membership = HouseholdMember(
            municipality_no=actor.municipality_no, household_id=household.id, person_id=person_id
        )
        session.add(membership)
    membership.role = role
    session.flush()


def _read(session: Session, actor: Actor, household: Household) -> HouseholdView:
    view = _view(session, actor, household)
    audit.record(session, actor, "read", "household", [household.id, *(m.person_id for m in view.members)])
    return view


def _view(session: Session, actor: Actor, household: Household) -> HouseholdView:
    rows = session.exec(queries.members(actor, household.id))
    members = tuple(Member(p.id, p.given_name, p.family_name, m.role) for m, p in rows)
    return HouseholdView(household.id, household.name, household.version, members)
