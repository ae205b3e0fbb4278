"""Contracts of what is computed from profiles: gaps, unused competence, what is missing, old or runs out."""

from datetime import date
from uuid import UUID

from pydantic import Field

from kompetanse.codes.work import RecognitionScheme, RecognitionStatus
from schemas.base import PageView, View


class GapOut(View):
    """A time of three months or more in which nothing is written; first and last month."""

    started: str = Field(examples=["2019-03"])
    ended: str = Field(examples=["2020-01"])
    months: int
    certain: bool = Field(description="False when something without a written end may have filled it.")


class OverlapOut(View):
    """Two jobs that were held at the same time."""

    first_id: UUID
    first_title: str
    second_id: UUID
    second_title: str
    months: int


class AbleOut(View):
    """A level that an entry of the profile reaches."""

    level: int = Field(description="ISCO-08 skill level, 1 to 4.")
    ground: str = Field(examples=["education"])
    entry_id: UUID
    title: str
    styrk: str | None
    eqf: int | None
    months: int | None
    recognition: RecognitionStatus | None


class PresentOut(View):
    """Work that is done now."""

    entry_id: UUID
    title: str
    styrk: str | None
    level: int | None


class UnusedOut(View):
    """Why competence is said to lie unused. `steps` is null when no present work is known."""

    grounds: list[AbleOut]
    present: list[PresentOut]
    steps: int | None


class MappingStatusOut(View):
    """Where the mapping stands: done, due, overdue, or unknown (the day of settlement is not stated)."""

    state: str = Field(examples=["overdue"])
    missing: list[str] = Field(examples=[["education"]])
    due_on: date | None


class MappingOut(View):
    """The mapping that the Integration Act asks for."""

    status: MappingStatusOut
    mapped_on: date | None


class RecognitionPlanOut(View):
    """What is to be done to have an education from abroad recognised; papers and steps are codes."""

    entry_id: UUID
    title: str
    status: RecognitionStatus | None
    scheme: RecognitionScheme
    chosen: bool = Field(description="False: the scheme is the likely one by level.")
    authority: str | None = Field(examples=["HK-dir"])
    needed: list[str] = Field(description="Papers that are not at hand.", examples=[["diploma", "translation"]])
    steps: list[str] = Field(examples=[["collect", "translate", "apply", "wait"]])
    months: int = Field(description="About how long a decision takes.")


class InsightOut(View):
    """What a profile tells beyond its entries; all of it is computed."""

    version: int
    gaps: list[GapOut]
    overlaps: list[OverlapOut]
    unused: UnusedOut | None
    missing: list[str] = Field(examples=[["norwegian", "shifts"]])
    completeness: int = Field(description="Per cent of what a fair match needs.")
    mapping: MappingOut | None = Field(description="Null when the Integration Act is not about the person.")
    recognitions: list[RecognitionPlanOut]


class WhoseOut(View):
    """Whom a row is about."""

    person_id: UUID
    given_name: str
    family_name: str
    protected_address: bool


class UnusedRow(View):
    """Somebody whose competence lies unused."""

    whose: WhoseOut
    occupation: str | None = Field(description="The main occupation, STYRK-08.")
    unused: UnusedOut


class IncompleteRow(View):
    """Somebody in whose profile something is missing for a fair match."""

    whose: WhoseOut
    missing: list[str]
    completeness: int


class StaleRow(View):
    """Somebody whose profile was last written or confirmed long ago."""

    whose: WhoseOut
    confirmed_on: date


class ExpiringOut(View):
    """Something that runs out, or has."""

    kind: str = Field(examples=["licence"])
    what: str = Field(examples=["driving:C"])
    valid_until: date


class RunsOutRow(View):
    """Somebody of whom something runs out."""

    whose: WhoseOut
    things: list[ExpiringOut]


class UnmappedRow(View):
    """Somebody whose mapping under the Integration Act is not complete."""

    whose: WhoseOut
    mapping: MappingOut


class UnrecognisedRow(View):
    """Somebody with an education from abroad that nobody has recognised yet."""

    whose: WhoseOut
    plans: list[RecognitionPlanOut]


class UnrecognisedPage(PageView):
    """Not applied for first, then those who wait."""

    items: list[UnrecognisedRow]
    total: int


class UnmappedPage(PageView):
    """The earliest day first."""

    items: list[UnmappedRow]
    total: int


class UnusedPage(PageView):
    """The widest step between what somebody can and does first."""

    items: list[UnusedRow]
    total: int


class IncompletePage(PageView):
    """The least complete first."""

    items: list[IncompleteRow]
    total: int


class StalePage(PageView):
    """The oldest first."""

    items: list[StaleRow]
    total: int


class RunsOutPage(PageView):
    """The earliest first."""

    items: list[RunsOutRow]
    total: int
