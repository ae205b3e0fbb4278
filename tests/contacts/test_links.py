"""The link that a person answers by: one question, hers alone, without an account."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from kompetanse import clock
from kompetanse.actor import Operation, Role
from kompetanse.codes.consent import ConsentForm
from kompetanse.codes.contact import AskStage
from kompetanse.contacts import links, service
from kompetanse.contacts.tables import ContactAsk
from kompetanse.database import Database
from kompetanse.errors import Forbidden, NotFound
from tests.contacts.town import accountant, asked, consent, rasa, requested
from tests.factories import FROYA, actor, agreement


def linked(database: Database) -> str:
    """The secret of Rasa's link; somebody else is asked too."""
    with database.session(FROYA) as session:
        made, other = rasa(session), accountant(session)
        agreement(session)
        request = requested(session)
        asked(session, request, other)
        return service.ask(session, actor(), request.id, made.id)[1]


def test_a_link_opens_its_question_in_her_language_and_takes_her_answer(database: Database) -> None:
    token = linked(database)
    who, ask_id = links.holder(database, token, "request")
    assert who.roles == {Role.NEWCOMER}
    with database.session(FROYA) as session:
        shown = links.read(session, who, ask_id)
        assert (shown.open, shown.granted, shown.ask.stage) == (True, False, AskStage.ASKED)
        assert "Hitra" in shown.question.heading
        assert links.read(session, who, ask_id, "en").question.heading.startswith("Do you want")
        service.answer(session, who, ask_id, shown.ask.version, yes=True, form=ConsentForm.DIGITAL, language="en")
        after = links.read(session, who, ask_id)
        assert (after.open, after.granted, after.ask.language) == (False, True, "en")
        assert after.ask.wording.startswith("Do you want"), "the words that she saw are kept"
        service.withdraw(session, who, ask_id, after.ask.version)
        assert not links.read(session, who, ask_id).granted


def test_what_is_stored_opens_nothing(database: Database) -> None:
    token = linked(database)
    with database.session(FROYA, write=False) as session:
        hashes = [one.token_hash for one in session.exec(select(ContactAsk))]
    assert token not in hashes
    for secret in (*hashes, "", "x", "æ" * 50, token[:-1]):
        with pytest.raises(NotFound):
            links.holder(database, str(secret), "request")


def test_a_new_link_ends_the_old_one(database: Database) -> None:
    token = linked(database)
    who, ask_id = links.holder(database, token, "request")
    with database.session(FROYA) as session:
        ask = session.get_one(ContactAsk, (FROYA, ask_id))
        assert who.person_id is not None
        _, other = service.ask(session, actor(), ask.request_id, who.person_id)
    with pytest.raises(NotFound):
        links.holder(database, token, "request")
    assert links.holder(database, other, "request")[1] == ask_id


def test_it_opens_nothing_else_of_hers_or_of_anybody(database: Database) -> None:
    who, ask_id = links.holder(database, linked(database), "request")
    with database.session(FROYA) as session:
        (other,) = session.exec(select(ContactAsk).where(ContactAsk.id != ask_id))
        with pytest.raises(NotFound):
            links.read(session, who, other.id)
        for use in (service.inbox,):
            with pytest.raises(Forbidden):
                use(session, who)
    assert not any(who.may(one) for one in Operation if one not in {Operation.READ_OWN, Operation.ANSWER_OWN})


def test_after_the_day_it_shows_and_takes_no_answer(database: Database) -> None:
    who, ask_id = links.holder(database, linked(database), "request")
    with clock.moved(by=timedelta(days=15)), database.session(FROYA) as session:
        assert not links.read(session, who, ask_id).open


@pytest.mark.parametrize("answered", [False, True])
def test_it_says_so_when_her_consent_or_the_agreement_is_over(database: Database, answered: bool) -> None:
    who, ask_id = links.holder(database, linked(database), "request")
    with database.session(FROYA) as session:
        ask = session.get_one(ContactAsk, (FROYA, ask_id))
        if answered:
            service.answer(session, who, ask_id, ask.version, yes=True, form=ConsentForm.DIGITAL)
        before = links.read(session, who, ask_id)
        assert (before.open, before.granted) == (not answered, answered)
        consent(session, ask.person_id, granted=False)
        after = links.read(session, who, ask_id)
        assert (after.open, after.granted) == (False, False)


def test_staff_do_not_read_by_it(session: Session) -> None:
    made = rasa(session)
    agreement(session)
    ask = asked(session, requested(session), made)
    with pytest.raises(Forbidden):
        links.read(session, actor(), ask.id)
