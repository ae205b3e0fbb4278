"""Municipalities that make their classes together, on pages."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.web.dependencies import FormDep, MayManageAgreements, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, filled
from api.web.pages import go, page
from api.web.reading import Reader
from kompetanse.actor import Actor
from kompetanse.codes.municipalities import municipalities, municipality
from kompetanse.contacts import announcing
from kompetanse.errors import Invalid
from kompetanse.sharing import agreements, pools
from kompetanse.sharing.pools import PoolingFields

router = APIRouter(prefix="/sharing/pooling")


@router.get("/new")
def writing(request: Request, who: MayManageAgreements, session: WebSessionDep) -> Response:
    """The form of a new pooling agreement."""
    return _page(request, session, who, Filled(filled(starts_on=None)))


@router.post("/new")
def enter(request: Request, form: FormDep, who: MayManageAgreements, session: WebSessionDep) -> Response:
    """Enter a pooling agreement."""
    reader = Reader(form)
    starts_on, ends_on = reader.day("starts_on"), reader.day("ends_on")
    try:
        reader.refuse()
        texts = {name: form.text(name) for name in ("purpose", "legal_basis", "signed_here")}
        fields = PoolingFields(ends_on=ends_on, **texts)  # type: ignore[typeddict-item]
        if starts_on is not None:
            fields["starts_on"] = starts_on
        pools.enter(session, who, others=form.all("others"), fields=fields)
    except Invalid as error:
        return _page(request, session, who, Filled(form, complaints(error.faults)))
    return go("/sharing", "pooled")


@router.post("/{pooling_id}/revoke")
def revoke(
    pooling_id: UUID, _form: FormDep, who: MayManageAgreements, session: WebSessionDep, state: StateDep
) -> Response:
    """Leave the pool at once."""
    announcing.leave_pool(session, who, state.sealer, pooling_id)
    return go("/sharing", "unpooled")


def _page(request: Request, session: Session, who: Actor, form: Filled) -> Response:
    """The form, with the municipalities of the county and those that one has an agreement with to choose from."""
    agreed = {one.recipient_no for one in agreements.agreements(session, who)}
    county = municipality(who.municipality_no).county
    near = (one for one in municipalities() if one.county == county or one.number in agreed)
    choices = [(one.number, one.name) for one in near if one.number != who.municipality_no]
    status = 422 if form.complaints else 200
    return page(request, "sharing/pooling.html", status, form=form, municipality_choices=choices)
