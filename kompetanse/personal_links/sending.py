"""Sending a link to its person: begun where the link is made, carried between transactions, then settled.

A message is written down before it leaves, as one whose end is unknown. So whoever dies in between has sent at most
one, and a form that is sent twice sends once.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

import structlog
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.residence import ContactKind
from kompetanse.database import Database
from kompetanse.messages.carrying import Carrier
from kompetanse.messages.rules import Channel, Letter, Outcome
from kompetanse.people.rules import Contact
from kompetanse.people.service import contacts_of, is_shared, lock
from kompetanse.personal_links import queries, rules
from kompetanse.personal_links.service import Made
from kompetanse.personal_links.tables import LinkMessage
from kompetanse.sealing import Sealer

CHANNEL_OF: Mapping[ContactKind, Channel] = {ContactKind.EMAIL: Channel.EMAIL, ContactKind.PHONE: Channel.SMS}
"""How somebody is written to at each kind of contact point."""

_MAY_HAVE_ARRIVED = frozenset({Outcome.SENT, Outcome.UNKNOWN})

log = structlog.get_logger("kompetanse.messages")


class Withheld(StrEnum):
    """Why no message was begun."""

    PROTECTED = "protected"
    SHARED = "shared"
    """Somebody else's card has the same number or address: whoever reads it could open the wrong person's pages."""
    NO_ADDRESS = "no_address"
    TOO_MANY = "too_many"
    UNDERWAY = "underway"
    """The same was asked for a moment ago, and is being sent by whoever was first."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A message that is to be carried to `address`; None where the same was asked for before, and is not sent again."""

    message: LinkMessage
    address: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: to which of her contact points, by which sending of a form, and at which try.

    `safe` says that nobody else reads what comes there, which a protected address and a shared contact point need.
    """

    contact: Contact = field(repr=False)
    sending: str | None = None
    attempt: int = 1
    safe: bool = False


Ready: TypeAlias = tuple[Begun, Letter]


def begin(session: Session, actor: Actor, sealer: Sealer, made: Made, asked: Asked) -> Begun | Withheld:
    """Write down that a link is sent to its person. Raises NotFound."""
    actor = actor.doing(Operation.HAND_OUT_DATA)
    person = lock(session, actor, made.link.person_id)
    asked_hash = _fingerprint(sealer, made.link.id, asked)
    messages = session.exec(queries.messages_of(actor, person.id)).all()
    if earlier := next((one for one in messages if one.asked_hash == asked_hash), None):
        return Withheld.UNDERWAY if is_underway(earlier) else Begun(earlier, None)
    if asked.contact not in contacts_of(session, actor, person.id):
        return Withheld.NO_ADDRESS
    if person.protected_address and not asked.safe:
        return Withheld.PROTECTED
    shared = is_shared(session, actor, person.id, asked.contact)
    if shared and not asked.safe:
        return Withheld.SHARED
    since = clock.now() - rules.MESSAGES
    if sum(one.begun_at > since and one.outcome in _MAY_HAVE_ARRIVED for one in messages) >= rules.MESSAGES_TO_ONE:
        return Withheld.TOO_MANY
    message = LinkMessage(
        municipality_no=actor.municipality_no,
        person_id=person.id,
        link_id=made.link.id,
        asked_hash=asked_hash,
        channel=CHANNEL_OF[asked.contact.kind],
        begun_by=actor.id,
    )
    session.add(message)
    session.flush()
    ticked = {"protected_address": person.protected_address, "shared_contact": shared}
    what = [message.channel.value, *(name for name, holds in ticked.items() if holds)]
    audit.record(session, actor, "begin_send", "personal_link", [made.link.id, person.id], what)
    return Begun(message, asked.contact.value)


def is_underway(message: LinkMessage) -> bool:
    """Whether somebody is sending a message just now. Whoever has not ended after some minutes has died."""
    return message.ended_at is None and message.begun_at > clock.now() - rules.UNDERWAY


def shared(session: Session, actor: Actor, person_id: UUID, contacts: Iterable[Contact]) -> list[Contact]:
    """Which of a person's contact points stand on somebody else's card too."""
    actor = actor.doing(Operation.HAND_OUT_DATA)
    return [one for one in contacts if is_shared(session, actor, person_id, one)]


def carry(
    database: Database, actor: Actor, carriers: Mapping[Channel, Carrier], letters: Sequence[Ready]
) -> dict[UUID, Outcome]:
    """Send what was begun and committed, and write down how each ended; the outcomes by the messages' ids.

    Operators are waited for outside of any transaction. A channel without a carrier is one that lets nobody in.
    Whatever else a carrier raises, the links are shown and the other channel is tried.
    """
    outcomes: dict[UUID, Outcome] = {}
    for channel in Channel:
        theirs = [(begun.message, letter) for begun, letter in letters if begun.message.channel is channel]
        if theirs:
            ended = _carried(carriers.get(channel), [letter for _, letter in theirs])
            found = {message.id: outcome for (message, _), outcome in zip(theirs, ended, strict=True)}
            with database.session(actor.municipality_no) as session:
                _settle(session, actor.doing(Operation.HAND_OUT_DATA), found)
            outcomes |= found
    return outcomes


def _carried(carrier: Carrier | None, letters: Sequence[Letter]) -> list[Outcome]:
    """How each ended. A carrier that breaks may have sent something; what it says may repeat what it was told."""
    if carrier is None:
        return [Outcome.NOT_LET_IN] * len(letters)
    try:
        return carrier.carry(letters)
    except Exception as error:
        log.error("carrier_failed", error=type(error).__name__)
        return [Outcome.UNKNOWN] * len(letters)


def _settle(session: Session, actor: Actor, outcomes: Mapping[UUID, Outcome]) -> None:
    """A message whose record was archived meanwhile is gone, and the event of its beginning remains."""
    for message in session.exec(queries.messages_by_id(actor, outcomes.keys())):
        outcome = message.outcome = outcomes[message.id]
        message.ended_at = clock.now()
        action = "send" if outcome in _MAY_HAVE_ARRIVED else "fail_to_send"
        what = [message.channel.value, outcome.value]
        audit.record(session, actor, action, "personal_link", [message.link_id, message.person_id], what)


def _fingerprint(sealer: Sealer, link_id: UUID, asked: Asked) -> str:
    """What tells one sending from another. Keyed, as few numbers are there to be tried."""
    sending = asked.sending or secrets.token_urlsafe(32)
    contact = f"{asked.contact.kind.value} {asked.contact.value}"
    return sealer.fingerprint(f"{link_id} {sending} {asked.attempt} {contact}", "link message")
