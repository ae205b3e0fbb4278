"""Contracts of staff accounts and API clients. No password, and no secret but a fresh one, ever goes out."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, SecretStr

from schemas.base import Contract, MunicipalityNo, Text, View

StaffRole = Literal["coordinator", "leader", "hr", "dpo", "administrator", "analyst"]
ClientRole = Literal[
    "coordinator", "leader", "hr", "dpo", "administrator", "analyst", "neighbour", "job_service", "employer"
]  # fmt: skip
Called = Annotated[str, Field(min_length=1, max_length=120)]
Password = Annotated[SecretStr, Field(max_length=256, description="12 characters or more; a sentence is best.")]


class AccountCreate(Contract):
    """Somebody who works in the municipality. The HR role needs its `unit`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "email": "hanne@froya.example",
                    "name": "Hanne Hansen",
                    "password": "tre laks i en rød bøtte",
                    "roles": ["hr"],
                    "unit": "Hjemmetjenesten",
                }
            ]
        }
    )

    email: str = Field(max_length=254)
    name: Called
    password: Password
    roles: list[StaffRole] = Field(min_length=1, max_length=6)
    unit: Text | None = None


class NewPassword(Contract):
    """Another password. Every session of the account ends."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"password": "fire torsk på en grønn brygge"}]})

    password: Password


class AccountOut(View):
    """A staff account."""

    id: UUID
    email: str
    name: str
    roles: list[StaffRole]
    unit: str | None
    created_at: datetime
    disabled_at: datetime | None
    locked_until: datetime | None = Field(description="Closed until then, after too many wrong passwords.")


class AccountList(View):
    """The municipality's staff accounts, by name."""

    items: list[AccountOut]


class ClientCreate(Contract):
    """A machine that may call the API. A neighbour's names its municipality, and only that."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Hitra kommune", "roles": ["neighbour"], "recipient_no": "5056"}]}
    )

    name: Called
    roles: list[ClientRole] = Field(min_length=1, max_length=6, description="An outsider's key has one role.")
    recipient_no: MunicipalityNo | None = Field(default=None, description="The neighbour that the key is issued to.")
    unit: Text | None = Field(default=None, description="The unit that an HR client is bound to.")


class OrganisationCreate(Contract):
    """A neighbour that comes with tokens of Maskinporten, in which it is the consumer."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Hitra kommune", "recipient_no": "5056", "organisation_no": "938772924"}]
        }
    )

    name: Called
    recipient_no: MunicipalityNo = Field(description="The neighbour's municipality number.")
    organisation_no: str = Field(max_length=20, description="Its number in Enhetsregisteret: nine digits.")


class ClientOut(View):
    """An API client."""

    client_id: str
    name: str
    roles: list[ClientRole]
    recipient_no: str | None
    organisation_no: str | None = Field(description="Whom Maskinporten vouches for; such a client has no secret.")
    unit: str | None
    created_at: datetime
    revoked_at: datetime | None


class ClientIssued(ClientOut):
    """A fresh API client, with its secret."""

    client_secret: str | None = Field(
        description="Shown this once and stored nowhere; `null` when the request was repeated with its key."
    )


class ClientList(View):
    """The API clients that the municipality issued, revoked ones too."""

    items: list[ClientOut]
