"""What a password, an address, a lock-out and a role must be."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.actor import Role
from kompetanse.errors import Invalid
from kompetanse.identity import rules
from schemas import identity as contracts

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("password", ["", "elleve tegn", "x" * 257])
def test_a_password_is_long_enough_and_not_absurd(password: str) -> None:
    with pytest.raises(Invalid) as caught:
        rules.accept_password(password)
    assert caught.value.faults[0].pointer == "/password"
    assert not password or password not in str(caught.value)


@given(st.text(min_size=12, max_size=256))
def test_a_password_of_any_characters_will_do(password: str) -> None:
    rules.accept_password(password)


def test_an_address_is_stored_in_small_letters() -> None:
    assert rules.accept_email(" Kari.Koordinator@Froya.Example ") == "kari.koordinator@froya.example"


@pytest.mark.parametrize("text", ["", "kari", "kari@", "@froya.example", "kari@froya example"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.accept_email(text)


def test_roles_are_kept_once_and_in_stable_order() -> None:
    chosen = rules.accept_roles([Role.LEADER, Role.COORDINATOR, Role.LEADER], rules.STAFF_ROLES, None)
    assert chosen == [Role.COORDINATOR, Role.LEADER]


@pytest.mark.parametrize("role", [Role.NEIGHBOUR, Role.JOB_SERVICE, Role.EMPLOYER, Role.NEWCOMER, Role.SYSTEM])
def test_staff_cannot_be_a_machine_a_newcomer_or_the_system(role: Role) -> None:
    with pytest.raises(Invalid):
        rules.accept_roles([role], rules.STAFF_ROLES, None)


@pytest.mark.parametrize("role", [Role.NEWCOMER, Role.SYSTEM])
def test_a_machine_is_neither_a_newcomer_nor_the_system(role: Role) -> None:
    with pytest.raises(Invalid):
        rules.accept_roles([role], rules.CLIENT_ROLES, None)


@pytest.mark.parametrize("outsider", [Role.NEIGHBOUR, Role.JOB_SERVICE, Role.EMPLOYER])
@pytest.mark.parametrize("role", Role)
def test_a_key_for_somebody_outside_opens_nothing_else(outsider: Role, role: Role) -> None:
    if role is outsider:
        assert rules.accept_roles([outsider, role], rules.CLIENT_ROLES, None) == [outsider]
        return
    with pytest.raises(Invalid):
        rules.accept_roles([outsider, role], rules.CLIENT_ROLES, "Skolen")


def test_no_role_at_all_is_none() -> None:
    with pytest.raises(Invalid):
        rules.accept_roles([], rules.STAFF_ROLES, None)


def test_hr_belongs_to_a_unit() -> None:
    with pytest.raises(Invalid) as caught:
        rules.accept_roles([Role.HR], rules.STAFF_ROLES, "")
    assert caught.value.faults[0].pointer == "/unit"
    assert rules.accept_roles([Role.HR], rules.STAFF_ROLES, "Skolen") == [Role.HR]


@given(st.integers(0, 20), st.integers(1, 20))
def test_an_account_is_locked_when_the_failures_reach_what_is_allowed(failed: int, allowed: int) -> None:
    until = rules.locked_until(failed, allowed, NOW)
    assert until == (NOW + timedelta(minutes=15) if failed >= allowed else None)


def test_the_contracts_offer_the_roles_that_the_rules_accept() -> None:
    assert set(get_args(contracts.StaffRole)) == {role.value for role in rules.STAFF_ROLES}
    assert set(get_args(contracts.ClientRole)) == {role.value for role in rules.CLIENT_ROLES}
