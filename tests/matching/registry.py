"""Invented people and vacancies as matching meets them in the registry."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.residence import HouseholdRole
from kompetanse.codes.work import Evidence
from kompetanse.competence import service as competence
from kompetanse.competence.service import ExperienceFields, LanguageFields, SkillFields
from kompetanse.people import households
from kompetanse.people.tables import Person
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import LanguageDemand, SkillDemand, VacancyFields, VacancyRecord
from tests.factories import actor, person


def accountant(
    session: Session,
    norwegian: Cefr = Cefr.B2,
    who: Actor | None = None,
    evidence: Evidence | None = None,
    **fields: object,
) -> Person:
    """Somebody with four years of accounting, and Norwegian at a level."""
    who = who or actor()
    made = person(session, who, may_work=True, **fields)
    job = ExperienceFields(title="buhalterė", started="2010", ended="2014")
    competence.add_experience(session, who, made.id, 0, job)
    competence.add_skill(session, who, made.id, 1, SkillFields(label="regnskap", evidence=evidence))
    speaks(session, made.id, 2, norwegian, who)
    return made


def speaks(session: Session, person_id: UUID, version: int, level: Cefr, who: Actor | None = None) -> None:
    """Let somebody speak Norwegian at a level; `version` is that of her profile."""
    spoken = LanguageFields(language="nor", interaction=level, production=level)
    competence.set_language(session, who or actor(), person_id, version, spoken)


def opening(session: Session, norwegian: Cefr = Cefr.B1, who: Actor | None = None, **fields: object) -> VacancyRecord:
    """An open position in accounting that demands a level of Norwegian."""
    stated = {
        "title": "Regnskapsfører",
        "unit": "Økonomi",
        "skills": [SkillDemand("regnskap")],
        "languages": [LanguageDemand("nor", norwegian)],
        "starts_on": date(2027, 1, 1),
        **fields,
    }
    return vacancies.create(session, who or actor(), VacancyFields(**stated))  # type: ignore[typeddict-item]


def household(session: Session, *adults: Person, children: tuple[Person, ...] = ()) -> UUID:
    """People who live together."""
    members = [(one.id, HouseholdRole.ADULT) for one in adults]
    members += [(one.id, HouseholdRole.CHILD) for one in children]
    return households.form_household(session, actor(), name="Testesen", members=members).id
