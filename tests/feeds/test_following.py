import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Role
from kompetanse.codes.work import VacancyStatus
from kompetanse.database import Database
from kompetanse.errors import Conflict, FieldFault, Forbidden, Invalid, NotFound
from kompetanse.feeds import following, queries, service
from kompetanse.feeds.client import FeedClient
from kompetanse.feeds.entries import FeedContact
from kompetanse.feeds.following import CLAIM, follow
from kompetanse.feeds.rules import ChangeKind, IntakeFault, IntakeStatus
from kompetanse.feeds.tables import Intake
from kompetanse.paging import PageRequest
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import VacancyFields, VacancyRecord
from kompetanse.vacancies.tables import Vacancy
from tests.factories import FROYA, HITRA, actor
from tests.feeds.ads import HERE, NOW, THERE, UNKNOWN, ad, stored, sync, titles
from tests.support.feed_server import Answer, Feed, serve


@pytest.fixture(autouse=True)
def _in_february() -> Iterator[None]:
    with clock.moved(to=NOW):
        yield


@pytest.fixture
def feed() -> Iterator[Feed]:
    with serve() as served:
        yield served


def changes(database: Database, intake: Intake) -> list[tuple[ChangeKind, str | None]]:
    with database.session(FROYA, write=False) as session:
        found = session.exec(queries.changes(actor(), intake.id, 100, None)).all()
        return [(one.kind, one.title) for one in found]


def only(database: Database) -> Vacancy:
    with database.session(FROYA, write=False) as session:
        [found] = stored(session)
        return found


def refusing(status: int, times: int, **headers: str) -> Callable[[str, Mapping[str, str]], Answer | None]:
    """Answer so many requests for entries so."""
    left = [times]

    def before(path: str, _: Mapping[str, str]) -> Answer | None:
        if "feedentry" not in path or left[0] == 0:
            return None
        left[0] -= 1
        return status, {name.replace("_", "-"): value for name, value in headers.items()}, b""

    return before


def test_the_whole_feed_is_read_and_only_work_here_is_kept(database: Database, feed: Feed) -> None:
    for number in range(11):
        feed.publish(ad(f"a{number:02}", number, workLocations=[HERE if number % 3 == 0 else THERE]))
    done = sync(database, feed)
    assert (done.status, done.fault, done.came) == (IntakeStatus.DONE, None, 4)
    assert titles(database) == ["Kokk a00", "Kokk a03", "Kokk a06", "Kokk a09"]
    assert [kind for kind, _ in changes(database, done)] == [ChangeKind.CAME] * 4


@pytest.mark.usefixtures("dead_proxy")
def test_a_feed_on_this_machine_is_asked_past_every_proxy(database: Database, feed: Feed) -> None:
    feed.publish(ad("a", 1))
    assert sync(database, feed).status is IntakeStatus.DONE


def test_what_is_new_comes_and_the_rest_is_not_read_again(database: Database, feed: Feed) -> None:
    for number in range(9):
        feed.publish(ad(f"a{number}", number))
    sync(database, feed)
    feed.asked.clear()
    feed.publish(ad("b", 20))
    done = sync(database, feed)
    assert (done.came, done.changed, done.went) == (1, 0, 0)
    assert len([path for path in feed.paths() if "feedentry" in path]) < 4


def test_an_older_withdrawal_that_is_read_again_takes_nothing_that_was_published_since(
    database: Database, feed: Feed
) -> None:
    feed.withdraw("a", NOW - timedelta(hours=3))
    feed.publish(ad("a", 90))
    for _ in range(3):
        sync(database, feed)
        assert titles(database) == ["Kokk a"]
    feed.withdraw("a", NOW)
    sync(database, feed)
    assert titles(database) == []


def test_a_feed_far_away_is_asked_for_several_entries_at_a_time(database: Database, feed: Feed) -> None:
    feed.page_size = 100
    for number in range(40):
        feed.publish(ad(f"a{number:02}", number))
    together, lock, most = [0], threading.Lock(), [0]

    def slowly(path: str, _: Mapping[str, str]) -> None:
        with lock:
            together[0] += 1
            most[0] = max(most[0], together[0])
        time.sleep(0.01)
        with lock:
            together[0] -= 1

    feed.before = slowly
    assert sync(database, feed).came == 40
    assert most[0] > 1
    assert len(titles(database)) == 40


def test_a_page_is_asked_for_again_by_both_validators(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    feed.asked.clear()
    assert sync(database, feed).status is IntakeStatus.DONE
    headers = next(headers for path, headers in feed.asked if path.startswith("/api/v1/feed/"))
    assert headers["if-none-match"] == feed.lines[0].id
    assert headers["if-modified-since"] == "Tue, 10 Feb 2026 08:00:00 GMT"


def test_304_ends_the_reading_and_changes_nothing(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    feed.before = lambda path, headers: (304, {}, b"") if "if-none-match" in headers else None
    done = sync(database, feed)
    assert (done.status, done.pages, done.lines) == (IntakeStatus.DONE, 0, 0)
    assert titles(database) == ["Kokk a"]


def test_a_job_at_several_places_is_kept_by_each(database: Database, feed: Feed) -> None:
    feed.publish(ad("a", workLocations=[UNKNOWN, THERE, HERE]))
    sync(database, feed)
    found = only(database)
    assert (found.workplace_no, found.postal_code, found.place) == (FROYA, "7260", "Sistranda")


def test_the_municipalities_whose_vacancies_are_kept_can_be_chosen(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    feed.publish(ad("b", 1, workLocations=[{"postalCode": "7240", "country": "NORGE", "city": "HITRA"}]))
    sync(database, feed, keep=[HITRA])
    assert titles(database) == ["Kokk b"]


def test_each_municipality_reads_for_itself(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    feed.publish(ad("b", 1, workLocations=[{"postalCode": "7240", "country": "NORGE", "city": "HITRA"}]))
    sync(database, feed, FROYA)
    sync(database, feed, HITRA)
    assert (titles(database, FROYA), titles(database, HITRA)) == (["Kokk a"], ["Kokk b"])


def test_what_is_withdrawn_is_closed_and_its_text_and_contacts_are_erased(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    with database.session(FROYA) as session:
        vacancy_id = stored(session)[0].id
        [contact] = service.contacts_of(session, actor(), vacancy_id)
        assert contact == FeedContact("Kari Leder", None, None, "900 12 345")
    feed.withdraw("a", NOW)
    done = sync(database, feed)
    assert (done.went, changes(database, done)) == (1, [(ChangeKind.WENT, "Kokk a")])
    found = only(database)
    assert (found.status, found.description) == (VacancyStatus.CLOSED, None)
    with database.session(FROYA) as session:
        assert service.contacts_of(session, actor(), vacancy_id) == []
        assert session.exec(queries.advertisement_of(actor(), vacancy_id)).one().contacts is None


def test_what_is_withdrawn_goes_whatever_municipality_its_line_names(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    feed.withdraw("a", NOW)
    feed.lines[-1] = replace(feed.lines[-1], municipality="OSLO")
    assert sync(database, feed).went == 1


def test_an_advertisement_that_moves_away_goes(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    feed.publish(ad("a", 5, workLocations=[THERE]))
    assert changes(database, sync(database, feed)) == [(ChangeKind.MOVED, "Kokk a")]
    assert titles(database) == []


def test_an_advertisement_that_is_published_again_is_a_new_vacancy(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    feed.withdraw("a", NOW - timedelta(hours=1))
    sync(database, feed)
    feed.publish(ad("a", 230))
    assert sync(database, feed).came == 1
    with database.session(FROYA, write=False) as session:
        assert sorted(one.status.value for one in stored(session)) == ["closed", "open"]


def test_a_vacancy_that_was_filled_here_stays_filled_and_is_erased_with_its_advertisement(
    database: Database, feed: Feed
) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    with database.session(FROYA) as session:
        found = stored(session)[0]
        vacancies.close(session, actor(), found.id, found.version, VacancyStatus.FILLED)
    feed.publish(ad("a", 5, title="Ny tittel"))
    assert sync(database, feed).changed == 0
    feed.withdraw("a", NOW)
    sync(database, feed)
    found = only(database)
    assert (found.status, found.title, found.description) == (VacancyStatus.FILLED, "Kokk a", None)


def test_half_a_year_is_the_oldest_that_is_read_and_the_oldest_that_is_kept(database: Database, feed: Feed) -> None:
    feed.publish(ad("old"), at=NOW - timedelta(days=190))
    feed.publish(ad("a"), at=NOW - timedelta(days=100))
    sync(database, feed)
    assert titles(database) == ["Kokk a"]
    assert "/api/v1/feedentry/old" not in feed.paths()
    with clock.moved(to=NOW + timedelta(days=90)):
        done = sync(database, feed)
        assert changes(database, done) == [(ChangeKind.AGED, "Kokk a")]
    assert titles(database) == []


def test_an_entry_that_is_gone_is_withdrawn_and_one_that_cannot_be_read_is_told(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    feed.publish(ad("a", 1))
    feed.publish(ad("b", 2))
    del feed.entries["a"]
    feed.entries["b"]["ad_content"] = {"workLocations": "Frøya"}
    done = sync(database, feed)
    assert (done.status, done.went, done.unreadable) == (IntakeStatus.DONE, 1, 1)
    with database.session(FROYA, write=False) as session:
        [told] = [one for one in session.exec(queries.changes(actor(), done.id, 9, None)) if one.vacancy_id is None]
    assert (told.kind, told.external_id, told.fields) == (ChangeKind.UNREADABLE, "b", ["ad_content/workLocations"])


def test_an_entry_that_breaks_a_rule_is_told_and_stops_no_other(
    database: Database, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = vacancies.create

    def create(session: Session, who: Actor, fields: VacancyFields) -> VacancyRecord:
        if fields["title"] == "Kokk b":
            raise Invalid(FieldFault("/percentage_max", "Out of range"))
        return usual(session, who, fields)

    monkeypatch.setattr(vacancies, "create", create)
    for number, name in enumerate("abc"):
        feed.publish(ad(name, number))
    done = sync(database, feed)
    assert (done.status, done.came, done.unreadable) == (IntakeStatus.DONE, 2, 1)
    assert titles(database) == ["Kokk a", "Kokk c"]
    feed.publish(ad("d", 9))
    assert sync(database, feed).unreadable == 0  # it was told once


def test_a_postal_code_that_nobody_knows_is_left_out(database: Database, feed: Feed) -> None:
    feed.publish(ad("a", workLocations=[{"postalCode": "0002", "municipal": "?"}, HERE]))
    sync(database, feed)
    assert only(database).postal_code == "7260"


def test_the_public_token_is_fetched_and_fetched_anew_when_it_is_replaced(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    assert feed.paths()[0] == "/api/publicToken"
    feed.publish(ad("b", 1))
    with FeedClient(feed.url, pause=lambda _: False) as client:
        client.page("/api/v1/feed")
        feed.token = "second"
        feed.asked.clear()
        assert follow(database, client, FROYA).came == 1
    assert feed.paths().count("/api/publicToken") == 1


def test_a_token_of_ones_own_that_is_refused_is_told(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    with FeedClient(feed.url, "of our own", pause=lambda _: False) as client:
        done = follow(database, client, FROYA)
    assert (done.status, done.fault) == (IntakeStatus.FAILED, IntakeFault.REFUSED)
    assert "/api/publicToken" not in feed.paths()


@pytest.mark.parametrize(("status", "headers"), [(429, {"Retry_After": "7"}), (500, {}), (503, {}), (502, {})])
def test_what_passes_is_waited_for(database: Database, feed: Feed, status: int, headers: dict[str, str]) -> None:
    feed.publish(ad("a"))
    feed.before = refusing(status, 3, **headers)
    waited: list[float] = []

    def pause(seconds: float) -> bool:
        if seconds:
            waited.append(seconds)
        return False

    with FeedClient(feed.url, pause=pause) as client:
        assert follow(database, client, FROYA).came == 1
    assert len(waited) == 3
    bounds = [(7, 7)] * 3 if headers else [(0.5, 1.5), (1, 3), (2, 6)]
    assert all(least <= seconds <= most for seconds, (least, most) in zip(waited, bounds, strict=True))


@pytest.mark.parametrize(
    ("status", "headers", "fault"),
    [
        (429, {"Retry_After": "3600"}, IntakeFault.BUSY),
        (503, {}, IntakeFault.BUSY),
        (500, {}, IntakeFault.BROKEN),
        (403, {}, IntakeFault.REFUSED),
        (302, {"Location": "https://elsewhere.example/"}, IntakeFault.NOT_A_FEED),
    ],
)
def test_what_does_not_pass_ends_the_reading_which_goes_on_later(
    database: Database, feed: Feed, status: int, headers: dict[str, str], fault: IntakeFault
) -> None:
    for number in range(12):
        feed.publish(ad(f"a{number:02}", number))
    usual = feed.before
    feed.before = lambda path, _: (status, {k.replace("_", "-"): v for k, v in headers.items()}, b"") if path.endswith(
        "/a08"
    ) else None  # fmt: skip
    done = sync(database, feed)
    assert (done.status, done.fault, done.pages > 0) == (IntakeStatus.FAILED, fault, True)
    feed.before = usual
    assert sync(database, feed).status is IntakeStatus.DONE
    assert len(titles(database)) == 12


def test_a_feed_that_is_not_there_is_told(database: Database) -> None:
    with serve() as gone:
        pass
    assert sync(database, gone).fault is IntakeFault.UNREACHABLE


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b'{"id": "x", "items": [{}]}'])
def test_what_is_no_feed_is_told(database: Database, feed: Feed, content: bytes) -> None:
    feed.before = lambda path, _: (200, {}, content) if path == "/api/v1/feed" else None
    assert sync(database, feed).fault is IntakeFault.NOT_A_FEED


def test_a_validator_that_is_too_long_to_keep_is_done_without(database: Database, feed: Feed) -> None:
    page: dict[str, object] = {"id": "1", "next_url": None, "items": []}
    feed.before = lambda path, _: (200, {"ETag": "x" * 3000}, json.dumps(page).encode()) if "feed" in path else None
    assert [sync(database, feed).status for _ in range(2)] == [IntakeStatus.DONE] * 2


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/api/v1/feed/2", "//elsewhere.example/x", "ftp://x", "/" + "x" * 600]
)
def test_a_next_page_elsewhere_is_not_followed(database: Database, feed: Feed, url: str) -> None:
    page = {"id": "1", "next_url": url, "items": []}
    feed.before = lambda path, _: (200, {}, json.dumps(page).encode()) if path == "/api/v1/feed" else None
    assert sync(database, feed).fault is IntakeFault.NOT_A_FEED


def test_a_page_that_is_gone_is_read_for_from_the_beginning(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    feed.lines.clear()
    feed.publish(ad("b", 1))
    assert sync(database, feed).came == 1
    assert titles(database) == ["Kokk a", "Kokk b"]


def test_another_feed_is_read_from_its_beginning(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    sync(database, feed)
    with serve() as other:
        other.publish(ad("b"))
        assert sync(database, other).came == 1


def test_one_reads_at_a_time_and_a_dead_one_is_followed_by_the_next(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    with FeedClient(feed.url, pause=lambda _: False) as client:
        following._begin(database, client, FROYA, take_over=False)  # and then it dies
        with pytest.raises(Conflict):
            follow(database, client, FROYA)
        assert follow(database, client, FROYA, take_over=True).came == 1
        following._begin(database, client, FROYA, take_over=False)
    with clock.moved(to=NOW + CLAIM + timedelta(seconds=1)):
        assert sync(database, feed).status is IntakeStatus.DONE
    with database.session(FROYA, write=False) as session:
        told = service.list_intakes(session, actor(), PageRequest(10), all_of_them=True).items
    assert [one.status.value for one in told] == ["done", "broken_off", "done", "broken_off"]


def test_whoever_was_taken_over_writes_nothing_more(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    with FeedClient(feed.url, pause=lambda _: False) as client:

        def take_over(path: str, _: Mapping[str, str]) -> None:
            if "feedentry" in path:
                feed.before = lambda path, headers: None
                following._begin(database, client, FROYA, take_over=True)

        feed.before = take_over
        with pytest.raises(Conflict):
            follow(database, client, FROYA)
    assert titles(database) == []


def test_who_sees_how_vacancies_came_in(database: Database, feed: Feed) -> None:
    feed.publish(ad("a"))
    done = sync(database, feed)
    with database.session(FROYA, write=False) as session:
        for role, seen in ((Role.COORDINATOR, 1), (Role.LEADER, 1), (Role.HR, 0)):
            assert len(service.list_intakes(session, actor(role, unit="Skolen"), PageRequest(9)).items) == seen
        with pytest.raises(NotFound):
            service.read_intake(session, actor(Role.HR, unit="Skolen"), done.id)
        with pytest.raises(Forbidden):
            service.list_intakes(session, actor(Role.NEIGHBOUR), PageRequest(9))
    with database.session(HITRA, write=False) as session, pytest.raises(NotFound):
        service.read_intake(session, actor(municipality_no=HITRA), done.id)
