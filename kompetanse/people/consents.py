"""What newcomers consent to, purpose by purpose; the newest answer stands, and the older ones are kept."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.people import queries
from kompetanse.people.service import get
from kompetanse.people.tables import Consent

TEXT_VERSION = "2026-1"
"""The version of the consent texts that people see today."""


def record_consent(
    session: Session,
    actor: Actor,
    person_id: UUID,
    *,
    purpose: ConsentPurpose,
    granted: bool,
    form: ConsentForm,
    given_on: date | None = None,
    text_version: str = TEXT_VERSION,
) -> Consent:
    """Record an answer, be it a yes, a no or a withdrawal. It takes effect at once, everywhere."""
    actor = actor.doing(Operation.RECORD_CONSENTS)
    get(session, actor, person_id)
    before = session.exec(queries.standing_consents(actor, person_id).where(Consent.purpose == purpose)).one_or_none()
    if before is not None:
        before.superseded_at = clock.now()
        session.flush()  # only one answer may stand, so the old one leaves before the new one comes
    answer = Consent(
        municipality_no=actor.municipality_no,
        person_id=person_id,
        purpose=purpose,
        granted=granted,
        form=form,
        given_on=given_on,
        text_version=text_version,
        recorded_by=actor.id,
    )
    session.add(answer)
    action = "grant" if granted else "withdraw" if before is not None and before.granted else "refuse"
    audit.record(session, actor, action, "consent", [person_id], [purpose.value])
    return answer


def consents_of(session: Session, actor: Actor, person_id: UUID) -> list[Consent]:
    """Every answer of a person, newest first."""
    actor = actor.doing(Operation.READ_CONSENTS)
    get(session, actor, person_id)
    audit.record(session, actor, "read", "consent", [person_id])
    return list(session.exec(queries.consents(actor, person_id)))


def standing(session: Session, actor: Actor, person_id: UUID) -> dict[ConsentPurpose, Consent | None]:
    """The answer that stands for each purpose; None where the person was never asked."""
    actor = actor.doing(Operation.READ_CONSENTS)
    get(session, actor, person_id)
    audit.record(session, actor, "read", "consent", [person_id])
    answers = {one.purpose: one for one in session.exec(queries.standing_consents(actor, person_id))}
    return {purpose: answers.get(purpose) for purpose in ConsentPurpose}
