"""Neighbours that Maskinporten vouches for, on both databases."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from kompetanse import clock
from kompetanse.actor import ActorKind, Role
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Conflict, Forbidden, Invalid, InvalidToken
from kompetanse.identity import organisations, service
from kompetanse.identity.claims import Consumer
from kompetanse.identity.tables import ApiClient, UsedAssertion
from tests.factories import FROYA, HITRA, actor
from tests.support.issuer import HITRA_ORGANISATION, SUPPLIER_ORGANISATION

administrator = actor(Role.ADMINISTRATOR)


def registered(session: Session, number: str = HITRA_ORGANISATION, recipient_no: str = HITRA) -> ApiClient:
    made = organisations.register_organisation(
        session, administrator, name=" Hitra kommune ", recipient_no=recipient_no, organisation_no=number
    )
    session.flush()
    return made


def consumer(jti: str = "one", *, municipality_no: str = FROYA, number: str = HITRA_ORGANISATION) -> Consumer:
    return Consumer(number, None, municipality_no, jti, clock.now().timestamp() + 120)


def test_an_organisation_acts_as_the_neighbour_that_it_is(session: Session) -> None:
    made = registered(session)
    who = organisations.consumer_actor(session, consumer())
    assert who == service.standing_client(session, made.client_id)
    assert (who.kind, who.municipality_no, who.recipient_no, who.roles) == (
        ActorKind.CLIENT,
        FROYA,
        HITRA,
        frozenset({Role.NEIGHBOUR}),
    )


def test_a_number_is_stored_without_its_spaces(session: Session) -> None:
    made = registered(session, "938 772 924")
    assert (made.organisation_no, made.name) == (HITRA_ORGANISATION, "Hitra kommune")


@pytest.mark.parametrize("number", ["", "938772925", "93877292", "0192:938772924", "٩٣٨٧٧٢٩٢٤"])
def test_what_is_no_organisation_is_refused(session: Session, number: str) -> None:
    with pytest.raises(Invalid) as caught:
        registered(session, number)
    assert caught.value.faults[0].pointer == "/organisation_no"


def test_an_unknown_municipality_is_refused(session: Session) -> None:
    with pytest.raises(Invalid):
        registered(session, recipient_no="9999")


def test_only_an_administrator_lets_anybody_in(session: Session) -> None:
    with pytest.raises(Forbidden):
        organisations.register_organisation(
            session, actor(), name="Hitra", recipient_no=HITRA, organisation_no=HITRA_ORGANISATION
        )


def test_an_organisation_is_let_in_once_and_again_when_it_was_stopped(session: Session) -> None:
    first = registered(session)
    with pytest.raises(Conflict):
        registered(session)
    service.revoke_client(session, administrator, first.client_id)
    with pytest.raises(Forbidden):
        organisations.consumer_actor(session, consumer())
    again = registered(session)
    assert organisations.consumer_actor(session, consumer()).id == again.id != first.id


def test_the_database_holds_one_standing_client_an_organisation(session: Session) -> None:
    copied = registered(session).model_dump(exclude={"id", "client_id"})
    session.add(ApiClient(**copied, client_id="another"))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize("wrong", [{"secret_hash": "0" * 64}, {"recipient_no": None}, {"organisation_no": "1"}])
def test_the_database_holds_no_client_that_is_known_in_two_ways(session: Session, wrong: dict[str, str]) -> None:
    client = registered(session)
    for name, value in wrong.items():
        setattr(client, name, value)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize("other", [{"municipality_no": HITRA}, {"number": SUPPLIER_ORGANISATION}])
def test_neither_another_municipality_nor_another_organisation_is_opened(
    session: Session, other: dict[str, str]
) -> None:
    registered(session)
    with pytest.raises(Forbidden):
        organisations.consumer_actor(session, consumer(**other))
    with pytest.raises(Forbidden):
        organisations.exchange(session, consumer(**other))


def test_a_token_is_exchanged_once(session: Session) -> None:
    made = registered(session)
    assert organisations.exchange(session, consumer()) == made.client_id
    with pytest.raises(InvalidToken):
        organisations.exchange(session, consumer())
    assert organisations.exchange(session, consumer("two")) == made.client_id


def test_what_was_exchanged_is_remembered_while_it_lives_and_no_longer(session: Session) -> None:
    registered(session)
    used = consumer()
    organisations.exchange(session, used)
    with clock.moved(by=timedelta(seconds=125)):
        organisations.exchange(session, consumer("two"))
        with pytest.raises(InvalidToken):
            organisations.exchange(session, used)
    with clock.moved(by=timedelta(seconds=300)):
        organisations.exchange(session, consumer("three"))
        assert session.scalar(select(func.count()).select_from(UsedAssertion)) == 1


def test_of_two_at_the_same_moment_one_gets_through(database: Database) -> None:
    with database.session(FROYA) as session:
        registered(session)
    used, start, through = consumer(), Barrier(4), []

    def attempt() -> None:
        start.wait(10)
        try:
            with database.session(EVERYWHERE) as session:
                through.append(organisations.exchange(session, used))
        except InvalidToken:
            pass

    attempts = [Thread(target=attempt) for _ in range(4)]
    for one in attempts:
        one.start()
    for one in attempts:
        one.join()
    assert len(through) == 1
