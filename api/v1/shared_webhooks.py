"""Where neighbours want to be told of events, over REST."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.dependencies import MayReadShared, MaySubscribe, OnceDep, SessionDep, StateDep
from api.problems import NEVER_STORED, responses
from kompetanse.contacts import webhooks
from schemas.webhooks import PingOut, WebhookCreate, WebhookCreated, WebhookList, WebhookOut

router = APIRouter(prefix="/shared/webhooks", tags=["sharing"])


@router.get("", responses=responses())
def list_webhooks(who: MayReadShared, session: SessionDep) -> WebhookList:
    """Your municipality's webhooks that stand; their secrets are shown to nobody."""
    return WebhookList(items=[WebhookOut.model_validate(one) for one in webhooks.list_webhooks(session, who)])


@router.post("", status_code=201, responses=responses(409, 422))
def subscribe(
    body: WebhookCreate, who: MaySubscribe, session: SessionDep, once: OnceDep, state: StateDep, response: Response
) -> WebhookCreated:
    """Be told of events from now on. The secret that signs them is in this answer and nowhere else, ever."""
    secrets: list[str] = []

    def make() -> UUID:
        local = state.settings.webhook_allow_local
        webhook, secret = webhooks.subscribe(session, who, url=body.url, sealer=state.sealer, local=local)
        secrets.append(secret)
        return webhook.id

    webhook = webhooks.read_webhook(session, who, once.create(make))
    response.headers.update(NEVER_STORED)
    shown = WebhookOut.model_validate(webhook).model_dump()
    return WebhookCreated(**shown, secret=secrets[0] if secrets else None)


@router.delete("/{webhook_id}", status_code=204, responses=responses(404, 422))
def revoke(webhook_id: UUID, who: MaySubscribe, session: SessionDep) -> None:
    """Stop a webhook. What waits for it is given up."""
    webhooks.revoke(session, who, webhook_id)


@router.post("/{webhook_id}/test", status_code=202, responses=responses(404, 409, 422))
def ping(webhook_id: UUID, who: MaySubscribe, session: SessionDep) -> PingOut:
    """Send a `ping`, so that your receiver can be tried. It comes within seconds; 409 while one is on its way."""
    return PingOut.model_validate(webhooks.ping(session, who, webhook_id))
