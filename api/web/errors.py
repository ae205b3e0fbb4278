"""Errors as pages: what happened and what to do, in bokmål."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from api.problems import status_of
from api.web import faults
from api.web.forms import NOTHING
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.pages import page
from kompetanse.errors import DomainError, Invalid, Unauthenticated

CONFIRM_LOG_IN = "/log-in"


@dataclass(frozen=True, slots=True)
class Told:
    """A heading, and what to do."""

    heading: str
    advice: str


TOLD: Mapping[str, Told] = {
    "not-found": Told(
        _("Siden finnes ikke"),
        _("Den kan være flyttet eller slått sammen med en annen, eller du har ikke tilgang til den."),
    ),
    "forbidden": Told(
        _("Du har ikke tilgang"),
        _("Rollen din gir ikke adgang til dette. Spør den som gir tilganger i kommunen."),
    ),
    "forged-form": Told(
        _("Skjemaet kunne ikke brukes"),
        _("Det er for gammelt, eller det kom ikke fra denne siden. Gå tilbake, last siden på nytt og prøv igjen."),
    ),
    "stale": Told(
        _("Noen andre lagret før deg"),
        _("Det du skrev, er ikke lagret. Det står nedenfor, så du kan føre det inn på nytt i den nyeste utgaven."),
    ),
    "conflict": Told(
        _("Endringen kunne ikke lagres"),
        _("Den passer ikke med det som er lagret fra før."),
    ),
    "possible-duplicate": Told(_("Personen kan være registrert fra før"), _("Se etter i listen over personer.")),
    "invalid": Told(_("Noe i skjemaet må rettes"), _("Gå tilbake og rett det som står nedenfor.")),
    "unavailable": Told(_("Databasen svarer ikke"), _("Vent litt og prøv igjen.")),
    "internal": Told(_("Noe gikk galt hos oss"), _("Se etter om det du gjorde, ble lagret, før du prøver igjen.")),
}
_STATUS_CODES: Mapping[int, str] = {403: "forbidden", 404: "not-found", 405: "not-found"}


def install(app: FastAPI) -> None:
    """Answer every error of this app as a page."""
    app.add_exception_handler(Unauthenticated, _log_in_first)
    app.add_exception_handler(DomainError, _domain_error)
    app.add_exception_handler(RequestValidationError, _bad_address)
    app.add_exception_handler(IntegrityError, _integrity_error)
    app.add_exception_handler(OperationalError, _operational_error)
    app.add_exception_handler(HTTPException, _http_error)


def broken_page(request: Request) -> Response:
    """The page for what should not happen; it names the request, so that it can be found in the log."""
    return _page(request, 500, "internal", reference=request.scope.get("request_id"))


def _log_in_first(request: Request, _error: Exception) -> Response:
    """A page that needs a log-in leads there and back; a form leads back to the page that it was on, and is not sent.

    To htmx it is no redirect, which a browser would follow without telling: its page goes to log in.
    """
    inside = "hx-request" in request.headers
    page_of_form = request.url.path if request.method == "GET" and not inside else _back(request)
    back = f"?next={quote(page_of_form, safe='/')}" if page_of_form and page_of_form != "/" else ""
    address = f"{CONFIRM_LOG_IN}{back}"
    return Response(status_code=401, headers={"HX-Redirect": address}) if inside else RedirectResponse(address, 303)


def _domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)  # noqa: S101 - what the handler is registered for
    found = faults.complaints(error.faults) if isinstance(error, Invalid) else []
    code = error.code if error.code in TOLD else ("invalid" if isinstance(error, Invalid) else "conflict")
    detail = faults.CONFLICTS.get(str(error))
    return _page(request, int(status_of(error)), code, complaints=found, detail=detail and gettext(detail))


def _bad_address(request: Request, _error: Exception) -> Response:
    return _page(request, 404, "not-found")


def _integrity_error(request: Request, _error: Exception) -> Response:
    return _page(request, 409, "conflict")


def _operational_error(request: Request, _error: Exception) -> Response:
    return _page(request, 503, "unavailable")


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what the handler is registered for
    return _page(request, error.status_code, _STATUS_CODES.get(error.status_code, "invalid"))


def _page(request: Request, status: int, code: str, **more: object) -> Response:
    typed = getattr(request.state, "typed", NOTHING)
    context: dict[str, object] = {"complaints": [], "detail": None, "reference": None, **more}
    context |= {"method": request.method, "back": _back(request), "changed": code in ("stale", "conflict")}
    context["typed"] = list(typed.visible()) if code in ("stale", "conflict") else []
    return page(request, "error.html", status, told=TOLD[code], **context)


def _back(request: Request) -> str | None:
    """The page that the refused form was on: the same site's, without its query."""
    referer = urlsplit(request.headers.get("referer", ""))
    return referer.path if referer.netloc == request.headers.get("host") and referer.path else None
