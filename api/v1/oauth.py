"""Tokens for machines: OAuth 2.0 with a secret of ours (RFC 6749 § 4.4) or with a token of Maskinporten (RFC 7523)."""

import base64
import binascii
from typing import Annotated, Any, Literal
from urllib.parse import unquote_plus

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field

from api.dependencies import StateDep
from api.problems import NEVER_STORED, TokenProblem, TokenRefused, responses
from api.state import State
from kompetanse.database import EVERYWHERE
from kompetanse.errors import Forbidden, InsufficientScope, InvalidToken, Unauthenticated
from kompetanse.identity import organisations
from kompetanse.identity import service as identity
from kompetanse.identity.maskinporten import Maskinporten

router = APIRouter(prefix="/oauth", tags=["tokens"])

SECRET = "client_credentials"  # noqa: S105 - the name of a grant
ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": TokenProblem, "description": "No token."} for status in (400, 401)
}


class AccessToken(BaseModel):
    """A token response (RFC 6749 § 5.1)."""

    access_token: str = Field(examples=["eyJhbGciOi…"])
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a scheme
    expires_in: int = Field(description="Seconds.", examples=[900])


@router.post("/token", responses={503: responses(503)[503], **_REFUSALS})
def issue_token(
    request: Request,
    response: Response,
    state: StateDep,
    grant_type: Annotated[str | None, Form(description=f"`{SECRET}` or `{ASSERTION}`.")] = None,
    client_id: Annotated[str | None, Form(description="With a secret, unless sent as HTTP Basic.")] = None,
    client_secret: Annotated[str | None, Form()] = None,
    assertion: Annotated[str | None, Form(description="A token of Maskinporten; it is good once.")] = None,
) -> AccessToken:
    """A short-lived token for a client's id and secret, in the form or as HTTP Basic, or for one of Maskinporten."""
    if grant_type is None:
        raise TokenRefused("invalid_request", "Send grant_type")
    if grant_type == SECRET:
        shown = _shown(client_id, client_secret, request.headers.get("authorization", ""))
        name = _by_secret(state, *shown)
    elif grant_type == ASSERTION and state.maskinporten is not None:
        name = _by_assertion(state, state.maskinporten, assertion)
    else:
        raise TokenRefused("unsupported_grant_type", "Such grants are not taken here")
    token, seconds = state.tokens.issue(name)
    response.headers.update(NEVER_STORED)
    return AccessToken(access_token=token, expires_in=seconds)


def _by_secret(state: State, client_id: str, secret: str) -> str:
    try:
        with state.database.session(EVERYWHERE, write=False) as session:
            identity.check_client(session, client_id=client_id, secret=secret)
    except Unauthenticated as error:
        raise TokenRefused("invalid_client", str(error)) from error
    return client_id


def _by_assertion(state: State, maskinporten: Maskinporten, assertion: str | None) -> str:
    """The client that Maskinporten vouches for. The request's own transaction remembers that the token is used up."""
    if assertion is None:
        raise TokenRefused("invalid_request", "Send assertion, a token of Maskinporten")
    try:
        consumer = maskinporten.read(assertion)
        with state.database.session(EVERYWHERE) as session:
            return organisations.exchange(session, consumer)
    except InvalidToken as error:
        raise TokenRefused("invalid_grant", str(error)) from error
    except InsufficientScope as error:
        raise TokenRefused("invalid_scope", str(error)) from error
    except Forbidden as error:
        raise TokenRefused("unauthorized_client", str(error)) from error


def _shown(client_id: str | None, secret: str | None, authorization: str) -> tuple[str, str]:
    """The id and secret, from the form or from HTTP Basic; a client shows them in one way (RFC 6749 § 2.3)."""
    if secret is not None and authorization:
        raise TokenRefused("invalid_request", "Send the secret in the form or as HTTP Basic, and not in both")
    if secret is not None and client_id is not None:
        return client_id, secret
    return _basic(authorization)


def _basic(header: str) -> tuple[str, str]:
    """Both parts are form-encoded inside Basic (RFC 6749 § 2.3.1)."""
    scheme, _, encoded = header.partition(" ")
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        client_id = secret = ""
    if scheme.lower() != "basic" or not secret:
        raise TokenRefused("invalid_client", "Send client_id and client_secret")
    return unquote_plus(client_id), unquote_plus(secret)
