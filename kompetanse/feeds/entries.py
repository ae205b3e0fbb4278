"""Reads the job service's public vacancy feed (pam-stilling-feed, arbeidsplassen.nav.no): pages, and entries.

A page lists entries in the order they changed and says where the next page is; the advertisement itself is
in the entry. Contents are masked once an advertisement is inactive. Pure: JSON text in, values out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    JsonValue,
    ValidationError,
)
from pydantic import Field as Described

from kompetanse.clock import OSLO
from kompetanse.codes.work import Duration, Shift
from kompetanse.errors import DomainError, FieldFault, Invalid
from kompetanse.feeds import texts
from kompetanse.feeds.places import RawLocation, Workplace, workplace


class FeedRefused(Invalid):
    """What was fetched is not in the feed's format; `fields` are the JSON paths that are wrong, never their values."""

    code = "feed-refused"

    def __init__(self, fields: tuple[str, ...]) -> None:
        DomainError.__init__(self, "Not a page or entry of the vacancy feed: " + ", ".join(fields))
        self.faults = tuple(FieldFault(f"/{path}", "Not as the vacancy feed has it") for path in fields)
        self.fields = fields


class FeedStatus(StrEnum):
    """Whether an advertisement is published now."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"


class FeedDoubt(StrEnum):
    """What could not be read of an advertisement that was accepted all the same."""

    ORG_NO_INVALID = "org-no-invalid"
    OCCUPATION_UNKNOWN = "occupation-unknown"
    WORKPLACE_UNKNOWN = "workplace-unknown"
    DEADLINE_UNREADABLE = "deadline-unreadable"
    START_UNREADABLE = "start-unreadable"
    POSITIONS_UNREADABLE = "positions-unreadable"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One line of a page: which entry changed, when, and whether it is active."""

    id: str
    status: FeedStatus
    url: str
    title: str | None
    employer_name: str | None
    municipality_name: str | None
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of the feed, its own address, and that of the next; `next_url` is None on the last one."""

    id: str
    items: tuple[FeedItem, ...]
    next_url: str | None


@dataclass(frozen=True, slots=True)
class FeedContact:
    """Whom to ask about a vacancy: a person's data, so kept apart from the advertisement."""

    name: str | None
    title: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An advertisement that is no longer published; its contents are gone."""

    external_id: str
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An advertisement that is published, for work in no municipality that was asked for."""

    external_id: str
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class VacancyEntry:
    """An advertisement as a vacancy. None is not stated; `description` is HTML made safe.

    `percentage_max` is 99 for part time without a number. `deadline_as_written` keeps what is no date ("Snarest").
    """

    external_id: str
    modified_at: datetime
    title: str
    occupation_title: str | None
    styrk: str | None
    description: str | None
    employer_name: str | None
    employer_org_no: str | None
    workplace: Workplace
    percentage_min: int | None
    percentage_max: int | None
    duration: Duration | None
    positions: int
    starts_on: date | None
    start_as_written: str | None
    deadline: date | None
    deadline_as_written: str | None
    expires_on: date | None
    url: str | None
    application_url: str | None
    contacts: tuple[FeedContact, ...]
    doubts: tuple[FeedDoubt, ...]
    shifts: tuple[Shift, ...] = ()


def _without_nul(value: object) -> object:
    """Text as databases can hold it."""
    return value.replace("\x00", "") if isinstance(value, str) else value


def _stated(value: object) -> object:
    text = _without_nul(value)
    return None if isinstance(text, str) and not text.strip() else text


Id = Annotated[str, BeforeValidator(_without_nul)]


Text = Annotated[str | None, BeforeValidator(_stated)]
"""Text of the feed, in which "" is "not stated"."""

Moment = Annotated[datetime, AfterValidator(lambda moment: moment if moment.tzinfo else moment.replace(tzinfo=OSLO))]
"""A moment; one without a time zone is Norway's."""


class _Raw(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _RawItem(_Raw):
    id: Id
    url: Id
    date_modified: Moment
    status: FeedStatus = Described(validation_alias=AliasPath("_feed_entry", "status"))
    title: Text = Described(None, validation_alias=AliasPath("_feed_entry", "title"))
    employer: Text = Described(None, validation_alias=AliasPath("_feed_entry", "businessName"))
    municipality: Text = Described(None, validation_alias=AliasPath("_feed_entry", "municipal"))


class _RawPage(_Raw):
    id: Id
    next_url: Text = None
    items: tuple[_RawItem, ...]


class _RawCategory(_Raw):
    kind: str = Described("", validation_alias="categoryType")
    code: Text = None


class _RawEmployer(_Raw):
    name: Text = None
    org_no: Text = Described(None, validation_alias="orgnr")


class _RawContact(_Raw):
    name: Text = None
    title: Text = None
    role: Text = None
    email: Text = None
    phone: Text = None


class _RawAd(_Raw):
    title: Text = None
    job_title: Text = Described(None, validation_alias="jobtitle")
    description: Text = None
    locations: tuple[RawLocation, ...] = Described((), validation_alias="workLocations")
    categories: tuple[_RawCategory, ...] = Described((), validation_alias="categoryList")
    contacts: tuple[_RawContact, ...] = Described((), validation_alias="contactList")
    employer: _RawEmployer | None = None
    due: Text = Described(None, validation_alias="applicationDue")
    start: Text = Described(None, validation_alias="starttime")
    expires: Moment | None = None
    extent: Text = None
    engagement: Text = Described(None, validation_alias="engagementtype")
    positions: Text | int = Described(None, validation_alias="positioncount")
    link: Text = None
    source_url: Text = Described(None, validation_alias="sourceurl")
    application_url: Text = Described(None, validation_alias="applicationUrl")


class _RawEntry(_Raw):
    uuid: Id
    status: FeedStatus
    modified_at: Moment = Described(validation_alias="sistEndret")
    ad: _RawAd | None = Described(None, validation_alias=AliasChoices("ad_content", "json"))


_RawT = TypeVar("_RawT", bound=_Raw)


def parse_feed_page(json: bytes | str) -> FeedPage:
    """Read a page.

    Raises:
        FeedRefused: not JSON, or not a page.
    """
    return _page(_validated(_RawPage, json))


def feed_page_of(document: Mapping[str, JsonValue]) -> FeedPage:
    """The page that a document of JSON is. Raises FeedRefused."""
    return _page(_validated(_RawPage, document))


def _page(raw: _RawPage) -> FeedPage:
    return FeedPage(raw.id, tuple(_item(item) for item in raw.items), raw.next_url)


def _item(raw: _RawItem) -> FeedItem:
    masked = raw.status is FeedStatus.INACTIVE  # inactive lines have "..." for a title
    return FeedItem(
        id=raw.id,
        status=raw.status,
        url=raw.url,
        title=None if masked else texts.plain(raw.title),
        employer_name=None if masked else texts.plain(raw.employer),
        municipality_name=None if raw.municipality == "?" else raw.municipality,
        modified_at=raw.date_modified,
    )


def parse_feed_entry(json: bytes | str) -> VacancyEntry | Withdrawn:
    """Read an entry: the vacancy, or that it was withdrawn (inactive, or without contents).

    Raises:
        FeedRefused: not JSON, or not an entry.
    """
    return _entry(_validated(_RawEntry, json))


def feed_entry_of(document: Mapping[str, JsonValue]) -> VacancyEntry | Withdrawn:
    """The entry that a document of JSON is, as `parse_feed_entry`. Raises FeedRefused."""
    return _entry(_validated(_RawEntry, document))


def _entry(raw: _RawEntry) -> VacancyEntry | Withdrawn:
    if raw.ad is None or raw.status is FeedStatus.INACTIVE:
        return Withdrawn(raw.uuid, raw.modified_at)
    return _vacancy(raw, raw.ad, workplace(raw.ad.locations))


def parse_feed_entry_for(json: bytes | str, municipalities: Collection[str]) -> VacancyEntry | Withdrawn | Elsewhere:
    """Read an entry as far as it concerns some municipalities: of work elsewhere nothing but the place is read.

    Raises:
        FeedRefused: not JSON, or not an entry.
    """
    raw = _validated(_RawEntry, json)
    if raw.ad is None or raw.status is FeedStatus.INACTIVE:
        return Withdrawn(raw.uuid, raw.modified_at)
    place = workplace(raw.ad.locations, municipalities)
    if place.municipality_no not in municipalities:
        return Elsewhere(raw.uuid, raw.modified_at)
    return _vacancy(raw, raw.ad, place)


def _validated(model: type[_RawT], json: bytes | str | Mapping[str, JsonValue]) -> _RawT:
    try:
        return model.model_validate(json) if isinstance(json, Mapping) else model.model_validate_json(json)
    except ValidationError as error:
        paths = tuple("/".join(map(str, fault["loc"])) or "the text" for fault in error.errors(include_input=False))
    raise FeedRefused(paths)


def _vacancy(raw: _RawEntry, ad: _RawAd, place: Workplace) -> VacancyEntry:
    employer = ad.employer or _RawEmployer()
    org_no = texts.organisation_number(employer.org_no)
    codes = [category.code for category in ad.categories if category.kind == "STYRK08NAV" and category.code]
    styrk = texts.first_occupation(codes)
    deadline, start = texts.feed_date(ad.due), texts.feed_date(ad.start)
    percentage = texts.percentage(ad.extent)
    positions = texts.positions(ad.positions)
    doubts = {
        FeedDoubt.ORG_NO_INVALID: employer.org_no is not None and org_no is None,
        FeedDoubt.OCCUPATION_UNKNOWN: styrk is None,
        FeedDoubt.WORKPLACE_UNKNOWN: place.municipality_no is None,
        FeedDoubt.DEADLINE_UNREADABLE: ad.due is not None and deadline is None and not texts.means_soon(ad.due),
        FeedDoubt.START_UNREADABLE: ad.start is not None and start is None and not texts.means_soon(ad.start),
        FeedDoubt.POSITIONS_UNREADABLE: ad.positions is not None and positions is None,
    }
    return VacancyEntry(
        external_id=raw.uuid,
        modified_at=raw.modified_at,
        title=texts.plain(ad.title) or texts.plain(ad.job_title) or texts.UNTITLED,
        occupation_title=texts.plain(ad.job_title),
        styrk=styrk,
        description=texts.safe_html(ad.description),
        employer_name=texts.plain(employer.name),
        employer_org_no=org_no,
        workplace=place,
        percentage_min=percentage[0],
        percentage_max=percentage[1],
        duration=texts.duration(ad.engagement),
        positions=positions or 1,
        starts_on=start,
        start_as_written=texts.plain(ad.start) if start is None else None,
        deadline=deadline,
        deadline_as_written=texts.plain(ad.due) if deadline is None else None,
        expires_on=ad.expires.date() if ad.expires else None,
        url=texts.web_address(ad.link) or texts.web_address(ad.source_url),
        application_url=texts.web_address(ad.application_url),
        contacts=tuple(filter(None, map(_contact, ad.contacts))),
        doubts=tuple(doubt for doubt, holds in doubts.items() if holds),
    )


def _contact(raw: _RawContact) -> FeedContact | None:
    contact = FeedContact(texts.plain(raw.name), texts.plain(raw.title or raw.role), raw.email, raw.phone)
    return contact if contact.email or contact.phone or contact.name else None
