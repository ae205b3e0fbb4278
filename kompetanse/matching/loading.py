"""Reads what matching may know, and nothing else, from the registry: a fixed number of queries for any number."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.partial_date import first_day, last_day, parse_partial_date, year
from kompetanse.codes.travel import Place, place_of
from kompetanse.codes.work import RecognitionStatus, Shift, Strength, WishKind
from kompetanse.competence import history
from kompetanse.competence.fields import TERMS
from kompetanse.competence.rules import months_lived
from kompetanse.competence.tables import (
    Course,
    Education,
    Experience,
    Interest,
    PersonLanguage,
    PersonLicence,
    Profile,
    Skill,
    Wish,
    WishedOccupation,
)
from kompetanse.matching import features
from kompetanse.people.gathering import by_person
from kompetanse.people.tables import Person
from kompetanse.taxonomy.starter import sole_occupation
from kompetanse.vacancies.service import VacancyRecord

_HOME = "NO"


def candidates(
    session: Session, actor: Actor, selected: SelectOfScalar[Person], people: Iterable[Person], today: date
) -> Iterable[features.CandidateFeatures]:
    """The features of `people`, who are what `selected` selects."""
    profiles = by_person(session, actor, Profile, selected)
    skills = by_person(session, actor, Skill, selected)
    jobs = by_person(session, actor, Experience, selected)
    schools = by_person(session, actor, Education, selected)
    courses = by_person(session, actor, Course, selected)
    spoken = by_person(session, actor, PersonLanguage, selected)
    papers = by_person(session, actor, PersonLicence, selected)
    wanted = by_person(session, actor, WishedOccupation, selected)
    wishes = by_person(session, actor, Wish, selected)
    interests = by_person(session, actor, Interest, selected)
    unconfirmed = history.unconfirmed_educations(session, actor, history.of_people(selected))
    for person in people:
        used = _last_used(jobs[person.id], schools[person.id], courses[person.id])
        profile = next(iter(profiles[person.id]), None)
        yield features.CandidateFeatures(
            person_id=person.id,
            occupations=_occupations(jobs[person.id], today),
            skills={one.key: _skill(one, used) for one in skills[person.id]},
            languages={one.language: _language(one) for one in spoken[person.id]},
            education=tuple(_education(one, confirmed=one.id not in unconfirmed) for one in schools[person.id]),
            licences={one.licence: features.HeldLicence(one.holds, one.valid_until) for one in papers[person.id]},
            work_right=features.WorkRight(person.may_work, person.may_work_until),
            wishes=_wishes(profile, wanted[person.id], wishes[person.id]),
            interests=frozenset(one.key for one in interests[person.id] if one.key),
            home=place_of(person.postal_code, person.municipality_no),
            home_stated=bool(person.postal_code),
            born=_born(person.born),
            protected=person.protected_address,
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
        concept=stored.concept or (sole_occupation(stored.styrk) if stored.styrk else None),
        experience_months=stored.experience_months or None,
        minimum_age=stored.minimum_age,
        place=place_of_work(record),
        positions=stored.positions,
        kindergarten_places=stored.kindergarten_places,
        school_places=stored.school_places,
        outside=stored.workplace_no is not None and stored.workplace_no != stored.municipality_no,
    )


def place_of_work(record: VacancyRecord) -> Place | None:
    """Where a vacancy's work is, as far as the list of places goes; at home where the vacancy does not say."""
    stored = record.vacancy
    return place_of(stored.postal_code, stored.workplace_no or stored.municipality_no)


def _occupations(jobs: Collection[Experience], today: date) -> tuple[features.HeldOccupation, ...]:
    """One for each code and concept: months of a code are counted together, whatever the titles were."""
    current = {job.styrk for job in jobs if job.ongoing}
    held = dict.fromkeys((job.styrk, job.concept) for job in jobs if job.styrk)
    return tuple(
        features.HeldOccupation(styrk, months, styrk in current, concept or sole_occupation(styrk))
        for styrk, months in months_lived(jobs, today).items()
        for of_styrk, concept in held
        if of_styrk == styrk
    )


def _last_used(
    jobs: Iterable[Experience], schools: Iterable[Education], courses: Iterable[Course]
) -> Mapping[UUID, int]:
    """The years in which entries of a profile ended; those that go on, or whose end nobody knows, are not in it."""
    ended = {job.id: year(parse_partial_date(job.ended)) for job in jobs if job.ended and not job.ongoing}
    ended |= {one.id: one.completed_year for one in schools if one.completed_year is not None}
    return ended | {one.id: year(parse_partial_date(one.completed)) for one in courses if one.completed}


def _skill(one: Skill, used: Mapping[UUID, int]) -> features.HeldSkill:
    last_used = used.get(one.source_id) if one.source_id else None
    return features.HeldSkill(one.holds, one.evidence, one.level, last_used, one.label)


def _language(one: PersonLanguage) -> features.HeldLanguage:
    return features.HeldLanguage(
        one.listening, one.reading, one.interaction, one.production, one.writing, one.mother_tongue
    )


def _education(one: Education, *, confirmed: bool) -> features.HeldEducation:
    """An education from Norway needs no recognition; from which other country it is, matching does not know.

    Of one that its owner changed after it was recognised, it is not known whether the decision still is about it.
    """
    recognition = RecognitionStatus.RECOGNISED if one.country == _HOME else one.recognition
    if not confirmed:
        recognition = None
    return features.HeldEducation(one.level, one.field, one.completed, recognition)


def _born(stated: str | None) -> tuple[date, date] | None:
    if stated is None:
        return None
    born = parse_partial_date(stated)
    return first_day(born), last_day(born)


def _wishes(profile: Profile | None, wanted: Iterable[WishedOccupation], wishes: Iterable[Wish]) -> features.Wishes:
    named = tuple(features.WishedOccupation(one.styrk, one.strength, one.weight) for one in wanted if one.styrk)
    sectors = tuple(
        features.WishedSector(one.value, one.kind is WishKind.LEAVES, one.strength)
        for one in wishes
        if one.value and one.kind in {WishKind.SECTOR, WishKind.LEAVES}
    )
    if profile is None:
        return features.Wishes(occupations=named, sectors=sectors)
    return features.Wishes(
        occupations=named,
        percentage_min=profile.percentage_min,
        percentage_max=profile.percentage_max,
        shifts=_shifts(profile.shifts),
        available_from=profile.available_from,
        commute_minutes=profile.commute_minutes,
        sectors=sectors,
        strengths=_strengths(profile),
        weights=profile.term_weights or {},
    )


def _strengths(profile: Profile) -> dict[str, Strength]:
    stated = {term: getattr(profile, f"{term}_strength") for term in TERMS}
    return {term: strength for term, strength in stated.items() if strength is not None}


def _shifts(stored: Iterable[str] | None) -> frozenset[Shift] | None:
    return None if stored is None else frozenset(Shift(one) for one in stored)
