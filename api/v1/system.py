"""Whether the server lives, and tokens for API clients."""

import base64
import binascii
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from sqlalchemy import text

from api.dependencies import StateDep
from api.problems import responses
from kompetanse.database import EVERYWHERE
from kompetanse.errors import Unauthenticated
from kompetanse.identity import service as identity

router = APIRouter(tags=["system"])


class Health(BaseModel):
    """That the server answers."""

    status: Literal["ok"] = "ok"


class AccessToken(BaseModel):
    """A token response (RFC 6749 § 5.1)."""

    access_token: str = Field(examples=["eyJhbGciOi…"])
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a scheme
    expires_in: int = Field(description="Seconds.", examples=[900])


@router.get("/healthz")
def health() -> Health:
    """Whether the process lives."""
    return Health()


@router.get("/readyz", responses=responses(503))
def ready(state: StateDep) -> Health:
    """Whether the process can serve: the database answers."""
    with state.database.session(EVERYWHERE, write=False) as session:
        session.connection().execute(text("SELECT 1"))
    return Health()


@router.post("/api/v1/oauth/token", responses=responses(422))
def issue_token(
    request: Request,
    state: StateDep,
    grant_type: Annotated[Literal["client_credentials"], Form()],
    client_id: Annotated[str | None, Form()] = None,
    client_secret: Annotated[str | None, Form()] = None,
) -> AccessToken:
    """A short-lived token for a client's id and secret, in the form or as HTTP Basic."""
    if client_id is None or client_secret is None:
        client_id, client_secret = _basic(request.headers.get("authorization", ""))
    with state.database.session(EVERYWHERE, write=False) as session:
        identity.check_client(session, client_id=client_id, secret=client_secret)
    token, seconds = state.tokens.issue(client_id)
    return AccessToken(access_token=token, expires_in=seconds)


def _basic(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        client_id = secret = ""
    if scheme.lower() != "basic" or not secret:
        raise Unauthenticated("Send client_id and client_secret")
    return client_id, secret
