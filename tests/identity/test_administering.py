"""Somebody is always left who administers the accounts."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlmodel import Session, select

from kompetanse.actor import Actor, ActorKind, Role, system_actor
from kompetanse.database import Database
from kompetanse.errors import Conflict
from kompetanse.identity import service
from kompetanse.identity.administering import change_account
from kompetanse.identity.tables import StaffAccount
from tests.factories import FROYA
from tests.support.at_once import at_once

Taking = Callable[[Session, Actor, UUID], object]


def take_role(session: Session, who: Actor, account_id: UUID) -> StaffAccount:
    return change_account(session, who, account_id, name="Nils", roles=[Role.COORDINATOR], unit=None)


def administrator(session: Session, email: str) -> Actor:
    made = service.add_account(
        session, system_actor(FROYA), email=email, name="Kari", password="tre laks i en rød bøtte",
        roles=[Role.ADMINISTRATOR],
    )  # fmt: skip
    return Actor(made.id, ActorKind.STAFF, FROYA, frozenset({Role.ADMINISTRATOR}))


def left(session: Session) -> int:
    accounts = session.exec(select(StaffAccount)).all()
    return sum(Role.ADMINISTRATOR in one.roles and one.disabled_at is None for one in accounts)


@pytest.mark.parametrize("first", [take_role, service.disable_account])
@pytest.mark.parametrize("second", [take_role, service.disable_account])
def test_of_two_administrators_who_end_each_other_at_once_one_is_left(
    database: Database, first: Taking, second: Taking
) -> None:
    with database.session(FROYA) as session:
        kari, nils = (administrator(session, f"{name}@froya.example") for name in ("kari", "nils"))
    failed = at_once(
        database, [lambda session: first(session, kari, nils.id), lambda session: second(session, nils, kari.id)]
    )
    assert [type(one) for one in failed] == [Conflict]
    with database.session(FROYA) as session:
        assert left(session) == 1


@pytest.mark.parametrize("take", [take_role, service.disable_account])
def test_the_last_administrator_is_ended_by_nobody(session: Session, take: Taking) -> None:
    kari, nils = (administrator(session, f"{name}@froya.example") for name in ("kari", "nils"))
    take(session, kari, nils.id)
    with pytest.raises(Conflict, match="last"):
        take(session, system_actor(FROYA), kari.id)
