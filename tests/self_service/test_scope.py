"""A newcomer reaches nobody's matters but her own, through whatever door."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

import kompetanse
from kompetanse.actor import OWN, PERMISSIONS, Operation, Role
from kompetanse.competence import service as competence
from kompetanse.competence.service import ProfilePart, SkillFields
from kompetanse.competence.tables import Skill
from kompetanse.errors import Forbidden, NotFound
from kompetanse.people.tables import Person
from kompetanse.self_service import service
from tests.factories import FROYA, HITRA, actor, person_id
from tests.personal_links.people import herself

EMPTY_FOR_HER = {"asked_of", "contacts_of", "may_be_told", "sections_now"}
"""What answers whoever may know nothing with nothing."""


def about_a_person() -> Iterator[Callable[..., Any]]:
    """Every use case of the domain that takes a person's id."""
    for found in pkgutil.walk_packages(kompetanse.__path__, "kompetanse."):
        if "cli" in found.name or "demo" in found.name or found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != found.name:
                continue
            names = list(inspect.signature(function).parameters)
            if names[:2] == ["session", "actor"] and "person_id" in names:
                yield function


USE_CASES = list(about_a_person())


def test_the_use_cases_are_found() -> None:
    found = {f"{one.__module__}.{one.__name__}" for one in USE_CASES}
    assert len(found) > 30
    assert "kompetanse.competence.service.read_person_profile" in found
    assert "kompetanse.people.consents.record_consent" in found


@pytest.mark.parametrize("use_case", USE_CASES, ids=lambda one: f"{one.__module__}.{one.__name__}")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_use_case_is_about_anybody_else_when_she_asks(session: Session, use_case: Callable[..., Any]) -> None:
    olena, rasa = person_id(session), person_id(session, given_name="Rasa", contact_languages=["lit"])
    her = herself(session, olena)
    others = [name for name in inspect.signature(use_case).parameters if name not in {"session", "actor", "person_id"}]
    before = session.exec(select(Person).where(Person.id == rasa)).one().model_dump()
    try:
        told = use_case(session, her, person_id=rasa, **{name: "" if name == "source" else 1 for name in others})
    except (NotFound, Forbidden):
        pass
    else:
        assert use_case.__name__ in EMPTY_FOR_HER
        assert not told
    assert session.exec(select(Person).where(Person.id == rasa)).one().model_dump() == before


def test_her_own_use_cases_name_nobody() -> None:
    public = [one for name, one in vars(service).items() if inspect.isfunction(one) and not name.startswith("_")]
    own = [one for one in public if one.__module__ == service.__name__]
    assert len(own) > 20
    for one in own:
        assert list(inspect.signature(one).parameters)[:2] == ["session", "actor"], one.__name__
        assert "person_id" not in inspect.signature(one).parameters, one.__name__


def test_her_own_use_cases_are_for_nobody_else(session: Session) -> None:
    for role in Role:
        if role is Role.NEWCOMER:
            continue
        with pytest.raises(Forbidden):
            service.read(session, actor(role, unit="Skolen" if role is Role.HR else None))


def test_she_may_do_what_is_hers_and_nothing_of_an_employees(session: Session) -> None:
    her = herself(session, person_id(session))
    assert PERMISSIONS[Role.NEWCOMER] == {Operation.READ_OWN, Operation.CHANGE_OWN, Operation.ANSWER_OWN}
    assert set(OWN.values()) <= PERMISSIONS[Role.NEWCOMER]
    for operation in set(Operation) - PERMISSIONS[Role.NEWCOMER]:
        with pytest.raises(Forbidden):
            her.doing(operation)
        if operation not in OWN:
            with pytest.raises(Forbidden):
                her.doing_to(operation, her.id)
        with pytest.raises(NotFound):
            her.doing_to(operation, UUID(int=1))


def test_an_employee_does_to_anybody_what_her_role_allows(session: Session) -> None:
    coordinator, anybody = actor(), UUID(int=1)
    assert coordinator.doing_to(Operation.READ_PROFILES, anybody).may(Operation.READ_PROFILES)
    with pytest.raises(Forbidden):
        actor(Role.LEADER).doing_to(Operation.READ_PROFILES, anybody)


def test_somebody_of_another_municipality_with_her_id_is_not_she(session: Session) -> None:
    olena = person_id(session)
    stranger = herself(session, olena)
    elsewhere = actor(Role.NEWCOMER, municipality_no=HITRA, person_id=olena)
    assert stranger.municipality_no == FROYA
    with pytest.raises(NotFound):
        service.read(session, elsewhere)


def test_her_entries_cannot_be_reached_by_the_ids_of_others(session: Session) -> None:
    olena, rasa = person_id(session), person_id(session)
    competence.add_skill(session, actor(), rasa, 0, SkillFields(label="sveising"))
    theirs = session.exec(select(Skill).where(Skill.person_id == rasa)).one()
    her = herself(session, olena)
    with pytest.raises(NotFound):
        service.change_part(session, her, 0, ProfilePart.SKILLS, theirs.id, SkillFields(label="baking"))
    with pytest.raises(NotFound):
        service.remove_part(session, her, 0, ProfilePart.SKILLS, theirs.id)
    assert session.exec(select(Skill).where(Skill.person_id == rasa)).one().label == "sveising"
