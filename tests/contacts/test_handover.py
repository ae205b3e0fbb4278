"""What a neighbour is told: whoever said yes, while it stands; nothing, a no and silence are the same to her."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.consent import ShareSection
from kompetanse.codes.contact import Standing
from kompetanse.codes.work import RecognitionStatus
from kompetanse.competence import service as profiles
from kompetanse.competence.fields import EducationFields, ProfilePart
from kompetanse.contacts import handover, service
from kompetanse.contacts.tables import ContactAsk
from kompetanse.database import Database
from kompetanse.errors import Forbidden, NotFound
from kompetanse.ids import new_id
from kompetanse.people import consents
from kompetanse.people import service as people
from kompetanse.people.rules import PersonFields
from kompetanse.people.tables import Person
from kompetanse.sharing import agreements
from kompetanse.sharing.tables import Agreement
from tests.contacts.town import accountant, asked, consent, granted, hitra, rasa, requested, said
from tests.factories import FROYA, HITRA, actor, agreement
from tests.personal_links.people import herself

WORK, LANGUAGES, SKILLS, EDUCATION = (
    ShareSection.WORK, ShareSection.LANGUAGES, ShareSection.SKILLS, ShareSection.EDUCATION,
)  # fmt: skip


def told(session: Session, request: Any, who: Any = None) -> list[tuple[str, str]]:
    answered = handover.read(session, who or hitra(), request.id)
    return [(one.record.person.given_name, one.record.person.family_name) for one in answered.granted]


def test_a_yes_is_handed_over_with_the_sections_and_nothing_else(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    request = requested(session)
    assert told(session, request) == []
    ask = said(session, asked(session, request, made), yes=True, sections=[WORK, LANGUAGES])
    answered = handover.read(session, hitra(), request.id)
    (one,) = answered.granted
    assert (one.id, one.record.person.id, one.delete_by) == (ask.id, made.id, request.delete_by)
    assert [contact.value for contact in one.record.contacts] == ["+4790000001"]
    assert one.profile.keys() == {"work", "languages"}
    assert [row["title"] for row in one.profile["work"]] == ["buhalterė"]
    assert [row["language"] for row in one.profile["languages"]] == ["nor"]
    assert answered.standing is Standing.WAITING
    assert ask.handed_over_at is not None


def test_a_decision_that_awaits_a_look_is_not_handed_over(session: Session) -> None:
    made, who = rasa(session), actor()
    degree: EducationFields = {"title": "bachelor", "recognition": RecognitionStatus.RECOGNISED}
    version = profiles.read_profile(session, who, made.id).version
    document, added = profiles.add_part(session, who, made.id, version, ProfilePart.EDUCATIONS, degree)
    agreement(session)
    request = requested(session)
    said(session, asked(session, request, made), yes=True, sections=[EDUCATION])

    def recognition() -> list[str | None]:
        (one,) = handover.read(session, hitra(), request.id).granted
        return [row["recognition"] for row in one.profile["education"] if row["title"] != "apskaita"]

    assert recognition() == ["recognised"]
    hers: EducationFields = {**degree, "title": "master"}
    her = herself(session, made.id)
    profiles.change_part(session, her, made.id, document.version, ProfilePart.EDUCATIONS, added, hers)
    assert recognition() == [None]


def test_every_hand_over_is_recorded_as_the_neighbour_s_with_what_was_told(database: Database) -> None:
    who = hitra()
    with database.session(FROYA) as session:
        made = rasa(session)
        agreement(session)
        request = requested(session)
        ask = said(session, asked(session, request, made), yes=True, sections=[WORK])
        for _ in range(2):
            handover.read(session, who, request.id)
    with database.session(FROYA, write=False) as session:
        events = session.scalars(select(AuditEvent).where(col(AuditEvent.action) == "hand_over")).all()
        assert [(one.actor_id, one.record_ids, one.fields) for one in events] == [
            (who.id, [str(ask.id), str(made.id)], ["identity", "work"])
        ] * 2


def test_nothing_no_and_silence_are_told_alike(session: Session) -> None:
    agreement(session)
    nobody = requested(session)
    made, silent = rasa(session), accountant(session)
    refused = requested(session)
    said(session, asked(session, refused, made), yes=False)
    waiting = requested(session)
    asked(session, waiting, silent)
    back = requested(session)
    ask = granted(session, back, made)
    service.withdraw(session, actor(), ask.id, ask.version)
    closed = requested(session)
    service.close(session, actor(), closed.id, closed.version)
    every = [nobody, refused, waiting, back, closed]
    for moved, standing in ((0, Standing.WAITING), (14, Standing.WAITING), (15, Standing.OVER)):
        with clock.moved(by=timedelta(days=moved)):
            seen = [handover.read(session, hitra(), one.id) for one in every]
            assert {(one.standing, tuple(one.granted)) for one in seen} == {(standing, ())}
            assert {one for _, one in handover.own_requests(session, hitra())} == {standing}
            assert handover.ended(session, hitra()) == [], "what she never read she is not told the end of"


def test_what_was_read_and_taken_back_is_to_be_deleted_that_day(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    request = requested(session)
    ask = granted(session, request, made)
    told(session, request)
    assert handover.ended(session, hitra()) == []
    service.withdraw(session, actor(), ask.id, ask.version)
    assert told(session, request) == []
    assert handover.ended(session, hitra()) == [handover.Ended(ask.id, request.id, clock.today())]


def test_a_grant_ends_by_itself_on_the_day_that_was_said(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    request = requested(session)
    ask = granted(session, request, made)
    told(session, request)
    with clock.moved(by=timedelta(days=104)):
        assert told(session, request) == [("Rasa", "Kazlauskienė")]
    with clock.moved(by=timedelta(days=105)):
        assert told(session, request) == []
        assert handover.ended(session, hitra()) == [handover.Ended(ask.id, request.id, request.delete_by)]


def hide(session: Session, how: str, made: Person) -> None:
    if how == "withdrawn":
        consent(session, made.id, granted=False)
    elif how == "refused":
        consent(session, made.id, granted=False, recipient_no=HITRA)
    elif how == "protected":
        people.change(session, actor(), made.id, made.version, PersonFields(protected_address=True))
    else:
        people.archive(session, actor(), made.id, made.version)


HOWS = ("withdrawn", "refused", "protected", "archived")


@pytest.mark.parametrize("how", HOWS)
def test_who_may_not_be_told_of_any_more_is_gone_at_once_and_for_good(database: Database, how: str) -> None:
    with database.session(FROYA) as session:
        made = rasa(session)
        agreement(session)
        request = requested(session)
        ask = granted(session, request, made)
        told(session, request)
        hide(session, how, made)
    handover.tend(database, FROYA)
    with database.session(FROYA) as session:
        assert told(session, request) == []
        assert handover.ended(session, hitra()) == [handover.Ended(ask.id, request.id, clock.today())]
        if how in ("withdrawn", "refused"):
            consent(session, made.id)
            consent(session, made.id, recipient_no=HITRA)
    handover.tend(database, FROYA)
    with database.session(FROYA) as session:
        assert told(session, request) == [], "a new consent to share is no answer to the old question"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_tends_and_still_nobody_is_told(session: Session) -> None:
    people_ = [accountant(session) for _ in HOWS]
    agreement(session)
    request = requested(session)
    for made in people_:
        granted(session, request, made)
    assert len(told(session, request)) == len(HOWS)
    for how, made in zip(HOWS, people_, strict=True):
        hide(session, how, made)
    assert told(session, request) == []


def test_a_consent_that_ran_out_ends_a_grant(database: Database) -> None:
    with database.session(FROYA) as session:
        made = rasa(session)
        agreement(session, grant_days=365)
        request = requested(session)
        granted(session, request, made)
        (answer,) = consents.consents_of(session, actor(), made.id)
        assert answer.expires_on is not None
        left = answer.expires_on - clock.today()
    with clock.moved(by=left - timedelta(days=1)), database.session(FROYA) as session:
        assert told(session, request)
    with clock.moved(by=left), database.session(FROYA) as session:
        assert told(session, request) == []


def test_to_tend_writes_once_and_in_the_audit_trail(database: Database) -> None:
    with database.session(FROYA) as session:
        made = rasa(session)
        agreement(session)
        ask = granted(session, requested(session), made)
        consent(session, made.id, granted=False)
    for _ in range(2):
        handover.tend(database, FROYA)
    handover.tend(database, "5055")
    with database.session(FROYA, write=False) as session:
        (event,) = session.scalars(select(AuditEvent).where(col(AuditEvent.action) == "end"))
        assert event.record_ids == [str(ask.id), str(made.id)]


def test_a_section_that_she_or_the_agreement_closed_since_is_left_out(session: Session) -> None:
    made = rasa(session)
    terms = agreement(session)
    request = requested(session)
    granted(session, request, made)
    consent(session, made.id, granted=False, section=SKILLS)
    fewer = [WORK, LANGUAGES, SKILLS]
    agreements.change(session, actor(Role.ADMINISTRATOR), terms.id, terms.version, {"sections": fewer})
    (one,) = handover.read(session, hitra(), request.id).granted
    assert (list(one.sections), set(one.profile)) == ([WORK, LANGUAGES], {"work", "languages"})


def test_a_revoked_agreement_tells_nothing_at_all(session: Session) -> None:
    made = rasa(session)
    terms: Agreement = agreement(session)
    request = requested(session)
    granted(session, request, made)
    agreements.revoke(session, actor(Role.ADMINISTRATOR), terms.id, terms.version)
    for use in (
        lambda: handover.read(session, hitra(), request.id),
        lambda: handover.own_requests(session, hitra()),
        lambda: handover.ended(session, hitra()),
    ):
        with pytest.raises(Forbidden):
            use()


def test_a_neighbour_reads_her_own_requests_alone(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    agreement(session, recipient_no="5055")
    request = requested(session)
    granted(session, request, made)
    told(session, request)
    assert handover.own_requests(session, hitra("5055")) == []
    for who, request_id in ((hitra("5055"), request.id), (hitra(), new_id())):
        with pytest.raises(NotFound):
            handover.read(session, who, request_id)
    ask = session.exec(select(ContactAsk)).scalar_one()  # type: ignore[call-overload]
    service.withdraw(session, actor(), ask.id, ask.version)
    assert handover.ended(session, hitra("5055")) == []
    assert len(handover.ended(session, hitra())) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_role_but_the_neighbour_s_reads(session: Session) -> None:
    agreement(session)
    for role in set(Role) - {Role.NEIGHBOUR, Role.SYSTEM}:
        who = actor(role, recipient_no=HITRA)
        for use in (handover.own_requests, handover.ended):
            with pytest.raises(Forbidden):
                use(session, who)
        with pytest.raises(Forbidden):
            handover.read(session, who, new_id())


def test_who_is_deleted_is_in_nothing_any_more(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    request = requested(session)
    granted(session, request, made)
    told(session, request)
    session.delete(made)
    session.flush()
    session.expire_all()
    assert told(session, request) == []
    assert service.candidates(session, actor(), request.id) == []
    assert session.scalars(select(ContactAsk)).all() == []


def test_two_who_read_at_once_end_a_grant_once(database: Database) -> None:
    with database.session(FROYA) as session:
        made = rasa(session)
        agreement(session)
        ask = granted(session, requested(session), made)
        consent(session, made.id, granted=False)
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda _: handover.tend(database, FROYA), range(4)))
    with database.session(FROYA, write=False) as session:
        assert len(session.scalars(select(AuditEvent).where(col(AuditEvent.action) == "end")).all()) == 1
        assert session.get_one(ContactAsk, (FROYA, ask.id)).version == ask.version + 1
