"""Which neighbours' vacancies a household may be placed in."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.database import Database
from kompetanse.errors import Forbidden
from kompetanse.matching import placing
from kompetanse.matching.placing import Elsewhere
from kompetanse.sharing import offering
from kompetanse.vacancies import service as vacancies
from tests.factories import FROYA, HITRA, actor, agreement, vacancy
from tests.matching.registry import accountant, household, opening

ON_HITRA = actor(municipality_no=HITRA)


def agree(database: Database, *, starts_on: date | None = None, ends_on: date | None = None) -> None:
    with database.session(FROYA) as session:
        agreement(session, starts_on=starts_on, ends_on=ends_on)


def offered(database: Database) -> list[Elsewhere]:
    with database.session(FROYA, write=False) as session:
        return offering.open_vacancies(database, session, actor())


@pytest.fixture
def on_hitra(database: Database) -> UUID:
    """A vacancy of Hitra."""
    with database.session(HITRA) as session:
        closed = opening(session, who=ON_HITRA).vacancy
        vacancies.close(session, ON_HITRA, closed.id, closed.version)
        return opening(session, who=ON_HITRA, workplace_no=FROYA).vacancy.id


def test_a_neighbour_with_an_agreement_offers_what_is_open_and_it_is_outside(
    database: Database, on_hitra: UUID
) -> None:
    with database.session(FROYA) as session:
        vacancy(session)
    agree(database)
    (found,) = offered(database)
    assert (found.municipality_no, found.features.vacancy_id, found.title) == (HITRA, on_hitra, "Regnskapsfører")
    assert found.features.outside, "the employer is another municipality, wherever the work is"


def test_without_an_agreement_that_stands_nothing_is_offered(database: Database, on_hitra: UUID) -> None:
    assert offered(database) == []
    today = clock.today()
    agree(database, ends_on=today)
    assert [one.features.vacancy_id for one in offered(database)] == [on_hitra]
    with clock.moved(by=timedelta(days=1)):
        assert offered(database) == []


def test_an_agreement_that_begins_tomorrow_offers_nothing_today(database: Database, on_hitra: UUID) -> None:
    agree(database, starts_on=clock.today() + timedelta(days=1))
    assert offered(database) == []
    with clock.moved(by=timedelta(days=1)):
        assert [one.features.vacancy_id for one in offered(database)] == [on_hitra]


def test_a_neighbour_who_lives_elsewhere_offers_nothing(database: Database) -> None:
    agree(database)
    assert offered(database) == []


def test_the_agreement_of_one_is_not_that_of_the_other(database: Database, on_hitra: UUID) -> None:
    with database.session(FROYA) as session:
        opening(session)
    agree(database)
    with database.session(HITRA, write=False) as session:
        assert offering.open_vacancies(database, session, ON_HITRA) == []


def test_a_household_is_placed_with_the_neighbour_but_nobody_whose_address_is_protected(
    database: Database, on_hitra: UUID
) -> None:
    agree(database)
    with database.session(FROYA) as session:
        home = household(session, accountant(session), accountant(session, protected_address=True))
    with database.session(FROYA, write=False) as session:
        found = placing.placements_for(session, actor(), home, elsewhere=offered(database))
    (way,) = found.ways
    free, protected = way.placed
    assert free is not None
    assert (free.vacancy_id, free.municipality_no, protected) == (on_hitra, HITRA, None)


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.ADMINISTRATOR, Role.DPO, Role.NEIGHBOUR])
def test_only_who_matches_is_told(database: Database, role: Role) -> None:
    with database.session(FROYA, write=False) as session, pytest.raises(Forbidden):
        offering.open_vacancies(database, session, actor(role))
