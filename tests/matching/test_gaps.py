"""What would help: steps for a person, easier demands for a vacancy."""

import pytest
from sqlmodel import Session

from kompetanse.actor import Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses import service as courses
from kompetanse.courses.service import CourseOfferFields
from kompetanse.errors import Forbidden, NotFound
from kompetanse.ids import new_id
from kompetanse.matching import gaps, service
from kompetanse.matching.explanation import ClosingKind
from tests.factories import HITRA, actor, person, vacancy
from tests.matching.registry import accountant, opening, speaks


def test_a_level_of_norwegian_opens_the_vacancies_that_demand_it(session: Session) -> None:
    newcomer = accountant(session, Cefr.B1)
    within, beyond = opening(session, Cefr.B1), [opening(session, Cefr.B2) for _ in range(2)]
    far = opening(session, Cefr.C1)
    found = gaps.steps_for(session, actor(), newcomer.id)
    assert (found.within_reach, found.considered) == (1, 4)
    opened = {one.step.to: one for one in found.opened if one.step.kind is ClosingKind.LANGUAGE_COURSE}
    assert {one.vacancy.id for one in opened["B2"].vacancies} == {one.vacancy.id for one in beyond}
    assert {one.vacancy.id for one in opened["C1"].vacancies} == {one.vacancy.id for one in (*beyond, far)}
    assert opened["B2"].rise > 0, "what is within reach already fits better too"
    assert within.vacancy.id not in {one.vacancy.id for step in found.opened for one in step.vacancies}


def test_a_step_that_is_taken_does_what_it_promised(session: Session) -> None:
    newcomer = accountant(session, Cefr.B1)
    beyond = opening(session, Cefr.B2).vacancy.id
    step = next(one for one in gaps.steps_for(session, actor(), newcomer.id).opened if one.step.to == "B2")
    speaks(session, newcomer.id, 3, Cefr.B2)
    ranking = service.opportunities_for(session, actor(), newcomer.id).ranking
    assert [one.vacancy.id for one in step.vacancies] == [beyond]
    assert [one.vacancy_id for one in ranking.matches if one.score >= gaps.GOOD] == [beyond]
    assert step.vacancies[0].score < step.vacancies[0].score_after == pytest.approx(ranking.matches[0].score)


def test_courses_on_offer_lead_to_their_step_and_to_no_other(session: Session) -> None:
    newcomer = accountant(session, Cefr.B1)
    opening(session, Cefr.C1)
    for level in ("B2", "C1"):
        fields = CourseOfferFields(title=f"Norsk {level}", kind=CourseOfferKind.LANGUAGE, key="nor", to_level=level)
        courses.create(session, actor(), fields)
    found = gaps.steps_for(session, actor(), newcomer.id)
    offered = {one.step.to: [offer.title for offer in one.offers] for one in found.opened if one.step.key == "nor"}
    assert offered["C1"] == ["Norsk C1"]
    assert offered.get("B2") != ["Norsk C1"]


def test_a_course_that_begins_above_her_is_no_way(session: Session) -> None:
    newcomer = accountant(session, Cefr.A2)
    opening(session, Cefr.B2)
    for level in ("A2", "B1"):
        fields = CourseOfferFields(
            title=f"Norsk {level}-B2", kind=CourseOfferKind.LANGUAGE, key="nor", from_level=level, to_level="B2"
        )
        courses.create(session, actor(), fields)
    found = gaps.steps_for(session, actor(), newcomer.id)
    (step,) = (one for one in found.opened if one.step.key == "nor" and one.step.to == "B2")
    assert [offer.title for offer in step.offers] == ["Norsk A2-B2"]


def test_an_education_on_offer_that_begins_at_a_level_of_education_is_no_way_to_norwegian(session: Session) -> None:
    """Its level was once taken for one of a language, and the page of steps broke."""
    newcomer = accountant(session, Cefr.A2)
    opening(session, Cefr.B2)
    school = CourseOfferFields(
        title="Fagbrev", kind=CourseOfferKind.EDUCATION, key="0913", from_level="2", to_level="4"
    )
    courses.create(session, actor(), school)
    found = gaps.steps_for(session, actor(), newcomer.id)
    assert [one.offers for one in found.opened if one.step.kind is ClosingKind.LANGUAGE_COURSE] == [[]]


def test_where_nothing_is_open_no_step_helps(session: Session) -> None:
    found = gaps.steps_for(session, actor(), accountant(session).id)
    assert (found.within_reach, found.considered, found.opened) == (0, 0, [])


def test_asking_for_less_brings_exactly_those_who_lacked_only_that(session: Session) -> None:
    accountant(session, Cefr.C1)
    lacking = [accountant(session, Cefr.B1) for _ in range(2)]
    beginner = accountant(session, Cefr.A1)
    person(session)
    found = gaps.relaxations_for(session, actor(), opening(session, Cefr.B2).vacancy.id)
    assert (found.within_reach, found.considered) == (1, 5)
    brought = {one.relaxation.to: {who.id for who in one.people} for one in found.brought}
    assert brought["B1"] == {one.id for one in lacking}
    assert brought[None] == {*(one.id for one in lacking), beginner.id}
    assert found.brought[0].relaxation.to is None, "what brings most comes first"


def test_a_vacancy_that_asked_for_less_gets_whom_the_relaxation_promised(session: Session) -> None:
    for level in (Cefr.C1, Cefr.B1, Cefr.A2):
        accountant(session, level)
    strict, eased = opening(session, Cefr.B2).vacancy.id, opening(session, Cefr.B1).vacancy.id
    found = gaps.relaxations_for(session, actor(), strict)
    promised = next({who.id for who in one.people} for one in found.brought if one.relaxation.to == "B1")

    def within_reach(vacancy_id: object) -> set[object]:
        ranking = service.candidates_for(session, actor(), vacancy_id).ranking  # type: ignore[arg-type]
        return {one.person_id for one in ranking.matches if one.score >= gaps.GOOD}

    assert within_reach(eased) - within_reach(strict) == promised


def test_what_the_law_demands_is_never_eased(session: Session) -> None:
    person(session)
    demanding = vacancy(session, title="Sykepleier", authorisation="auth:nurse", minimum_age=18).vacancy.id
    kinds = {one.relaxation.kind for one in gaps.relaxations_for(session, actor(), demanding).brought}
    assert not kinds & {"authorisation", "minimum_age", "work_permission"}


def test_somebody_protected_is_told_her_steps_and_brought_to_nobody(session: Session) -> None:
    protected = accountant(session, Cefr.B1, protected_address=True)
    demanding = opening(session, Cefr.B2).vacancy.id
    assert gaps.steps_for(session, actor(), protected.id).opened
    assert gaps.relaxations_for(session, actor(), demanding).brought == []


def test_only_coordinators_are_told_and_only_of_their_own(session: Session) -> None:
    newcomer, demanding = accountant(session).id, opening(session).vacancy.id
    for role in (Role.LEADER, Role.HR, Role.ADMINISTRATOR, Role.DPO):
        with pytest.raises(Forbidden):
            gaps.steps_for(session, actor(role), newcomer)
        with pytest.raises(Forbidden):
            gaps.relaxations_for(session, actor(role), demanding)
    stranger = actor(municipality_no=HITRA)
    with pytest.raises(NotFound):
        gaps.steps_for(session, stranger, newcomer)
    with pytest.raises(NotFound):
        gaps.relaxations_for(session, stranger, demanding)
    with pytest.raises(NotFound):
        gaps.relaxations_for(session, actor(), new_id())
