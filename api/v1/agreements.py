"""Sharing agreements over REST."""

from typing import cast
from uuid import UUID

from fastapi import APIRouter, Response

from api.dependencies import IfMatch, MayManageAgreements, MayReadAgreements, SessionDep, set_etag
from api.problems import responses
from kompetanse.sharing import agreements
from kompetanse.sharing.agreements import AgreementFields
from schemas.agreements import AgreementChange, AgreementIn, AgreementOut, AgreementsOut

router = APIRouter(prefix="/agreements", tags=["sharing"])


@router.get("", responses=responses())
def list_agreements(who: MayReadAgreements, session: SessionDep) -> AgreementsOut:
    """Every agreement of the municipality, those that are revoked too."""
    return AgreementsOut(items=[AgreementOut.model_validate(one) for one in agreements.agreements(session, who)])


@router.post("", status_code=201, responses=responses(404, 409, 422))
def agree(body: AgreementIn, who: MayManageAgreements, session: SessionDep, response: Response) -> AgreementOut:
    """Enter an agreement with a neighbour. See what it would show first: `/releases/draft`."""
    fields = _fields(body)
    made = agreements.agree(session, who, recipient_no=body.recipient_no, fields=fields, seen=body.risk_report)
    response.headers["Location"] = f"/api/v1/agreements/{made.id}"
    set_etag(response, made.version)
    return AgreementOut.model_validate(made)


@router.get("/{agreement_id}", responses=responses(404))
def read(agreement_id: UUID, who: MayReadAgreements, session: SessionDep, response: Response) -> AgreementOut:
    """An agreement as it stands."""
    found, _ = agreements.read(session, who, agreement_id)
    set_etag(response, found.version)
    return AgreementOut.model_validate(found)


@router.patch("/{agreement_id}", responses=responses(404, 409, 412, 422, 428))
def change(
    agreement_id: UUID,
    body: AgreementChange,
    who: MayManageAgreements,
    version: IfMatch,
    session: SessionDep,
    response: Response,
) -> AgreementOut:
    """Change the terms that are sent."""
    changed = agreements.change(session, who, agreement_id, version, _fields(body), seen=body.risk_report)
    set_etag(response, changed.version)
    return AgreementOut.model_validate(changed)


@router.delete("/{agreement_id}", responses=responses(404, 409, 412, 428))
def revoke(agreement_id: UUID, who: MayManageAgreements, version: IfMatch, session: SessionDep) -> AgreementOut:
    """End an agreement at once: no feed, no request and no contact from this moment. Its terms are kept."""
    return AgreementOut.model_validate(agreements.revoke(session, who, agreement_id, version))


def _fields(body: AgreementChange) -> AgreementFields:
    stated = body.stated()
    for other in ("recipient_no", "risk_report"):
        stated.pop(other, None)
    return cast(AgreementFields, stated)
