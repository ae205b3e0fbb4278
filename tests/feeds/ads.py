"""Advertisements as the feed has them, one id each, and what the registry makes of them."""

import json
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from kompetanse.database import Database
from kompetanse.feeds.client import FeedClient
from kompetanse.feeds.following import follow
from kompetanse.feeds.tables import Intake
from kompetanse.paging import PageRequest
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.rules import VacancyFilter
from kompetanse.vacancies.tables import Vacancy
from tests.exchange.sources import advertisement
from tests.factories import FROYA, actor
from tests.support.feed_server import Feed

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
HERE = {"country": "NORGE", "city": "SISTRANDA", "postalCode": "7260", "municipal": "FRØYA"}
THERE = {"country": "NORGE", "city": "TRONDHEIM", "postalCode": "7010", "municipal": "TRONDHEIM"}
UNKNOWN = {"country": "NORGE", "city": None, "postalCode": None, "municipal": "?"}


def ad(name: str, minutes: int = 0, **changes: object) -> bytes:
    """The entry of an advertisement that changed so many minutes after 10 February 2026, 8.00."""
    raw = json.loads(advertisement(**{"title": f"Kokk {name}", "workLocations": [HERE], **changes}))
    at = NOW - timedelta(hours=4) + timedelta(minutes=minutes)
    return json.dumps({**raw, "uuid": name, "sistEndret": at.isoformat()}).encode()


def sync(database: Database, feed: Feed, municipality_no: str = FROYA, keep: Collection[str] = ()) -> Intake:
    """Read the feed once, without waiting between attempts."""
    with FeedClient(feed.url, pause=lambda _: False) as client:
        return follow(database, client, municipality_no, keep)


def stored(session: Session, municipality_no: str = FROYA) -> list[Vacancy]:
    """The municipality's open vacancies, by title."""
    who = actor(municipality_no=municipality_no)
    page = vacancies.list_vacancies(session, who, VacancyFilter(status=None), PageRequest(100))
    return sorted(page.items, key=lambda one: one.title)


def titles(database: Database, municipality_no: str = FROYA) -> list[str]:
    """The titles of the vacancies that are open."""
    with database.session(municipality_no, write=False) as session:
        return [one.title for one in stored(session, municipality_no) if one.status.value == "open"]


def transfer(**changes: object) -> dict[str, object]:
    """An advertisement as employers' systems send it to NAV, correct but for the changes."""
    ad: dict[str, object] = {
        "reference": "r1",
        "positions": 2,
        "title": "Kokk søkes",
        "adText": "<p>Vi søker <b>kokk</b></p><script>alert(1)</script>",
        "privacy": "SHOW_ALL",
        "published": "2026-02-13T12:59:26",
        "expires": "2026-03-24T00:00:00",
        "contactList": [{"name": "Kari Leder", "title": "Kjøkkensjef", "email": "kari@example.no", "phone": ""}],
        "locationList": [{"country": "NORGE", "postalCode": "7260", "city": "SISTRANDA"}],
        "properties": {
            "extent": "Deltid",
            "jobpercentage": "80%",
            "engagementtype": "Fast",
            "applicationdue": "24.03.2026",
            "starttime": "01.05.2026",
            "workhours": '["Dagtid","Kveld"]',
            "workday": "Helg",
        },
        "employer": {"businessName": "Utvær kommune", "orgnr": "974 760 673"},
        "categoryList": [{"code": "512003", "categoryType": "STYRK08"}, {"code": "x", "categoryType": "AP2020"}],
    }
    return {**ad, **changes}
