"""Contracts of a municipality's own weights, and of what other ones would do."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from schemas.base import Contract, View

Values = Annotated[
    dict[str, float],
    Field(description="By name. What is not named weighs as by default; names and bounds are in the answer of GET."),
]


class WeightsIn(Contract):
    """The weights that stand from now on, in place of all that were set before."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"values": {"language": 8, "experience": 9}, "note": "Språk læres i fisken"}]}
    )

    values: Values
    note: str | None = Field(default=None, max_length=500, description="Why.")


class WeightsTried(Contract):
    """Weights whose effect is asked for; nothing is saved."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"values": {"language": 8, "experience": 9}}]})

    values: Values


class WeightOut(View):
    """One weight: its bounds, and what it is now."""

    name: str = Field(examples=["language"])
    default: float = Field(examples=[10])
    least: float = Field(examples=[5])
    most: float = Field(examples=[20])
    value: float = Field(examples=[8])


class TuningOut(View):
    """One tuning that stands or stood."""

    version: int = Field(examples=[3])
    weights: dict[str, float] = Field(examples=[{"language": 8}])
    note: str | None
    changed_by: UUID
    changed_at: datetime


class WeightsOut(View):
    """Every weight; the version of the tuning that stands, 0 where nobody tuned; and every tuning, newest first."""

    version: int = Field(description="For `If-Match`.", examples=[3])
    weights_version: str = Field(
        description="What a match that is made by these weights names them.", examples=["2026-2+1f0c22ab"]
    )
    weights: list[WeightOut]
    history: list[TuningOut]


class MovedPerson(View):
    """Somebody who would come among the first of a vacancy, or fall out."""

    id: UUID
    given_name: str
    family_name: str


class RankingEffectOut(View):
    """What other weights would do to the first places of one vacancy."""

    vacancy_id: UUID
    title: str = Field(examples=["Regnskapsfører"])
    places: int = Field(description="How many of the first ten places are taken.", examples=[10])
    stays: int = Field(description="How many of those who have one keep one.", examples=[9])
    comes_in: list[MovedPerson]
    falls_out: list[MovedPerson]
    largest_move: int = Field(
        description="The most ranks that anybody moves who has a place now or then.", examples=[4]
    )


class EffectOut(View):
    """What other weights would do. `rankings` are those that change, and told only to whoever may match."""

    vacancies: int = Field(description="Open vacancies.", examples=[64])
    compared: int = Field(
        description="How many were compared: all up to 200, of more the 60 with most candidates.", examples=[64]
    )
    places: int = Field(description="The first ten places of all that were compared, as far as taken.", examples=[512])
    changed: int = Field(description="How many of them change hands.", examples=[31])
    changed_share: float = Field(examples=[0.06])
    mean_difference: float = Field(
        description="How much a score moves on average, of those whom no gate excludes.", examples=[0.014]
    )
    rankings: list[RankingEffectOut]
