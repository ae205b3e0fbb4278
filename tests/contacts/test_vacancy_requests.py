"""A neighbour's vacancy, and the coarse answer: within the budget, of those who share, one for nearly the same."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.contact import Found
from kompetanse.contacts import vacancy_requests
from kompetanse.errors import BudgetSpent, Forbidden, Invalid, NotFound
from kompetanse.ids import new_id
from kompetanse.people.tables import Person
from kompetanse.sharing.periods import begins_on, period_of
from kompetanse.vacancies.service import LanguageDemand
from tests.contacts.town import accountant, consent, hitra, opening, posted
from tests.factories import actor, agreement
from tests.matching.registry import household


def several(session: Session, number: int) -> list[Person]:
    made = [accountant(session) for _ in range(number)]
    agreement(session, k=5)
    return made


@pytest.mark.parametrize(("number", "found"), [(0, Found.FEWER), (4, Found.FEWER), (5, Found.MORE)])
def test_the_answer_is_whether_five_fit_and_never_how_many(session: Session, number: int, found: Found) -> None:
    several(session, number)
    made = posted(session)
    assert (made.found, len(vacancy_requests.people_of(made))) == (found, number)
    assert vacancy_requests.read(session, hitra(), made.id) is made
    assert vacancy_requests.own(session, hitra()) == [made]


def test_only_who_may_be_told_of_and_fits_is_counted(session: Session) -> None:
    people = several(session, 6)
    accountant(session, shares=False)
    consent(session, people[0].id, granted=False)
    consent(session, people[1].id, granted=False, recipient_no="5056")
    session.execute(update(Person).where(col(Person.id) == people[2].id).values(protected_address=True))
    made = posted(session)
    assert set(vacancy_requests.people_of(made)) == {one.id for one in people[3:]}
    other = posted(session, title="Fisker", skills=[], languages=[LanguageDemand("nor", Cefr.C2)])
    assert vacancy_requests.people_of(other) == []


def test_at_home_the_best_come_first(session: Session) -> None:
    levels = (Cefr.B1, Cefr.C1, Cefr.B2)
    people = {level: accountant(session, speaks=level).id for level in levels}
    agreement(session, k=5)
    assert vacancy_requests.people_of(posted(session)) == [people[one] for one in (Cefr.C1, Cefr.B2, Cefr.B1)]


def test_a_household_counts_once(session: Session) -> None:
    people = several(session, 5)
    household(session, *people[:2])
    assert posted(session).found is Found.FEWER


def test_two_vacancies_that_only_one_person_tells_apart_get_one_answer(session: Session) -> None:
    people = several(session, 4)
    accountant(session, shares=True)
    assert posted(session).found is Found.MORE
    consent(session, people[0].id, granted=False)
    assert posted(session).found is Found.MORE, "she left between them"
    assert posted(session, title="Regnskapsmedarbeider").found is Found.MORE


def test_who_joins_between_two_vacancies_is_not_seen_to(session: Session) -> None:
    several(session, 4)
    agreement(session, recipient_no="5055", k=5)
    assert posted(session).found is Found.FEWER
    accountant(session)
    assert posted(session).found is Found.FEWER
    assert posted(session, hitra("5055")).found is Found.FEWER, "nor by two who compare"
    for _ in range(4):
        accountant(session)
    assert posted(session, hitra("5055")).found is Found.FEWER, "step by step neither: this differs from the last by 4"


def test_answers_begin_anew_with_the_quarter(session: Session) -> None:
    """The bound of the guarantee: whoever asks on both sides of the day learns what changed across it."""
    several(session, 4)
    assert posted(session).found is Found.FEWER
    accountant(session)
    with clock.moved(to=datetime.combine(begins_on(period_of(clock.today()) + 1), time(12), UTC)):
        assert posted(session).found is Found.MORE


def test_five_others_are_another_answer(session: Session) -> None:
    several(session, 4)
    assert posted(session).found is Found.FEWER
    for _ in range(5):
        accountant(session)
    assert posted(session).found is Found.MORE


def test_the_budget_is_for_thirty_days_and_each_neighbour(session: Session) -> None:
    agreement(session, k=5, budget=2)
    agreement(session, recipient_no="5055", k=5, budget=1)
    posted(session)
    posted(session)
    with pytest.raises(BudgetSpent):
        posted(session)
    posted(session, hitra("5055"))
    with clock.moved(by=timedelta(days=31)):
        posted(session)
    assert len(vacancy_requests.own(session, hitra())) == 3


def test_a_vacancy_that_breaks_a_rule_is_told_and_costs_nothing(session: Session) -> None:
    agreement(session, k=5, budget=1)
    with pytest.raises(Invalid):
        vacancy_requests.post(session, hitra(), opening(percentage_min=90, percentage_max=10), {"title": "x"})
    posted(session)


def test_a_neighbour_reads_her_own_alone(session: Session) -> None:
    agreement(session, k=5)
    agreement(session, recipient_no="5055", k=5)
    made = posted(session)
    assert vacancy_requests.own(session, hitra("5055")) == []
    for who, vacancy_id in ((hitra("5055"), made.id), (hitra(), new_id())):
        with pytest.raises(NotFound):
            vacancy_requests.read(session, who, vacancy_id)


def test_without_an_agreement_or_the_role_nothing_is_told(session: Session) -> None:
    agreement(session, k=5)
    made = posted(session)
    strangers = [hitra("5055"), hitra(municipality_no="5055"), actor(Role.NEIGHBOUR), *map(actor, (
        Role.COORDINATOR, Role.ADMINISTRATOR, Role.LEADER, Role.HR, Role.DPO, Role.JOB_SERVICE,
    ))]  # fmt: skip
    for who in strangers:
        with pytest.raises(Forbidden):
            posted(session, who)
        with pytest.raises(Forbidden):
            vacancy_requests.own(session, who)
        with pytest.raises(Forbidden):
            vacancy_requests.read(session, who, made.id)
