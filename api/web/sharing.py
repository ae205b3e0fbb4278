"""What neighbours see of the municipality's newcomers, shown to its own coordinator: releases, agreements, requests."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.web.dependencies import FormDep, MayReadReleases, MayRelease, WebSessionDep
from api.web.pages import go, page
from kompetanse import clock
from kompetanse.contacts import announcing
from kompetanse.errors import NotFound
from kompetanse.sharing import agreements, pools, publishing, storing
from kompetanse.sharing import service as sharing
from kompetanse.sharing.periods import period_name

router = APIRouter()


@router.get("/sharing")
def show(request: Request, who: MayReadReleases, session: WebSessionDep) -> Response:
    """The classes exactly as a neighbour reads them, with whom they are shared, and how many are in no class."""
    release, classes = sharing.standing_classes(session, who)
    return page(
        request,
        "sharing/show.html",
        release=release,
        period=period_name(release.period) if release else None,
        classes=classes,
        groups=sharing.groups_of(release) if release else (),
        statistics=storing.counted(release) if release else (),
        agreements=agreements.agreements(session, who),
        next_on=publishing.next_on(release),
        on=clock.today(),
        pooled=next((one for one in pools.poolings(session, who) if not one.over), None),
    )


@router.get("/sharing/releases/{period}")
def show_report(
    request: Request, period: str, who: MayReadReleases, session: WebSessionDep, state: StateDep
) -> Response:
    """The risk report of a release, and whether it is as it was signed."""
    found = next((one for one in publishing.releases(session, who) if period_name(one.period) == period), None)
    if found is None:
        raise NotFound("release")
    intact = found.period not in publishing.broken(session, who, state.sealer)
    return page(request, "sharing/release.html", release=found, period=period, intact=intact)


@router.post("/sharing/releases")
def release(_form: FormDep, who: MayRelease, session: WebSessionDep, state: StateDep) -> Response:
    """Make this quarter's release."""
    announcing.release(session, who, state.sealer)
    return go("/sharing", "released")
