"""Contracts of neighbours' webhooks. A secret goes out once, when it is made."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from schemas.base import Contract, View


class WebhookCreate(Contract):
    """Where a neighbour wants to be told that something happened."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"url": "https://hitra.example/kompetanse"}]})

    url: str = Field(max_length=500, description="https, with a host that has public addresses only.")


class WebhookOut(View):
    """A webhook that stands."""

    id: UUID
    url: str
    created_at: datetime


class WebhookCreated(WebhookOut):
    """A fresh webhook, with its secret."""

    secret: str | None = Field(
        description="`whsec_…`; shown this once. `null` when the request was repeated with its key.",
        examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="],
    )


class WebhookList(View):
    """The webhooks of one neighbour that stand, the oldest first."""

    items: list[WebhookOut]


class PingOut(View):
    """A message on its way, by the `Webhook-Id` that it will have."""

    id: UUID
