"""A small town for tests of contact: accountants who are alike, each with a household of her own."""

from typing import Any, cast
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor, Role, system_actor
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ConsentForm, ConsentPurpose, ShareSection
from kompetanse.codes.contact import AskStage
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import ContactKind
from kompetanse.competence import service as competence
from kompetanse.competence.service import EducationFields, ExperienceFields, LanguageFields, SkillFields
from kompetanse.contacts import service, vacancy_requests
from kompetanse.contacts.service import RequestFields
from kompetanse.contacts.tables import ContactAsk, ContactRequest, NeighbourVacancy
from kompetanse.people import consents
from kompetanse.people.rules import Contact
from kompetanse.people.tables import Person
from kompetanse.sealing import Sealer
from kompetanse.sharing import publishing
from kompetanse.sharing import service as feed
from kompetanse.vacancies.service import LanguageDemand, SkillDemand, VacancyFields
from tests.factories import FROYA, HITRA, actor, agreement, person

SEALER = Sealer(b"a secret for tests, 32 bytes long!")
ALIKE = 10
"""A class is born from twice k = 5."""

REQUEST = RequestFields(title="Regnskapsfører", contact_name="Hilde Hitterdal", contact_email="hilde@hitra.example")


def hitra(recipient_no: str = HITRA, **more: Any) -> Actor:
    """A neighbour's system."""
    return actor(Role.NEIGHBOUR, recipient_no=recipient_no, **more)


def consent(session: Session, who: UUID, *, granted: bool = True, **about: Any) -> None:
    """Let somebody answer about sharing with neighbours."""
    consents.record_consent(
        session, actor(), who, purpose=ConsentPurpose.SHARE_WITH_NEIGHBOURS, granted=granted, form=ConsentForm.ORAL,
        **about,
    )  # fmt: skip


def accountant(session: Session, *, shares: bool = True, speaks: Cefr = Cefr.B2, **fields: Any) -> Person:
    """An accountant with higher education who speaks good Norwegian, and lets neighbours know."""
    who, made = actor(), person(session, may_work=True, **fields)
    competence.add_experience(
        session, who, made.id, 0, ExperienceFields(title="buhalterė", started="2010", ended="2020")
    )
    competence.add_skill(session, who, made.id, 1, SkillFields(label="regnskap"))
    spoken = LanguageFields(language="nor", interaction=speaks, production=speaks)
    competence.set_language(session, who, made.id, 2, spoken)
    studied = EducationFields(title="apskaita", level=EducationLevel.BACHELOR)
    competence.add_education(session, who, made.id, 3, studied)
    if shares:
        consent(session, made.id)
    return made


def accountants(session: Session, number: int = ALIKE, sealer: Sealer = SEALER) -> list[Person]:
    """So many, an agreement with Hitra at k = 5, and the release of this quarter."""
    made = [accountant(session) for _ in range(number)]
    agreement(session, k=5)
    session.flush()
    publishing.release(session, system_actor(FROYA), sealer)
    return made


def rasa(session: Session, **fields: Any) -> Person:
    """The accountant that the tests are about: her name is nobody else's."""
    return accountant(
        session, given_name="Rasa", family_name="Kazlauskienė", contact_languages=["lit"],
        contacts=[Contact(ContactKind.PHONE, "+4790000001")], born="1985-04-03", **fields,
    )  # fmt: skip


def opening(**fields: Any) -> VacancyFields:
    """A vacancy of Hitra's that accountants fit."""
    stated = {
        "title": "Regnskapsfører", "skills": [SkillDemand("regnskap")], "languages": [LanguageDemand("nor", Cefr.B1)],
        **fields,
    }  # fmt: skip
    return cast(VacancyFields, stated)


def posted(session: Session, who: Actor | None = None, **fields: Any) -> NeighbourVacancy:
    """A vacancy that Hitra posts."""
    return vacancy_requests.post(session, who or hitra(), opening(**fields), {"title": "Regnskapsfører"})


def requested(session: Session, who: Actor | None = None, **fields: Any) -> ContactRequest:
    """A request for contact with whom a posted vacancy fits."""
    who = who or hitra()
    stated = cast(RequestFields, {**REQUEST, **fields})
    return service.request_contact(session, who, SEALER, fields=stated, vacancy_id=posted(session, who).id)


def handles(session: Session, who: Actor | None = None) -> list[str]:
    """What the classes are called to a neighbour."""
    return [handle for handle, _ in feed.shared_view(session, who or hitra(), SEALER).classes]


def asked(session: Session, request: ContactRequest, who: Person) -> ContactAsk:
    """Somebody who is asked and has not answered."""
    return service.ask(session, actor(), request.id, who.id)[0]


def said(session: Session, ask: ContactAsk, *, yes: bool, sections: list[ShareSection] | None = None) -> ContactAsk:
    """What she answers in conversation."""
    return service.answer(session, actor(), ask.id, ask.version, yes=yes, form=ConsentForm.ORAL, sections=sections)


def granted(session: Session, request: ContactRequest, who: Person) -> ContactAsk:
    """Somebody who is asked and says yes."""
    ask = said(session, asked(session, request, who), yes=True)
    assert ask.stage is AskStage.YES
    return ask
