"""The administrator's page: who can log in, and which systems have a key; and everybody's own password."""

import secrets
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.dependencies import CookiesDep, FormDep, MayAdminister, WebActorDep, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed, filled
from api.web.pages import go, page
from kompetanse.actor import Actor, Role
from kompetanse.codes.municipalities import municipalities
from kompetanse.errors import FieldFault, Invalid
from kompetanse.identity import administering
from kompetanse.identity import service as identity
from kompetanse.identity.administering import StaffAccount
from kompetanse.identity.rules import CLIENT_ROLES, STAFF_ROLES

router = APIRouter()

ACCOUNT, CLIENT = "account", "client"
"""The page's two forms, by the prefix of their fields' ids."""


@router.get("/accounts")
def show(request: Request, who: MayAdminister, session: WebSessionDep) -> Response:
    """Staff accounts and API clients."""
    return _page(request, session, who)


@router.post("/accounts")
def add_account(request: Request, form: FormDep, who: MayAdminister, session: WebSessionDep) -> Response:
    """Make an account with a password of ours, which is shown once."""
    password = secrets.token_urlsafe(12)
    try:
        account = identity.add_account(
            session,
            who,
            email=form.raw("email"),
            name=_name(form),
            password=password,
            roles=_roles(form),
            unit=form.text("unit"),
        )
    except Invalid as error:
        return _page(request, session, who, Filled(form, complaints(error.faults), ACCOUNT))
    return _once(request, account.name, account.email, password)


@router.get("/accounts/{account_id}/edit")
def editing(request: Request, account_id: UUID, who: MayAdminister, session: WebSessionDep) -> Response:
    """The form of an account: its name and its roles."""
    account = administering.read_account(session, who, account_id)
    form = Filled(filled(name=account.name, roles=list(account.roles), unit=account.unit))
    return _edit_page(request, account, form)


@router.post("/accounts/{account_id}/edit")
def edit_account(
    request: Request, account_id: UUID, form: FormDep, who: MayAdminister, session: WebSessionDep
) -> Response:
    """Give an account another name, or other roles."""
    try:
        administering.change_account(
            session, who, account_id, name=form.raw("name"), roles=_roles(form), unit=form.text("unit")
        )
    except Invalid as error:
        account = administering.read_account(session, who, account_id)
        return _edit_page(request, account, Filled(form, complaints(error.faults)))
    return go("/accounts", "saved")


@router.post("/accounts/{account_id}/close")
def close_account(account_id: UUID, _form: FormDep, who: MayAdminister, session: WebSessionDep) -> Response:
    """Close an account and end its sessions."""
    identity.disable_account(session, who, account_id)
    return go("/accounts", "account-closed")


@router.post("/accounts/{account_id}/open")
def open_account(account_id: UUID, _form: FormDep, who: MayAdminister, session: WebSessionDep) -> Response:
    """Open an account that was closed or is locked."""
    identity.enable_account(session, who, account_id)
    return go("/accounts", "account-opened")


@router.post("/accounts/{account_id}/password")
def renew_password(
    request: Request, account_id: UUID, _form: FormDep, who: MayAdminister, session: WebSessionDep
) -> Response:
    """Give an account another password of ours, which is shown once."""
    password = secrets.token_urlsafe(12)
    account = identity.set_password(session, who, account_id, password)
    return _once(request, account.name, account.email, password)


@router.post("/accounts/clients")
def issue_client(request: Request, form: FormDep, who: MayAdminister, session: WebSessionDep) -> Response:
    """Make a key for a system. Its secret is shown once."""
    try:
        client, secret = identity.issue_client(
            session,
            who,
            name=_name(form),
            roles=_roles(form),
            recipient_no=form.text("recipient_no"),
            unit=form.text("unit"),
        )
    except Invalid as error:
        return _page(request, session, who, Filled(form, complaints(error.faults), CLIENT))
    return _once(request, client.name, client.client_id, secret)


@router.post("/accounts/clients/{client_id}/stop")
def stop_client(client_id: str, _form: FormDep, who: MayAdminister, session: WebSessionDep) -> Response:
    """Stop a key; its tokens die with it."""
    identity.revoke_client(session, who, client_id)
    return go("/accounts", "client-stopped")


@router.get("/password")
def changing_password(request: Request, _who: WebActorDep) -> Response:
    """The form for another password of one's own."""
    return page(request, "accounts/password.html", form=Filled())


@router.post("/password")
def change_password(
    request: Request, form: FormDep, who: WebActorDep, cookies: CookiesDep, session: WebSessionDep
) -> Response:
    """Change one's own password; other sessions end."""
    try:
        if form.raw("password") != form.raw("repeated"):
            raise Invalid(FieldFault("/repeated", "The two are not the same"))
        here = cookies.read(request) or ""
        identity.change_password(session, who, form.raw("current"), form.raw("password"), keep=here)
    except Invalid as error:
        return page(request, "accounts/password.html", 422, form=Filled(Typed(), complaints(error.faults)))
    return go("/", "password-changed")


def _edit_page(request: Request, account: StaffAccount, form: Filled) -> Response:
    staff_roles = [role for role in Role if role in STAFF_ROLES]
    status = 422 if form.complaints else 200
    return page(request, "accounts/edit.html", status, account=account, form=form, staff_roles=staff_roles)


def _page(request: Request, session: Session, who: Actor, refused: Filled | None = None) -> Response:
    forms = {prefix: Filled(prefix=prefix) for prefix in (ACCOUNT, CLIENT)}
    if refused is not None:
        forms[refused.prefix] = refused
    return page(
        request,
        "accounts/list.html",
        422 if refused else 200,
        accounts=identity.list_accounts(session, who),
        clients=identity.list_clients(session, who),
        last_log_ins=administering.last_log_ins(session, who),
        own_id=who.id,
        account_form=forms[ACCOUNT],
        client_form=forms[CLIENT],
        staff_roles=[role for role in Role if role in STAFF_ROLES],
        client_roles=[role for role in Role if role in CLIENT_ROLES],
        neighbours=[(one.number, one.name) for one in municipalities() if one.number != who.municipality_no],
    )


def _once(request: Request, name: str, identifier: str, secret: str) -> Response:
    """What is shown now and never again; browsers are told to keep no page, this one neither."""
    return page(request, "accounts/once.html", name=name, identifier=identifier, secret=secret)


def _name(form: Typed) -> str:
    name = form.text("name")
    if name is None:
        raise Invalid(FieldFault("/name", "A name is missing"))
    return name


def _roles(form: Typed) -> list[Role]:
    """The roles that are ticked; what is no role is no tick."""
    return [Role(one) for one in form.all("roles") if one in set(Role)]
