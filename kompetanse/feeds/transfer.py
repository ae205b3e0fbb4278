"""Reads advertisements in the format in which employers' systems send theirs to NAV. Pure: text in, values out.

Format and error types: github.com/navikt/pam-import-api (docs/index.md, TransferDTO, TransferController). Nothing of
what was sent is repeated in an error.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, JsonValue, ValidationError
from pydantic import Field as Described

from kompetanse.codes.work import Shift
from kompetanse.feeds import texts
from kompetanse.feeds.documents import Broken
from kompetanse.feeds.entries import FeedContact, FeedDoubt, Moment, Text, VacancyEntry
from kompetanse.feeds.places import RawLocation, workplace

_SHIFTS: Mapping[str, Shift] = MappingProxyType(
    {
        "dagtid": Shift.DAY, "dag": Shift.DAY, "kveld": Shift.EVENING, "kveldstid": Shift.EVENING, "natt": Shift.NIGHT,
        "helg": Shift.WEEKEND, "lørdag": Shift.WEEKEND, "søndag": Shift.WEEKEND, "rotasjon": Shift.ROTATION,
    }
)  # fmt: skip
"""What `workhours` and `workday` say, as it is kept here; "Ukedager" says no more than "Dagtid"."""

_STYRK = frozenset({"STYRK08", "STYRK08NAV"})
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d+)? ?%?(?: ?(?:-|–|til) ?(\d{1,3})(?:[.,]\d+)? ?%?)?", re.IGNORECASE)


class TransferError(StrEnum):
    """Why an advertisement was not taken, in NAV's words."""

    PARSE_ERROR = "PARSE_ERROR"
    MISSING_PARAMETER = "MISSING_PARAMETER"
    INVALID_VALUE = "INVALID_VALUE"
    CONFLICT = "CONFLICT"
    NOT_FOUND = "NOT_FOUND"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class TransferFault:
    """An advertisement that cannot be taken: which, why, and the places in it that are wrong."""

    kind: TransferError
    fields: tuple[str, ...]
    reference: str | None = None

    @property
    def message(self) -> str:
        """The error in a line, as NAV words it, without any value."""
        match self.kind:
            case TransferError.PARSE_ERROR:
                return f"JSON Parse error: at {', '.join(self.fields)}"
            case TransferError.MISSING_PARAMETER:
                return f"Missing parameter: {', '.join(self.fields)}"
            case _:
                return f"Invalid value: at {', '.join(self.fields)}"


@dataclass(frozen=True, slots=True)
class Stopped:
    """An advertisement that its sender has stopped or deleted."""

    reference: str


@dataclass(frozen=True, slots=True)
class Transferred:
    """An advertisement that is published, by its sender's reference; `digest` is MD5 of it, which NAV answers with."""

    reference: str
    entry: VacancyEntry
    digest: str


Sent = Transferred | Stopped | TransferFault


class _Raw(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


def _written(value: object) -> object:
    """A property as text: some send numbers."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


class _RawCategory(_Raw):
    code: Annotated[Text, BeforeValidator(_written)] = None
    kind: str = Described("STYRK08", validation_alias="categoryType")


class _RawContact(_Raw):
    name: Text = None
    title: Text = None
    role: Text = None
    email: Text = None
    phone: Text = None


class _RawEmployer(_Raw):
    name: Text = Described(None, validation_alias="businessName")
    org_no: Annotated[Text, BeforeValidator(_written)] = Described(None, validation_alias="orgnr")
    location: RawLocation | None = None


class _RawAd(_Raw):
    reference: Annotated[str, BeforeValidator(_written), Described(min_length=1, max_length=254)]
    title: str = Described(min_length=1, max_length=511)
    text: str = Described(min_length=1, validation_alias="adText")
    privacy: str = "SHOW_ALL"
    status: str = "RECEIVED"
    positions: int = Described(1, ge=1)
    published: Moment | None = None
    expires: Moment | None = None
    contacts: tuple[_RawContact, ...] = Described((), validation_alias="contactList")
    locations: tuple[RawLocation, ...] = Described((), validation_alias="locationList")
    categories: tuple[_RawCategory, ...] = Described((), validation_alias="categoryList")
    employer: _RawEmployer | None = None
    properties: dict[str, Annotated[Text, BeforeValidator(_written)] | list[str]] = {}


def sent_in(document: JsonValue | Broken, now: datetime) -> Iterator[Sent]:
    """Each advertisement of a document: one, an array of them, or `{"provider", "ads"}`.

    Never raises: what cannot be taken is a fault with its place. `now` is when they came.
    """
    if isinstance(document, Broken):
        yield TransferFault(TransferError.PARSE_ERROR, (f"line {document.line}",))
        return
    yield from (_sent(one, now) for one in _listed(document))


def _listed(document: JsonValue) -> list[JsonValue]:
    if isinstance(document, dict) and isinstance(document.get("ads"), list):
        document = document["ads"]
    return document if isinstance(document, list) else [document]


def _sent(document: JsonValue, now: datetime) -> Sent:
    if not isinstance(document, dict):
        return TransferFault(TransferError.INVALID_VALUE, ("the advertisement",))
    digest, reference = _digest(document), _reference(document)
    if digest is None:
        return TransferFault(TransferError.INVALID_VALUE, ("characters that no text has",))
    if document.get("status") in ("STOPPED", "DELETED") and reference:
        return Stopped(reference)
    try:
        raw = _RawAd.model_validate(document)
    except ValidationError as error:
        return _fault(error, reference)
    if not raw.locations and not (raw.employer and (raw.employer.org_no or raw.employer.location)):
        return TransferFault(TransferError.MISSING_PARAMETER, ("locationList",), raw.reference)
    return Transferred(raw.reference, _entry(raw, now), digest)


def _digest(document: JsonValue) -> str | None:
    """MD5 of a document; None when it has characters that cannot be stored (NUL, halves of a pair)."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return None
    return None if "\\u0000" in text else hashlib.md5(content, usedforsecurity=False).hexdigest().upper()


def _reference(document: Mapping[str, JsonValue]) -> str | None:
    found = document.get("reference")
    return str(found)[:254] if isinstance(found, (str, int)) and str(found).strip() else None


def _fault(error: ValidationError, reference: str | None) -> TransferFault:
    found = error.errors(include_input=False, include_url=False)
    missing = [one for one in found if one["type"] in {"missing", "string_too_short"} or _is_null(one)]
    fields = tuple("/".join(map(str, one["loc"])) for one in missing or found)
    kind = TransferError.MISSING_PARAMETER if missing else TransferError.INVALID_VALUE
    return TransferFault(kind, fields, reference)


def _is_null(fault: Mapping[str, Any]) -> bool:
    return fault["type"] == "string_type" and len(fault["loc"]) == 1 and fault["loc"][0] in {"title", "adText"}


def _entry(raw: _RawAd, now: datetime) -> VacancyEntry:
    employer = raw.employer or _RawEmployer()
    place = workplace(raw.locations or ((employer.location,) if employer.location else ()))
    stated = {name: _listed_text(value) for name, value in raw.properties.items()}
    org_no = texts.organisation_number(employer.org_no)
    codes = [_four(one.code) for one in raw.categories if one.kind in _STYRK and one.code]
    styrk = texts.first_occupation(codes)
    due, start = _one(stated, "applicationdue"), _one(stated, "starttime")
    deadline, starts_on = texts.feed_date(due), texts.feed_date(start)
    percent = _percentage(_one(stated, "jobpercentage")) or texts.percentage(" ".join(stated.get("extent", ())))
    doubts = {
        FeedDoubt.ORG_NO_INVALID: employer.org_no is not None and org_no is None,
        FeedDoubt.OCCUPATION_UNKNOWN: styrk is None,
        FeedDoubt.WORKPLACE_UNKNOWN: place.municipality_no is None,
        FeedDoubt.DEADLINE_UNREADABLE: due is not None and deadline is None and not texts.means_soon(due),
        FeedDoubt.START_UNREADABLE: start is not None and starts_on is None and not texts.means_soon(start),
    }
    return VacancyEntry(
        external_id=raw.reference,
        modified_at=now,
        title=texts.plain(raw.title) or texts.UNTITLED,
        occupation_title=texts.plain(_one(stated, "jobtitle")),
        styrk=styrk,
        description=texts.safe_html(raw.text),
        employer_name=None if raw.privacy == "DONT_SHOW_EMPLOYER" else texts.plain(employer.name),
        employer_org_no=None if raw.privacy == "DONT_SHOW_EMPLOYER" else org_no,
        workplace=place,
        percentage_min=percent[0],
        percentage_max=percent[1],
        duration=texts.duration(_one(stated, "engagementtype")),
        positions=raw.positions,
        starts_on=starts_on,
        start_as_written=texts.plain(start) if starts_on is None else None,
        deadline=deadline,
        deadline_as_written=texts.plain(due) if deadline is None else None,
        expires_on=raw.expires.date() if raw.expires else None,
        url=texts.web_address(_one(stated, "sourceurl")),
        application_url=texts.web_address(_one(stated, "applicationurl")),
        contacts=(*filter(None, map(_contact, raw.contacts)), *_applications(stated)),
        doubts=tuple(doubt for doubt, holds in doubts.items() if holds),
        shifts=_shifts([*stated.get("workhours", ()), *stated.get("workday", ())]),
    )


def _listed_text(value: str | list[str] | None) -> list[str]:
    """A property's values: some are lists, and some lists are written as JSON inside the text."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            inner = json.loads(value)
        except (ValueError, RecursionError):
            inner = None
        if isinstance(inner, list):
            return [str(one) for one in inner if isinstance(one, (str, int)) and str(one).strip()]
    return [value] if isinstance(value, str) else value or []


def _one(stated: Mapping[str, list[str]], name: str) -> str | None:
    return next(iter(stated.get(name, ())), None)


def _four(code: str) -> str:
    """A code as STYRK-08 has it: "234204" and "7411.01" are more exact than it is."""
    digits = code.strip()
    return digits[:4] if digits.isascii() and digits.isdigit() else digits


def _percentage(text: str | None) -> tuple[int, int] | None:
    """Least and most per cent of full time: of "80 %", "50-80%"."""
    found = _PERCENT.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    least, most = int(found[1]), int(found[2] or found[1])
    return (least, most) if 1 <= least <= most <= 100 else None


def _shifts(said: Iterable[str]) -> tuple[Shift, ...]:
    found = (_SHIFTS.get(part.strip().casefold()) for one in said for part in one.split(";"))
    return tuple(dict.fromkeys(shift for shift in found if shift is not None))


def _applications(stated: Mapping[str, list[str]]) -> Iterator[FeedContact]:
    """Where applications go by e-mail: somebody's address, so kept with the contacts."""
    address = _one(stated, "applicationemail")
    if address is not None:
        yield FeedContact(None, "Søknad", address, None)


def _contact(raw: _RawContact) -> FeedContact | None:
    contact = FeedContact(texts.plain(raw.name), texts.plain(raw.title or raw.role), raw.email, raw.phone)
    return contact if contact.email or contact.phone or contact.name else None
