"""Helping others: whether she would be a friend to somebody new, tell others of work here, or interpret."""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.forms import Filled, Typed
from api.web.i18n import mark as _
from api.web.my.dependencies import MayChangeOwn, OwnFormDep, OwnSessionDep
from api.web.my.pages import HOME, go, own_page
from api.web.my.words import complaints
from kompetanse.actor import Actor
from kompetanse.codes.work import InterestKind
from kompetanse.errors import Invalid, NotFound
from kompetanse.self_service import helping, service

router = APIRouter(prefix="/helping")

HELPING = f"{HOME}/helping"

ASKED: Mapping[InterestKind, tuple[str, str, str]] = MappingProxyType(
    {
        InterestKind.MENTORS: (
            _("Være fadder"),
            _("Du hjelper noen som er ny her. Du viser vei og svarer på spørsmål."),
            _("Hva kan du hjelpe med?"),
        ),
        InterestKind.RECRUITS: (
            _("Fortelle om jobber her"),
            _("Du forteller folk du kjenner, at det finnes arbeid her."),
            _("Hvem vil du fortelle det til?"),
        ),
        InterestKind.INTERPRETS: (
            _("Tolke"),
            _("Du hjelper folk å forstå hverandre når de ikke har samme språk."),
            _("Hvilke språk?"),
        ),
    }
)
"""What each is called, what it is, and what she may write of it."""


@router.get("")
def show(request: Request, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """What she would do, and what she said."""
    return _page(request, session, who)


@router.post("/{kind}")
def answer(
    request: Request, kind: InterestKind, form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep
) -> Response:
    """Keep a yes, or take it back."""
    if kind not in ASKED:
        raise NotFound("offer")
    if form.raw("answer") != "yes":
        helping.take_back(session, who, form.version(), kind)
        return go(HELPING, "help-taken-back")
    try:
        helping.offer(session, who, form.version(), kind, form.text("label"))
    except Invalid as error:
        return _page(request, session, who, kind, form, error)
    return go(HELPING, "helps")


def _page(
    request: Request,
    session: Session,
    who: Actor,
    kind: InterestKind | None = None,
    typed: Typed | None = None,
    error: Invalid | None = None,
) -> Response:
    forms = {one: Filled(prefix=one.value) for one in ASKED}
    if kind is not None and typed is not None and error is not None:
        forms[kind] = Filled(typed, complaints(error.faults), prefix=kind.value)
    return own_page(
        request,
        "helping.html",
        422 if error else 200,
        asked=ASKED,
        offers=helping.offers(session, who),
        forms=forms,
        version=service.read(session, who).profile.version,
    )
