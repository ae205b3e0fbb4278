"""Releases of classes over REST: made once a quarter, seen beforehand, and reported on."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.dependencies import MayReadReleases, MayRelease, SessionDep, StateDep
from api.problems import responses
from kompetanse.codes.consent import ClassAttribute
from kompetanse.contacts import announcing
from kompetanse.sharing import publishing
from kompetanse.sharing.periods import period_name
from kompetanse.sharing.publishing import LedgerRecord
from schemas.agreements import DraftClassOut, DraftOut, ReleaseOut, ReleasesOut

router = APIRouter(prefix="/releases", tags=["sharing"])


@router.get("", responses=responses())
def list_releases(who: MayReadReleases, session: SessionDep, state: StateDep) -> ReleasesOut:
    """Every release with its risk report, newest first, each checked against its signature."""
    found = publishing.releases(session, who)
    return ReleasesOut(
        items=[_release(one) for one in found],
        broken=[period_name(one) for one in publishing.broken(session, who, state.sealer)],
        next_on=publishing.next_on(found[0] if found else None),
    )


@router.get("/draft", responses=responses(409, 422))
def draft(
    who: MayReadReleases,
    session: SessionDep,
    k: Annotated[int | None, Query(ge=5, le=1000, description="As an agreement would promise.")] = None,
    attributes: Annotated[
        list[ClassAttribute] | None, Query(description="What else classes would tell, whatever the agreements say.")
    ] = None,
) -> DraftOut:
    """The next release as it would be made now, with its risk report: what is seen before an agreement is signed."""
    made = publishing.draft(session, who, k=k, attributes=attributes)
    release = made.proposal.release
    return DraftOut(
        period=period_name(release.period),
        k=release.k,
        classes=[DraftClassOut.model_validate(one) for one in publishing.classes_of(release)],
        report=made.report.told(),
        alone=made.alone,
        fingerprint=made.report.fingerprint,
    )


@router.post("", status_code=201, responses=responses(409))
def release(who: MayRelease, session: SessionDep, state: StateDep) -> ReleaseOut:
    """Make this quarter's release. 409 when it has been made, or would not be safe beside the earlier ones."""
    return _release(announcing.release(session, who, state.sealer))


def _release(record: LedgerRecord) -> ReleaseOut:
    return ReleaseOut(
        period=period_name(record.period),
        k=record.k,
        made_at=record.made_at,
        digest=record.digest,
        signature=record.signature,
        report=record.report,
    )
