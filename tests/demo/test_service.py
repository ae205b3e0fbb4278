"""The demo tells the story that the guides tell, and is made of valid data."""

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from rich.console import Console
from sqlmodel import Session, col, select

from kompetanse import migrations
from kompetanse.actor import SYSTEM_ID, Role, system_actor
from kompetanse.codes.countries import country
from kompetanse.codes.education import is_education_field
from kompetanse.codes.municipalities import by_postal_code
from kompetanse.codes.occupations import occupation
from kompetanse.codes.work import CourseOfferKind
from kompetanse.competence.tables import Education, Experience
from kompetanse.courses import service as courses
from kompetanse.database import EVERYWHERE, Database
from kompetanse.demo import service as demo
from kompetanse.demo.backgrounds import BACKGROUNDS, UNITS
from kompetanse.demo.generator import Maker
from kompetanse.demo.names import ORIGINS
from kompetanse.errors import Conflict
from kompetanse.identity import service as identity
from kompetanse.matching import service as matching
from kompetanse.matching.explanation import ClosingKind, RequirementKind
from kompetanse.people.tables import Household, HouseholdMember, Person
from kompetanse.settings import Settings
from kompetanse.taxonomy.lexicon import UNLINKED, starter_lexicon
from kompetanse.vacancies.tables import Vacancy

QUIET = Console(quiet=True)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small demo in a file of its own."""
    folder = tmp_path_factory.mktemp("demo")
    settings = Settings(database_url=f"sqlite:///{folder / 'demo.db'}", data_dir=folder, _env_file=None)
    migrations.upgrade(settings.database_url)
    demo.seed(settings, people=150, seed=2014, console=QUIET)
    return settings


def rows(seed: int, count: int) -> list[object]:
    maker = Maker(Random(seed), demo.FROYA, SYSTEM_ID, date(2026, 6, 1))
    return [batch.rows for batch in maker.batches(count)]


def test_the_same_seed_gives_the_same_people_and_another_gives_others() -> None:
    assert rows(1, 60) == rows(1, 60)
    assert rows(1, 60) != rows(2, 60)


def test_a_full_demo_is_850_people_of_30_countries_in_some_400_households() -> None:
    people: list[dict[str, object]] = []
    households = 0
    for batch in Maker(Random(2014), demo.FROYA, SYSTEM_ID, date(2026, 6, 1)).batches(850):
        people += batch.rows[Person]
        households += len(batch.rows[Household])
    assert len(people) == 850
    assert len(ORIGINS) == 30
    assert len({one["country_of_origin"] for one in people}) >= 25
    assert 250 <= households <= 450


def test_a_household_lives_in_one_place_and_a_protected_person_in_none() -> None:
    for municipality_no in (demo.FROYA, demo.HITRA):
        maker = Maker(Random(2), municipality_no, SYSTEM_ID, date(2026, 6, 1))
        (batch,) = maker.batches(600)
        people = {one["id"]: one for one in batch.rows[Person]}
        stated = [one["postal_code"] for one in people.values() if one["postal_code"] is not None]
        assert 0.7 * 600 < len(stated) < 600
        assert {by_postal_code(code) for code in stated} == {municipality_no}
        hidden = [one for one in people.values() if one["protected_address"]]
        assert hidden
        assert {one["postal_code"] for one in hidden} == {None}
        homes: dict[object, set[object]] = {}
        for member in batch.rows[HouseholdMember]:
            if not people[member["person_id"]]["protected_address"]:
                homes.setdefault(member["household_id"], set()).add(people[member["person_id"]]["postal_code"])
        assert {len(codes) for codes in homes.values()} == {1}


def test_homes_are_drawn_beside_everything_else() -> None:
    """What was drawn before people had homes is drawn as before: the first five are written out here."""
    (batch,) = Maker(Random(2014), demo.FROYA, SYSTEM_ID, date(2026, 6, 1)).batches(5)
    told = [(one["given_name"], one["family_name"], one["born"]) for one in batch.rows[Person]]
    assert told == [
        ("Jurgita", "Petrauskienė", "1989"),
        ("Vytautas", "Petrauskas", "1985-03-03"),
        ("Halyna", "Tkachenko", "1993-09-14"),
        ("Dmytro", "Tkachenko", "1967-09-25"),
        ("Giedrė", "Žukauskienė", "1993-12-14"),
    ]


def test_every_code_is_a_code_and_every_skill_a_concept() -> None:
    for origin in ORIGINS:
        country(origin.country)
    for background in BACKGROUNDS:
        occupation(background.styrk)
        assert background.field is None or is_education_field(background.field)
        assert all(starter_lexicon().skill(label) for label in background.skills), background.title
    for _, _, wanted in UNITS:
        for one in wanted:
            occupation(one.partition(":")[0])


def test_seeding_again_adds_nothing_and_says_the_same_logins(seeded: Settings) -> None:
    database = Database(seeded.database_url)
    with database.session(EVERYWHERE, write=False) as session:
        before = len(session.exec(select(Person.id)).all())
    logins = demo.seed(seeded, people=150, seed=1, console=QUIET)
    with database.session(EVERYWHERE, write=False) as session:
        assert len(session.exec(select(Person.id)).all()) == before
    database.dispose()
    assert Counter(login.role for login in logins)["coordinator"] == 3


def test_the_printed_logins_work(seeded: Settings) -> None:
    database = Database(seeded.database_url)
    with database.session(EVERYWHERE) as session:
        opened = identity.log_in(session, email="hr@froya.example", password=demo.PASSWORD, attempts=5, hours=1)
        assert opened is not None
        assert opened[1].roles == {Role.HR}
        neighbour = identity.check_client(session, client_id="demo-hitra", secret=demo.SECRET)
        assert (neighbour.municipality_no, neighbour.recipient_no) == (demo.FROYA, demo.HITRA)
    database.dispose()


def test_courses_are_on_offer_for_norwegian_step_by_step_and_for_every_kind(seeded: Settings) -> None:
    database = Database(seeded.database_url)
    with database.session(demo.FROYA) as session:
        offers = courses.offers(session, system_actor(demo.FROYA))
    database.dispose()
    assert {one.kind for one in offers} == set(CourseOfferKind)
    steps = [(one.from_level, one.to_level) for one in offers if one.kind is CourseOfferKind.LANGUAGE]
    assert sorted(steps) == [("A1", "A2"), ("A2", "B1"), ("B1", "B2")]
    assert not any(str(one.key).startswith(UNLINKED) for one in offers)


def test_a_few_vacancies_say_an_age_experience_and_places_for_children(seeded: Settings) -> None:
    database = Database(seeded.database_url)
    with database.session(demo.FROYA, write=False) as session:
        vacancies = session.exec(select(Vacancy)).all()
    database.dispose()
    for name in ("minimum_age", "experience_months", "kindergarten_places", "school_places"):
        stated = [one for one in vacancies if getattr(one, name) is not None]
        assert 0 < len(stated) < len(vacancies), name


def test_many_work_below_what_they_learned(seeded: Settings) -> None:
    database = Database(seeded.database_url)
    with database.session(EVERYWHERE, write=False) as session:
        educated = set(session.exec(select(Education.person_id).where(col(Education.level) >= "6")))
        in_fish = set(
            session.exec(
                select(Experience.person_id).where(Experience.styrk == "8160", col(Experience.ongoing).is_(True))
            )
        )
    database.dispose()
    assert len(educated & in_fish) >= 10


def test_rasa_ranks_first_for_accounting_and_olena_lacks_an_authorisation(seeded: Settings) -> None:
    database = Database(seeded.database_url)
    with database.session(demo.FROYA) as session:
        for vacancy in _vacancies(session, "Økonomikonsulent"):
            found = matching.candidates_for(session, system_actor(demo.FROYA), vacancy.id)
            first = found.people[found.ranking.matches[0].person_id]
            assert (first.given_name, first.born) == ("Rasa", "1987-05-17")
        olena = session.exec(select(Person).where(Person.born == "1979-11-02")).one()
        nursing = matching.opportunities_for(session, system_actor(demo.FROYA), olena.id)
        titles = {one.vacancy_id: nursing.vacancies[one.vacancy_id].title for one in nursing.ranking.excluded}
        closed = next(one for one in nursing.ranking.excluded if titles[one.vacancy_id] == "Sykepleier")
        reason = next(one for one in closed.reasons if one.kind is RequirementKind.AUTHORISATION)
        assert reason.closes is not None
        assert reason.closes.kind is ClosingKind.AUTHORISATION
    database.dispose()


def _vacancies(session: Session, title: str) -> list[Vacancy]:
    own = select(Vacancy).where(Vacancy.title == title, Vacancy.municipality_no == demo.FROYA)
    found = list(session.exec(own))
    assert found
    return found


def test_only_the_embedded_database_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    file.touch()
    demo.forget(Settings(database_url=f"sqlite:///{file}", data_dir=tmp_path, _env_file=None))
    assert not file.exists()
    with pytest.raises(Conflict):
        demo.forget(Settings(database_url="postgresql+psycopg://db/kompetanse", data_dir=tmp_path, _env_file=None))
