"""Contracts of what neighbours read. There is no field here for a name, an id, a date, a count or a text."""

from typing import Literal

from pydantic import Field

from schemas.base import MunicipalityNo, View


class SharedClassOut(View):
    """At least k units (people, or households as one) that are alike as far as this says."""

    occupation: str = Field(
        description='STYRK-08 code of one to four digits, "any" or "not stated".', examples=["3313", "33"]
    )
    norwegian: str = Field(
        description='Spoken Norwegian: CEFR level, its band A, B or C, "any" or "not stated".', examples=["B"]
    )
    education: str = Field(
        description='NUS2000 level 0-8, "low", "mid", "high", "any" or "not stated".', examples=["high"]
    )
    size_band: Literal["5–9", "10–19", "20–49", "50+"] = Field(description="How many units, never the count.")


class SharedClassesOut(View):
    """The classes of one municipality.

    Each describes at least `k` consenting units and counts nobody who is in another.
    """

    municipality_no: MunicipalityNo
    k: int = Field(ge=5)
    classes: list[SharedClassOut]
