"""Contracts of households."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from kompetanse.codes.residence import HouseholdRole
from schemas.base import Contract, View

HouseholdName = Annotated[str, Field(min_length=1, max_length=120, examples=["Kazlauskas"])]
PERSON = "0198f2a0-5b7e-7c31-9d7c-2f6b1c0d9e11"


class MemberIn(Contract):
    """A person who belongs to the household."""

    person_id: UUID
    role: HouseholdRole = HouseholdRole.ADULT


class HouseholdCreate(Contract):
    """People who move, live and are placed together."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Kazlauskas", "members": [{"person_id": PERSON, "role": "adult"}]}]}
    )

    name: HouseholdName
    members: list[MemberIn] = Field(min_length=1, max_length=40)


class HouseholdRename(Contract):
    """Another name."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Kazlauskas og Berg"}]})

    name: HouseholdName


class MoveIn(Contract):
    """The household that a person moves into, and what she is there."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"household_id": PERSON, "role": "child"}]})

    household_id: UUID
    role: HouseholdRole = HouseholdRole.ADULT


class MemberOut(View):
    """A person who belongs to the household."""

    person_id: UUID
    given_name: str
    family_name: str
    role: HouseholdRole


class HouseholdOut(View):
    """A household with its members, in order of moving in."""

    id: UUID
    version: int
    name: str
    members: list[MemberOut]
