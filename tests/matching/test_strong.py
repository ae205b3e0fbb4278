"""New vacancies with strong candidates: who is excluded is none, and only the newest are looked at."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import PairMark, SetAsideReason
from kompetanse.errors import Forbidden
from kompetanse.matching import marks, strong
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import LanguageDemand
from tests import factories
from tests.contacts import town
from tests.factories import HITRA


def test_who_is_excluded_by_a_gate_or_not_in_circulation_is_no_candidate(session: Session) -> None:
    town.accountant(session)
    town.accountant(session, protected_address=True)
    who = factories.actor()
    fitting = vacancies.create(session, who, town.opening(styrk="3313")).vacancy
    vacancies.create(session, who, town.opening(styrk="3313", languages=[LanguageDemand("nor", Cefr.C2)]))
    assert [(one.vacancy.id, one.people) for one in strong.well_met(session, who)] == [(fitting.id, 1)]
    assert strong.well_met(session, factories.actor(municipality_no=HITRA)) == []
    with clock.moved(by=strong.NEW_FOR + timedelta(days=1)):
        assert strong.well_met(session, who) == []
    with pytest.raises(Forbidden):
        strong.well_met(session, factories.actor(Role.LEADER))


def test_only_the_newest_few_are_scored(session: Session) -> None:
    town.accountant(session)
    who = factories.actor()
    made = [vacancies.create(session, who, town.opening(styrk="3313")).vacancy.id for _ in range(strong.MOST + 1)]
    assert [one.vacancy.id for one in strong.well_met(session, who)] == made[:0:-1]


def test_who_is_handled_or_set_aside_is_counted_no_more(session: Session) -> None:
    people = [town.accountant(session).id for _ in range(3)]
    who = factories.actor()
    vacancy_id = vacancies.create(session, who, town.opening(styrk="3313")).vacancy.id
    assert [one.people for one in strong.well_met(session, who)] == [3]
    assert [one.people for one in strong.well_met(session, who, {(vacancy_id, people[0])})] == [2]
    marks.mark(session, who, vacancy_id, people[1], None, mark=PairMark.SET_ASIDE, reason=SetAsideReason.NOT_INTERESTED)
    session.flush()
    assert [one.people for one in strong.well_met(session, who, {(vacancy_id, people[0])})] == [1]
    everybody = {(vacancy_id, one) for one in people}
    assert strong.well_met(session, who, everybody) == []
