"""Every filter finds whom it should, and who has stated nothing is found by that alone."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import ContactKind, HouseholdRole, ResidenceBasis
from kompetanse.codes.unknown import Unknown
from kompetanse.codes.work import InterestKind, RecognitionStatus, Shift, Strength
from kompetanse.competence import service
from kompetanse.competence.listing import list_people
from kompetanse.competence.people_conditions import CONDITIONS
from kompetanse.finding import lists
from kompetanse.finding.criteria import PeopleFilter, loaded, stored
from kompetanse.paging import PageRequest
from kompetanse.people import households
from kompetanse.people.rules import Contact
from tests import factories

ASKED = {
    "occupation": ("33", "5"),
    "norwegian_at_least": (Cefr.A2, Cefr.C1),
    "skill": ("regneark", "trylling"),
    "needs_interpreter": (False, True),
    "wished": ("3313", "22"),
    "education_at_least": (EducationLevel.BACHELOR, EducationLevel.MASTER),
    "recognition": (RecognitionStatus.APPLIED, RecognitionStatus.REFUSED),
    "language": ("nor", "pol"),
    "licence": ("driving:B", "driving:C"),
    "percentage_at_least": (80, 81),
    "shift": (Shift.NIGHT, Shift.DAY),
    "available_by": (date(2027, 1, 2), date(2026, 12, 31)),
    "interest": (InterestKind.MENTORS, InterestKind.RECRUITS),
    "citizenship": ("LT", "UA"),
    "country_of_origin": ("LT", "UA"),
    "contact_language": ("lit", "ukr"),
    "residence_basis": (ResidenceBasis.EEA, ResidenceBasis.WORK),
    "may_work": (True, False),
    "age_from": (30, 60),
    "age_to": (60, 30),
    "arrived_since": (date(2020, 1, 1), date(2025, 1, 1)),
    "in_household": (True, False),
}
"""A value of each filter that fits who has stated everything, and one that does not."""


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def somebody(session: Session, who: Actor) -> UUID:
    """A newcomer who has stated everything."""
    rasa = factories.person_id(
        session, who, given_name="Rasa", born="1984", citizenships=["LT"], country_of_origin="LT", may_work=True,
        arrived_in_municipality="2023-05", residence_basis=ResidenceBasis.EEA, contact_languages=["lit", "eng"],
        needs_interpreter=False, contacts=[Contact(ContactKind.PHONE, "900 12 345")],
    )  # fmt: skip
    households.form_household(session, who, name="Familien", members=[(rasa, HouseholdRole.ADULT)])
    steps: tuple[Callable[[int], object], ...] = (
        lambda v: service.add_experience(session, who, rasa, v, {"title": "regnskapsfører"}),
        lambda v: service.add_skill(session, who, rasa, v, {"label": "Excel"}),
        lambda v: service.set_language(
            session, who, rasa, v, {"language": "nor", "interaction": Cefr.B1, "production": Cefr.A2}
        ),
        lambda v: service.add_wished_occupation(session, who, rasa, v, {"title": "regnskapsfører"}),
        lambda v: service.add_education(
            session, who, rasa, v,
            {"title": "Økonomi", "level": EducationLevel.BACHELOR, "recognition": RecognitionStatus.APPLIED},
        ),
        lambda v: service.set_licence(session, who, rasa, v, {"licence": "driving:B"}),
        lambda v: service.add_interest(session, who, rasa, v, {"label": "kor", "kind": InterestKind.MENTORS}),
        lambda v: service.change_wishes(
            session, who, rasa, v,
            {"percentage_min": 50, "percentage_max": 80, "shifts": [Shift.NIGHT], "available_from": date(2027, 1, 1)},
        ),
    )  # fmt: skip
    for version, step in enumerate(steps):
        step(version)
    return rasa


def found(session: Session, who: Actor, wanted: PeopleFilter) -> set[UUID]:
    return {person.id for person in list_people(session, who, wanted, PageRequest(50)).items}


def test_every_filter_is_a_condition_and_tried_here() -> None:
    by_another = {"text", "unknown", "archived"}
    asked = {field.name for field in fields(PeopleFilter)} - by_another
    assert CONDITIONS.keys() == asked | {f"no_{one.value}" for one in Unknown}
    assert ASKED.keys() == asked - {"not_mapped", "in_list", "fresh_in"}


def test_each_filter_finds_who_fits_and_nobody_else(session: Session, who: Actor, somebody: UUID) -> None:
    nothing = factories.person_id(session, who)
    for name, (fitting, other) in ASKED.items():
        assert found(session, who, PeopleFilter(**{name: fitting})) == {somebody}, name  # type: ignore[arg-type]
        expected = {nothing} if name == "in_household" else set()  # who lives in none is known to
        assert found(session, who, PeopleFilter(**{name: other})) == expected, name  # type: ignore[arg-type]


def test_who_has_stated_nothing_is_found_by_that_alone(session: Session, who: Actor, somebody: UUID) -> None:
    nothing = factories.person_id(session, who)
    for one in Unknown:
        assert found(session, who, PeopleFilter(unknown=frozenset({one}))) == {nothing}, one
    assert found(session, who, PeopleFilter(unknown=frozenset(Unknown))) == {nothing}


def test_what_she_never_wants_is_no_wish(session: Session, who: Actor) -> None:
    person_id = factories.person_id(session, who)
    service.add_wished_occupation(session, who, person_id, 0, {"title": "kokk", "strength": Strength.NEVER})
    assert found(session, who, PeopleFilter(wished="5120")) == set()


def test_criteria_are_the_same_when_they_are_read_again(session: Session, who: Actor) -> None:
    listed = lists.create(session, who, "Norskkurs")
    everything = PeopleFilter(
        **{name: fitting for name, (fitting, _) in ASKED.items()},  # type: ignore[arg-type]
        text="regnskap", archived=True, not_mapped=True, in_list=listed.id, unknown=frozenset({Unknown.AGE}),
    )  # fmt: skip
    assert loaded(stored(everything)) == everything
    assert stored(PeopleFilter(text="  ")) == {}
    broken: object
    for broken in ({"no_such": 1}, {"age_from": "old"}, [], {"shift": "noon"}):
        with pytest.raises(ValueError, match="Not the criteria"):
            loaded(broken)
