from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import Importance, VacancySource, VacancyStatus
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from kompetanse.ids import new_id
from kompetanse.paging import PageRequest
from kompetanse.vacancies import service
from kompetanse.vacancies.service import LanguageDemand, SkillDemand, VacancyFilter
from tests import factories
from tests.factories import FROYA, HITRA

HOME, SCHOOL = "Hjemmetjenesten", "Sistranda skole"


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def hr() -> Actor:
    return factories.actor(Role.HR, unit=HOME)


def titles(session: Session, who: Actor, **wanted: object) -> list[str]:
    page = service.list_vacancies(session, who, VacancyFilter(**wanted), PageRequest(200))  # type: ignore[arg-type]
    assert page.total == len(page.items)
    return [vacancy.title for vacancy in page.items]


def test_a_vacancy_is_stored_with_what_it_asks_for(session: Session, who: Actor) -> None:
    made = service.create(
        session,
        who,
        {
            "title": "Sykepleier",
            "authorisation": "auth:nurse",
            "skills": [SkillDemand("Excel", Importance.TRAINABLE), SkillDemand("trylle med kort")],
            "languages": [LanguageDemand("nob", Cefr.B2)],
            "licences": ["driving:B"],
        },
    )
    session.expire_all()
    read = service.read(session, who, made.vacancy.id)
    assert (read.vacancy.styrk, read.vacancy.status, read.vacancy.version) == ("2223", VacancyStatus.OPEN, 1)
    assert [(one.key[:5], one.importance) for one in read.skills] == [("http:", "trainable"), ("text:", "essential")]
    assert [(one.language, one.minimum, one.required) for one in read.languages] == [("nor", Cefr.B2, True)]
    assert [one.licence for one in read.licences] == ["driving:B"]
    assert (read.vacancy.percentage_min, read.vacancy.education_level) == (None, None)  # not stated


def test_a_change_touches_what_it_names_and_replaces_lists_as_a_whole(session: Session, who: Actor) -> None:
    made = factories.vacancy(
        session, title="Kokk", skills=[SkillDemand("Excel"), SkillDemand("regnskap")], licences=["driving:B"]
    )
    changed = service.change(
        session, who, made.vacancy.id, 1, {"place": "Sistranda", "skills": [SkillDemand("regnskap")]}
    )
    assert [one.label for one in changed.skills] == ["regnskap"]
    assert [one.licence for one in changed.licences] == ["driving:B"]
    assert (changed.vacancy.place, changed.vacancy.title, changed.vacancy.version) == ("Sistranda", "Kokk", 2)
    emptied = service.change(session, who, made.vacancy.id, 2, {"skills": []})
    assert emptied.skills == ()


def test_a_stated_code_goes_before_the_title(session: Session, who: Actor) -> None:
    assert factories.vacancy(session, title="Sykepleier", styrk="2221").vacancy.styrk == "2221"
    assert factories.vacancy(session, title="Sykepleier", styrk=None).vacancy.styrk is None


@pytest.mark.parametrize(
    ("title", "styrk"),
    [
        ("Sykepleier 80 %, hjemmetjenesten", "2223"),
        ("Sykepleier ved Frøya sykehjem", "2223"),
        ("Kokk/servitør", "5120"),
        ("Renholder – Sistranda skole", "9112"),
        ("Leder ved sentralkjøkkenet", None),
        ("Ny kollega søkes", None),
        ("80 % stilling", None),
    ],
)
def test_a_title_that_goes_on_with_where_and_how_much_tells_its_occupation(
    session: Session, title: str, styrk: str | None
) -> None:
    assert factories.vacancy(session, title=title).vacancy.styrk == styrk


def test_a_stale_change_is_refused(session: Session, who: Actor) -> None:
    vacancy_id = factories.vacancy(session).vacancy.id
    service.change(session, who, vacancy_id, 1, {"place": "Titran"})
    with pytest.raises(Stale):
        service.change(session, who, vacancy_id, 1, {"place": "Sistranda"})
    with pytest.raises(Stale):
        service.close(session, who, vacancy_id, 1)


def test_a_vacancy_ends_once_filled_or_closed(session: Session, who: Actor) -> None:
    vacancy_id = factories.vacancy(session).vacancy.id
    ended = service.close(session, who, vacancy_id, 1, VacancyStatus.FILLED)
    assert (ended.vacancy.status, ended.vacancy.version) == (VacancyStatus.FILLED, 2)
    with pytest.raises(Conflict):
        service.close(session, who, vacancy_id, 2, VacancyStatus.CLOSED)
    with pytest.raises(Conflict):
        service.close(session, who, factories.vacancy(session).vacancy.id, 1, VacancyStatus.OPEN)


def test_hr_sees_and_writes_its_own_units_vacancies_only(session: Session, who: Actor, hr: Actor) -> None:
    own = factories.vacancy(session, title="Hjelpepleier", unit=HOME).vacancy.id
    other = factories.vacancy(session, title="Lærer", unit=SCHOOL).vacancy.id
    assert titles(session, hr) == ["Hjelpepleier"]
    assert service.read(session, hr, own).vacancy.unit == HOME
    with pytest.raises(NotFound):
        service.read(session, hr, other)
    with pytest.raises(NotFound):
        service.change(session, hr, other, 1, {"place": "Titran"})
    with pytest.raises(NotFound):
        service.close(session, hr, other, 1)


def test_hrs_new_vacancy_is_its_units_and_can_be_no_others(session: Session, hr: Actor) -> None:
    made = service.create(session, hr, {"title": "Vernepleier"})
    assert made.vacancy.unit == HOME
    with pytest.raises(Forbidden):
        service.create(session, hr, {"title": "Lærer", "unit": SCHOOL})
    for unit in (SCHOOL, None):
        with pytest.raises(Forbidden):
            service.change(session, hr, made.vacancy.id, 1, {"unit": unit})


def test_hr_without_a_unit_sees_and_writes_nothing(session: Session) -> None:
    unbound = factories.actor(Role.HR)
    factories.vacancy(session)  # a vacancy without a unit is not everybody's
    assert titles(session, unbound) == []
    with pytest.raises(Forbidden):
        service.create(session, unbound, {"title": "Kokk"})


def test_a_leader_sees_every_unit_and_writes_none(session: Session) -> None:
    leader = factories.actor(Role.LEADER)
    factories.vacancy(session, title="Kokk", unit=HOME)
    assert titles(session, leader) == ["Kokk"]
    with pytest.raises(Forbidden):
        service.create(session, leader, {"title": "Kokk"})


@pytest.mark.parametrize("role", [Role.NEIGHBOUR, Role.JOB_SERVICE, Role.NEWCOMER, Role.DPO, Role.ADMINISTRATOR])
def test_others_see_no_vacancies(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        titles(session, factories.actor(role))


def test_another_municipalitys_vacancies_are_not_there(database: Database) -> None:
    with database.session(FROYA) as froya:
        theirs = factories.vacancy(froya).vacancy.id
    stranger = factories.actor(municipality_no=HITRA)
    with database.session(HITRA) as hitra:
        assert titles(hitra, stranger) == []
        with pytest.raises(NotFound):
            service.read(hitra, stranger, theirs)
        with pytest.raises(Invalid):
            service.list_vacancies(hitra, stranger, VacancyFilter(), PageRequest(10, theirs))


def test_the_list_is_searched_and_filtered(session: Session, who: Actor) -> None:
    factories.vacancy(session, title="Økonomikonsulent", unit="Rådhuset", styrk="2411")
    cook = factories.vacancy(session, title="Kokk", place="Sistranda", styrk="5120").vacancy.id
    service.close(session, who, cook, 1)
    assert titles(session, who, text="økonomi") == ["Økonomikonsulent"]
    assert titles(session, who, text="ØKONOMI rådhuset") == ["Økonomikonsulent"]
    assert titles(session, who, text="sistranda") == ["Kokk"]
    assert titles(session, who, text="%") == []
    assert titles(session, who, status=VacancyStatus.OPEN) == ["Økonomikonsulent"]
    assert titles(session, who, unit="Rådhuset") == ["Økonomikonsulent"]
    assert titles(session, who, styrk="5") == ["Kokk"]


deadlines = st.lists(st.none() | st.sampled_from([date(2026, 8, day) for day in (1, 2, 3)]), max_size=10)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deadlines, st.integers(1, 4))
def test_following_the_pages_visits_every_vacancy_once_by_deadline(
    session: Session, stated: list[date | None], limit: int
) -> None:
    who, undo = factories.actor(), session.begin_nested()
    ids = [factories.vacancy(session, deadline=deadline).vacancy.id for deadline in stated]
    visited: list[UUID] = []
    seen: list[date | None] = []
    page = service.list_vacancies(session, who, VacancyFilter(), PageRequest(limit))
    while True:
        visited += [vacancy.id for vacancy in page.items]
        seen += [vacancy.deadline for vacancy in page.items]
        if page.next is None:
            break
        page = service.list_vacancies(session, who, VacancyFilter(), PageRequest(limit, page.next))
    assert sorted(visited) == sorted(ids)
    assert len(visited) == len(ids)
    assert seen == sorted(seen, key=lambda day: day or date.max)
    undo.rollback()
    session.expunge_all()


def test_a_vacancy_of_a_source_is_found_again_by_its_id_there(session: Session, who: Actor) -> None:
    made = service.create(session, who, {"title": "Kokk", "source": VacancySource.FEED, "external_id": "abc"})
    found = service.find_external(session, who, VacancySource.FEED, "abc")
    assert found is not None
    assert found.vacancy.id == made.vacancy.id
    assert service.find_external(session, who, VacancySource.FILE, "abc") is None


def test_writing_leaves_an_event_that_names_fields(session: Session, who: Actor) -> None:
    session.info["audit_pending"] = []
    made = service.create(session, who, {"title": "Kokk", "place": "Titran"})
    service.change(session, who, made.vacancy.id, 1, {"positions": 2})
    service.close(session, who, made.vacancy.id, 2)
    seen = [(e.action, e.record_type, e.record_ids, e.fields) for e in session.info["audit_pending"]]
    ids = (str(made.vacancy.id),)
    assert seen == [
        ("create", "vacancy", ids, ("place", "title")),
        ("change", "vacancy", ids, ("positions",)),
        ("close", "vacancy", ids, ("status",)),
    ]


def test_requirements_of_many_vacancies_keep_apart(session: Session, who: Actor) -> None:
    one = factories.vacancy(session, skills=[SkillDemand("Excel")]).vacancy
    other = factories.vacancy(session, licences=["driving:B"]).vacancy
    records = service.records_of(session, who, [one, other])
    assert [(len(r.skills), len(r.licences)) for r in records] == [(1, 0), (0, 1)]


def test_a_vacancy_that_is_nowhere_is_not_found(session: Session, who: Actor) -> None:
    with pytest.raises(NotFound):
        service.read(session, who, new_id())
