"""Pooling agreements over REST: municipalities that make their classes together."""

from typing import cast
from uuid import UUID

from fastapi import APIRouter

from api.dependencies import MayManageAgreements, MayReadAgreements, SessionDep, StateDep
from api.problems import responses
from kompetanse.contacts import announcing
from kompetanse.sharing import pools
from kompetanse.sharing.pools import Pooling, PoolingFields
from schemas.agreements import PoolingIn, PoolingOut, PoolingsOut

router = APIRouter(prefix="/pooling", tags=["sharing"])


@router.get("", responses=responses())
def list_poolings(who: MayReadAgreements, session: SessionDep) -> PoolingsOut:
    """Every pooling agreement of the municipality, those that are revoked too, and who is missing."""
    return PoolingsOut(items=[_out(one) for one in pools.poolings(session, who)])


@router.post("", status_code=201, responses=responses(404, 409, 422))
def enter(body: PoolingIn, who: MayManageAgreements, session: SessionDep) -> PoolingOut:
    """Enter a pooling agreement. Classes are made together once all the others have entered the same."""
    fields = cast(PoolingFields, body.model_dump(exclude={"others"}))
    return _out(pools.read(session, who, pools.enter(session, who, others=body.others, fields=fields).id))


@router.delete("/{pooling_id}", responses=responses(404, 409))
def revoke(pooling_id: UUID, who: MayManageAgreements, session: SessionDep, state: StateDep) -> PoolingOut:
    """Leave a pool at once. What was made together is withdrawn from every ledger, and neighbours are told."""
    return _out(pools.read(session, who, announcing.leave_pool(session, who, state.sealer, pooling_id).id))


def _out(one: Pooling) -> PoolingOut:
    terms = one.agreement
    return PoolingOut(
        id=terms.id,
        parties=terms.parties,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        purpose=terms.purpose,
        legal_basis=terms.legal_basis,
        signed_here=terms.signed_here,
        entered_at=terms.entered_at,
        revoked_at=terms.revoked_at,
        missing=list(one.missing),
        stands=one.stands,
    )
