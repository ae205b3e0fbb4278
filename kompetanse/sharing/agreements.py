"""Sharing agreements between municipalities: entered, changed, revoked; every version of the terms is kept.

Without an agreement that stands there is no feed and no contact. Sources: GDPR art. 6, 26 and 28 for what the parties
must have settled between them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, TypedDict
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.consent import ClassAttribute, ShareSection
from kompetanse.codes.municipalities import municipality
from kompetanse.errors import Conflict, FieldFault, Forbidden, Invalid, NotFound, Stale
from kompetanse.sharing import publishing, queries
from kompetanse.sharing.generalise import K_FLOOR
from kompetanse.sharing.tables import Agreement, AgreementRecord

MOST_BYTES = 10 * 1024 * 1024
"""A signed document is no larger."""

_TYPES = frozenset({"application/pdf", "image/png", "image/jpeg"})
_RANGES = {"answer_days": (1, 90), "grant_days": (1, 365), "budget": (0, 1000)}
_TEXTS = {"purpose": 500, "legal_basis": 500, "signed_here": 200, "signed_there": 200}
_TERMS = (
    "recipient_no", "k", "starts_on", "ends_on", "purpose", "legal_basis", "sections", "attributes", "signed_here",
    "signed_there", "answer_days", "grant_days", "budget", "revoked_at",
)  # fmt: skip


class Unseen(Conflict):
    """Classes are to tell more than they did, and the risk of that has not been looked at."""

    code = "risk-report-not-seen"


class AgreementFields(TypedDict, total=False):
    """The terms that can be set. A key that is absent is left alone."""

    k: int
    starts_on: date
    ends_on: date | None
    purpose: str | None
    legal_basis: str | None
    sections: list[ShareSection]
    attributes: list[ClassAttribute]
    signed_here: str | None
    signed_there: str | None
    answer_days: int
    grant_days: int
    budget: int


@dataclass(frozen=True, slots=True)
class Document:
    """The signed agreement as a file."""

    name: str
    content_type: str
    content: bytes


def agree(
    session: Session, actor: Actor, *, recipient_no: str, fields: AgreementFields, seen: str | None = None
) -> Agreement:
    """Enter an agreement with a neighbour, or enter anew the one that was revoked.

    Args:
        session: in the municipality's scope.
        actor: may manage agreements.
        recipient_no: the neighbour.
        fields: the terms.
        seen: the fingerprint of the risk report that was shown; wanted where classes are to tell more than the usual.

    Raises:
        Invalid: terms that break a rule, or the municipality is one's own. UnknownCode: no such municipality.
        Conflict: an agreement with this neighbour stands.
        Unseen: classes are to tell more, and the report on that has not been shown as it is now.
    """
    actor = actor.doing(Operation.MANAGE_AGREEMENTS)
    municipality(recipient_no)
    if recipient_no == actor.municipality_no:
        raise Invalid(FieldFault("/recipient_no", "That is your own municipality", "Name the neighbour"))
    _check(fields)
    known = session.exec(queries.agreements(actor).where(Agreement.recipient_no == recipient_no)).one_or_none()
    if known is not None and known.revoked_at is None:
        raise Conflict("There is an agreement with this neighbour already")
    fields = {"attributes": [], **fields}
    shown = _shown(session, actor, fields, (), seen)
    if known is None:
        starts_on = fields["starts_on"]
        known = Agreement(municipality_no=actor.municipality_no, recipient_no=recipient_no, starts_on=starts_on)
        session.add(known)
    else:
        known.revoked_at = None
        known.version += 1
    _assign(session, actor, known, fields, "create", shown)
    return known


def change(
    session: Session,
    actor: Actor,
    agreement_id: UUID,
    version: int,
    fields: AgreementFields,
    *,
    seen: str | None = None,
) -> Agreement:
    """Change the terms of an agreement that stands; `seen` as for `agree`.

    Raises:
        Invalid: terms that break a rule. Conflict: it is revoked. Stale: `version` is not the newest. NotFound.
        Unseen: classes are to tell more, and the report on that has not been shown as it is now.
    """
    actor = actor.doing(Operation.MANAGE_AGREEMENTS)
    agreement = _for_change(session, actor, agreement_id, version)
    merged = AgreementFields(starts_on=agreement.starts_on, ends_on=agreement.ends_on)
    _check({**merged, **fields})
    shown = _shown(session, actor, fields, agreement.attributes, seen)
    agreement.version += 1
    _assign(session, actor, agreement, fields, "change", shown)
    return agreement


def revoke(session: Session, actor: Actor, agreement_id: UUID, version: int) -> Agreement:
    """End an agreement at once: no feed, no request and no contact from this moment.

    Raises:
        Conflict: it is revoked already. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.MANAGE_AGREEMENTS)
    agreement = _for_change(session, actor, agreement_id, version)
    agreement.version += 1
    agreement.revoked_at = clock.now()
    _assign(session, actor, agreement, AgreementFields(), "revoke")
    return agreement


def attach(session: Session, actor: Actor, agreement_id: UUID, document: Document) -> AgreementRecord:
    """Keep the signed document beside the terms as they stand.

    Raises:
        Invalid: no PDF or picture, empty, or too large. NotFound.
    """
    actor = actor.doing(Operation.MANAGE_AGREEMENTS)
    agreement = _found(session.exec(queries.one_agreement(actor, agreement_id)).one_or_none())
    if document.content_type not in _TYPES or not 0 < len(document.content) <= MOST_BYTES:
        raise Invalid(FieldFault("/document", "Not a PDF or a picture of at most 10 MB", "Choose the signed PDF"))
    record = _record(actor, agreement)
    record.document_name, record.document_type = document.name[:200], document.content_type
    record.document, record.document_sha256 = document.content, sha256(document.content).hexdigest()
    session.add(record)
    session.flush()
    audit.record(session, actor, "attach", "agreement", [agreement.id], ["document"])
    return record


def read(session: Session, actor: Actor, agreement_id: UUID) -> tuple[Agreement, list[AgreementRecord]]:
    """An agreement with every version of its terms, newest first. Raises NotFound."""
    actor = actor.doing(Operation.READ_AGREEMENTS)
    agreement = _found(session.exec(queries.one_agreement(actor, agreement_id)).one_or_none())
    return agreement, list(session.exec(queries.agreement_records(actor, agreement_id)))


def document(session: Session, actor: Actor, agreement_id: UUID, record_id: UUID) -> Document:
    """A document that was attached to an agreement. Raises NotFound."""
    actor = actor.doing(Operation.READ_AGREEMENTS)
    _, records = read(session, actor, agreement_id)
    for one in records:
        if one.id == record_id and one.document is not None:
            audit.record(session, actor, "read", "agreement", [agreement_id], ["document"])
            return Document(one.document_name or "", one.document_type or "", one.document)
    raise NotFound("document")


def agreements(session: Session, actor: Actor) -> list[Agreement]:
    """The municipality's sharing agreements, those that are revoked too."""
    actor = actor.doing(Operation.READ_AGREEMENTS)
    return list(session.exec(queries.agreements(actor)))


def recipients(session: Session, actor: Actor) -> list[str]:
    """The numbers of the neighbours that may read now: whom a newcomer can say no to. It is about nobody."""
    actor.doing(Operation.READ_OWN if actor.person_id else Operation.READ_AGREEMENTS)
    return sorted({one.recipient_no for one in session.exec(queries.standing_agreements(actor, clock.today()))})


def standing_with(session: Session, actor: Actor) -> Agreement:
    """The agreement under which the actor's municipality may read and ask today.

    Raises:
        Forbidden: none stands.
    """
    agreement = session.exec(queries.standing_agreement(actor, clock.today())).one_or_none()
    if agreement is None:
        raise Forbidden("No sharing agreement with your municipality stands today")
    return agreement


def _for_change(session: Session, actor: Actor, agreement_id: UUID, version: int) -> Agreement:
    found = _found(session.exec(queries.one_agreement(actor, agreement_id).with_for_update()).one_or_none())
    if found.version != version:
        raise Stale("The agreement was changed since you read it; read it again")
    if found.revoked_at is not None:
        raise Conflict("The agreement is revoked; enter it anew")
    return found


def _found(agreement: Agreement | None) -> Agreement:
    if agreement is None:
        raise NotFound("agreement")
    return agreement


def _shown(
    session: Session, actor: Actor, fields: AgreementFields, before: Collection[ClassAttribute], seen: str | None
) -> dict[str, Any] | None:
    """The risk report of classes that tell more than before, as it was shown; None where they do not. Raises Unseen."""
    if "attributes" not in fields:
        return None
    fields["attributes"] = asked = [one for one in ClassAttribute if one in fields["attributes"]]
    if set(asked) <= set(before):
        return None
    report = publishing.draft(session, actor, k=fields.get("k"), attributes=asked).report
    if report.fingerprint != seen:
        raise Unseen("The risk report of classes that tell of this has not been shown as it is now; look at it first")
    return report.told()


def _assign(
    session: Session,
    actor: Actor,
    agreement: Agreement,
    fields: AgreementFields,
    action: str,
    shown: dict[str, Any] | None = None,
) -> None:
    for name, value in fields.items():
        setattr(agreement, name, value)
    session.flush()
    session.add(_record(actor, agreement, shown))
    session.flush()
    audit.record(session, actor, action, "agreement", [agreement.id], sorted(fields))


def _record(actor: Actor, agreement: Agreement, shown: dict[str, Any] | None = None) -> AgreementRecord:
    terms: dict[str, Any] = {"risk_report": shown} if shown is not None else {}
    for name in _TERMS:
        value = getattr(agreement, name)
        terms[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return AgreementRecord(
        municipality_no=actor.municipality_no,
        agreement_id=agreement.id,
        version=agreement.version,
        terms=terms,
        recorded_by=actor.id,
    )


def _check(fields: AgreementFields) -> None:
    faults = []
    if fields.get("starts_on") is None:
        faults.append(FieldFault("/starts_on", "No first day", "Write the day from which it stands"))
    if fields.get("k", K_FLOOR) < K_FLOOR:
        faults.append(FieldFault("/k", "k is at least 5", "10 is usual"))
    ends_on, starts_on = fields.get("ends_on"), fields.get("starts_on")
    if ends_on is not None and starts_on is not None and ends_on < starts_on:
        faults.append(FieldFault("/ends_on", "It ends before it starts", "Write a later day"))
    for name, (least, most) in _RANGES.items():
        value = fields.get(name)
        if isinstance(value, int) and not least <= value <= most:
            faults.append(FieldFault(f"/{name}", "Out of range", f"Write a number from {least} to {most}"))
    for name, longest in _TEXTS.items():
        text = fields.get(name)
        if isinstance(text, str) and len(text) > longest:
            faults.append(FieldFault(f"/{name}", "Too long", f"Write at most {longest} characters"))
    if faults:
        raise Invalid(*faults)
