"""Logging in and out, and the accounts and API clients that can."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pwdlib import PasswordHash
from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import Actor, ActorKind, Operation, Role
from kompetanse.codes.municipalities import municipality
from kompetanse.errors import Conflict, FieldFault, Invalid, InvalidToken, NotFound, Unauthenticated
from kompetanse.identity import queries
from kompetanse.identity.rules import (
    CLIENT_ROLES,
    STAFF_ROLES,
    StaffLanguage,
    accept_email,
    accept_password,
    accept_roles,
    locked_until,
)
from kompetanse.identity.tables import ApiClient, StaffAccount, WebSession

_hasher = PasswordHash.recommended()
_NOBODY = _hasher.hash(secrets.token_urlsafe())  # verified when there is no account, so that time tells nothing


def digest(token: str) -> str:
    """What is stored of a random token; its 256 bits need no salt or stretching."""
    return hashlib.sha256(token.encode()).hexdigest()


def add_account(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    password: str,
    roles: list[Role],
    unit: str | None = None,
) -> StaffAccount:
    """Make a staff account in the actor's municipality.

    Raises:
        Invalid: no e-mail address, a weak password, or a role that staff cannot have.
        Conflict: the e-mail address has an account.
    """
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    accept_password(password)
    email = accept_email(email)
    if session.exec(queries.account_by_email(email)).first():
        raise Conflict("The e-mail address has an account already")
    account = StaffAccount(
        municipality_no=actor.municipality_no,
        email=email,
        name=name.strip(),
        password_hash=_hasher.hash(password),
        roles=accept_roles(roles, STAFF_ROLES, unit),
        unit=unit,
    )
    session.add(account)
    session.flush()
    audit.record(session, actor, "create", "staff_account", [account.id], ["email", "name", "roles", "unit"])
    return account


def list_accounts(session: Session, actor: Actor) -> list[StaffAccount]:
    """The municipality's staff accounts, by name."""
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    found = list(session.exec(queries.accounts(actor)))
    audit.record(session, actor, "list", "staff_account", [account.id for account in found])
    return found


def disable_account(session: Session, actor: Actor, account_id: UUID) -> StaffAccount:
    """Close an account and end its sessions at once.

    Raises:
        Conflict: it is one's own, or the last administrator's; somebody must be left who can open it again. NotFound.
    """
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    account = _account(session, actor, account_id)
    if account.id == actor.id:
        raise Conflict("You cannot close your own account; let another administrator do it")
    leave_an_administrator(session, actor, account_id)
    account.disabled_at = clock.now()
    _end_sessions(session, actor, account_id)
    audit.record(session, actor, "disable", "staff_account", [account_id])
    return account


def leave_an_administrator(session: Session, actor: Actor, account_id: UUID) -> None:
    """See that somebody is left who administers accounts when one account no longer does, and that it stays so.

    The accounts are held until the transaction ends: of two administrators who close each other's at once, the second
    finds that she is the last.

    Raises:
        Conflict: it is the last administrator's.
    """
    held = session.exec(queries.held_accounts(actor)).all()
    left = [one.id for one in held if Role.ADMINISTRATOR in one.roles and one.disabled_at is None]
    if left == [account_id]:
        raise Conflict("The account is the last administrator's; give another the role first")


def enable_account(session: Session, actor: Actor, account_id: UUID) -> StaffAccount:
    """Open an account again, also one that is locked after wrong passwords. Raises NotFound."""
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    account = _account(session, actor, account_id)
    account.disabled_at, account.locked_until, account.failed_logins = None, None, 0
    audit.record(session, actor, "enable", "staff_account", [account_id])
    return account


def set_password(session: Session, actor: Actor, account_id: UUID, password: str) -> StaffAccount:
    """Give an account another password and end its sessions. Raises Invalid when it is weak; NotFound."""
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    account = _account(session, actor, account_id)
    accept_password(password)
    account.password_hash = _hasher.hash(password)
    _end_sessions(session, actor, account_id)
    audit.record(session, actor, "change", "staff_account", [account_id], ["password"])
    return account


def change_password(session: Session, actor: Actor, current: str, password: str, *, keep: str) -> None:
    """Give one's own account another password; its sessions end but the one whose token is `keep`.

    Raises:
        Invalid: `current` is not the password, or the new one is weak.
    """
    account = _account(session, actor, actor.id)
    if not _hasher.verify(current, account.password_hash):
        raise Invalid(FieldFault("/current", "Not the password of this account"))
    accept_password(password)
    account.password_hash = _hasher.hash(password)
    _end_sessions(session, actor, account.id, keep=digest(keep))
    audit.record(session, actor, "change", "staff_account", [account.id], ["password"])


def choose_language(session: Session, actor: Actor, language: StaffLanguage) -> None:
    """Have one's own pages in another language from now on, wherever one logs in."""
    account = _account(session, actor, actor.id)
    account.language = language
    audit.record(session, actor, "change", "staff_account", [account.id], ["language"])


def names_of(session: Session, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What accounts and API clients are called; whoever is unknown is left out.

    For whoever sees what they did: in the audit trail, in the history of a profile, or among the extracts made.
    """
    seeing = (Operation.READ_PROFILES, Operation.EXPORT_ANALYTICS)
    actor = actor.doing(next((one for one in seeing if actor.may(one)), Operation.READ_AUDIT))
    wanted = set(ids)
    found = [*session.exec(queries.account_names(actor, wanted)), *session.exec(queries.client_names(actor, wanted))]
    return dict(found)


@dataclass(frozen=True, slots=True)
class Known:
    """Who an account or a client is, to whoever oversees what they did; `recipient_no` is a neighbour's own."""

    name: str
    roles: tuple[Role, ...]
    recipient_no: str | None = None


def known(session: Session, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Known]:
    """Names and roles of accounts and API clients, as they are today; whoever is unknown is left out."""
    actor = actor.doing(Operation.READ_AUDIT)
    wanted = set(ids)
    accounts = session.exec(queries.accounts(actor).where(col(StaffAccount.id).in_(wanted)))
    clients = session.exec(queries.clients(actor).where(col(ApiClient.id).in_(wanted)))
    return {
        **{one.id: Known(one.name, tuple(map(Role, one.roles))) for one in accounts},
        **{one.id: Known(one.name, tuple(map(Role, one.roles)), one.recipient_no) for one in clients},
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account or a client is to a municipality; `recipient_no` is a neighbour's own. No name."""

    roles: frozenset[Role]
    recipient_no: str | None = None


def standing_of(session: Session, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """What those are who did something with a newcomer's data; whoever is unknown is left out. She is told no names."""
    actor = actor.doing(Operation.READ_OWN)
    wanted = set(ids)
    accounts = session.exec(queries.accounts(actor).where(col(StaffAccount.id).in_(wanted)))
    clients = session.exec(queries.clients(actor).where(col(ApiClient.id).in_(wanted)))
    return {
        **{one.id: Standing(frozenset(Role(role) for role in one.roles)) for one in accounts},
        **{one.id: Standing(frozenset(Role(role) for role in one.roles), one.recipient_no) for one in clients},
    }


def own_name(session: Session, actor: Actor) -> str:
    """What the account or API client that asks is called; "" for the system."""
    mine = {actor.id}
    found = [*session.exec(queries.account_names(actor, mine)), *session.exec(queries.client_names(actor, mine))]
    return found[0][1] if found else ""


def log_in(session: Session, *, email: str, password: str, attempts: int, hours: int) -> tuple[str, Actor] | None:
    """Open a session: the cookie's token and the actor, or None when e-mail and password do not fit.

    A wrong password counts towards a lock-out of fifteen minutes; the count is part of the caller's
    transaction, so a refusal is a value and not an exception.
    """
    account = session.exec(queries.account_by_email(email).with_for_update()).first()
    fits = _hasher.verify(password, account.password_hash if account else _NOBODY)
    if account is None or account.disabled_at or _locked(account):
        return None
    if not fits:
        account.failed_logins += 1
        account.locked_until = locked_until(account.failed_logins, attempts, clock.now())
        audit.record(session, _actor_of(account), "log_in_refused", "staff_account", [account.id])
        return None
    account.failed_logins, account.locked_until = 0, None
    token = secrets.token_urlsafe(32)
    session.add(
        WebSession(
            municipality_no=account.municipality_no,
            account_id=account.id,
            token_hash=digest(token),
            expires_at=clock.now() + timedelta(hours=hours),
        )
    )
    actor = _actor_of(account)
    audit.record(session, actor, "log_in", "staff_account", [account.id])
    return token, actor


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a session's cookie, the name to greet with, and the language of the pages; None: never chosen."""

    actor: Actor
    name: str
    language: StaffLanguage | None


def holder_of(session: Session, token: str) -> Holder:
    """Who holds a session's cookie.

    Raises:
        Unauthenticated: the session ended, or never was.
    """
    found = session.exec(queries.session_by_token(digest(token))).first()
    if found is None:
        raise Unauthenticated("Log in to go on")
    web_session, account = found
    if web_session.expires_at <= clock.now() or account.disabled_at:
        raise Unauthenticated("Log in to go on")
    return Holder(_actor_of(account), account.name, account.language)


def log_out(session: Session, token: str) -> None:
    """End the session of a cookie; nothing happens when it has ended."""
    found = session.exec(queries.session_by_token(digest(token))).first()
    if found is not None:
        session.delete(found[0])


def issue_client(
    session: Session,
    actor: Actor,
    *,
    name: str,
    roles: list[Role],
    recipient_no: str | None = None,
    unit: str | None = None,
) -> tuple[ApiClient, str]:
    """Make an API client. Its secret is returned once and stored nowhere.

    Raises:
        Invalid: a role that a machine cannot have, or a neighbour without its municipality.
    """
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    if (Role.NEIGHBOUR in roles) != (recipient_no is not None):
        raise Invalid(FieldFault("/recipient_no", "A neighbour's key, and only that, names its municipality"))
    if recipient_no is not None:
        municipality(recipient_no)
    secret = secrets.token_urlsafe(32)
    client = ApiClient(
        municipality_no=actor.municipality_no,
        client_id=f"{roles[0].value.replace('_', '-')}-{secrets.token_hex(6)}" if roles else "",
        secret_hash=digest(secret),
        name=name.strip(),
        roles=accept_roles(roles, CLIENT_ROLES, unit),
        recipient_no=recipient_no,
        unit=unit,
    )
    session.add(client)
    audit.record(session, actor, "create", "api_client", [client.id], ["name", "roles", "recipient_no"])
    return client, secret


def list_clients(session: Session, actor: Actor) -> list[ApiClient]:
    """The API clients that the municipality issued, revoked ones too."""
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    return list(session.exec(queries.clients(actor)))


def read_client(session: Session, actor: Actor, record_id: UUID) -> ApiClient:
    """An API client by its record's id. Raises NotFound."""
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    client = session.get(ApiClient, (actor.municipality_no, record_id))
    if client is None:
        raise NotFound("API client")
    return client


def revoke_client(session: Session, actor: Actor, client_id: str) -> ApiClient:
    """Stop a client; tokens that it holds die with it. Raises NotFound."""
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    client = session.exec(queries.clients(actor).where(ApiClient.client_id == client_id)).first()
    if client is None:
        raise NotFound("API client")
    client.revoked_at = client.revoked_at or clock.now()
    audit.record(session, actor, "revoke", "api_client", [client.id])
    return client


def check_client(session: Session, *, client_id: str, secret: str) -> Actor:
    """The actor behind a client's id and secret (OAuth 2.0 client credentials, RFC 6749 § 4.4).

    Raises:
        Unauthenticated: they do not fit, or the client is revoked.
    """
    client = session.exec(queries.client_by_name(client_id)).first()
    fits = hmac.compare_digest(digest(secret), client.secret_hash if client else digest(""))
    if client is None or not fits or client.revoked_at is not None:
        raise Unauthenticated("Unknown client or wrong secret")
    return client_actor(client)


def standing_client(session: Session, client_id: str) -> Actor:
    """The actor behind a client that already holds a token; InvalidToken when it was revoked."""
    client = session.exec(queries.client_by_name(client_id)).first()
    if client is None or client.revoked_at is not None:
        raise InvalidToken("The client was revoked")
    return client_actor(client)


def client_actor(client: ApiClient) -> Actor:
    """A client as an actor in the municipality that issued its key."""
    return Actor(
        id=client.id,
        kind=ActorKind.CLIENT,
        municipality_no=client.municipality_no,
        roles=frozenset(Role(role) for role in client.roles),
        unit=client.unit,
        recipient_no=client.recipient_no,
    )


def _actor_of(account: StaffAccount) -> Actor:
    return Actor(
        id=account.id,
        kind=ActorKind.STAFF,
        municipality_no=account.municipality_no,
        roles=frozenset(Role(role) for role in account.roles),
        unit=account.unit,
    )


def _account(session: Session, actor: Actor, account_id: UUID) -> StaffAccount:
    account = session.get(StaffAccount, (actor.municipality_no, account_id))
    if account is None:
        raise NotFound("account")
    return account


def _end_sessions(session: Session, actor: Actor, account_id: UUID, keep: str = "") -> None:
    for web_session in session.exec(queries.sessions_of(account_id, actor)):
        if web_session.token_hash != keep:
            session.delete(web_session)


def _locked(account: StaffAccount) -> bool:
    """Whether wrong passwords keep the account closed now. When a lock has ended, counting begins anew."""
    if account.locked_until is None:
        return False
    if account.locked_until > clock.now():
        return True
    account.failed_logins, account.locked_until = 0, None
    return False
