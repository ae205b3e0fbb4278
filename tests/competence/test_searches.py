"""Searches that are kept and watched: who is new, and for how long."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from kompetanse.actor import Actor, Role
from kompetanse.competence import searches, service
from kompetanse.competence.listing import list_people
from kompetanse.errors import Forbidden, Invalid, NotFound, Stale
from kompetanse.finding.criteria import PeopleFilter
from kompetanse.finding.tables import SavedSearch, SearchKnown, SearchWatch
from kompetanse.paging import PageRequest
from kompetanse.people import service as people
from tests import factories

TOLK = PeopleFilter(needs_interpreter=True)


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def watched(session: Session, who: Actor) -> UUID:
    """A search that is watched, which one fits already."""
    factories.person_id(session, needs_interpreter=True)
    kept = searches.save(session, who, "Trenger tolk", TOLK)
    searches.watch(session, who, kept.id)
    return kept.id


def new(session: Session, who: Actor) -> int:
    return sum(one.people for one in searches.news(session, who))


def test_whoever_fits_since_is_new_until_it_is_opened(session: Session, who: Actor, watched: UUID) -> None:
    assert new(session, who) == 0
    fits = factories.person(session, needs_interpreter=True)
    factories.person_id(session, needs_interpreter=False)
    assert new(session, who) == 1
    opened = searches.open_search(session, who, watched)
    assert new(session, who) == 0
    fresh = list_people(session, who, PeopleFilter(needs_interpreter=True, fresh_in=opened.watch_id), PageRequest())
    assert [one.id for one in fresh.items] == [fits.id]


def test_who_changes_something_else_is_not_new(session: Session, who: Actor, watched: UUID) -> None:
    fits = factories.person(session, needs_interpreter=True)
    searches.open_search(session, who, watched)
    people.change(session, who, fits.id, fits.version, {"notes": "Ringer tirsdag"})
    service.add_skill(session, who, fits.id, 0, {"label": "regnskap"})
    assert new(session, who) == 0


def test_who_fits_again_is_new_again(session: Session, who: Actor, watched: UUID) -> None:
    fits = factories.person(session, needs_interpreter=True)
    searches.open_search(session, who, watched)
    people.change(session, who, fits.id, fits.version, {"needs_interpreter": False})
    searches.open_search(session, who, watched)
    people.change(session, who, fits.id, fits.version, {"needs_interpreter": True})
    assert new(session, who) == 1


def test_opening_again_keeps_those_who_were_new_last(session: Session, who: Actor, watched: UUID) -> None:
    fits = factories.person_id(session, needs_interpreter=True)
    searches.open_search(session, who, watched)
    again = searches.open_search(session, who, watched)
    fresh = list_people(session, who, PeopleFilter(fresh_in=again.watch_id), PageRequest())
    assert [one.id for one in fresh.items] == [fits]


def test_each_watches_for_herself(session: Session, who: Actor, watched: UUID) -> None:
    colleague = factories.actor()
    with pytest.raises(NotFound):
        searches.watch(session, colleague, watched)
    own = searches.read(session, who, watched)
    searches.change(session, who, watched, own.version, name=own.name, wanted=TOLK, shared=True)
    searches.watch(session, colleague, watched)
    factories.person_id(session, needs_interpreter=True)
    searches.open_search(session, colleague, watched)
    assert (new(session, who), new(session, colleague)) == (1, 0)
    own = searches.read(session, who, watched)
    searches.change(session, who, watched, own.version, name=own.name, wanted=TOLK, shared=False)
    factories.person_id(session, needs_interpreter=True)
    assert (new(session, who), new(session, colleague)) == (2, 0)


def test_a_search_that_is_forgotten_takes_its_watches_along(session: Session, who: Actor, watched: UUID) -> None:
    with pytest.raises(Stale):
        searches.delete(session, who, watched, 7)
    searches.delete(session, who, watched, 1)
    session.expire_all()
    for table in (SavedSearch, SearchWatch, SearchKnown):
        assert session.exec(select(table)).all() == []


def test_what_is_archived_is_told_of_no_more(session: Session, who: Actor, watched: UUID) -> None:
    fits = factories.person(session, needs_interpreter=True)
    people.archive(session, who, fits.id, fits.version)
    assert new(session, who) == 0


def test_saving_by_the_same_name_asks_for_something_else(session: Session, who: Actor, watched: UUID) -> None:
    again = searches.save(session, who, "Trenger  tolk", PeopleFilter(not_mapped=True))
    assert (again.id, again.version, again.wanted) == (watched, 2, PeopleFilter(not_mapped=True))


@pytest.mark.parametrize("text", ["Olena Shevchenko", "+47 900 12 345", "olena@example.no"])
def test_a_search_for_somebody_is_not_kept(session: Session, who: Actor, text: str) -> None:
    with pytest.raises(Invalid):
        searches.save(session, who, "Hun", PeopleFilter(text=text))
    assert session.exec(select(SavedSearch)).all() == []


def test_criteria_of_a_later_version_are_shown_and_not_asked(session: Session, who: Actor, watched: UUID) -> None:
    row = session.exec(select(SavedSearch)).one()
    row.criteria = {"star_sign": "leo"}
    session.flush()
    assert searches.read(session, who, watched).wanted is None
    assert new(session, who) == 0


def test_only_those_who_read_people_keep_searches(session: Session) -> None:
    with pytest.raises(Forbidden):
        searches.save(session, factories.actor(Role.LEADER), "Tolk", TOLK)
