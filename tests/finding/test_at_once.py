"""A button that is pressed twice: what is kept, watched or made is there once, and nobody is told it went wrong."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from kompetanse.competence import searches
from kompetanse.database import Database
from kompetanse.errors import Conflict
from kompetanse.finding import lists
from kompetanse.finding.criteria import PeopleFilter
from kompetanse.finding.tables import PeopleList, SavedSearch, SearchKnown, SearchWatch
from tests import factories
from tests.factories import FROYA
from tests.personal_links.people import later
from tests.support.at_once import at_once

TOLK = PeopleFilter(needs_interpreter=True)


def six_times(database: Database, work: Callable[[Session], object]) -> list[BaseException]:
    return at_once(database, [work] * 6)


def test_a_search_that_is_saved_twice_at_once_is_there_once(database: Database) -> None:
    who = factories.actor()
    assert six_times(database, lambda session: searches.save(session, who, "Trenger tolk", TOLK)) == []
    with database.session(FROYA) as session:
        kept = session.exec(select(SavedSearch)).one()
        assert kept.owner_id == who.id


def test_a_search_that_is_watched_twice_at_once_is_watched_once(database: Database) -> None:
    who = factories.actor()
    with database.session(FROYA) as session:
        factories.person_id(session, needs_interpreter=True)
        kept = searches.save(session, who, "Trenger tolk", TOLK)
    assert six_times(database, lambda session: searches.watch(session, who, kept.id)) == []
    with database.session(FROYA) as session:
        assert session.exec(select(SearchWatch)).one().watcher_id == who.id
        assert len(session.exec(select(SearchKnown)).all()) == 1
        assert searches.news(session, who) == []


def test_a_search_that_is_opened_twice_at_once_is_seen_once(database: Database) -> None:
    who = factories.actor()
    with database.session(FROYA) as session:
        kept = searches.save(session, who, "Trenger tolk", TOLK)
        searches.watch(session, who, kept.id)
        factories.person_id(session, needs_interpreter=True)
    assert six_times(database, lambda session: searches.open_search(session, who, kept.id)) == []
    with database.session(FROYA) as session:
        assert len(session.exec(select(SearchKnown)).all()) == 1


def test_of_two_lists_of_one_name_at_once_one_is_made(database: Database) -> None:
    failed = six_times(database, lambda session: lists.create(session, factories.actor(), "Norskkurs"))
    assert [type(one) for one in failed] == [Conflict] * 5
    with database.session(FROYA) as session:
        assert session.exec(select(PeopleList)).one().name == "Norskkurs"


def test_a_list_that_is_made_by_hand_twice_at_once_is_there_once(database: Database) -> None:
    who = factories.actor()
    assert six_times(database, lambda session: lists.create(session, who, "Norskkurs", by_hand=True)) == []
    with database.session(FROYA) as session:
        made = session.exec(select(PeopleList)).one()
        assert lists.create(session, who, "Norskkurs", by_hand=True).id == made.id


def test_a_name_that_is_taken_since_long_is_told_also_by_hand(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = factories.actor()
    lists.create(session, who, "Norskkurs")
    with pytest.raises(Conflict):
        lists.create(session, factories.actor(), "Norskkurs", by_hand=True)
    later(monkeypatch, days=1)
    with pytest.raises(Conflict):
        lists.create(session, who, "Norskkurs", by_hand=True)


def test_a_search_that_is_saved_again_the_same_is_no_change(session: Session) -> None:
    who = factories.actor()
    kept = searches.save(session, who, "Trenger tolk", TOLK)
    assert searches.save(session, who, "Trenger tolk", TOLK) == kept
