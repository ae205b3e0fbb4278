"""Writes a vacancy as an advertisement in the format in which employers' systems send theirs to NAV. Pure.

Format: github.com/navikt/pam-import-api (docs/index.md). What `transfer.py` reads of it is the vacancy again.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from html import escape
from types import MappingProxyType

from pydantic import JsonValue

from kompetanse.clock import OSLO
from kompetanse.codes.municipalities import municipality
from kompetanse.codes.work import Duration, Shift
from kompetanse.errors import FieldFault, Invalid
from kompetanse.feeds.rules import Advertised
from kompetanse.vacancies.rules import is_html

_ENGAGEMENTS: Mapping[Duration, str] = MappingProxyType(
    {
        Duration.PERMANENT: "Fast",
        Duration.TEMPORARY: "Engasjement",
        Duration.SUBSTITUTE: "Vikariat",
        Duration.SEASONAL: "Sesong",
        Duration.APPRENTICE: "Lærling",
        Duration.ON_CALL: "Ekstrahjelp",
    }
)
_HOURS: Mapping[Shift, str] = MappingProxyType(
    {
        Shift.DAY: "Dagtid",
        Shift.EVENING: "Kveld",
        Shift.NIGHT: "Natt",
        Shift.WEEKEND: "Helg",
        Shift.ROTATION: "Rotasjon",
    }
)
_END_OF_DAY = time(23, 59)


def advertisement(vacancy: Advertised, now: datetime) -> dict[str, JsonValue]:
    """The advertisement of a vacancy, published at a moment; its reference is the vacancy's id.

    Raises:
        Invalid: the vacancy lacks what NAV demands: a text, a deadline, a postal code, an employer.
    """
    employer = _employer(vacancy)
    faults = [
        FieldFault(f"/{name}", "NAV demands it", hint)
        for name, value, hint in (
            ("description", vacancy.description, "Write the advertisement's text"),
            ("deadline", vacancy.deadline, "Set the last day to apply: NAV takes the advertisement down then"),
            ("postal_code", vacancy.postal_code, "Write where the work is, four digits"),
            ("employer_name", employer, "Write who employs, or the unit"),
        )
        if not value
    ]
    if faults or vacancy.deadline is None:
        raise Invalid(*faults)
    place: dict[str, JsonValue] = {"country": "NORGE", "postalCode": vacancy.postal_code, "city": vacancy.place}
    if vacancy.workplace_no:
        place["municipal"] = municipality(vacancy.workplace_no).name.upper()
    stated: dict[str, JsonValue] = {"businessName": employer, "location": place, "reference": vacancy.municipality_no}
    if vacancy.employer_org_no:
        stated["orgnr"] = vacancy.employer_org_no
    return {
        "reference": str(vacancy.id),
        "title": vacancy.title,
        "adText": _html(vacancy.description or ""),
        "positions": vacancy.positions,
        "privacy": "SHOW_ALL",
        "published": _local(now),
        "expires": datetime.combine(vacancy.deadline, _END_OF_DAY).isoformat(),
        "employer": stated,
        "locationList": [place],
        "categoryList": [{"code": vacancy.styrk, "categoryType": "STYRK08"}] if vacancy.styrk else [],
        "contactList": [],
        "properties": _properties(vacancy),
    }


def _properties(vacancy: Advertised) -> dict[str, JsonValue]:
    """What is stated, as text: a list is written as JSON inside it."""
    low, high = vacancy.percentage_min, vacancy.percentage_max
    least, most = low or high, high or low
    stated = {
        "applicationdue": vacancy.deadline and f"{vacancy.deadline:%d.%m.%Y}",
        "starttime": vacancy.starts_on and f"{vacancy.starts_on:%d.%m.%Y}",
        "engagementtype": vacancy.duration and _ENGAGEMENTS[vacancy.duration],
        "extent": most and ("Heltid" if most == 100 else "Deltid"),
        "jobpercentage": most and (f"{most}%" if least == most else f"{least}-{most}%"),
        "workhours": vacancy.shifts and _listed([_HOURS[Shift(one)] for one in vacancy.shifts]),
    }
    return {name: value for name, value in stated.items() if isinstance(value, str)}


def _listed(values: Sequence[str]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _employer(vacancy: Advertised) -> str | None:
    if vacancy.employer_name or not vacancy.unit:
        return vacancy.employer_name
    return f"{municipality(vacancy.municipality_no).name} kommune, {vacancy.unit}"


def _html(text: str) -> str:
    if is_html(text):
        return text
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


def _local(moment: datetime) -> str:
    return moment.astimezone(OSLO).replace(tzinfo=None, microsecond=0).isoformat()
