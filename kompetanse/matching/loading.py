"""Reads what matching may know, and nothing else, from the registry: a fixed number of queries for any number."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.work import Shift
from kompetanse.competence.rules import months_by_occupation
from kompetanse.competence.tables import (
    Education,
    Experience,
    PersonLanguage,
    PersonLicence,
    Profile,
    Skill,
    WishedOccupation,
)
from kompetanse.matching import features
from kompetanse.people.gathering import by_person
from kompetanse.people.tables import Person
from kompetanse.vacancies.service import VacancyRecord


def candidates(
    session: Session, actor: Actor, selected: SelectOfScalar[Person], people: Iterable[Person], today: date
) -> Iterable[features.CandidateFeatures]:
    """The features of `people`, who are what `selected` selects."""
    profiles = by_person(session, actor, Profile, selected)
    skills = by_person(session, actor, Skill, selected)
    jobs = by_person(session, actor, Experience, selected)
    schools = by_person(session, actor, Education, selected)
    spoken = by_person(session, actor, PersonLanguage, selected)
    papers = by_person(session, actor, PersonLicence, selected)
    wanted = by_person(session, actor, WishedOccupation, selected)
    for person in people:
        yield features.CandidateFeatures(
            person_id=person.id,
            occupations=_occupations(jobs[person.id], today),
            skills={one.key: features.HeldSkill(one.holds, one.evidence) for one in skills[person.id]},
            languages={one.language: _language(one) for one in spoken[person.id]},
            education=tuple(_education(one) for one in schools[person.id]),
            licences={one.licence: features.HeldLicence(one.holds, one.valid_until) for one in papers[person.id]},
            work_right=features.WorkRight(person.may_work, person.may_work_until),
            wishes=_wishes(next(iter(profiles[person.id]), None), wanted[person.id]),
        )


def vacancy(record: VacancyRecord) -> features.VacancyFeatures:
    """The features of a vacancy."""
    stored = record.vacancy
    return features.VacancyFeatures(
        vacancy_id=stored.id,
        styrk=stored.styrk,
        skills=tuple(features.RequiredSkill(one.key, one.label, one.importance) for one in record.skills),
        languages=tuple(features.RequiredLanguage(one.language, one.minimum, one.required) for one in record.languages),
        education_level=stored.education_level,
        education_field=stored.education_field,
        licences=tuple(one.licence for one in record.licences),
        authorisation=stored.authorisation,
        percentage_min=stored.percentage_min,
        percentage_max=stored.percentage_max,
        shifts=_shifts(stored.shifts),
        starts_on=stored.starts_on,
        ends_on=stored.ends_on,
    )


def _occupations(jobs: Collection[Experience], today: date) -> tuple[features.HeldOccupation, ...]:
    current = {job.styrk for job in jobs if job.ongoing}
    months = months_by_occupation(jobs, today)
    return tuple(features.HeldOccupation(styrk, held, styrk in current) for styrk, held in months.items())


def _language(one: PersonLanguage) -> features.HeldLanguage:
    return features.HeldLanguage(
        one.listening, one.reading, one.interaction, one.production, one.writing, one.mother_tongue
    )


def _education(one: Education) -> features.HeldEducation:
    return features.HeldEducation(one.level, one.field, one.completed, one.recognition)


def _wishes(profile: Profile | None, wanted: Iterable[WishedOccupation]) -> features.Wishes:
    named = tuple(features.WishedOccupation(one.styrk, one.strength) for one in wanted if one.styrk)
    if profile is None:
        return features.Wishes(occupations=named)
    return features.Wishes(
        occupations=named,
        percentage_min=profile.percentage_min,
        percentage_max=profile.percentage_max,
        shifts=_shifts(profile.shifts),
        available_from=profile.available_from,
    )


def _shifts(stored: Iterable[str] | None) -> frozenset[Shift] | None:
    return None if stored is None else frozenset(Shift(one) for one in stored)
