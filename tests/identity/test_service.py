"""Accounts and log-ins, API clients and their secrets, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import ActorKind, Role, system_actor
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from kompetanse.identity import service
from kompetanse.identity.tables import StaffAccount
from kompetanse.ids import new_id
from tests.factories import FROYA, HITRA, actor

EMAIL, PASSWORD = "kari@froya.example", "tre laks i en rød bøtte"
ATTEMPTS = 3
administrator = actor(Role.ADMINISTRATOR)


def account(
    session: Session, *roles: Role, email: str = EMAIL, password: str = PASSWORD, unit: str | None = None
) -> StaffAccount:
    made = service.add_account(
        session,
        administrator,
        email=email,
        name="Kari",
        password=password,
        roles=list(roles or (Role.COORDINATOR,)),
        unit=unit,
    )
    session.flush()
    return made


def log_in(session: Session, email: str = EMAIL, password: str = PASSWORD) -> str | None:
    opened = service.log_in(session, email=email, password=password, attempts=ATTEMPTS, hours=10)
    session.flush()
    return opened[0] if opened else None


def test_whoever_logs_in_is_known_by_the_cookie_and_acts_in_her_municipality(session: Session) -> None:
    made = account(session, Role.HR, unit="Skolen")
    token = log_in(session, email=" KARI@froya.example ")
    assert token is not None
    holder = service.holder_of(session, token)
    who = holder.actor
    assert (who.id, who.kind, who.municipality_no, who.roles, who.unit, holder.name) == (
        made.id,
        ActorKind.STAFF,
        FROYA,
        frozenset({Role.HR}),
        "Skolen",
        "Kari",
    )


def test_nothing_secret_is_stored_as_it_is(session: Session) -> None:
    account(session)
    token = log_in(session)
    _, secret = service.issue_client(session, administrator, name="c", roles=[Role.COORDINATOR])
    session.flush()
    stored = ""
    for table in ("staff_account", "web_session", "api_client"):
        stored += repr(session.connection().execute(text(f"SELECT * FROM {table}")).all())
    assert "$argon2id$" in stored
    for value in (PASSWORD, token, secret):
        assert value
        assert value not in stored


def test_a_wrong_password_an_unknown_address_and_a_closed_account_answer_alike(session: Session) -> None:
    made = account(session)
    assert log_in(session, password="feil passord her") is None
    assert log_in(session, email="ingen@froya.example") is None
    service.disable_account(session, administrator, made.id)
    assert log_in(session) is None


def test_too_many_wrong_passwords_close_the_account_for_fifteen_minutes(session: Session) -> None:
    account(session)
    for _ in range(ATTEMPTS):
        assert log_in(session, password="feil passord her") is None
    assert log_in(session) is None
    with clock.moved(by=timedelta(minutes=14)):
        assert log_in(session) is None
    with clock.moved(by=timedelta(minutes=16)):
        assert log_in(session, password="feil passord her") is None  # counting begins anew
        assert log_in(session) is not None


def test_a_right_password_forgets_the_wrong_ones(session: Session) -> None:
    account(session)
    for _ in range(3):
        for _ in range(ATTEMPTS - 1):
            assert log_in(session, password="feil passord her") is None
        assert log_in(session) is not None


def test_guessing_in_one_account_closes_no_other(session: Session) -> None:
    account(session)
    account(session, email="per@froya.example")
    for _ in range(ATTEMPTS):
        log_in(session, password="feil passord her")
    assert log_in(session, email="per@froya.example") is not None


def test_a_session_ends_after_its_hours(session: Session) -> None:
    account(session)
    token = log_in(session)
    assert token is not None
    with clock.moved(by=timedelta(hours=9, minutes=59)):
        service.holder_of(session, token)
    with clock.moved(by=timedelta(hours=10)), pytest.raises(Unauthenticated):
        service.holder_of(session, token)


def test_logging_out_ends_that_session_and_no_other(session: Session) -> None:
    account(session)
    here, there = log_in(session), log_in(session)
    assert here is not None
    assert there is not None
    service.log_out(session, here)
    session.flush()
    with pytest.raises(Unauthenticated):
        service.holder_of(session, here)
    service.holder_of(session, there)
    service.log_out(session, "a cookie of nobody")


@pytest.mark.parametrize("act", ["disable", "password"])
def test_closing_an_account_or_changing_its_password_ends_its_sessions(session: Session, act: str) -> None:
    made = account(session)
    token = log_in(session)
    assert token is not None
    if act == "disable":
        service.disable_account(session, administrator, made.id)
    else:
        service.set_password(session, administrator, made.id, "fire torsk på en brygge")
    session.flush()
    with pytest.raises(Unauthenticated):
        service.holder_of(session, token)


def test_another_password_replaces_the_old_one(session: Session) -> None:
    made = account(session)
    service.set_password(session, administrator, made.id, "fire torsk på en brygge")
    assert log_in(session) is None
    assert log_in(session, password="fire torsk på en brygge") is not None
    with pytest.raises(Invalid):
        service.set_password(session, administrator, made.id, "kort")


def test_an_account_can_be_opened_again(session: Session) -> None:
    made = account(session)
    service.disable_account(session, administrator, made.id)
    service.enable_account(session, administrator, made.id)
    assert log_in(session) is not None
    for _ in range(ATTEMPTS):
        log_in(session, password="feil passord her")
    service.enable_account(session, administrator, made.id)
    assert log_in(session) is not None


def test_nobody_closes_her_own_account(session: Session) -> None:
    made = account(session, Role.ADMINISTRATOR)
    token = log_in(session)
    assert token is not None
    with pytest.raises(Conflict):
        service.disable_account(session, service.holder_of(session, token).actor, made.id)


def test_an_address_has_one_account_whatever_the_case(session: Session) -> None:
    account(session)
    with pytest.raises(Conflict):
        account(session, email="Kari@Froya.Example")


def test_an_address_has_one_account_in_all_municipalities(database: Database) -> None:
    with database.session(FROYA) as session:
        account(session)
    hitra = actor(Role.ADMINISTRATOR, municipality_no=HITRA)
    with pytest.raises(Exception, match=r"already|uq_staff_account_email"), database.session(HITRA) as session:
        service.add_account(session, hitra, email=EMAIL, name="K", password=PASSWORD, roles=[Role.COORDINATOR])


def test_an_administrator_rules_over_her_own_municipality(database: Database) -> None:
    with database.session(FROYA) as session:
        made = account(session)
        client, _ = service.issue_client(session, administrator, name="c", roles=[Role.COORDINATOR])
    hitra = actor(Role.ADMINISTRATOR, municipality_no=HITRA)
    with database.session(HITRA) as session:
        assert service.list_accounts(session, hitra) == []
        assert service.list_clients(session, hitra) == []
        for act in (
            lambda: service.disable_account(session, hitra, made.id),
            lambda: service.enable_account(session, hitra, made.id),
            lambda: service.set_password(session, hitra, made.id, PASSWORD),
            lambda: service.revoke_client(session, hitra, client.client_id),
            lambda: service.read_client(session, hitra, client.id),
        ):
            with pytest.raises(NotFound):
                act()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.SYSTEM}])
def test_only_the_administrator_makes_and_closes_accounts(session: Session, role: Role) -> None:
    who = actor(role)
    for act in (
        lambda: service.add_account(session, who, email=EMAIL, name="K", password=PASSWORD, roles=[role]),
        lambda: service.list_accounts(session, who),
        lambda: service.disable_account(session, who, new_id()),
        lambda: service.enable_account(session, who, new_id()),
        lambda: service.set_password(session, who, new_id(), PASSWORD),
        lambda: service.issue_client(session, who, name="c", roles=[Role.COORDINATOR]),
        lambda: service.list_clients(session, who),
        lambda: service.revoke_client(session, who, "c"),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_client_is_known_by_its_secret_and_acts_for_whom_it_was_issued(session: Session) -> None:
    client, secret = service.issue_client(
        session, administrator, name="Hitra", roles=[Role.NEIGHBOUR], recipient_no=HITRA
    )
    session.flush()
    who = service.check_client(session, client_id=client.client_id, secret=secret)
    assert (who.kind, who.municipality_no, who.recipient_no, who.roles) == (
        ActorKind.CLIENT,
        FROYA,
        HITRA,
        frozenset({Role.NEIGHBOUR}),
    )
    assert service.standing_client(session, client.client_id).id == client.id
    for client_id, wrong in ((client.client_id, secret + "x"), (client.client_id, ""), ("nobody", secret)):
        with pytest.raises(Unauthenticated, match=r"^Unknown client or wrong secret$"):
            service.check_client(session, client_id=client_id, secret=wrong)


def test_a_revoked_client_is_out_with_its_secret_and_its_tokens(session: Session) -> None:
    client, secret = service.issue_client(session, administrator, name="c", roles=[Role.JOB_SERVICE])
    session.flush()
    revoked_at = service.revoke_client(session, administrator, client.client_id).revoked_at
    assert service.revoke_client(session, administrator, client.client_id).revoked_at == revoked_at
    session.flush()
    with pytest.raises(Unauthenticated):
        service.check_client(session, client_id=client.client_id, secret=secret)
    with pytest.raises(Unauthenticated):
        service.standing_client(session, client.client_id)


@pytest.mark.parametrize(
    ("roles", "recipient_no"),
    [
        ([Role.NEIGHBOUR], None),
        ([Role.COORDINATOR], HITRA),
        ([Role.NEIGHBOUR], "0000"),
        ([Role.SYSTEM], None),
        ([Role.COORDINATOR, Role.JOB_SERVICE], None),
        ([], None),
        ([Role.HR], None),
    ],
)
def test_a_client_that_makes_no_sense_is_not_issued(
    session: Session, roles: list[Role], recipient_no: str | None
) -> None:
    with pytest.raises(Invalid):
        service.issue_client(session, administrator, name="c", roles=roles, recipient_no=recipient_no)


def test_the_protection_officer_learns_what_actors_are_called_and_nothing_more(session: Session) -> None:
    made = account(session)
    client, _ = service.issue_client(session, administrator, name="Fagsystemet", roles=[Role.COORDINATOR])
    session.flush()
    named = service.names_of(session, actor(Role.DPO), {made.id, client.id, new_id()})
    assert named == {made.id: "Kari", client.id: "Fagsystemet"}
    assert service.names_of(session, actor(Role.COORDINATOR), {made.id}) == {made.id: "Kari"}
    with pytest.raises(Forbidden):
        service.names_of(session, administrator, {made.id})


def test_a_refused_log_in_is_in_the_trail(database: Database) -> None:
    with database.session(FROYA) as session:
        made = account(session)
    with database.session(EVERYWHERE) as session:
        log_in(session, password="feil passord her")
        log_in(session)
    with database.session(FROYA) as session:
        rows = session.connection().execute(text("SELECT action, actor_id, record_type FROM audit_event ORDER BY seq"))
        assert [row.action for row in rows] == ["create", "log_in_refused", "log_in"]
        assert system_actor(FROYA).id != made.id
