"""What newcomers consent to, purpose by purpose; the newest answer stands, and the older ones are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes import consent_texts
from kompetanse.codes.consent import ConsentForm, ConsentPurpose, OwnSection, ShareSection
from kompetanse.codes.municipalities import municipality
from kompetanse.errors import FieldFault, Invalid, NotFound
from kompetanse.paging import Page, PageRequest, cut
from kompetanse.people import queries
from kompetanse.people.rules import runs_out_on
from kompetanse.people.service import lock
from kompetanse.people.tables import Consent, Person

TEXT_VERSION = "2026-1"
"""The version of the consent texts that people see today."""


@dataclass(frozen=True, slots=True)
class ConsentFilter:
    """Which answers: to one purpose, yes or no, of one person; only those that stand unless told."""

    purpose: ConsentPurpose | None = None
    granted: bool | None = None
    person_id: UUID | None = None
    standing: bool = True


def record_consent(  # noqa: PLR0913 - what an answer is proven by
    session: Session,
    actor: Actor,
    person_id: UUID,
    *,
    purpose: ConsentPurpose,
    granted: bool,
    form: ConsentForm,
    given_on: date | None = None,
    recipient_no: str | None = None,
    section: ShareSection | OwnSection | None = None,
    language: str | None = None,
    wording: str | None = None,
    text_version: str = TEXT_VERSION,
) -> Consent:
    """Record an answer, be it a yes, a no or a withdrawal. It takes effect at once, everywhere.

    A yes stands for a year. Sharing with neighbours can be answered for one of them (`recipient_no`), or for one
    `section` of the profile: such an answer stands beside the general one. A general no takes every yes back, while a
    no to one of them stands, also when a general yes comes later. A general yes covers every section but an
    `OwnSection`. `language`
    (ISO 639-3) and `wording` are of the text as the person saw it; where no wording is given, it is the product's own.

    Raises:
        Invalid: it was given on a day that has not come, a yes has run out already, or a purpose has no recipients.
        NotFound.
    """
    actor = actor.doing_to(Operation.RECORD_CONSENTS, person_id)
    expires_on = runs_out_on(given_on or clock.today())
    _check(purpose, granted, given_on, expires_on, recipient_no, section)
    lock(session, actor, person_id)  # two answers at once come one after the other
    standing = list(session.exec(queries.standing_consents(actor, person_id).where(Consent.purpose == purpose)))
    about = (recipient_no or "", section.value if section else "")
    before = next((one for one in standing if (one.recipient_no, one.section) == about), None)
    every_yes = [one for one in standing if one.granted] if not granted and about == ("", "") else []
    withdrawn = [*every_yes, *([before] if before is not None and before not in every_yes else [])]
    for one in withdrawn:
        one.superseded_at = clock.now()
    session.flush()  # only one answer may stand, so the old one leaves before the new one comes
    answer = Consent(
        municipality_no=actor.municipality_no,
        person_id=person_id,
        purpose=purpose,
        granted=granted,
        form=form,
        given_on=given_on,
        expires_on=expires_on if granted else None,
        recipient_no=about[0],
        section=about[1],
        language=language,
        wording=wording or _wording(purpose, language, section),
        text_version=text_version,
        recorded_by=actor.id,
    )
    session.add(answer)
    session.flush()
    action = "grant" if granted else "withdraw" if before is not None and before.granted else "refuse"
    told = [part for part in (purpose.value, *about) if part]
    audit.record(session, actor, action, "consent", [person_id], told)
    return answer


def _wording(purpose: ConsentPurpose, language: str | None, section: ShareSection | OwnSection | None) -> str | None:
    own = section if isinstance(section, OwnSection) else None
    return consent_texts.text(purpose, language, own) if language else None


def _check(
    purpose: ConsentPurpose,
    granted: bool,
    given_on: date | None,
    expires_on: date,
    recipient_no: str | None,
    section: ShareSection | OwnSection | None,
) -> None:
    if given_on is not None and given_on > clock.today():
        raise Invalid(FieldFault("/given_on", "The day has not come", "Write the day that the person said so"))
    if granted and expires_on <= clock.today():
        raise Invalid(FieldFault("/given_on", "A yes stands for a year, which is over", "Ask again, and write today"))
    if purpose is not ConsentPurpose.SHARE_WITH_NEIGHBOURS and (recipient_no or section):
        raise Invalid(FieldFault("/section", "Only sharing with neighbours has exceptions", "Leave it out"))
    if recipient_no is not None:
        municipality(recipient_no)


def read_answer(session: Session, actor: Actor, person_id: UUID, answer_id: UUID) -> Consent:
    """One answer of a person. Raises NotFound."""
    actor = actor.doing(Operation.READ_CONSENTS)
    answer = session.exec(queries.consents(actor, person_id).where(Consent.id == answer_id)).one_or_none()
    if answer is None:
        raise NotFound("consent")
    audit.record(session, actor, "read", "consent", [person_id], [answer.purpose.value])
    return answer


def consents_of(session: Session, actor: Actor, person_id: UUID) -> list[Consent]:
    """Every answer of a person, newest first. Raises NotFound."""
    actor = actor.doing_to(Operation.READ_CONSENTS, person_id)
    _known(session, actor, person_id)
    audit.record(session, actor, "read", "consent", [person_id])
    return list(session.exec(queries.consents(actor, person_id)))


def standing(session: Session, actor: Actor, person_id: UUID) -> dict[ConsentPurpose, Consent | None]:
    """The answer that stands for each purpose; None where the person was never asked. Raises NotFound."""
    return standing_of(consents_of(session, actor, person_id))


def standing_of(answers: Iterable[Consent]) -> dict[ConsentPurpose, Consent | None]:
    """Of a person's answers the one that stands for each purpose as a whole; None where she was never asked.

    A yes that has run out still stands here, with its end, so that it is asked again: see `stands_on`.
    """
    general = (one for one in answers if one.superseded_at is None and not one.recipient_no and not one.section)
    stands = {answer.purpose: answer for answer in general}
    return {purpose: stands.get(purpose) for purpose in ConsentPurpose}


def stands_on(answer: Consent | None, on: date) -> bool:
    """Whether an answer is a yes that stands on a day. Fail-closed: a yes without an end stands on none."""
    return answer is not None and answer.granted and answer.expires_on is not None and answer.expires_on > on


def said_of(answers: Iterable[Consent]) -> dict[ConsentPurpose, bool | None]:
    """What a person says today to each purpose as a whole; None where she was never asked."""
    today = clock.today()
    return {purpose: None if one is None else stands_on(one, today) for purpose, one in standing_of(answers).items()}


def sections_shared(answers: Iterable[Consent], recipient_no: str, on: date) -> frozenset[ShareSection]:
    """The sections of the profile that a person lets one neighbour see on a day, by all her answers about sharing.

    Every answer that covers the section and the neighbour must be a yes, and the general one must be there.
    """
    purpose = ConsentPurpose.SHARE_WITH_NEIGHBOURS
    stand = [one for one in answers if one.superseded_at is None and one.purpose is purpose]
    covering = [one for one in stand if one.recipient_no in ("", recipient_no)]
    if not any(not one.recipient_no and not one.section for one in covering):
        return frozenset()
    return frozenset(
        section
        for section in ShareSection
        if all(stands_on(one, on) for one in covering if one.section in ("", section.value))
    )


def list_consents(session: Session, actor: Actor, wanted: ConsentFilter, page: PageRequest) -> Page[Consent]:
    """The municipality's answers, newest first, without names: the data-protection officer's overview."""
    actor = actor.doing(Operation.READ_CONSENTS)
    found = queries.visible_consents(actor)
    if wanted.purpose is not None:
        found = found.where(Consent.purpose == wanted.purpose)
    if wanted.granted is not None:
        found = found.where(col(Consent.granted).is_(wanted.granted))
    if wanted.person_id is not None:
        found = found.where(Consent.person_id == wanted.person_id)
    if wanted.standing:
        found = found.where(col(Consent.superseded_at).is_(None))
    if page.after is not None:
        found = found.where(col(Consent.id) < page.after)
    rows = session.exec(found.limit(page.limit + 1)).all()
    shown = cut(rows, page.limit, [row.id for row in rows])
    audit.record(session, actor, "list", "consent", dict.fromkeys(one.person_id for one in shown.items))
    return shown


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people answered yes and no to a purpose, and how many nobody has asked."""

    purpose: ConsentPurpose
    granted: int
    refused: int
    not_asked: int


def tallies(session: Session, actor: Actor) -> list[Tally]:
    """How many of those whom the actor may know of consent to each purpose. It names nobody, so it is no event."""
    actor = actor.doing(Operation.READ_CONSENTS)
    everybody = len(session.scalars(queries.consent_subjects(actor)).all())
    counted = {
        (purpose, granted): number
        for purpose, granted, number in session.execute(queries.tallies(actor, clock.today()))
    }
    found = []
    for purpose in ConsentPurpose:
        yes, no = counted.get((purpose, True), 0), counted.get((purpose, False), 0)
        found.append(Tally(purpose, yes, no, everybody - yes - no))
    return found


def _known(session: Session, actor: Actor, person_id: UUID) -> None:
    """NotFound unless the actor may know of the person's consents."""
    if session.scalar(queries.consent_subjects(actor).where(col(Person.id) == person_id)) is None:
        raise NotFound("person")
