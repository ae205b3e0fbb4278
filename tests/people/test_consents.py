"""Consent: the newest answer stands, older ones are kept, and nobody is taken to have said what she did not."""

from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from kompetanse import clock
from kompetanse.actor import Actor, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.consent import ConsentForm, ConsentPurpose, ShareSection
from kompetanse.database import Database
from kompetanse.errors import DomainError, Forbidden, Invalid, NotFound
from kompetanse.ids import new_id
from kompetanse.paging import PageRequest
from kompetanse.people import consents, queries, service
from kompetanse.people.consents import ConsentFilter
from kompetanse.people.tables import Consent
from tests.factories import FROYA, HITRA, actor, person, person_id

SHARE, EXPORT, AMBASSADOR = ConsentPurpose


def answer(
    session: Session, whose: UUID, granted: bool, purpose: ConsentPurpose = SHARE, who: Actor | None = None
) -> Consent:
    return consents.record_consent(
        session, who or actor(), whose, purpose=purpose, granted=granted, form=ConsentForm.ORAL
    )


def consenting(session: Session, purpose: ConsentPurpose = SHARE) -> set[UUID]:
    return set(session.scalars(queries.consenting(FROYA, purpose, clock.today())))


def test_never_asked_refused_and_granted_are_three_things(session: Session) -> None:
    asked = person_id(session)
    answer(session, asked, True, SHARE)
    answer(session, asked, False, EXPORT)
    stands = consents.standing(session, actor(), asked)
    assert stands.keys() == set(ConsentPurpose)
    assert (stands[SHARE].granted, stands[EXPORT].granted) == (True, False)  # type: ignore[union-attr]
    assert stands[AMBASSADOR] is None
    assert (consenting(session, SHARE), consenting(session, EXPORT), consenting(session, AMBASSADOR)) == (
        {asked},
        set(),
        set(),
    )


def test_a_withdrawal_takes_effect_at_once_and_the_yes_is_remembered(session: Session) -> None:
    asked = person_id(session)
    yes = answer(session, asked, True)
    assert consenting(session) == {asked}
    no = answer(session, asked, False)
    assert consenting(session) == set()
    history = consents.consents_of(session, actor(), asked)
    assert [one.id for one in history] == [no.id, yes.id]
    assert (history[0].superseded_at, history[1].superseded_at is None) == (None, False)
    answer(session, asked, True)
    assert consenting(session) == {asked}


def test_consent_to_one_purpose_is_none_to_another(session: Session) -> None:
    asked = person_id(session)
    answer(session, asked, True, SHARE)
    answer(session, asked, False, SHARE)
    answer(session, asked, True, EXPORT)
    assert consenting(session, EXPORT) == {asked}
    assert consenting(session, SHARE) == set()


def test_an_answer_says_how_when_and_to_which_text(session: Session) -> None:
    asked, who = person_id(session), actor()
    given = consents.record_consent(
        session,
        who,
        asked,
        purpose=AMBASSADOR,
        granted=True,
        form=ConsentForm.WRITTEN,
        given_on=date(2026, 3, 2),
    )
    assert (given.form, given.given_on, given.text_version, given.recorded_by) == (
        ConsentForm.WRITTEN,
        date(2026, 3, 2),
        consents.TEXT_VERSION,
        who.id,
    )


def test_a_day_that_has_not_come_is_refused(session: Session) -> None:
    with pytest.raises(Invalid) as caught:
        consents.record_consent(
            session,
            actor(),
            person_id(session),
            purpose=SHARE,
            granted=True,
            form=ConsentForm.ORAL,
            given_on=clock.today() + timedelta(days=1),
        )
    assert caught.value.faults[0].pointer == "/given_on"


def test_the_trail_tells_a_yes_a_no_and_a_withdrawal_apart(database: Database) -> None:
    with database.session(FROYA) as session:
        asked = person_id(session)
        for granted in (False, True, False):
            answer(session, asked, granted)
    with database.session(FROYA) as session:
        trail = select(col(AuditEvent.action)).where(col(AuditEvent.record_type) == "consent")
        assert session.scalars(trail.order_by(col(AuditEvent.seq))).all() == ["refuse", "grant", "withdraw"]


def test_the_protection_officer_lists_answers_without_knowing_anybody(session: Session) -> None:
    one, other = person_id(session), person_id(session)
    answer(session, one, True)
    answer(session, one, False)
    answer(session, other, True)
    answer(session, other, True, EXPORT)
    officer = actor(Role.DPO)

    def listed(**wanted: object) -> list[tuple[UUID, bool]]:
        found = consents.list_consents(session, officer, ConsentFilter(**wanted), PageRequest())  # type: ignore[arg-type]
        return [(answer.person_id, answer.granted) for answer in found.items]

    assert listed(purpose=SHARE) == [(other, True), (one, False)]
    assert listed(purpose=SHARE, standing=False) == [(other, True), (one, False), (one, True)]
    assert listed(granted=False) == [(one, False)]
    assert listed(person_id=other) == [(other, True), (other, True)]
    assert len(consents.consents_of(session, officer, one)) == 2
    assert session.exec(queries.visible_people(officer)).all() == []
    with pytest.raises(Forbidden):
        service.read(session, officer, one)
    with pytest.raises(Forbidden):
        answer(session, one, True, who=officer)


def test_the_list_is_followed_page_by_page(session: Session) -> None:
    asked = [person_id(session) for _ in range(5)]
    for one in asked:
        answer(session, one, True)
    seen, after = [], None
    while True:
        page = consents.list_consents(session, actor(Role.DPO), ConsentFilter(), PageRequest(2, after))
        seen += [one.person_id for one in page.items]
        after = page.next
        if after is None:
            break
    assert seen == asked[::-1]


def test_a_protected_address_hides_also_from_the_protection_officer(session: Session) -> None:
    hidden = person(session, protected_address=True)
    answer(session, hidden.id, True)
    assert consents.list_consents(session, actor(Role.DPO), ConsentFilter(), PageRequest()).items == []
    with pytest.raises(NotFound):
        consents.consents_of(session, actor(Role.DPO), hidden.id)
    assert len(consents.consents_of(session, actor(), hidden.id)) == 1


def test_a_list_holds_the_own_municipality_s_answers_alone(database: Database) -> None:
    with database.session(FROYA) as session:
        answer(session, person_id(session), True)
    with database.session(HITRA) as session:
        officer = actor(Role.DPO, municipality_no=HITRA)
        assert consents.list_consents(session, officer, ConsentFilter(), PageRequest()).items == []


def test_nobody_answers_for_another_municipality_s_people_or_nobody(session: Session) -> None:
    asked = person_id(session)
    for who, whose in ((actor(municipality_no=HITRA), asked), (actor(), new_id())):
        with pytest.raises(NotFound):
            answer(session, whose, True, who=who)
        with pytest.raises(NotFound):
            consents.standing(session, who, whose)


def test_one_answer_stands_even_when_two_are_written_past_the_rules(session: Session) -> None:
    asked = person_id(session)
    answer(session, asked, True)
    second = Consent(
        municipality_no=FROYA,
        person_id=asked,
        purpose=SHARE,
        granted=True,
        form=ConsentForm.ORAL,
        text_version="x",
        recorded_by=new_id(),
    )
    session.add(second)
    with pytest.raises(Exception, match=r"(?i)unique"):
        session.flush()
    session.rollback()


def shared(session: Session, whose: UUID, recipient_no: str = HITRA) -> set[ShareSection]:
    answers = consents.consents_of(session, actor(), whose)
    return set(consents.sections_shared(answers, recipient_no, clock.today()))


def test_a_yes_stands_for_a_year_and_must_then_be_asked_again(session: Session) -> None:
    asked = person_id(session)
    yes = answer(session, asked, True)
    assert yes.expires_on is not None
    assert timedelta(days=365) <= yes.expires_on - clock.today() <= timedelta(days=366)
    with clock.moved(by=timedelta(days=364)):
        assert consenting(session) == {asked}
        assert shared(session, asked) == set(ShareSection)
    with clock.moved(by=timedelta(days=366)):
        assert consenting(session) == set()
        assert shared(session, asked) == set()
        assert consents.said_of(consents.consents_of(session, actor(), asked))[SHARE] is False
        assert consents.tallies(session, actor())[0].granted == 0


def test_a_yes_without_an_end_stands_on_no_day(session: Session) -> None:
    asked = person_id(session)
    answer(session, asked, True).expires_on = None
    session.flush()
    assert consenting(session) == set()
    assert shared(session, asked) == set()


@pytest.mark.parametrize("said", [list(combo) for combo in product([None, True, False], repeat=3)])
def test_every_answer_that_covers_a_section_and_a_neighbour_must_be_a_yes(
    session: Session, said: list[bool | None]
) -> None:
    asked, (general, about_hitra, about_work) = person_id(session), said
    for granted, recipient_no, section in (
        (general, None, None),
        (about_hitra, HITRA, None),
        (about_work, None, ShareSection.WORK),
    ):
        if granted is not None:
            consents.record_consent(
                session,
                actor(),
                asked,
                purpose=SHARE,
                granted=granted,
                form=ConsentForm.ORAL,
                recipient_no=recipient_no,
                section=section,
            )
    everything = set(ShareSection) if general else set()
    without_work = everything - ({ShareSection.WORK} if about_work is False else set())
    assert shared(session, asked) == (set() if about_hitra is False else without_work)
    assert shared(session, asked, "5001") == without_work
    assert consenting(session) == ({asked} if general else set())


def test_a_general_no_takes_back_every_exception(session: Session) -> None:
    asked = person_id(session)
    answer(session, asked, True)
    consents.record_consent(
        session, actor(), asked, purpose=SHARE, granted=True, form=ConsentForm.ORAL, recipient_no=HITRA
    )
    answer(session, asked, False)
    answer(session, asked, True)
    standing = [one for one in consents.consents_of(session, actor(), asked) if one.superseded_at is None]
    assert [(one.recipient_no, one.granted) for one in standing] == [("", True)]


def test_a_no_to_one_neighbour_outlives_a_general_no_and_the_yes_after_it(session: Session) -> None:
    asked = person_id(session)
    answer(session, asked, True)
    consents.record_consent(
        session, actor(), asked, purpose=SHARE, granted=False, form=ConsentForm.ORAL, recipient_no=HITRA
    )
    answer(session, asked, False)
    answer(session, asked, True)
    assert shared(session, asked) == set()
    assert shared(session, asked, "5001") == set(ShareSection)


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": EXPORT, "recipient_no": HITRA},
        {"purpose": AMBASSADOR, "section": ShareSection.WORK},
        {"given_on": date(2020, 3, 1)},
        {"recipient_no": "9999"},
    ],
)
def test_what_cannot_stand_is_refused(session: Session, wrong: dict[str, Any]) -> None:
    asked = person_id(session)
    with pytest.raises(DomainError):
        consents.record_consent(
            session, actor(), asked, **{"purpose": SHARE, "granted": True, "form": ConsentForm.ORAL, **wrong}
        )
    assert consents.consents_of(session, actor(), asked) == []


def test_the_text_and_language_that_she_saw_are_kept(session: Session) -> None:
    asked = person_id(session)
    consents.record_consent(
        session,
        actor(),
        asked,
        purpose=SHARE,
        granted=True,
        form=ConsentForm.DIGITAL,
        language="lit",
        wording="Sutinku",
    )
    (kept,) = consents.consents_of(session, actor(), asked)
    assert (kept.language, kept.wording, kept.text_version) == ("lit", "Sutinku", consents.TEXT_VERSION)
