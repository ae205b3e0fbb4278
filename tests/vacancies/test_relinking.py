from sqlmodel import Session, select

from kompetanse.vacancies import relinking
from kompetanse.vacancies.tables import VacancySkill
from tests.factories import FROYA, vacancy

OLD, NEW = "http://data.europa.eu/esco/skill/old", "http://data.europa.eu/esco/skill/new"


def test_what_vacancies_ask_for_follows_to_the_successor(session: Session) -> None:
    asking = vacancy(session).vacancy
    before = asking.version
    session.add(VacancySkill(municipality_no=FROYA, vacancy_id=asking.id, key=OLD, label="som skrevet"))
    session.flush()
    assert relinking.follow(session, {OLD: NEW}) == 1
    skill = session.exec(select(VacancySkill).where(VacancySkill.vacancy_id == asking.id)).one()
    assert (skill.key, skill.label) == (NEW, "som skrevet")
    assert asking.version == before + 1


def test_a_vacancy_that_asks_for_both_keeps_both(session: Session) -> None:
    asking = vacancy(session).vacancy
    rows = [VacancySkill(municipality_no=FROYA, vacancy_id=asking.id, key=key, label="krav") for key in (OLD, NEW)]
    session.add_all(rows)
    session.flush()
    assert relinking.follow(session, {OLD: NEW}) == 0
    assert {one.key for one in session.exec(select(VacancySkill))} == {OLD, NEW}
