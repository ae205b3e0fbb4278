"""Who may do what. The table is written out here again, so that nobody changes it without meaning to."""

import pytest

from kompetanse.actor import PERMISSIONS, PURPOSES, Operation, Purpose, Role, system_actor
from kompetanse.errors import Forbidden
from tests.factories import FROYA, actor

# Rows are operations; a letter stands where the role may:
#   C coordinator, L leader, H hr, D data-protection officer, A administrator, Y analyst, N neighbour, J job service,
#   E employer, P newcomer (the person herself), S the system.
MAY = {
    Operation.READ_PEOPLE: "C.........S",
    Operation.REGISTER_PEOPLE: "C.........S",
    Operation.READ_PROFILES: "C.........S",
    Operation.MAP_COMPETENCE: "C.........S",
    Operation.READ_CONSENTS: "C..D......S",
    Operation.RECORD_CONSENTS: "C.........S",
    Operation.READ_VACANCIES: "CLH.......S",
    Operation.WRITE_VACANCIES: "C.H.......S",
    Operation.PUSH_VACANCIES: "C.......E.S",
    Operation.MATCH: "C.........S",
    Operation.TUNE_MATCHING: "C...A.....S",
    Operation.READ_COURSES: "C...A.....S",
    Operation.WRITE_COURSES: "C...A.....S",
    Operation.REFER: "C.........S",
    Operation.READ_REFERRALS: "C.H.......S",
    Operation.READ_SHARED: "......N...S",
    Operation.REQUEST_CONTACT: "......N...S",
    Operation.ASK_NEIGHBOURS: "C.........S",
    Operation.HANDLE_CONTACTS: "C.........S",
    Operation.RELEASE_CLASSES: "C.........S",
    Operation.READ_RELEASES: "C..DA.....S",
    Operation.READ_AGREEMENTS: "C..DA.....S",
    Operation.MANAGE_AGREEMENTS: "....A.....S",
    Operation.SUBSCRIBE: "......N...S",
    Operation.EXPORT_JOB_SERVICE: "C......J..S",
    Operation.EXPORT_ANALYTICS: "C....Y....S",
    Operation.EXPORT_PEOPLE: "C.........S",
    Operation.IMPORT_PEOPLE: "C.........S",
    Operation.HAND_OUT_DATA: "C.........S",
    Operation.READ_REPORTS: "CL........S",
    Operation.READ_AUDIT: "...D......S",
    Operation.ADMINISTER_ACCOUNTS: "....A.....S",
    Operation.READ_OWN: ".........PS",
    Operation.CHANGE_OWN: ".........PS",
    Operation.ANSWER_OWN: ".........PS",
}
LETTERS = dict(zip(Role, "CLHDAYNJEPS", strict=True))
PERSONAL = {
    Operation.READ_PEOPLE,
    Operation.REGISTER_PEOPLE,
    Operation.READ_PROFILES,
    Operation.MAP_COMPETENCE,
    Operation.MATCH,
    Operation.REFER,
    Operation.READ_REFERRALS,
    Operation.ASK_NEIGHBOURS,
    Operation.HANDLE_CONTACTS,
    Operation.EXPORT_JOB_SERVICE,
    Operation.EXPORT_ANALYTICS,
    Operation.EXPORT_PEOPLE,
    Operation.IMPORT_PEOPLE,
    Operation.HAND_OUT_DATA,
}


def test_every_operation_is_in_the_expected_table() -> None:
    assert MAY.keys() == set(Operation)
    assert {len(row) for row in MAY.values()} == {len(Role)}


@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says_and_nothing_else(role: Role, operation: Operation) -> None:
    expected = LETTERS[role] in MAY[operation]
    assert actor(role).may(operation) is expected
    if expected:
        assert actor(role).doing(operation).purpose is PURPOSES[operation]
    else:
        with pytest.raises(Forbidden):
            actor(role).doing(operation)


@pytest.mark.parametrize("role", [Role.LEADER, Role.DPO, Role.ADMINISTRATOR, Role.NEIGHBOUR])
def test_who_steers_oversees_or_neighbours_touches_no_personal_record(role: Role) -> None:
    assert not PERMISSIONS[role] & PERSONAL


@pytest.mark.parametrize("operation", Operation)
def test_two_roles_together_may_what_either_may(operation: Operation) -> None:
    both = actor(Role.LEADER, Role.COORDINATOR)
    assert both.may(operation) is (set("CL") & set(MAY[operation]) != set())


@pytest.mark.parametrize("operation", Operation)
def test_nobody_in_particular_may_nothing(operation: Operation) -> None:
    nobody = actor()
    nobody = type(nobody)(nobody.id, nobody.kind, FROYA, frozenset())
    with pytest.raises(Forbidden, match=operation.value):
        nobody.doing(operation)


def test_every_role_and_operation_is_granted_and_has_a_purpose() -> None:
    assert PERMISSIONS.keys() == set(Role)
    assert PURPOSES.keys() == set(Operation)
    assert set(PURPOSES.values()) == set(Purpose)


def test_the_tables_cannot_be_changed_while_the_program_runs() -> None:
    with pytest.raises(TypeError):
        PERMISSIONS[Role.LEADER] = frozenset(Operation)  # type: ignore[index]


def test_the_system_acts_in_one_municipality() -> None:
    assert system_actor(FROYA).municipality_no == FROYA
    assert system_actor(FROYA).may(Operation.ADMINISTER_ACCOUNTS)


def test_what_was_made_for_one_thing_is_good_for_that_alone() -> None:
    """A link to one question, whatever its holder may do on her own pages."""
    narrow = actor(Role.NEWCOMER, only=frozenset({Operation.ANSWER_OWN}))
    assert [one for one in Operation if narrow.may(one)] == [Operation.ANSWER_OWN]
    assert not actor(Role.LEADER, only=frozenset({Operation.ANSWER_OWN})).may(Operation.ANSWER_OWN)
