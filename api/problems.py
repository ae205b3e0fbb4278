"""One place where a domain error becomes an answer: RFC 9457 problem details."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException

from kompetanse.database import violated_constraint
from kompetanse.errors import (
    BudgetSpent,
    Conflict,
    DomainError,
    FieldFault,
    Forbidden,
    InsufficientScope,
    Invalid,
    InvalidToken,
    NotFound,
    PossibleDuplicate,
    PreconditionRequired,
    Stale,
    Unauthenticated,
    Unavailable,
)
from kompetanse.exchange.imports import ImportChanged

MEDIA_TYPE = "application/problem+json"

NEVER_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}
"""What every answer about a token says (RFC 6749 § 5.1)."""

_STATUS: Mapping[type[DomainError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Forbidden: HTTPStatus.FORBIDDEN,
    Unauthenticated: HTTPStatus.UNAUTHORIZED,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Conflict: HTTPStatus.CONFLICT,
    Stale: HTTPStatus.PRECONDITION_FAILED,
    PreconditionRequired: HTTPStatus.PRECONDITION_REQUIRED,
    BudgetSpent: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

_CHALLENGES: Mapping[type[DomainError], str] = {
    InvalidToken: 'Bearer error="invalid_token"',
    Unauthenticated: "Bearer",
    InsufficientScope: 'Bearer error="insufficient_scope"',
}
"""`WWW-Authenticate` (RFC 6750 § 3): no error code for whoever sent no token."""

_RETRY_SECONDS = "2"

_CONSTRAINTS: Mapping[str, str] = {
    "uq_person_national_id": "Another person is registered with this number",
    "uq_idempotency_key": "A request with this Idempotency-Key is being answered; repeat it in a moment",
    "uq_staff_account_email": "The e-mail address has an account already",
    "uq_referral_pair": "The person is referred to this vacancy already",
    "uq_candidate_mark_pair": "The person has a mark for this vacancy already",
    "uq_matching_weights_version": "Somebody changed the weights at the same moment; read them again",
    "uq_match_result_pair": "The stored results are being refreshed; repeat it in a moment",
    "pk_match_stamp": "The stored results are being refreshed; repeat it in a moment",
    "uq_contact_ask_pair": "The person is being asked about this request already",
    "uq_release_period": "Somebody made the release of this quarter at the same moment",
    "uq_pooling_agreement_in_force": "The municipality has a pooling agreement; revoke it first",
    "pk_release_class": "Somebody made the release of this quarter at the same moment",
    "pk_release_member": "Somebody made the release of this quarter at the same moment",
    "uq_agreement_municipality_no_recipient_no": "There is an agreement with this neighbour already",
    "uq_column_mapping": "Somebody imported a file with the same headings at the same moment; repeat it",
    "uq_vacancy_external": "The vacancy was read from its source already",
    "uq_advertisement_vacancy": "The vacancy was read from its source at the same moment",
    "uq_feed_cursor_municipality": "The feed is being read already",
}


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    pointer: str = Field(description="JSON pointer (RFC 6901) into the body, or the name of the parameter.")
    detail: str
    hint: str = ""


class Problem(BaseModel):
    """An error, as RFC 9457 describes it."""

    type: str = Field(examples=["urn:kompetanse:problem:not-found"])
    title: str
    status: int
    detail: str = ""
    errors: list[FieldProblem] = Field(default_factory=list)
    matches: list[str] = Field(
        default_factory=list, description="Ids of people who may be the same (possible-duplicate)."
    )


TokenFault = Literal["invalid_request", "invalid_client", "invalid_grant", "invalid_scope",
                     "unauthorized_client", "unsupported_grant_type"]  # fmt: skip


class TokenProblem(BaseModel):
    """Why no token was given, as RFC 6749 § 5.2 has it: clients of OAuth expect this answer in their own form."""

    error: TokenFault
    error_description: str = Field(examples=["Unknown client or wrong secret"])


class TokenRefused(Exception):
    """No token for this request (RFC 6749 § 5.2)."""

    def __init__(self, error: TokenFault, description: str) -> None:
        super().__init__(description)
        self.error: TokenFault = error


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route can answer beside success, for OpenAPI; 401 and 403 always can."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in sorted({401, 403, *statuses})
    }


def install(app: FastAPI) -> None:
    """Answer every error of this app as a problem. Mounted apps do not inherit this: install it in each."""
    app.add_exception_handler(DomainError, _domain_error)
    app.add_exception_handler(TokenRefused, _token_refused)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(IntegrityError, _integrity_error)
    app.add_exception_handler(DataError, _data_error)
    app.add_exception_handler(OperationalError, _operational_error)
    app.add_exception_handler(HTTPException, _http_error)
    _describe(app)


def _describe(app: FastAPI) -> None:
    """Let the app's OpenAPI document tell of problems: their schema, and in place of FastAPI's own 422."""
    generate = app.openapi

    def with_problems() -> dict[str, Any]:
        document = generate()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        own = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        schemas.update({**own.pop("$defs", {}), Problem.__name__: own})
        if schemas.pop("HTTPValidationError", None) is not None:
            schemas.pop("ValidationError", None)
            operations = (one for path in document["paths"].values() for one in path.values())
            for answers in (operation["responses"] for operation in operations if "422" in operation["responses"]):
                answers["422"] = responses(422)[422]
        return document

    app.openapi = with_problems  # type: ignore[method-assign]


def status_of(error: DomainError) -> HTTPStatus:
    """The status of an error, by the nearest class in its line that has one."""
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


def _domain_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DomainError)  # noqa: S101 - what the handler is registered for
    faults = error.faults if isinstance(error, (Invalid, ImportChanged)) else ()
    matches = error.matches if isinstance(error, PossibleDuplicate) else ()
    answer = _problem(status_of(error), error.code, str(error), faults, matches)
    challenge = next((_CHALLENGES[kind] for kind in type(error).__mro__ if kind in _CHALLENGES), None)
    if challenge is not None:
        answer.headers["WWW-Authenticate"] = challenge
    if isinstance(error, Unavailable):
        answer.headers["Retry-After"] = _RETRY_SECONDS
    return answer


def _token_refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TokenRefused)  # noqa: S101 - what the handler is registered for
    told = TokenProblem(error=error.error, error_description=str(error)).model_dump()
    if error.error != "invalid_client":
        return JSONResponse(told, HTTPStatus.BAD_REQUEST, headers=NEVER_STORED)
    headers = {**NEVER_STORED, "WWW-Authenticate": 'Basic realm="kompetanse"'}
    return JSONResponse(told, HTTPStatus.UNAUTHORIZED, headers=headers)


def _invalid_request(_: Request, error: Exception) -> JSONResponse:
    """FastAPI's own answer echoes the input, which may hold a national number: only places and reasons go out."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what the handler is registered for
    faults = tuple(FieldFault(_pointer(item["loc"]), str(item["msg"])) for item in error.errors())
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "The request breaks its contract", faults)


def _integrity_error(_: Request, error: Exception) -> JSONResponse:
    """The error's text carries the row's values, so only the constraint's name is looked at."""
    assert isinstance(error, IntegrityError)  # noqa: S101 - what the handler is registered for
    name = violated_constraint(error) or ""
    return _problem(HTTPStatus.CONFLICT, "conflict", _CONSTRAINTS.get(name, "The change breaks a rule of the data"))


def _data_error(_: Request, __: Exception) -> JSONResponse:
    """A value that the contract lets through and a server database cannot hold: a text with a NUL character."""
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "A value cannot be stored; look for odd characters")


def _operational_error(_: Request, __: Exception) -> JSONResponse:
    answer = _problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "The database did not answer; try again")
    answer.headers["Retry-After"] = _RETRY_SECONDS
    return answer


def _http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - what the handler is registered for
    status = HTTPStatus(error.status_code)
    answer = _problem(status, status.phrase.lower().replace(" ", "-"), str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def _pointer(location: tuple[object, ...]) -> str:
    where, *path = location
    if where == "body":
        return "/" + "/".join(_named(part) for part in path)
    return str(path[-1]) if path else str(where)


def _named(part: object) -> str:
    """A place in the body; a name that no contract has could be anything that somebody typed."""
    return str(part) if isinstance(part, int) or str(part).isidentifier() else "?"


def _problem(
    status: HTTPStatus,
    code: str,
    detail: str,
    faults: tuple[FieldFault, ...] = (),
    matches: tuple[str, ...] = (),
) -> JSONResponse:
    problem = Problem(
        type=f"urn:kompetanse:problem:{code}",
        title=status.phrase,
        status=status,
        detail=detail,
        errors=[FieldProblem(pointer=f.pointer, detail=f.detail, hint=f.hint) for f in faults],
        matches=list(matches),
    )
    return JSONResponse(problem.model_dump(exclude_defaults=True), status, media_type=MEDIA_TYPE)
