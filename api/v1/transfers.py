"""Advertisements that employers' systems push, by NAV's interface: the same addresses, bodies and receipts.

After github.com/navikt/pam-import-api. `provider_id` is the sender's at NAV: who sends is told by the token.
"""

from typing import Annotated

from fastapi import APIRouter, Path
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import MayPushVacancies, SessionDep, StateDep
from api.problems import responses
from api.state import State
from api.uploads import BodyDep
from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.errors import FieldFault, Invalid, NotFound
from kompetanse.feeds import pushing
from kompetanse.feeds.pushing import Receipt
from kompetanse.feeds.transfer import TransferError
from kompetanse.identity import service as identity
from schemas.feeds import ReceiptOut

router = APIRouter(prefix="/transfers", tags=["vacancies"])

STREAM = "application/x-json-stream"
MOST_IN_BATCH = 100
_AD = {"type": "object", "required": ["reference", "title", "adText"], "additionalProperties": True}
_EXAMPLE = {
    "reference": "140095810",
    "positions": 1,
    "title": "Kokk",
    "adText": "<p>Vi s\u00f8ker kokk.</p>",
    "privacy": "SHOW_ALL",
    "published": "2026-02-13T12:59:26",
    "expires": "2026-03-24T00:00:00",
    "locationList": [{"country": "NORGE", "postalCode": "7260", "city": "SISTRANDA"}],
    "properties": {"extent": "Heltid", "engagementtype": "Fast"},
    "employer": {"businessName": "Utv\u00e6r kommune", "orgnr": "974760673"},
    "categoryList": [{"code": "5120", "categoryType": "STYRK08"}],
}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "Advertisements one after the other, in NAV's transfer format; a batch is an array of them.",
        "content": {STREAM: {"schema": _AD, "example": _EXAMPLE}},
    }
}
_RECEIPT = {"$ref": "#/components/schemas/ReceiptOut"}
_RECEIPTS = "A receipt for each, in their order, on a line of its own."

ProviderId = Annotated[str, Path(max_length=64, description="The sender's id at NAV; it is not looked at.")]


@router.post("/batch/{provider_id}", status_code=201, responses=responses(413, 422), openapi_extra=_BODY)
def push_batch(
    provider_id: ProviderId, who: MayPushVacancies, state: StateDep, content: BodyDep, session: SessionDep
) -> list[ReceiptOut]:
    """Take up to a hundred advertisements, an array of them; a receipt for each."""
    receipts = _push(session, who, state, content)
    if len(receipts) > MOST_IN_BATCH:
        hint = "Send them in several batches, or as a stream"
        raise Invalid(FieldFault("", f"Between 1 and {MOST_IN_BATCH} advertisements make a batch", hint))
    return [_receipt(provider_id, one) for one in receipts]


@router.post(
    "/{provider_id}",
    response_class=Response,
    responses={**responses(413, 422), 200: {"description": _RECEIPTS, "content": {STREAM: {"schema": _RECEIPT}}}},
    openapi_extra=_BODY,
)
def push(
    provider_id: ProviderId, who: MayPushVacancies, state: StateDep, content: BodyDep, session: SessionDep
) -> Response:
    """Take advertisements one after the other; a receipt for each, one a line. What is wrong keeps no other out."""
    receipts = [_receipt(provider_id, one) for one in _push(session, who, state, content)]
    return Response("".join(f"{one.model_dump_json()}\n" for one in receipts), media_type=STREAM)


@router.delete("/{provider_id}/{reference}", responses=responses(404))
def stop(
    provider_id: ProviderId,
    reference: Annotated[str, Path(max_length=254)],
    who: MayPushVacancies,
    session: SessionDep,
) -> ReceiptOut:
    """Stop an advertisement that this client pushed: its vacancy closes, its text and contacts are erased."""
    receipt = pushing.stop(session, who, reference, sender=identity.own_name(session, who))
    if receipt.error is TransferError.NOT_FOUND:
        raise NotFound("advertisement")
    return _receipt(provider_id, receipt)


def _push(session: Session, who: Actor, state: State, content: bytes) -> list[Receipt]:
    here = who.municipality_no
    keep = state.settings.feed_municipalities.get(here, [here])
    return pushing.push(session, who, content, sender=identity.own_name(session, who), keep=keep)


def _receipt(provider_id: str, receipt: Receipt) -> ReceiptOut:
    now = clock.now()
    return ReceiptOut(
        providerId=provider_id,
        status=receipt.status,
        message=receipt.message,
        md5=receipt.digest,
        created=now,
        updated=now,
        reference=receipt.reference,
        errorType=receipt.error,
        vacancyId=receipt.vacancy_id,
    )
