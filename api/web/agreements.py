"""Agreements about sharing, and the next release as it would be, on pages."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.dependencies import (
    FormDep,
    MayManageAgreements,
    MayReadAgreements,
    MayReadReleases,
    WebSessionDep,
)
from api.web.faults import complaints
from api.web.forms import Filled, Typed, filled
from api.web.pages import go, page
from api.web.reading import Reader
from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.consent import ClassAttribute, ShareSection
from kompetanse.codes.municipalities import municipalities
from kompetanse.errors import Conflict, FieldFault, Invalid
from kompetanse.sharing import agreements, publishing
from kompetanse.sharing.agreements import AgreementFields, Document, Unseen
from kompetanse.sharing.classes import SharedClass
from kompetanse.sharing.periods import period_name
from kompetanse.sharing.report import RiskReport

router = APIRouter(prefix="/sharing")

OtherK = Annotated[int | None, Query(ge=5, le=1000)]

_USUAL = filled(
    k=10, answer_days=14, grant_days=90, budget=20, sections=[one.value for one in ShareSection], starts_on=None
)
"""What stands in the form of a new agreement."""


@router.get("/draft")
def draft(request: Request, _who: MayReadReleases, k: OtherK = None) -> Response:
    """The page of the next release: it comes at once, and asks for what takes seconds to make."""
    return page(request, "sharing/draft.html", form=Filled(filled(k=k or "")), k=k, made=False)


@router.get("/draft/classes")
def draft_classes(request: Request, who: MayReadReleases, session: WebSessionDep, k: OtherK = None) -> Response:
    """The next release as it would be now: what is seen before an agreement is signed, or a release made."""
    kept = publishing.releases(session, who)
    last = kept[0] if kept else None
    told: dict[str, Any] = {"refused": True}
    try:
        made = publishing.draft(session, who, k=k)
        release = made.proposal.release
        told = {
            "refused": False,
            "report": made.report.told(),
            "classes": publishing.classes_of(release),
            "alone": made.alone,
            "period": period_name(release.period),
        }
    except Conflict:
        pass
    next_on = publishing.next_on(last)
    form = Filled(filled(k=k or ""))
    due = next_on <= clock.today() and k is None
    return page(request, "sharing/draft.html", form=form, k=k, made=True, next_on=next_on, due=due, **told)


@router.get("/agreements/new")
def writing(request: Request, who: MayManageAgreements, session: WebSessionDep) -> Response:
    """The form of a new agreement."""
    return _page(request, session, who, Filled(_USUAL), None)


@router.post("/agreements/new")
def agree(request: Request, form: FormDep, who: MayManageAgreements, session: WebSessionDep) -> Response:
    """Enter an agreement."""
    try:
        fields = _fields(form)
        if not form.text("recipient_no"):
            raise Invalid(FieldFault("/recipient_no", "No municipality is chosen", "Choose one"))
        number = form.raw("recipient_no")
        made = agreements.agree(session, who, recipient_no=number, fields=fields, seen=form.text("seen"))
    except Invalid as error:
        return _page(request, session, who, Filled(form, complaints(error.faults)), None)
    except Unseen:
        return _page(request, session, who, Filled(form), None, shown=_shown(session, who, fields))
    return go(f"/sharing/agreements/{made.id}", "agreed")


@router.get("/agreements/{agreement_id}")
def show(request: Request, agreement_id: UUID, who: MayReadAgreements, session: WebSessionDep) -> Response:
    """An agreement with the history of its terms."""
    return _page(request, session, who, None, agreement_id)


@router.post("/agreements/{agreement_id}")
def change(
    request: Request, agreement_id: UUID, form: FormDep, who: MayManageAgreements, session: WebSessionDep
) -> Response:
    """Change the terms."""
    try:
        fields = _fields(form)
        agreements.change(session, who, agreement_id, form.version(), fields, seen=form.text("seen"))
    except Invalid as error:
        return _page(request, session, who, Filled(form, complaints(error.faults)), agreement_id)
    except Unseen:
        return _page(request, session, who, Filled(form), agreement_id, shown=_shown(session, who, fields))
    return go(f"/sharing/agreements/{agreement_id}", "agreed")


@router.post("/agreements/{agreement_id}/revoke")
def revoke(agreement_id: UUID, form: FormDep, who: MayManageAgreements, session: WebSessionDep) -> Response:
    """End the agreement at once."""
    agreements.revoke(session, who, agreement_id, form.version())
    return go(f"/sharing/agreements/{agreement_id}", "revoked")


@router.post("/agreements/{agreement_id}/document")
def attach(
    request: Request, agreement_id: UUID, form: FormDep, who: MayManageAgreements, session: WebSessionDep
) -> Response:
    """Keep the signed document."""
    sent = form.files.get("document")
    content = sent.file.read() if sent is not None else b""
    document = Document((sent.filename if sent else "") or "avtale", (sent.content_type if sent else "") or "", content)
    try:
        agreements.attach(session, who, agreement_id, document)
    except Invalid as error:
        return _page(request, session, who, None, agreement_id, complaints_of=error)
    return go(f"/sharing/agreements/{agreement_id}", "attached")


@router.get("/agreements/{agreement_id}/document/{record_id}")
def document(agreement_id: UUID, record_id: UUID, who: MayReadAgreements, session: WebSessionDep) -> Response:
    """The signed document, to be kept or printed."""
    found = agreements.document(session, who, agreement_id, record_id)
    headers = {"Content-Disposition": f'attachment; filename="avtale-{record_id}"'}
    return Response(found.content, media_type=found.content_type, headers=headers)


def _fields(form: Typed) -> AgreementFields:
    """What the form states. Raises Invalid."""
    reader = Reader(form)
    starts_on, ends_on = reader.day("starts_on"), reader.day("ends_on")
    numbers = {name: reader.whole(name) for name in ("k", "answer_days", "grant_days", "budget")}
    reader.refuse()
    fields = AgreementFields(
        ends_on=ends_on,
        purpose=form.text("purpose"),
        legal_basis=form.text("legal_basis"),
        signed_here=form.text("signed_here"),
        signed_there=form.text("signed_there"),
        sections=[one for one in ShareSection if one.value in form.all("sections")],
        attributes=[one for one in ClassAttribute if one.value in form.all("attributes")],
    )
    if starts_on is not None:
        fields["starts_on"] = starts_on
    for name, number in numbers.items():
        if number is not None:
            fields[name] = number  # type: ignore[literal-required]
    return fields


@dataclass(frozen=True, slots=True)
class _Shown:
    """What has to be looked at before an agreement tells of more."""

    report: RiskReport
    classes: list[SharedClass]


def _shown(session: Session, who: Actor, fields: AgreementFields) -> _Shown:
    made = publishing.draft(session, who, k=fields.get("k"), attributes=fields.get("attributes"))
    return _Shown(made.report, publishing.classes_of(made.proposal.release))


def _page(
    request: Request,
    session: Session,
    who: Actor,
    form: Filled | None,
    agreement_id: UUID | None,
    complaints_of: Invalid | None = None,
    shown: _Shown | None = None,
) -> Response:
    agreement, records = agreements.read(session, who, agreement_id) if agreement_id else (None, [])
    if form is None and agreement is not None:
        stored = filled(
            starts_on=agreement.starts_on,
            ends_on=agreement.ends_on,
            **{name: getattr(agreement, name) for name in _SHOWN},
            sections=[ShareSection(one).value for one in agreement.sections],
            attributes=[ClassAttribute(one).value for one in agreement.attributes],
        )
        form = Filled(stored, complaints(complaints_of.faults) if complaints_of else ())
    written = form or Filled(_USUAL)
    return page(
        request,
        "sharing/agreement.html",
        422 if written.complaints or shown else 200,
        form=written,
        shown=shown,
        agreement=agreement,
        records=records,
        municipality_choices=[(one.number, one.name) for one in municipalities()],
    )


_SHOWN = ("k", "purpose", "legal_basis", "signed_here", "signed_there", "answer_days", "grant_days", "budget")
