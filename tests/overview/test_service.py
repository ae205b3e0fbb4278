"""The municipality in numbers and on the map, on both databases."""

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Role
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.place_points import points
from kompetanse.codes.travel import places as all_places
from kompetanse.competence import service as competence
from kompetanse.competence.service import ProfilePart
from kompetanse.database import Database
from kompetanse.errors import Forbidden, NotFound
from kompetanse.overview import places, service
from kompetanse.overview.rules import Figure
from kompetanse.overview.service import Figures
from kompetanse.people import service as people
from tests import factories
from tests.factories import FROYA, HITRA


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def leader() -> Actor:
    return factories.actor(Role.LEADER)


def told(found: Figures, figure: Figure) -> dict[str, int | None]:
    """The bars of a chart that are not empty."""
    chart = next(one for one in found.series if one.figure is figure)
    return {bar.code: bar.people for bar in chart.bars if bar.people != 0}


def test_newcomers_are_counted_by_what_is_stated_of_them(session: Session, who: Actor) -> None:
    rasa = factories.person_id(session, who, country_of_origin="LT", arrived_in_municipality=clock.today().isoformat())
    factories.person(session, who, country_of_origin="UA")
    for version, (part, fields) in enumerate(
        (
            (ProfilePart.EXPERIENCES, {"title": "Sykepleier", "styrk": "2223", "started": "2015", "ended": "2019"}),
            (ProfilePart.LANGUAGES, {"language": "nob", "interaction": "A2", "production": "A2"}),
            (ProfilePart.EDUCATIONS, {"title": "Sykepleie", "level": EducationLevel.BACHELOR, "completed": True}),
        )
    ):
        competence.add_part(session, who, rasa, version, part, fields)  # type: ignore[arg-type]
    factories.vacancy(session, who, styrk="2223", positions=3)
    session.flush()
    found = service.figures(session, who)
    assert (found.people, found.exact) == (2, True)
    assert told(found, Figure.ORIGIN) == {"eea": 1, "europe": 1}
    assert told(found, Figure.OCCUPATION) == {"2": 1, "": 1}
    assert told(found, Figure.NORWEGIAN) == {"A2": 1, "": 1}
    assert told(found, Figure.EDUCATION) == {"6": 1, "": 1}
    assert told(found, Figure.MAPPING) == {"not_yet": 2}
    assert told(found, Figure.UNUSED) == {"no_work": 1, "": 1}
    assert sum(told(found, Figure.ARRIVAL).values()) == 2  # type: ignore[arg-type]
    assert [(one.people, one.positions) for one in found.openings if one.code == "2"] == [(1, 3)]


def test_archived_people_and_protected_addresses_are_not_counted(session: Session, who: Actor) -> None:
    gone = factories.person(session, who)
    people.archive(session, who, gone.id, gone.version)
    factories.person(session, who, protected_address=True)
    session.flush()
    assert service.figures(session, who).people == 0


def test_another_municipality_is_not_counted(database: Database) -> None:
    with database.session(FROYA) as session:
        factories.person(session, postal_code="7280")
    with database.session(HITRA) as session:
        hitra = factories.actor(municipality_no=HITRA)
        assert service.figures(session, hitra).people == 0
        assert {one.people for one in places.map_of_places(session, hitra).places} == {0}


def test_a_leader_is_told_no_small_number(session: Session, who: Actor, leader: Actor) -> None:
    factories.person(session, who, country_of_origin="LT", postal_code="7260")
    session.flush()
    found = service.figures(session, leader)
    assert not found.exact
    assert {bar.people for one in found.series for bar in one.bars} == {None}
    assert {one.people for one in found.openings} == {None}
    assert {one.people for one in places.map_of_places(session, leader).places} == {None}
    assert places.read_place(session, leader, "Sistranda").people is None


def test_who_reads_no_reports_is_refused(session: Session) -> None:
    for role in (Role.HR, Role.DPO, Role.ADMINISTRATOR, Role.ANALYST):
        with pytest.raises(Forbidden):
            service.figures(session, factories.actor(role))
        with pytest.raises(Forbidden):
            places.map_of_places(session, factories.actor(role))
        with pytest.raises(Forbidden):
            places.read_place(session, factories.actor(role), "Sula")


def test_people_and_positions_are_told_by_place(session: Session, who: Actor) -> None:
    for _ in range(3):
        factories.person(session, who, postal_code="7284")
    olena = factories.person_id(session, who, postal_code="7280")
    factories.person(session, who)
    factories.vacancy(session, who, title="Røkter", postal_code="7284", positions=2)
    factories.vacancy(session, who, title="Ukjent sted")
    factories.vacancy(session, who, title="Kokk", workplace_no=HITRA)
    factories.vacancy(session, who, title="Lærer", place="HAMARVIK", workplace_no=FROYA)
    session.flush()
    found = places.map_of_places(session, who)
    by_name = {one.place.name: one for one in found.places}
    mausund, sula = by_name["Mausund"], by_name["Sula"]
    assert (mausund.people, mausund.few, mausund.positions) == (3, False, 2)
    assert (sula.people, sula.few, sula.positions) == (1, True, 0)
    assert (by_name["Fillan"].people, by_name["Fillan"].positions) == (0, 1)
    assert by_name["Hamarvik"].positions == 1
    assert (found.unplaced, found.unplaced_positions) == (1, 1)
    assert mausund.minutes == 60
    assert by_name["Sistranda"].minutes == 0
    there = places.read_place(session, who, "Sula")
    assert [one.id for one in there.people or ()] == [olena]
    assert [one.title for one in places.read_place(session, who, "Mausund").openings] == ["Røkter"]
    with pytest.raises(NotFound):
        places.read_place(session, who, "Atlantis")


def test_counting_and_listing_are_events(session: Session, who: Actor) -> None:
    olena = factories.person_id(session, who, postal_code="7280")
    service.figures(session, who)
    places.read_place(session, who, "Sula")
    events = session.info["audit_pending"]
    assert ("count", "report") in {(one.action, one.purpose) for one in events}
    assert any(one.action == "list" and one.record_ids == (str(olena),) for one in events)


def test_every_point_is_of_a_place_and_every_place_of_the_two_islands_has_one() -> None:
    names = {one.name for one in all_places()}
    assert points().keys() <= names
    assert {one.name for one in all_places() if one.municipality_no in ("5014", "5056")} <= points().keys()
