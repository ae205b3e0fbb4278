"""What a newcomer sees and does on her own pages.

No function takes a person's id: each acts on `actor.person_id`, so that no request can name anybody else. What they
call asks once more (`Actor.doing_to`), and the selects below begin with what she may know of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.audit import oversight
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes import consent_texts
from kompetanse.codes.consent import ConsentForm, ConsentPurpose, OwnSection, ShareSection
from kompetanse.competence import history
from kompetanse.competence import service as competence
from kompetanse.competence.service import PartFields, PersonProfile, ProfileDocument, ProfilePart, WishFields
from kompetanse.competence.tables import ProfileChange
from kompetanse.contacts import links as questions
from kompetanse.contacts import service as contacts
from kompetanse.contacts.links import Asked
from kompetanse.contacts.tables import ContactAsk
from kompetanse.errors import Conflict
from kompetanse.identity import service as identity
from kompetanse.identity.service import Standing
from kompetanse.own_data import service as own_data
from kompetanse.paging import Page, PageRequest
from kompetanse.people import consents, erasures
from kompetanse.people import service as people
from kompetanse.people.rules import PersonFields
from kompetanse.people.tables import Consent, ErasureRequest
from kompetanse.personal_links import service as personal_links
from kompetanse.personal_links.tables import PersonalDevice
from kompetanse.self_service.whose import herself
from kompetanse.sharing import agreements


def read(session: Session, actor: Actor) -> PersonProfile:
    """Her record and profile."""
    return competence.read_person_profile(session, actor, herself(actor))


def change_reach(session: Session, actor: Actor, version: int, fields: PersonFields) -> None:
    """Change how she is reached. Raises Invalid, Stale; Forbidden for what is not hers to change."""
    people.change(session, actor, herself(actor), version, fields)


def add_part(session: Session, actor: Actor, version: int, part: ProfilePart, fields: PartFields) -> ProfileDocument:
    """Write down an entry of her profile; see `competence.service.add_part`."""
    return competence.add_part(session, actor, herself(actor), version, part, fields)[0]


def change_part(
    session: Session, actor: Actor, version: int, part: ProfilePart, part_id: UUID, fields: PartFields
) -> ProfileDocument:
    """State an entry of her profile anew; see `competence.service.change_part`."""
    return competence.change_part(session, actor, herself(actor), version, part, part_id, fields)


def remove_part(session: Session, actor: Actor, version: int, part: ProfilePart, part_id: UUID) -> ProfileDocument:
    """Take an entry out of her profile. Raises NotFound, Stale."""
    return competence.remove_part(session, actor, herself(actor), version, part, part_id)


def change_wishes(session: Session, actor: Actor, version: int, fields: WishFields) -> ProfileDocument:
    """Change her wishes that are single values. Raises Invalid, Stale."""
    return competence.change_wishes(session, actor, herself(actor), version, fields)


def last_change(session: Session, actor: Actor) -> ProfileChange | None:
    """What she changed last, if nobody changed the profile since: what can be undone."""
    newest = history.read_history(session, actor, herself(actor), PageRequest(1)).items
    return newest[0] if newest and newest[0].actor_id == actor.id else None


def undo(session: Session, actor: Actor, version: int) -> ProfileDocument:
    """Undo what she changed last. Raises Conflict when there is nothing; Stale."""
    change = last_change(session, actor)
    if change is None:
        raise Conflict("There is nothing to undo")
    return competence.restore(session, actor, herself(actor), version, change.id)


@dataclass(frozen=True, slots=True)
class Consents:
    """What she answered, newest first; and the neighbours that she can say no to by themselves."""

    answers: Sequence[Consent]
    neighbours: Sequence[str]

    def stands(self, purpose: ConsentPurpose, recipient_no: str = "", section: str = "") -> bool | None:
        """What she says today to a purpose, of one neighbour or section alone where they are named; None: not asked."""
        about = (purpose, recipient_no, section)
        for one in self.answers:
            if one.superseded_at is None and (one.purpose, one.recipient_no, one.section) == about:
                return consents.stands_on(one, clock.today())
        return None

    def answer(self, purpose: ConsentPurpose) -> Consent | None:
        """Her answer to a purpose as a whole."""
        return consents.standing_of(self.answers)[purpose]


def read_consents(session: Session, actor: Actor) -> Consents:
    """What she consents to."""
    answers = consents.consents_of(session, actor, herself(actor))
    return Consents(answers, agreements.recipients(session, actor))


def answer_consent(
    session: Session,
    actor: Actor,
    *,
    purpose: ConsentPurpose,
    granted: bool,
    language: str,
    recipient_no: str | None = None,
    section: ShareSection | OwnSection | None = None,
) -> Consent:
    """Keep her yes, no or withdrawal, with the text as she saw it in a language (ISO 639-3). Raises Invalid."""
    return consents.record_consent(
        session,
        actor,
        herself(actor),
        purpose=purpose,
        granted=granted,
        form=ConsentForm.DIGITAL,
        given_on=clock.today(),
        recipient_no=recipient_no,
        section=section,
        language=language if language in consent_texts.LANGUAGES else "nob",
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What others did with her data, newest first, and what those are who did it."""

    events: Page[AuditEvent]
    by: Mapping[UUID, Standing]


def read_trail(session: Session, actor: Actor, page: PageRequest) -> Seen:
    """Who has seen or used what."""
    found = oversight.events_about_me(session, actor, page)
    return Seen(found, identity.standing_of(session, actor, {one.actor_id for one in found.items}))


def everything(session: Session, actor: Actor) -> dict[str, Any]:
    """All that is stored of her, but for employees' notes; see `own_data.service.everything`."""
    return own_data.everything(session, actor, herself(actor))


def json_resume(session: Session, actor: Actor) -> dict[str, Any]:
    """Her profile as a JSON Resume."""
    return own_data.json_resume(session, actor, herself(actor))


def curriculum(session: Session, actor: Actor, language: str) -> bytes:
    """Her profile as a CV to print (PDF). Raises UnknownCode when there are no words in the language."""
    return own_data.curriculum(session, actor, herself(actor), language)


def read_questions(session: Session, actor: Actor, language: str) -> list[Asked]:
    """What neighbours ask her, newest first."""
    return questions.all_of(session, actor, language)


def count_questions(session: Session, actor: Actor) -> int:
    """How many questions wait for her answer."""
    return questions.count_open(session, actor)


def answer_question(
    session: Session,
    actor: Actor,
    ask_id: UUID,
    version: int,
    *,
    yes: bool,
    sections: Sequence[ShareSection],
    language: str,
) -> ContactAsk:
    """Keep her yes or no to one neighbour's question; see `contacts.service.answer`."""
    form = ConsentForm.DIGITAL
    return contacts.answer(session, actor, ask_id, version, yes=yes, form=form, sections=sections, language=language)


def take_back_answer(session: Session, actor: Actor, ask_id: UUID, version: int) -> ContactAsk:
    """Take back a yes to one neighbour's question; see `contacts.service.withdraw`."""
    return contacts.withdraw(session, actor, ask_id, version)


def ask_for_erasure(session: Session, actor: Actor) -> ErasureRequest:
    """Ask the municipality to erase her."""
    return erasures.ask(session, actor, herself(actor))


def take_back_erasure(session: Session, actor: Actor) -> None:
    """Stay after all."""
    erasures.take_back(session, actor, herself(actor))


def last_erasure(session: Session, actor: Actor) -> ErasureRequest | None:
    """What she asked last of being erased, and what she was answered."""
    return erasures.latest(session, actor, herself(actor))


def devices(session: Session, actor: Actor, idle_days: int) -> Sequence[PersonalDevice]:
    """Where she is in, the last used first."""
    return personal_links.access(session, actor, herself(actor), idle_days).devices


def sign_out_everywhere(session: Session, actor: Actor) -> int:
    """Let her out of every device; how many they were."""
    return personal_links.end_devices(session, actor, herself(actor))
