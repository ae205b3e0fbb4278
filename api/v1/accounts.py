"""Staff accounts and API clients over REST, for the administrator."""

from uuid import UUID

from fastapi import APIRouter

from api.dependencies import MayAdminister, OnceDep, SessionDep
from api.problems import responses
from kompetanse.actor import Role
from kompetanse.identity import organisations, service
from schemas.identity import (
    AccountCreate,
    AccountList,
    AccountOut,
    ClientCreate,
    ClientIssued,
    ClientList,
    ClientOut,
    NewPassword,
    OrganisationCreate,
)

router = APIRouter(tags=["accounts"])


@router.get("/accounts", responses=responses())
def list_accounts(who: MayAdminister, session: SessionDep) -> AccountList:
    """The municipality's staff accounts, by name."""
    return AccountList(items=[AccountOut.model_validate(one) for one in service.list_accounts(session, who)])


@router.post("/accounts", status_code=201, responses=responses(409, 422))
def add_account(body: AccountCreate, who: MayAdminister, session: SessionDep) -> AccountOut:
    """Make a staff account. The e-mail address makes a repeated request harmless: 409."""
    account = service.add_account(
        session,
        who,
        email=body.email,
        name=body.name,
        password=body.password.get_secret_value(),
        roles=[Role(role) for role in body.roles],
        unit=body.unit,
    )
    return AccountOut.model_validate(account)


@router.post("/accounts/{account_id}/disable", responses=responses(404, 409, 422))
def disable_account(account_id: UUID, who: MayAdminister, session: SessionDep) -> AccountOut:
    """Close an account and end its sessions at once. 409 when it is your own."""
    return AccountOut.model_validate(service.disable_account(session, who, account_id))


@router.post("/accounts/{account_id}/enable", responses=responses(404, 422))
def enable_account(account_id: UUID, who: MayAdminister, session: SessionDep) -> AccountOut:
    """Open an account again, also one that is locked after wrong passwords."""
    return AccountOut.model_validate(service.enable_account(session, who, account_id))


@router.put("/accounts/{account_id}/password", status_code=204, responses=responses(404, 422))
def set_password(account_id: UUID, body: NewPassword, who: MayAdminister, session: SessionDep) -> None:
    """Give an account another password and end its sessions."""
    service.set_password(session, who, account_id, body.password.get_secret_value())


@router.get("/clients", responses=responses())
def list_clients(who: MayAdminister, session: SessionDep) -> ClientList:
    """The API clients that the municipality issued, revoked ones too."""
    return ClientList(items=[ClientOut.model_validate(one) for one in service.list_clients(session, who)])


@router.post("/clients", status_code=201, responses=responses(409, 422))
def issue_client(body: ClientCreate, who: MayAdminister, session: SessionDep, once: OnceDep) -> ClientIssued:
    """Make an API client. Its secret is in this answer and nowhere else, ever."""
    secrets: list[str] = []

    def make() -> UUID:
        client, secret = service.issue_client(
            session,
            who,
            name=body.name,
            roles=[Role(role) for role in body.roles],
            recipient_no=body.recipient_no,
            unit=body.unit,
        )
        secrets.append(secret)
        return client.id

    client = service.read_client(session, who, once.create(make))
    shown = ClientOut.model_validate(client).model_dump()
    return ClientIssued(**shown, client_secret=secrets[0] if secrets else None)


@router.post("/clients/organisations", status_code=201, responses=responses(409, 422))
def register_organisation(body: OrganisationCreate, who: MayAdminister, session: SessionDep) -> ClientOut:
    """Let a neighbour in with tokens of Maskinporten. The number makes a repeated request harmless: 409."""
    client = organisations.register_organisation(
        session, who, name=body.name, recipient_no=body.recipient_no, organisation_no=body.organisation_no
    )
    return ClientOut.model_validate(client)


@router.post("/clients/{client_id}/revoke", responses=responses(404, 422))
def revoke_client(client_id: str, who: MayAdminister, session: SessionDep) -> ClientOut:
    """Stop an API client; its tokens die with it, within five seconds."""
    return ClientOut.model_validate(service.revoke_client(session, who, client_id))
