"""Households: who lives with whom, at most one home a person."""

import pytest
from sqlmodel import Session

from kompetanse.actor import Role
from kompetanse.codes.residence import HouseholdRole
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from kompetanse.ids import new_id
from kompetanse.people import households
from kompetanse.people.tables import Household
from tests.factories import FROYA, HITRA, actor, person, person_id

ADULT, PARTNER, CHILD, OTHER = HouseholdRole


def test_members_are_shown_with_roles_in_order_of_moving_in(session: Session) -> None:
    rasa, jonas, lina = (person(session, given_name=name) for name in ("Rasa", "Jonas", "Lina"))
    home = households.form_household(
        session, actor(), name="  Kazlauskas ", members=[(rasa.id, ADULT), (jonas.id, PARTNER)]
    )
    grown = households.join(session, actor(), home.id, lina.id, CHILD)
    assert grown.name == "Kazlauskas"
    assert [(m.given_name, m.role) for m in grown.members] == [("Rasa", ADULT), ("Jonas", PARTNER), ("Lina", CHILD)]
    assert households.household_of(session, actor(), jonas.id) == grown
    assert households.read_household(session, actor(), home.id) == grown
    assert grown.version == home.version + 1


def test_who_lives_alone_has_no_household(session: Session) -> None:
    assert households.household_of(session, actor(), person_id(session)) is None


def test_a_person_has_one_home(session: Session) -> None:
    rasa, jonas = person_id(session), person_id(session)
    home = households.form_household(session, actor(), name="A", members=[(rasa, ADULT)])
    other = households.form_household(session, actor(), name="B", members=[(jonas, ADULT)])
    with pytest.raises(Conflict):
        households.join(session, actor(), other.id, rasa, PARTNER)
    with pytest.raises(Conflict):
        households.form_household(session, actor(), name="C", members=[(rasa, ADULT)])
    assert [m.person_id for m in households.read_household(session, actor(), home.id).members] == [rasa]


def test_joining_again_changes_the_role(session: Session) -> None:
    rasa = person_id(session)
    home = households.form_household(session, actor(), name="A", members=[(rasa, OTHER)])
    assert [m.role for m in households.join(session, actor(), home.id, rasa, ADULT).members] == [ADULT]


def test_moving_out_leaves_the_others_and_a_household_of_nobody_is_taken_away(session: Session) -> None:
    rasa, jonas = person_id(session), person_id(session)
    home = households.form_household(session, actor(), name="A", members=[(rasa, ADULT), (jonas, ADULT)])
    households.leave(session, actor(), rasa)
    assert [m.person_id for m in households.read_household(session, actor(), home.id).members] == [jonas]
    assert households.household_of(session, actor(), rasa) is None
    with pytest.raises(NotFound):
        households.leave(session, actor(), rasa)
    households.leave(session, actor(), jonas)
    session.flush()
    assert session.get(Household, (FROYA, home.id)) is None


def test_whoever_changes_a_household_says_which_version(session: Session) -> None:
    rasa, jonas = person_id(session), person_id(session)
    home = households.form_household(session, actor(), name="A", members=[(rasa, ADULT)])
    renamed = households.rename(session, actor(), home.id, home.version, "Berg")
    assert (renamed.name, renamed.version) == ("Berg", home.version + 1)
    with pytest.raises(Stale):
        households.rename(session, actor(), home.id, home.version, "Dal")
    with pytest.raises(Stale):
        households.join(session, actor(), home.id, jonas, ADULT, version=home.version)
    with pytest.raises(Stale):
        households.leave(session, actor(), rasa, version=home.version)


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_household_has_a_name(session: Session, name: str) -> None:
    with pytest.raises(Invalid) as caught:
        households.form_household(session, actor(), name=name, members=[(person_id(session), ADULT)])
    assert caught.value.faults[0].pointer == "/name"


def test_a_household_has_somebody_in_it(session: Session) -> None:
    with pytest.raises(Invalid) as caught:
        households.form_household(session, actor(), name="A", members=[])
    assert caught.value.faults[0].pointer == "/members"


def test_another_municipality_s_household_and_people_are_not_there(session: Session) -> None:
    rasa = person_id(session)
    home = households.form_household(session, actor(), name="A", members=[(rasa, ADULT)])
    hitra = actor(municipality_no=HITRA)
    with pytest.raises(NotFound, match="household"):
        households.read_household(session, hitra, home.id)
    with pytest.raises(NotFound, match="person"):
        households.household_of(session, hitra, rasa)
    with pytest.raises(NotFound, match="person"):
        households.leave(session, hitra, rasa)
    with pytest.raises(NotFound, match="household"):
        households.join(session, actor(), new_id(), rasa, ADULT)
    with pytest.raises(NotFound, match="person"):
        households.join(session, actor(), home.id, new_id(), ADULT)


@pytest.mark.parametrize("role", [Role.HR, Role.DPO, Role.LEADER, Role.ADMINISTRATOR])
def test_only_the_coordinator_knows_who_lives_together(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        households.household_of(session, actor(role), person_id(session))
