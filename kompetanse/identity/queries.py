"""Selects of accounts, sessions and API clients.

Whoever is about to be known has no municipality yet: the selects of logging in look everywhere, by what only
the right one can know. All others begin in the municipality of who asks.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, delete
from sqlmodel import col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.identity.tables import ApiClient, IdempotencyKey, StaffAccount, UsedAssertion, WebSession


def account_by_email(email: str) -> SelectOfScalar[StaffAccount]:
    """The account that logs in with an e-mail address, whosever it is."""
    return select(StaffAccount).where(StaffAccount.email == email.strip().lower())


def session_by_token(token_hash: str) -> Select[WebSession, StaffAccount]:
    """The log-in that a cookie stands for, with its account."""
    return (
        select(WebSession, StaffAccount)
        .join(StaffAccount, col(StaffAccount.id) == col(WebSession.account_id))
        .where(WebSession.token_hash == token_hash)
    )


def client_by_name(client_id: str) -> SelectOfScalar[ApiClient]:
    """The API client that calls itself so, whosever it is."""
    return select(ApiClient).where(ApiClient.client_id == client_id)


def clients_of_organisation(municipality_no: str, organisation_no: str) -> SelectOfScalar[ApiClient]:
    """The standing client of a municipality that Maskinporten vouches for; there is at most one."""
    return select(ApiClient).where(
        ApiClient.municipality_no == municipality_no,
        ApiClient.organisation_no == organisation_no,
        col(ApiClient.revoked_at).is_(None),
    )


def ended_assertions(municipality_no: str, now: datetime) -> Delete:
    """Deletes what is remembered of assertions that have ended, and so are refused without being remembered."""
    return delete(UsedAssertion).where(
        col(UsedAssertion.municipality_no) == municipality_no, col(UsedAssertion.ends_at) < now
    )


def accounts(actor: Actor) -> SelectOfScalar[StaffAccount]:
    """The municipality's staff accounts, by name."""
    owned = select(StaffAccount).where(StaffAccount.municipality_no == actor.municipality_no)
    return owned.order_by(StaffAccount.name, col(StaffAccount.id))


def held_accounts(actor: Actor) -> SelectOfScalar[StaffAccount]:
    """The municipality's staff accounts as they are now, held until the transaction ends, always in the same order."""
    owned = select(StaffAccount).where(StaffAccount.municipality_no == actor.municipality_no)
    held = owned.order_by(col(StaffAccount.id)).with_for_update()
    return held.execution_options(populate_existing=True)


def sessions_of(account_id: UUID, actor: Actor) -> SelectOfScalar[WebSession]:
    """Where an account is logged in."""
    return select(WebSession).where(
        WebSession.municipality_no == actor.municipality_no, WebSession.account_id == account_id
    )


def clients(actor: Actor) -> SelectOfScalar[ApiClient]:
    """The API clients that the municipality issued, in order of issue."""
    owned = select(ApiClient).where(ApiClient.municipality_no == actor.municipality_no)
    return owned.order_by(col(ApiClient.id))


def account_names(actor: Actor, ids: Iterable[UUID]) -> Select[UUID, str]:
    """Ids and names of staff accounts."""
    return select(StaffAccount.id, StaffAccount.name).where(
        StaffAccount.municipality_no == actor.municipality_no, col(StaffAccount.id).in_(list(ids))
    )


def client_names(actor: Actor, ids: Iterable[UUID]) -> Select[UUID, str]:
    """Ids and names of API clients."""
    return select(ApiClient.id, ApiClient.name).where(
        ApiClient.municipality_no == actor.municipality_no, col(ApiClient.id).in_(list(ids))
    )


def idempotency_key(actor: Actor, key: str) -> SelectOfScalar[IdempotencyKey]:
    """What the actor's request with this key made."""
    return select(IdempotencyKey).where(
        IdempotencyKey.municipality_no == actor.municipality_no,
        IdempotencyKey.actor_id == actor.id,
        IdempotencyKey.key == key,
    )
