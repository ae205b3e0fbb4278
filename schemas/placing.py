"""Contracts of placing people together: a household, and the municipality's whole picture. Suggestions to discuss."""

from uuid import UUID

from pydantic import Field

from schemas.base import MunicipalityNo, PageView, View
from schemas.matching import MatchOut


class AdultOut(View):
    """An adult of the household."""

    person_id: UUID
    given_name: str
    family_name: str


class PlacedOut(View):
    """One adult in one vacancy, explained."""

    person_id: UUID
    vacancy_id: UUID
    title: str = Field(examples=["Regnskapsfører"])
    municipality_no: MunicipalityNo = Field(description="Whose vacancy it is.", examples=["5014"])
    match: MatchOut


class TogetherOut(View):
    """One way to place a household."""

    placed: list[PlacedOut] = Field(description="Those who have a place; whoever is not here has none this way.")
    score: float = Field(description="The scores together.", examples=[1.34])
    bonus: float = Field(
        description="Added where all are placed near each other and no place for the children is missing.",
        examples=[0.25],
    )
    minutes_apart: int | None = Field(
        description="The longest way between two workplaces; null where it is not known.", examples=[12]
    )
    kindergarten: str = Field(description="Places in kindergarten: met, missing or unknown.", examples=["met"])
    school: str = Field(description="Places in school: met, missing or unknown.", examples=["unknown"])


class ChildrenOut(View):
    """How many children need a place."""

    under_school_age: int
    school_age: int


class PlacementsOut(View):
    """The best ways to place the adults of a household, best first."""

    adults: list[AdultOut]
    children: ChildrenOut
    within: int = Field(description="Minutes between workplaces that are near each other.", examples=[45])
    ways: list[TogetherOut]


class PairOut(View):
    """One person in one vacancy, explained."""

    given_name: str
    family_name: str
    title: str = Field(examples=["Regnskapsfører"])
    unit: str | None
    household_id: UUID | None = Field(description="Her household, where she is placed near the rest of it.")
    match: MatchOut


class PlanOut(PageView):
    """Everybody who seeks, in the open positions where all together fit best; a page of it, and how good the whole is.

    `value` is the sum of the scores and bonuses, and no plan is worth more than `bound`.
    """

    seeking: int = Field(description="People who seek work.", examples=[410])
    positions: int = Field(description="Open positions.", examples=[96])
    placed: int = Field(description="How many have a place in the whole plan.", examples=[88])
    households: int = Field(description="Households of which two or more seek.", examples=[37])
    together: int = Field(description="Those whose adults are placed near each other.", examples=[21])
    within: int = Field(description="Minutes between workplaces that are near each other.", examples=[45])
    value: float = Field(examples=[71.25])
    bound: float = Field(examples=[71.25])
    gap: float | None = Field(
        description="How far below the bound the plan is at most, as a share of its value; null of a plan without any.",
        examples=[0.0],
    )
    optimal: bool = Field(description="Whether it is proven that no plan is better.")
    seconds: float = Field(description="How long it took to find.", examples=[0.4])
    pairs: list[PairOut] = Field(description="In the order of the people's ids.")
