import json
from datetime import date

import pytest

from kompetanse.codes.municipalities import is_municipality
from kompetanse.codes.occupations import is_occupation
from kompetanse.codes.work import Duration
from kompetanse.feeds.entries import (
    FeedContact,
    FeedDoubt,
    FeedRefused,
    FeedStatus,
    VacancyEntry,
    Withdrawn,
    parse_feed_entry,
    parse_feed_page,
)
from kompetanse.feeds.places import Workplace
from tests.exchange.sources import SHARED, advertisement, feed_entries


def vacancy(**changes: object) -> VacancyEntry:
    entry = parse_feed_entry(advertisement(**changes))
    assert isinstance(entry, VacancyEntry)
    return entry


def page(status: str, next_url: str | None) -> bytes:
    line = {"status": status, "title": "...", "businessName": "", "municipal": "?"}
    item = {"id": "1", "url": "/e/1", "date_modified": "2026-01-01T08:00:00Z", "_feed_entry": line}
    return json.dumps({"id": "p", "next_url": next_url, "items": [item]}).encode()


def test_an_advertisement_becomes_a_vacancy() -> None:
    entry = vacancy()
    assert (entry.title, entry.occupation_title, entry.styrk) == ("Kokk søkes", "Kokk", "5120")
    assert entry.description == "<p>Vi søker <b>kokk</b></p>"
    assert entry.workplace == Workplace("Sistranda", None, "7260", "5014")
    assert (entry.employer_name, entry.employer_org_no) == ("UTVÆR KOMMUNE", "974760673")
    assert (entry.percentage_min, entry.percentage_max, entry.duration) == (100, 100, Duration.SUBSTITUTE)
    assert (entry.deadline, entry.starts_on, entry.start_as_written) == (date(2026, 3, 1), None, "Snarest")
    assert (entry.positions, entry.url, entry.application_url) == (2, "https://example.no/stilling/1", None)
    assert entry.contacts == (FeedContact("Kari Leder", None, None, "900 12 345"),)
    assert entry.doubts == ()


@pytest.mark.parametrize("payload", feed_entries())
def test_every_entry_of_the_feed_is_a_vacancy_or_withdrawn(payload: bytes) -> None:
    raw, entry = json.loads(payload), parse_feed_entry(payload)
    if raw["status"] == "INACTIVE":
        assert entry == Withdrawn(raw["uuid"], entry.modified_at)
        return
    assert isinstance(entry, VacancyEntry)
    assert entry.external_id == raw["uuid"]
    assert entry.styrk is not None
    assert is_occupation(entry.styrk)
    assert entry.positions == int(raw["ad_content"]["positioncount"])
    assert entry.description is not None
    assert "&oslash;" not in entry.description
    assert "søker" in entry.description
    assert entry.workplace.municipality_no is None or is_municipality(entry.workplace.municipality_no)
    assert (entry.deadline is None) == (raw["ad_content"]["applicationDue"] == "")


def test_particular_entries_of_the_job_service() -> None:
    folder = SHARED / "nav" / "feed"
    if not folder.exists():  # the same facts, of an advertisement of our own
        assert vacancy(workLocations=[{"postalCode": "7240"}]).workplace.municipality_no == "5056"
        return
    island = parse_feed_entry((folder / "feedentry" / "b3009abb-0ada-4382-89e7-5a5cdcbd5bfc.json").read_bytes())
    assert isinstance(island, VacancyEntry)
    assert (island.deadline, island.workplace.municipality_no) == (date(2018, 11, 29), None)
    nursery = parse_feed_entry((folder / "feedentry" / "10584075-1e5c-4a83-bf49-c80bcab83018.json").read_bytes())
    assert isinstance(nursery, VacancyEntry)
    assert (nursery.styrk, nursery.employer_org_no, nursery.duration) == ("2342", None, Duration.PERMANENT)
    assert nursery.doubts == (FeedDoubt.ORG_NO_INVALID,)
    first, last = (parse_feed_page((folder / name).read_bytes()) for name in ("page1.json", "page2.json"))
    assert (len(first.items), len(last.items), last.next_url) == (11, 10, None)
    assert first.next_url is not None
    assert first.next_url.endswith(last.id)


def test_contents_may_stand_under_json_and_masked_contents_are_withdrawn() -> None:
    raw = json.loads(advertisement())
    raw["json"] = raw.pop("ad_content")
    assert isinstance(parse_feed_entry(json.dumps(raw)), VacancyEntry)
    raw["status"] = "INACTIVE"
    assert isinstance(parse_feed_entry(json.dumps(raw)), Withdrawn)


@pytest.mark.parametrize(
    ("written", "deadline", "kept", "doubts"),
    [
        ("\n\t07.12.2018", date(2018, 12, 7), None, ()),
        ("29. november 2018", date(2018, 11, 29), None, ()),
        ("2018-12-02T01:00", date(2018, 12, 2), None, ()),
        ("Snarest", None, "Snarest", ()),
        ("", None, None, ()),
        ("når som helst", None, "når som helst", (FeedDoubt.DEADLINE_UNREADABLE,)),
    ],
)
def test_deadlines(written: str, deadline: date | None, kept: str | None, doubts: tuple[FeedDoubt, ...]) -> None:
    entry = vacancy(applicationDue=written)
    assert (entry.deadline, entry.deadline_as_written, entry.doubts) == (deadline, kept, doubts)


@pytest.mark.parametrize(
    ("extent", "expected"),
    [("Heltid", (100, 100)), ("Deltid", (None, 99)), ("Heltid/Deltid", (None, 100)), ("", (None, None))],
)
def test_extent_is_a_range_of_percent(extent: str, expected: tuple[int | None, int | None]) -> None:
    entry = vacancy(extent=extent)
    assert (entry.percentage_min, entry.percentage_max) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Fast", Duration.PERMANENT), ("Engasjement", Duration.TEMPORARY), ("Prosjekt", Duration.TEMPORARY),
        ("Sesong", Duration.SEASONAL), ("Lærling", Duration.APPRENTICE), ("Annet", None), ("", None),
    ],
)  # fmt: skip
def test_engagement_is_a_duration(written: str, expected: Duration | None) -> None:
    assert vacancy(engagementtype=written).duration is expected


@pytest.mark.parametrize(
    ("locations", "expected"),
    [
        ([{"country": "NORGE", "municipal": "?"}, {"postalCode": "7240", "city": "HITRA"}], ("Hitra", "5056")),
        ([{"country": "SVERIGE", "postalCode": "7260", "city": "ÅRE"}], ("Åre, Sverige", None)),
        ([{"country": "NORGE", "municipal": "MO I RANA", "city": None}], ("Mo i Rana", None)),
        ([{"country": "NORGE", "municipal": "FRØYA"}], ("Frøya", "5014")),
        ([{"country": "NORGE", "municipal": "HERØY"}], ("Herøy", None)),
        ([], (None, None)),
    ],
)
def test_the_workplace_is_found_by_postal_code(locations: object, expected: tuple[str | None, str | None]) -> None:
    entry = vacancy(workLocations=locations)
    assert (entry.workplace.place, entry.workplace.municipality_no) == expected
    assert (FeedDoubt.WORKPLACE_UNKNOWN in entry.doubts) == (expected[1] is None)


@pytest.mark.parametrize(
    ("html", "forbidden"),
    [
        ('<a href="javascript:alert(1)">søk</a>', "javascript"),
        ('<img src="https://spor.example/x.png">', "img"),
        ("<p style='position:fixed'>x</p>", "style"),
        ("<iframe src=//x></iframe><p>ok</p>", "iframe"),
    ],
)
def test_harmful_html_does_not_pass(html: str, forbidden: str) -> None:
    assert forbidden not in (vacancy(description=html).description or "")


def test_what_is_missing_or_wrong_in_an_advertisement_is_doubted_and_not_made_up() -> None:
    entry = vacancy(
        employer=None, categoryList=[], positioncount="mange", title="", jobtitle="", contactList=[{"title": "x"}]
    )
    assert entry.title == "Stilling uten tittel"
    assert entry.doubts == (FeedDoubt.OCCUPATION_UNKNOWN, FeedDoubt.POSITIONS_UNREADABLE)
    assert (entry.employer_name, entry.styrk, entry.positions, entry.contacts) == (None, None, 1, ())


def test_a_page_lists_changes_and_masks_those_withdrawn() -> None:
    read = parse_feed_page(page("INACTIVE", "/next"))
    assert (read.id, read.next_url, read.items[0].status) == ("p", "/next", FeedStatus.INACTIVE)
    assert (read.items[0].title, read.items[0].employer_name, read.items[0].municipality_name) == (None, None, None)
    assert parse_feed_page(page("ACTIVE", "")).next_url is None


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b'{"id": 1}', page("GONE", None)])
def test_what_is_not_the_feed_is_refused_without_repeating_it(payload: bytes) -> None:
    for parse in (parse_feed_page, parse_feed_entry):
        with pytest.raises(FeedRefused) as refused:
            parse(payload)
        assert refused.value.fields
        assert "GONE" not in str(refused.value)
