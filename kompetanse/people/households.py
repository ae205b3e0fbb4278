"""Households: people who move, live and are placed together."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation
from kompetanse.codes.residence import HouseholdRole
from kompetanse.errors import Conflict, NotFound
from kompetanse.people import queries
from kompetanse.people.service import get
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
    """A household with its members."""

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
        Conflict: one of them lives in another household. NotFound: one of them is not registered here.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    household = Household(municipality_no=actor.municipality_no, name=name.strip()[:120], source_key=source_key)
    session.add(household)
    session.flush()
    for person_id, role in members:
        _add(session, actor, household, person_id, role)
    audit.record(session, actor, "create", "household", [household.id, *(person_id for person_id, _ in members)])
    return _view(session, actor, household)


def household_of(session: Session, actor: Actor, person_id: UUID) -> HouseholdView | None:
    """The household that a person belongs to, None when she belongs to none."""
    actor = actor.doing(Operation.READ_PEOPLE)
    get(session, actor, person_id)
    household = session.exec(queries.household_of(actor, person_id)).one_or_none()
    if household is None:
        return None
    view = _view(session, actor, household)
    audit.record(session, actor, "read", "household", [household.id, *(m.person_id for m in view.members)])
    return view


def join(session: Session, actor: Actor, household_id: UUID, person_id: UUID, role: HouseholdRole) -> HouseholdView:
    """Let a person move in. Raises NotFound, and Conflict when she lives in another household."""
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    household = session.get(Household, (actor.municipality_no, household_id))
    if household is None:
        raise NotFound("household")
    _add(session, actor, household, person_id, role)
    audit.record(session, actor, "join", "household", [household.id, person_id], ["role"])
    return _view(session, actor, household)


def leave(session: Session, actor: Actor, person_id: UUID) -> None:
    """Let a person move out of her household; the others stay."""
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    get(session, actor, person_id)
    membership = session.exec(queries.membership(actor, person_id)).one_or_none()
    if membership is None:
        raise NotFound("household")
    session.delete(membership)
    audit.record(session, actor, "leave", "household", [membership.household_id, person_id])


def _add(session: Session, actor: Actor, household: Household, person_id: UUID, role: HouseholdRole) -> None:
    get(session, actor, person_id)
    if session.exec(queries.membership(actor, person_id)).one_or_none() is not None:
        raise Conflict("The person belongs to a household already")
    session.add(
        HouseholdMember(
            municipality_no=actor.municipality_no, household_id=household.id, person_id=person_id, role=role
        )
    )
    session.flush()


def _view(session: Session, actor: Actor, household: Household) -> HouseholdView:
    rows = session.exec(queries.members(actor, household.id))
    members = tuple(Member(p.id, p.given_name, p.family_name, m.role) for m, p in rows)
    return HouseholdView(household.id, household.name, household.version, members)
