"""Errors as a newcomer reads them: what happened and what to do, in her language."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from api.problems import status_of
from api.web.i18n import mark as _
from api.web.my.pages import HOME, own_page
from kompetanse.errors import DomainError, Unauthenticated

ENTER = f"{HOME}/enter"


@dataclass(frozen=True, slots=True)
class Told:
    """A heading, and what to do."""

    heading: str
    advice: str


TOLD: Mapping[str, Told] = {
    "not-found": Told(_("Vi finner ikke siden"), _("Den er kanskje tatt bort. Gå til forsiden din.")),
    "forbidden": Told(_("Dette kan du ikke endre her"), _("Spør kommunen om hjelp.")),
    "forged-form": Told(_("Skjemaet er for gammelt"), _("Gå tilbake, last siden på nytt og prøv en gang til.")),
    "stale": Told(
        _("Profilen din er endret etter at du åpnet siden"),
        _("Kanskje trykket du to ganger, eller noen andre endret den. Se om noe mangler, og skriv det en gang til."),
    ),
    "conflict": Told(_("Det kunne ikke lagres"), _("Det samme står der kanskje fra før. Se på siden en gang til.")),
    "unavailable": Told(_("Noe er galt hos oss"), _("Vent litt, og prøv en gang til.")),
}


def install(app: FastAPI) -> None:
    """Answer every error of her pages as a page."""
    app.add_exception_handler(Unauthenticated, _come_in_first)
    app.add_exception_handler(DomainError, _domain_error)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(IntegrityError, _conflict)
    app.add_exception_handler(OperationalError, _unavailable)
    app.add_exception_handler(HTTPException, _http_error)


def broken_page(request: Request) -> Response:
    """The page for what should not happen."""
    return _page(request, 500, "unavailable")


def _come_in_first(_request: Request, _error: Exception) -> Response:
    return RedirectResponse(ENTER, 303)


def _domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)  # noqa: S101 - what the handler is registered for
    return _page(request, int(status_of(error)), error.code if error.code in TOLD else "conflict")


def _not_found(request: Request, _error: Exception) -> Response:
    return _page(request, 404, "not-found")


def _conflict(request: Request, _error: Exception) -> Response:
    return _page(request, 409, "conflict")


def _unavailable(request: Request, _error: Exception) -> Response:
    return _page(request, 503, "unavailable")


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what the handler is registered for
    return _page(request, error.status_code, "not-found" if error.status_code in (404, 405) else "conflict")


def _page(request: Request, status: int, code: str) -> Response:
    typed = getattr(request.state, "typed", None)
    written = [text for _name, text in typed.visible()] if typed is not None and code in ("stale", "conflict") else []
    return own_page(request, "error.html", status, told=TOLD[code], written=written)
