"""Neighbours that Maskinporten vouches for: who may come, who comes, and the exchange of a token that is good once."""

import secrets
from datetime import UTC, datetime

from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation, Role
from kompetanse.codes.municipalities import municipality
from kompetanse.database import insert_or_ignore
from kompetanse.errors import Conflict, Forbidden, InvalidToken
from kompetanse.identity import queries
from kompetanse.identity.claims import LEEWAY, Consumer
from kompetanse.identity.rules import accept_organisation
from kompetanse.identity.service import client_actor, digest
from kompetanse.identity.tables import NO_SECRET, ApiClient, UsedAssertion


def register_organisation(
    session: Session, actor: Actor, *, name: str, recipient_no: str, organisation_no: str
) -> ApiClient:
    """Let a neighbour in with tokens of Maskinporten in which it is the consumer. It gets no secret.

    Raises:
        Invalid: no organisation number, or an unknown municipality.
        Conflict: the organisation is let in already.
    """
    actor = actor.doing(Operation.ADMINISTER_ACCOUNTS)
    municipality(recipient_no)
    number = accept_organisation(organisation_no)
    if session.exec(queries.clients_of_organisation(actor.municipality_no, number)).first():
        raise Conflict("The organisation has access already")
    client = ApiClient(
        municipality_no=actor.municipality_no,
        client_id=f"neighbour-{secrets.token_hex(6)}",
        secret_hash=NO_SECRET,
        name=name.strip(),
        roles=[Role.NEIGHBOUR],
        recipient_no=recipient_no,
        organisation_no=number,
    )
    session.add(client)
    fields = ["name", "roles", "recipient_no", "organisation_no"]
    audit.record(session, actor, "create", "api_client", [client.id], fields)
    return client


def consumer_actor(session: Session, consumer: Consumer) -> Actor:
    """The consumer as an actor in the municipality that its scope opens: the same as a neighbour with a secret.

    Raises:
        Forbidden: that municipality has let no such organisation in.
    """
    return client_actor(_client_of(session, consumer))


def exchange(session: Session, consumer: Consumer) -> str:
    """Use a token of Maskinporten up (RFC 7523 § 3, item 7); the client that gets one of ours for it, by its name.

    Raises:
        InvalidToken: it was used before.
        Forbidden: as in `consumer_actor`.
    """
    client = _client_of(session, consumer)
    session.execute(queries.ended_assertions(consumer.municipality_no, clock.now()))
    row = {
        "municipality_no": consumer.municipality_no,
        "token_hash": digest(consumer.token_id),
        "ends_at": datetime.fromtimestamp(consumer.ends + LEEWAY, UTC),
    }
    use_up = insert_or_ignore(session.connection(), UsedAssertion).returning(col(UsedAssertion.token_hash))
    if session.connection().execute(use_up, row).first() is None:
        raise InvalidToken("The token was exchanged before; get a new one from Maskinporten")
    note_supplier(session, client_actor(client), consumer)
    return client.client_id


def note_supplier(session: Session, actor: Actor, consumer: Consumer) -> None:
    """Put into the audit trail who calls on the consumer's behalf; nothing when it calls itself."""
    if consumer.supplier_no is not None:
        sharing = actor.doing(Operation.READ_SHARED)
        audit.record(session, sharing, "act_through_supplier", "organisation", [consumer.supplier_no])


def _client_of(session: Session, consumer: Consumer) -> ApiClient:
    found = session.exec(queries.clients_of_organisation(consumer.municipality_no, consumer.organisation_no)).first()
    if found is None:
        raise Forbidden("No sharing agreement with your organisation stands today")
    return found
