from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Shift
from kompetanse.competence import insight, relinking, service, worklists
from kompetanse.competence.upkeep import Expiry, Missing
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Forbidden
from kompetanse.paging import Page, PageRequest
from kompetanse.people import service as people
from tests import factories
from tests.factories import FROYA, HITRA

PAGE = PageRequest(50)
Listing = Callable[[Session, Actor, PageRequest], Page[Any]]
LISTS: list[Listing] = [
    worklists.list_unused,
    worklists.list_incomplete,
    worklists.list_stale,
    worklists.list_running_out,
]


@pytest.fixture
def who() -> Actor:
    return factories.actor()


def ids(page: Page[Any]) -> list[UUID]:
    return [row.whose.person_id for row in page.items]


def works_below(session: Session, who: Actor, **fields: object) -> UUID:
    """An accountant who fillets salmon, whose driving licence has run out: she is on every list."""
    person_id = factories.person_id(session, who, **fields)
    service.add_experience(session, who, person_id, 0, {"title": "regnskapsfører", "started": "2009", "ended": "2015"})
    filleting = {"title": "fileterer", "styrk": "8160", "started": "2020", "ongoing": True}
    service.add_experience(session, who, person_id, 1, filleting)  # type: ignore[arg-type]
    expired = clock.today() - timedelta(days=30)
    service.set_licence(session, who, person_id, 2, {"licence": "driving:B", "valid_until": expired})
    return person_id


@pytest.fixture
def later() -> timedelta:
    """How far ahead the clock is put so that a profile is stale; licences run out by then."""
    return timedelta(days=400)


@pytest.mark.parametrize("listing", LISTS)
def test_a_list_is_the_municipalitys_own(database: Database, who: Actor, listing: Listing, later: timedelta) -> None:
    with database.session(FROYA) as session:
        ours = works_below(session, who)
    with database.session(EVERYWHERE) as session, clock.moved(by=later):
        assert ids(listing(session, who, PAGE)) == [ours]
        assert ids(listing(session, factories.actor(municipality_no=HITRA), PAGE)) == []


@pytest.mark.parametrize("listing", LISTS)
@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.NEIGHBOUR, Role.JOB_SERVICE, Role.DPO])
def test_only_who_may_read_profiles_sees_a_list(session: Session, listing: Listing, role: Role) -> None:
    with pytest.raises(Forbidden):
        listing(session, factories.actor(role), PAGE)


@pytest.mark.parametrize("listing", LISTS)
def test_archived_people_are_left_out_and_protected_ones_marked(
    session: Session, who: Actor, listing: Listing, later: timedelta
) -> None:
    hidden = works_below(session, who, protected_address=True)
    gone = works_below(session, who)
    version = people.get(session, who, gone).version
    people.archive(session, who, gone, version)
    with clock.moved(by=later):
        (row,) = listing(session, who, PAGE).items
    assert (row.whose.person_id, row.whose.protected_address) == (hidden, True)


@pytest.mark.parametrize("listing", LISTS)
def test_showing_a_list_leaves_an_event_that_names_those_who_were_shown(
    session: Session, who: Actor, listing: Listing, later: timedelta
) -> None:
    for number in range(3):
        works_below(session, who, family_name=f"Testesen{number}")
    session.info["audit_pending"] = []
    with clock.moved(by=later):
        shown = ids(listing(session, who, PageRequest(2)))
    (event,) = session.info["audit_pending"]
    assert (event.action, event.record_type, event.purpose) == ("list", "profile", "map_competence")
    assert event.record_ids == tuple(map(str, shown))
    assert len(shown) == 2


@pytest.mark.parametrize("listing", LISTS)
def test_following_the_pages_shows_everybody_once_also_those_who_are_alike(
    session: Session, who: Actor, listing: Listing, later: timedelta
) -> None:
    everybody = {works_below(session, who, given_name="Rasa", family_name="Testesen") for _ in range(5)}
    seen: list[UUID] = []
    after = None
    with clock.moved(by=later):
        while True:
            page = listing(session, who, PageRequest(2, after))
            assert page.total == 5
            seen += ids(page)
            for person_id in ids(page):  # a row that was rewritten moves in PostgreSQL's heap
                people.change(session, who, person_id, people.get(session, who, person_id).version, {"notes": "sett"})
            if page.next is None:
                break
            after = page.next
    assert len(seen) == len(set(seen))
    assert set(seen) == everybody


def test_a_cursor_of_somebody_who_has_left_begins_anew(session: Session, who: Actor) -> None:
    person_id = works_below(session, who)
    other = factories.person_id(session)
    assert ids(worklists.list_unused(session, who, PageRequest(2, other))) == [person_id]


def test_the_widest_step_comes_first_and_people_without_known_work_last(session: Session, who: Actor) -> None:
    idle = factories.person_id(session, who)
    service.add_education(session, who, idle, 0, {"title": "magister", "level": EducationLevel.MASTER})
    accountant, doctor = works_below(session, who), works_below(session, who)
    medicine = {"title": "lege", "level": EducationLevel.MASTER}
    service.add_education(session, who, doctor, 3, medicine)  # type: ignore[arg-type]
    rows = worklists.list_unused(session, who, PAGE).items
    assert [row.whose.person_id for row in rows] == [doctor, accountant, idle]
    assert [row.unused.steps for row in rows] == [2, 1, None]
    assert [row.occupation for row in rows] == ["3313", "3313", None]


def test_who_lacks_most_comes_first_and_is_as_complete_as_her_page_says(session: Session, who: Actor) -> None:
    empty, some = factories.person_id(session, who), works_below(session, who, may_work=True)
    service.set_language(session, who, some, 3, {"language": "nor", "interaction": Cefr.B1})
    service.change_wishes(
        session, who, some, 4, {"mapped_on": clock.today(), "shifts": [Shift.DAY], "percentage_min": 50}
    )
    rows = worklists.list_incomplete(session, who, PAGE).items
    assert [row.whose.person_id for row in rows] == [empty, some]
    assert (rows[0].missing, rows[0].completeness) == (tuple(Missing), 0)
    for row in rows:
        told = insight.read_insight(session, who, row.whose.person_id)
        assert (row.missing, row.completeness) == (told.missing, told.completeness)


def test_somebody_of_whom_all_is_stated_is_not_incomplete(session: Session, who: Actor) -> None:
    person_id = works_below(session, who, may_work=False)
    service.set_language(session, who, person_id, 3, {"language": "nor", "interaction": Cefr.B1})
    service.add_education(session, who, person_id, 4, {"title": "magister"})
    service.add_skill(session, who, person_id, 5, {"label": "regnskap", "holds": False})
    service.add_wished_occupation(session, who, person_id, 6, {"title": "kokk"})
    service.add_interest(session, who, person_id, 7, {"label": "kor"})
    terms = {"mapped_on": clock.today(), "shifts": [], "percentage_max": 50, "available_from": clock.today()}
    service.change_wishes(session, who, person_id, 8, terms)  # type: ignore[arg-type]
    assert worklists.list_incomplete(session, who, PAGE).items == []


def test_a_profile_is_stale_until_it_is_confirmed(session: Session, who: Actor) -> None:
    factories.person_id(session, who)  # nothing was ever written: missing, not stale
    person_id = works_below(session, who)
    assert worklists.list_stale(session, who, PAGE).items == []
    written = clock.today()
    with clock.moved(by=timedelta(days=400)):
        (row,) = worklists.list_stale(session, who, PAGE).items
        assert (row.whose.person_id, row.confirmed_on) == (person_id, written)
        assert worklists.list_stale(session, who, PAGE, months=24).items == []
        service.change_wishes(session, who, person_id, 3, {"confirmed_on": clock.today()})
        assert worklists.list_stale(session, who, PAGE).items == []


def test_what_the_program_relinks_makes_no_profile_fresh(session: Session, who: Actor) -> None:
    person_id = works_below(session, who)
    skill = service.add_skill(session, who, person_id, 3, {"label": "excel"}).skills[0]
    with clock.moved(by=timedelta(days=400)):
        assert relinking.follow(session, {skill.key: "urn:kompetanse:skill:new"}) == 1
        assert ids(worklists.list_stale(session, who, PAGE)) == [person_id]


def test_what_runs_out_is_told_by_day_whatever_it_is(session: Session, who: Actor) -> None:
    today = clock.today()

    def after(days: int) -> date:
        return today + timedelta(days=days)

    person_id = factories.person_id(session, who, may_work=True, may_work_until=after(10), residence_until=after(60))
    service.set_licence(session, who, person_id, 0, {"licence": "driving:C", "valid_until": after(-5)})
    service.set_licence(session, who, person_id, 1, {"licence": "driving:B", "holds": False, "valid_until": after(1)})
    course = {"title": "HACCP", "valid_until": after(30)}
    service.add_part(session, who, person_id, 2, service.ProfilePart.COURSES, course)  # type: ignore[arg-type]
    service.add_education(session, who, person_id, 3, {"title": "sykepleier", "recognition_valid_until": after(89)})
    other = factories.person_id(session, who, residence_until=after(91))
    (row,) = worklists.list_running_out(session, who, PAGE).items
    assert [(one.kind, one.what) for one in row.things] == [
        (Expiry.LICENCE, "driving:C"),
        (Expiry.RIGHT_TO_WORK, ""),
        (Expiry.COURSE, "HACCP"),
        (Expiry.RESIDENCE, ""),
        (Expiry.RECOGNITION, "sykepleier"),
    ]
    assert [one.expired(today) for one in row.things] == [True, False, False, False, False]
    soon = worklists.list_running_out(session, who, PAGE, days=5).items
    assert [one.what for one in soon[0].things] == ["driving:C"]
    late = worklists.list_running_out(session, who, PAGE, days=365).items
    assert [one.whose.person_id for one in late] == [person_id, other]
