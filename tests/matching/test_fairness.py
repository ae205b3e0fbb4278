"""What is protected moves no score, whatever of it is stored."""

from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import HouseholdRole, ResidenceBasis
from kompetanse.codes.work import RecognitionStatus
from kompetanse.competence import service as competence
from kompetanse.competence.fields import ProfilePart
from kompetanse.competence.service import EducationFields, ExperienceFields, LanguageFields, SkillFields
from kompetanse.matching import service
from kompetanse.people import households
from kompetanse.people import service as people
from kompetanse.people.rules import PersonFields
from kompetanse.vacancies.service import LanguageDemand, SkillDemand
from tests.factories import actor, person, vacancy

PROTECTED: dict[str, PersonFields] = {
    "origin": PersonFields(country_of_origin="SO"),
    "citizenship": PersonFields(citizenships=["ER", "UA"]),
    "name": PersonFields(given_name="Mohammed", family_name="Abdi"),
    "age": PersonFields(born="1961-02-03"),
    "arrival": PersonFields(arrived_in_norway="2023", arrived_in_municipality="2024"),
    "ground of residence": PersonFields(residence_basis=ResidenceBasis.COLLECTIVE_PROTECTION),
    "language of contact": PersonFields(contact_languages=["som"], needs_interpreter=True),
}


def accountant(session: Session, who: Actor) -> UUID:
    made = person(session, who, may_work=True, born="1995-05-17", country_of_origin="LT", citizenships=["LT"]).id
    competence.add_experience(session, who, made, 0, ExperienceFields(title="regnskapsfører", months=40, country="LT"))
    competence.add_skill(session, who, made, 1, SkillFields(label="regnskap"))
    spoken = LanguageFields(language="nor", interaction=Cefr.B2, production=Cefr.B2)
    competence.set_language(session, who, made, 2, spoken)
    competence.add_education(session, who, made, 3, bachelor("LT"))
    return made


def bachelor(country: str) -> EducationFields:
    return EducationFields(
        title="Bachelor", level=EducationLevel.BACHELOR, country=country, recognition=RecognitionStatus.APPLIED
    )


def score(session: Session, who: Actor, vacancy_id: UUID) -> float:
    (match,) = service.candidates_for(session, who, vacancy_id).ranking.matches
    return match.score


@pytest.fixture
def who() -> Actor:
    return actor()


@pytest.fixture
def opening(session: Session, who: Actor) -> UUID:
    demands = {
        "skills": [SkillDemand("regnskap")],
        "languages": [LanguageDemand("nor", Cefr.B1)],
        "education_level": EducationLevel.BACHELOR,
        "minimum_age": 18,
    }
    return vacancy(session, who, title="Regnskapsfører", **demands).vacancy.id


@pytest.mark.parametrize("fact", PROTECTED)
def test_a_protected_fact_moves_no_score(session: Session, who: Actor, opening: UUID, fact: str) -> None:
    made = accountant(session, who)
    before = score(session, who, opening)
    stored = people.get(session, who, made)
    people.change(session, who, made, stored.version, PROTECTED[fact])
    assert score(session, who, opening) == before


def test_neither_family_nor_its_size_moves_a_score(session: Session, who: Actor, opening: UUID) -> None:
    made = accountant(session, who)
    before = score(session, who, opening)
    children = [(person(session, who, may_work=False).id, HouseholdRole.CHILD) for _ in range(3)]
    households.form_household(session, who, name="Prøve", members=[(made, HouseholdRole.ADULT), *children])
    found = service.candidates_for(session, who, opening).ranking.matches
    assert [one.score for one in found if one.person_id == made] == [before]


@pytest.mark.parametrize("country", ["SO", "SE", "PH"])
def test_the_country_of_an_education_counts_by_its_recognition_only(
    session: Session, who: Actor, opening: UUID, country: str
) -> None:
    made = accountant(session, who)
    before = score(session, who, opening)
    school = competence.read_profile(session, who, made).educations[0]
    competence.change_part(session, who, made, 4, ProfilePart.EDUCATIONS, school.id, bachelor(country))
    assert score(session, who, opening) == before
