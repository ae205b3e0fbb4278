"""Letting a newcomer in to her own pages: making, showing and ending her links and devices."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.errors import Conflict
from kompetanse.identity.service import digest
from kompetanse.people.service import get, lock
from kompetanse.personal_links import queries, rules
from kompetanse.personal_links.rules import Code, LinkState
from kompetanse.personal_links.tables import LinkMessage, PersonalDevice, PersonalLink
from kompetanse.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Made:
    """A link just made. `secret` and `code` are told once, and stored nowhere."""

    link: PersonalLink
    secret: str
    code: Code


@dataclass(frozen=True, slots=True)
class Access:
    """How a person can come in: the link made last, how it stands and was sent, and the devices that let her in."""

    link: PersonalLink | None
    state: LinkState | None
    messages: tuple[LinkMessage, ...]
    devices: tuple[PersonalDevice, ...]


class Over(Conflict):
    """What was asked for once more was made, and is spent or stopped since."""


def make(
    session: Session,
    actor: Actor,
    sealer: Sealer,
    person_id: UUID,
    *,
    language: str,
    days: int,
    asked: str | None = None,
) -> Made:
    """Make a way in for somebody, open for some days; one that was made before and not spent ends.

    `asked` tells one sending of a form from another: what is sent twice gives the same link twice.

    Raises:
        Over: that link is spent or stopped. Conflict: she is archived. NotFound.
    """
    actor = actor.doing(Operation.HAND_OUT_DATA)
    person = lock(session, actor, person_id)
    if person.archived_at is not None:
        raise Conflict("The person is archived, and has no pages of her own")
    secret, code = _drawn(sealer, actor.municipality_no, f"{person_id} {language} {asked}" if asked else None)
    if asked and (made := _made(session, actor, person_id, secret)):
        audit.record(session, actor, "read", "personal_link", [made.id, person_id])
        return Made(made, secret, code)
    _revoke(session, actor, person_id)
    now = clock.now()
    link = PersonalLink(
        municipality_no=actor.municipality_no,
        person_id=person_id,
        token_hash=digest(secret),
        code_hash=code_digest(sealer, code),
        language=language,
        made_at=now,
        made_by=actor.id,
        expires_at=now + timedelta(days=days),
    )
    session.add(link)
    session.flush()
    audit.record(session, actor, "create", "personal_link", [link.id, person_id])
    return Made(link, secret, code)


def access(session: Session, actor: Actor, person_id: UUID, idle_days: int) -> Access:
    """How a person can come in now: a device that was not used for `idle_days` lets nobody in. Raises NotFound."""
    actor = actor.doing_to(Operation.HAND_OUT_DATA, person_id)
    get(session, actor, person_id)
    audit.record(session, actor, "read", "personal_link", [person_id])
    link = session.exec(queries.links_of(actor, person_id)).first()
    devices = session.exec(queries.devices_of(actor, person_id))
    standing = tuple(one for one in devices if rules.stands(one.last_used_at, idle_days, clock.now()))
    messages = session.exec(queries.messages_of(actor, person_id))
    sent = tuple(one for one in messages if link and one.link_id == link.id)
    return Access(link, state_of(link) if link else None, sent, standing)


def revoke(session: Session, actor: Actor, person_id: UUID) -> None:
    """End the way in that is not spent. Raises NotFound."""
    actor = actor.doing(Operation.HAND_OUT_DATA)
    lock(session, actor, person_id)
    _revoke(session, actor, person_id)


def end_devices(session: Session, actor: Actor, person_id: UUID) -> int:
    """Let a person out of all her devices, by herself or her coordinator; how many they were. Raises NotFound."""
    actor = actor.doing_to(Operation.HAND_OUT_DATA, person_id)
    lock(session, actor, person_id)
    devices = session.exec(queries.devices_of(actor, person_id)).all()
    for device in devices:
        session.delete(device)
    session.flush()
    audit.record(session, actor, "end", "personal_device", [person_id])
    return len(devices)


def state_of(link: PersonalLink) -> LinkState:
    """How a link stands now."""
    return rules.state(spent_at=link.spent_at, revoked_at=link.revoked_at, expires_at=link.expires_at, now=clock.now())


def code_digest(sealer: Sealer, code: Code) -> str:
    """What is stored of a code."""
    return sealer.fingerprint(code.secret, f"personal link {code.municipality_no}")


def _drawn(sealer: Sealer, municipality_no: str, asked: str | None) -> tuple[str, Code]:
    """A secret and a code, by chance; or those of a sending of a form, which only the server can work out."""
    seed = asked or secrets.token_urlsafe(32)
    secret = sealer.fingerprint(seed, "personal link's secret")
    digits = int(sealer.fingerprint(seed, "personal link's code"), 16) % 10**rules.SECRET_DIGITS
    return secret, Code(municipality_no, f"{digits:0{rules.SECRET_DIGITS}}")


def _made(session: Session, actor: Actor, person_id: UUID, secret: str) -> PersonalLink | None:
    """The link of a secret, if it was made. Raises Over."""
    links = session.exec(queries.links_of(actor, person_id)).all()
    link = next((one for one in links if one.token_hash == digest(secret)), None)
    if link is not None and state_of(link) is not LinkState.OPEN:
        raise Over("This link was used or stopped since; make another")
    return link


def _revoke(session: Session, actor: Actor, person_id: UUID) -> None:
    for link in session.exec(queries.links_of(actor, person_id)).all():
        if state_of(link) is LinkState.OPEN:
            link.revoked_at = clock.now()
            audit.record(session, actor, "revoke", "personal_link", [link.id, person_id])
