"""What the administrator sees and changes of accounts beside opening and closing them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation, Role
from kompetanse.audit import queries as trail
from kompetanse.errors import Conflict, FieldFault, Invalid, NotFound
from kompetanse.identity.rules import STAFF_ROLES, accept_roles
from kompetanse.identity.service import leave_an_administrator
from kompetanse.identity.tables import StaffAccount

__all__ = ["StaffAccount", "change_account", "last_log_ins", "read_account"]


def last_log_ins(session: Session, actor: Actor) -> Mapping[UUID, datetime]:
    """When each account logged in last, as the trail tells; who never did is left out."""
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    return {row[0]: row[1] for row in session.execute(trail.last_by_actor(actor, "log_in", "staff_account"))}


def read_account(session: Session, actor: Actor, account_id: UUID) -> StaffAccount:
    """An account. Raises NotFound."""
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    account = session.get(StaffAccount, (actor.municipality_no, account_id))
    if account is None:
        raise NotFound("account")
    audit.record(session, actor, "read", "staff_account", [account_id])
    return account


def change_account(
    session: Session, actor: Actor, account_id: UUID, *, name: str, roles: Iterable[Role], unit: str | None
) -> StaffAccount:
    """Change what an account is called, and what it may do, which takes effect with its next request.

    Raises:
        Conflict: the administrator would take her own role, or the last administrator's; somebody must be left to give
        it.
        Invalid: no name, no role for staff, or HR without a unit. NotFound.
    """
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    account = session.get(StaffAccount, (actor.municipality_no, account_id))
    if account is None:
        raise NotFound("account")
    if not name.strip():
        raise Invalid(FieldFault("/name", "A name is missing"))
    accepted = accept_roles(roles, STAFF_ROLES, unit)
    if account.id == actor.id and Role.ADMINISTRATOR not in accepted:
        raise Conflict("You cannot take your own role; let another administrator do it")
    if Role.ADMINISTRATOR not in accepted:
        leave_an_administrator(session, actor, account_id)
    wanted = {"name": name.strip(), "roles": accepted, "unit": unit}
    changed = [field for field, value in wanted.items() if getattr(account, field) != value]
    for field in changed:
        setattr(account, field, wanted[field])
    session.flush()
    if changed:
        audit.record(session, actor, "change", "staff_account", [account_id], changed)
    return account
