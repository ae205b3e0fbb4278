"""Coming in and going out: a link or a code becomes a device, and a device's cookie an actor.

These functions look everywhere, as whoever comes has no municipality yet; the caller opens the session so.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session
from sqlmodel.sql.expression import Select

from kompetanse import audit, clock
from kompetanse.actor import Actor, ActorKind, Purpose, Role
from kompetanse.errors import Unauthenticated
from kompetanse.identity.service import digest
from kompetanse.ids import new_id
from kompetanse.people.tables import Person
from kompetanse.personal_links import queries, rules
from kompetanse.personal_links.rules import LinkState
from kompetanse.personal_links.service import code_digest, state_of
from kompetanse.personal_links.tables import FailedOpening, PersonalDevice, PersonalLink
from kompetanse.sealing import Sealer

_NOTED_AFTER = timedelta(hours=12)
"""A device's last use is written this seldom, so that looking at a page seldom writes."""

REPEATABLE = timedelta(minutes=10)
"""So long the browser that spent a link may spend it once more, as when the answer was lost on the way."""


class Refusal(StrEnum):
    """Why a link or a code opens nothing. A link alone tells what is over from what never was: nobody can guess it."""

    UNKNOWN = "unknown"
    SPENT = "spent"
    EXPIRED = "expired"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Met:
    """What a link shows before it is spent: whether it opens, and in which language. Nothing of whose it is."""

    refusal: Refusal | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A device that was let in: the token of its cookie, told once, and the language that she is met in."""

    token: str
    language: str


def is_in(session: Session, secret: str, token: str, idle_days: int) -> bool:
    """Whether a device is in already with whom a link is of, as when she taps an old message once more."""
    found = session.exec(queries.link_by_token(digest(secret))).first()
    held = session.exec(queries.device_by_token(digest(token))).first()
    if found is None or held is None or _refusal(found[0]) is None:
        return False
    return held[1] == found[1] and rules.stands(held[0].last_used_at, idle_days, clock.now())


def browser_key(sealer: Sealer, given: str) -> str:
    """What a browser is known by while it opens a link, out of what it was given with the page.

    Keyed, so that whoever puts something into a browser cannot tell which device comes of it.
    """
    return sealer.fingerprint(given, "opening")


def look(session: Session, secret: str, browser: str | None = None) -> Met:
    """What a link would open. It spends nothing, so that a messenger may look at it first."""
    found = session.exec(queries.link_by_token(digest(secret))).first()
    if found is None:
        return Met(Refusal.UNKNOWN, None)
    link, person = found
    refusal = None if _once_more(session, link, person, browser) else _refusal(link)
    return Met(refusal, link.language)


def open_by_link(session: Session, secret: str, request_id: str, browser: str | None = None) -> Opened | Refusal:
    """Spend a link: a device is let in. The same `browser` (`browser_key`) may repeat it for some minutes."""
    found = session.exec(_once(queries.link_by_token(digest(secret)))).first()
    if found is None:
        return Refusal.UNKNOWN
    link, person = found
    refusal = _refusal(link)
    if refusal is None:
        return _let_in(session, link, person, request_id, browser)
    return _once_more(session, link, person, browser) or refusal


def open_by_code(
    session: Session, sealer: Sealer, text: str, address: str, request_id: str, browser: str | None = None
) -> Opened | Refusal:
    """Spend a link by its code. A code that opens nothing counts against the address and the municipality.

    The count is part of the caller's transaction, so a refusal is a value and not an exception.
    """
    code = rules.read_code(text)
    if code is None:
        return Refusal.UNKNOWN  # it names nobody, so nothing was guessed
    since, source = clock.now() - rules.GUESSING, sealer.fingerprint(rules.network(address), "address")
    from_address = session.scalar(queries.failures_from(source, since)) or 0
    in_municipality = session.scalar(queries.failures_in(code.municipality_no, since)) or 0
    if not rules.may_guess(from_address, in_municipality):
        return Refusal.TOO_MANY
    select = queries.link_by_code(code.municipality_no, code_digest(sealer, code))
    found = session.exec(_once(select)).first()
    if found is not None:
        link, person = found
        if _refusal(link) is None:
            return _let_in(session, link, person, request_id, browser)
        if again := _once_more(session, link, person, browser):
            return again
    session.execute(queries.old_failures(since))
    session.add(FailedOpening(municipality_no=code.municipality_no, id=new_id(), address_hash=source))
    return Refusal.UNKNOWN


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a device's cookie. `first_name` is to greet with; `unnoted` that its use is to be written down."""

    actor: Actor
    first_name: str
    device_id: UUID
    unnoted: bool


def holder(session: Session, token: str, idle_days: int, request_id: str) -> Holder:
    """Who comes in by a device's cookie, as she acts in her own matters.

    Raises:
        Unauthenticated: it is out, was not used for long, or never was in; or she is archived.
    """
    found = session.exec(queries.device_by_token(digest(token))).first()
    if found is None or not rules.stands(found[0].last_used_at, idle_days, clock.now()):
        raise Unauthenticated("A link is needed to come in")
    device, person = found
    unnoted = clock.now() - device.last_used_at > _NOTED_AFTER
    return Holder(herself(person, request_id), person.given_name or person.family_name, device.id, unnoted)


def note_use(session: Session, token: str) -> None:
    """Write down that a device was used now."""
    found = session.exec(queries.device_by_token(digest(token))).first()
    if found is not None:
        found[0].last_used_at = clock.now()


def sign_out(session: Session, token: str, request_id: str) -> None:
    """Let a device out; nothing happens when it is not in."""
    found = session.exec(queries.device_by_token(digest(token))).first()
    if found is not None:
        device, person = found
        session.delete(device)
        audit.record(session, herself(person, request_id), "end", "personal_device", [device.id, person.id])


def herself(person: Person, request_id: str) -> Actor:
    """A person as she acts in her own matters."""
    return Actor(
        id=person.id,
        kind=ActorKind.NEWCOMER,
        municipality_no=person.municipality_no,
        roles=frozenset({Role.NEWCOMER}),
        purpose=Purpose.SELF_SERVICE,
        person_id=person.id,
        request_id=request_id,
    )


def _once(select: Select[PersonalLink, Person]) -> Select[PersonalLink, Person]:
    """The link as it stands, and nobody else spends it until the transaction ends."""
    return select.with_for_update().execution_options(populate_existing=True)


def _let_in(session: Session, link: PersonalLink, person: Person, request_id: str, browser: str | None) -> Opened:
    link.spent_at = clock.now()
    token = secrets.token_urlsafe(32) if browser is None else _token(browser, link)
    device = PersonalDevice(municipality_no=person.municipality_no, person_id=person.id, token_hash=digest(token))
    session.add(device)
    session.flush()
    audit.record(session, herself(person, request_id), "open", "personal_link", [link.id, person.id])
    return Opened(token, link.language)


def _once_more(session: Session, link: PersonalLink, person: Person, browser: str | None) -> Opened | None:
    """What a browser was let in with some minutes ago by this very link, unless it went out since."""
    if browser is None:
        return None
    token = _token(browser, link)
    held = session.exec(queries.device_by_token(digest(token))).first()
    if held is None or held[1] != person or held[0].opened_at + REPEATABLE < clock.now():
        return None
    return Opened(token, link.language)


def _token(browser: str, link: PersonalLink) -> str:
    """The token of the device that a browser is let in with by a link: the same each time."""
    return hmac.new(browser.encode(), link.id.bytes, hashlib.sha256).hexdigest()


def _refusal(link: PersonalLink) -> Refusal | None:
    match state_of(link):
        case LinkState.OPEN:
            return None
        case LinkState.EXPIRED:
            return Refusal.EXPIRED
        case _:
            return Refusal.SPENT
