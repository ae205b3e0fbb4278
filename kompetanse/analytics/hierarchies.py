"""How the extract's values grow coarser, beside what `sharing.hierarchies` has already. Knows no person."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from kompetanse.codes.countries import Region, country
from kompetanse.codes.education import education_fields
from kompetanse.codes.languages import languages, macrolanguage
from kompetanse.codes.work import RecognitionStatus, ReferralStage
from kompetanse.errors import FieldFault, Invalid, UnknownCode
from kompetanse.sharing.hierarchies import Hierarchy, Path, with_not_stated

Closed = TypeVar("Closed", bound=StrEnum)

_NEAR = frozenset({Region.NORDIC, Region.EEA})
_FIRST_YEAR = 2015
"""The first year that referrals are told by; the registry did not exist before."""


class Place(StrEnum):
    """Where work was done or an education taken, seen from Norway."""

    NORWAY = "norway"
    NEAR = "nordic or eea"
    ELSEWHERE = "elsewhere"


class WorkStatus(StrEnum):
    """Whether somebody works now, and whether her competence lies unused (`competence.unused`)."""

    WORKING = "working"
    BELOW = "working below competence"
    UNUSED = "no work known, competence unused"
    NO_WORK_KNOWN = "no work known"


class Duration(StrEnum):
    """How long a job lasted."""

    UNDER_1 = "under 1 year"
    FROM_1 = "1–2 years"
    FROM_3 = "3–4 years"
    FROM_5 = "5–9 years"
    FROM_10 = "10 years and over"


IN_WORK, NOT_IN_WORK = "in work", "not known to be in work"
ABROAD = "abroad"
UNDER_3, FROM_3 = "under 3 years", "3 years and over"
UNDER_WAY, HIRED, ENDED = "under way", "hired", "ended without"
DECIDED, UNDECIDED = "recognised in whole or part", "not recognised"

_DURATIONS = ((120, Duration.FROM_10), (60, Duration.FROM_5), (36, Duration.FROM_3), (12, Duration.FROM_1))


def place(alpha2: str | None) -> Place | None:
    """The place of a country by its ISO 3166-1 code; None where it is not stated, or is no country of today."""
    if alpha2 is None:
        return None
    try:
        region = country(alpha2).region
    except UnknownCode:
        return None
    if alpha2 == "NO":
        return Place.NORWAY
    return Place.NEAR if region in _NEAR else Place.ELSEWHERE


def duration(months: int | None) -> Duration | None:
    """The band of a number of months."""
    if months is None:
        return None
    return next((band for least, band in _DURATIONS if months >= least), Duration.UNDER_1)


def quarter(year: int, month: int) -> str:
    """The leaf of a moment: "2026-Q1", or "before 2015"."""
    return f"{year}-Q{(month + 2) // 3}" if year >= _FIRST_YEAR else f"before {_FIRST_YEAR}"


@cache
def region_hierarchy() -> Hierarchy:
    """Region of the world (`codes.countries.Region`) → Nordic or EEA, or elsewhere → any. Never a country."""
    paths = ((one.value, Place.NEAR.value if one in _NEAR else Place.ELSEWHERE.value) for one in Region)
    return with_not_stated("region", ("region", "free movement"), sorted(paths, key=lambda path: path[::-1]))


@cache
def work_hierarchy() -> Hierarchy:
    """Work status → in work or not known to be → any."""
    working = {WorkStatus.WORKING, WorkStatus.BELOW}
    return _of(WorkStatus, {one: IN_WORK if one in working else NOT_IN_WORK for one in WorkStatus}, "work", "in work")


@cache
def place_hierarchy() -> Hierarchy:
    """Norway, the Nordic countries and the EEA, elsewhere → Norway or abroad → any."""
    wider = {one: Place.NORWAY.value if one is Place.NORWAY else ABROAD for one in Place}
    return _of(Place, wider, "place", "abroad")


@cache
def duration_hierarchy() -> Hierarchy:
    """Five bands → under three years or not → any."""
    short = {Duration.UNDER_1, Duration.FROM_1}
    return _of(Duration, {one: UNDER_3 if one in short else FROM_3 for one in Duration}, "duration", "three years")


@cache
def recognition_hierarchy() -> Hierarchy:
    """Status of recognition → recognised in whole or part, or not → any."""
    given = {RecognitionStatus.RECOGNISED, RecognitionStatus.PARTLY}
    wider = {one: DECIDED if one in given else UNDECIDED for one in RecognitionStatus}
    return _of(RecognitionStatus, wider, "recognition", "recognised")


@cache
def stage_hierarchy() -> Hierarchy:
    """Stage of a referral → under way, hired, or ended without → any."""
    wider = dict.fromkeys(ReferralStage, UNDER_WAY) | {
        ReferralStage.HIRED: HIRED,
        ReferralStage.DECLINED: ENDED,
        ReferralStage.WITHDRAWN: ENDED,
    }
    return _of(ReferralStage, wider, "stage", "outcome")


@cache
def quarter_hierarchy(until: int) -> Hierarchy:
    """Quarter → year → any, up to the end of the year `until`.

    Raises:
        Invalid: `until` is before the first year that is told.
    """
    if until < _FIRST_YEAR:
        raise Invalid(FieldFault("/quarter", "The quarters begin later", f"Use {_FIRST_YEAR} or later"))
    before = quarter(_FIRST_YEAR - 1, 1)
    told = ((quarter(year, month), str(year)) for year in range(_FIRST_YEAR, until + 1) for month in (1, 4, 7, 10))
    return with_not_stated("quarter", ("quarter", "year"), [(before, before), *told])


@cache
def field_hierarchy() -> Hierarchy:
    """ISCED-F 2013, broad field → any: narrower ones point people out."""
    return with_not_stated("field", ("broad field",), [(one.code,) for one in education_fields() if not one.parent])


@cache
def language_hierarchy() -> Hierarchy:
    """Language (ISO 639-3; bokmål and nynorsk are Norwegian) → any."""
    codes = dict.fromkeys(macrolanguage(one.code) for one in languages())
    return with_not_stated("language", ("language",), [(code,) for code in sorted(codes)])


def _of(kind: type[Closed], wider: Mapping[Closed, str], name: str, level: str) -> Hierarchy:
    paths: Iterable[Path] = ((one.value, wider[one]) for one in kind)
    return with_not_stated(name, (name, level), sorted(paths, key=lambda path: _first(kind, wider, path[1])))


def _first(kind: type[Closed], wider: Mapping[Closed, str], group: str) -> int:
    """The place of a group's first value, so that groups are runs and keep the order of their values."""
    return next(place for place, one in enumerate(kind) if wider[one] == group)
