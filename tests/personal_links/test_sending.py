"""A message is begun by whoever may, for her own municipality's people, and goes with the link."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlmodel import Session, select
from structlog.testing import capture_logs

from kompetanse.actor import Role
from kompetanse.codes.residence import ContactKind
from kompetanse.database import Database
from kompetanse.errors import Forbidden, NotFound
from kompetanse.messages.carrying import Carrier
from kompetanse.messages.rules import Channel, Letter, Outcome
from kompetanse.own_data import service as own_data
from kompetanse.people import service as people
from kompetanse.people.merging import merge
from kompetanse.people.rules import Contact
from kompetanse.people.tables import Person
from kompetanse.personal_links import door, sending
from kompetanse.personal_links.door import Opened
from kompetanse.personal_links.sending import Asked, Begun, Withheld
from kompetanse.personal_links.service import Made
from kompetanse.personal_links.tables import LinkMessage
from tests.factories import FROYA, HITRA, actor, person
from tests.personal_links.people import SEALER, invited

PHONE = Contact(ContactKind.PHONE, "+4790000123")


def reachable(session: Session) -> Person:
    return person(session, contacts=[PHONE])


def begun(session: Session, made: Made, asked: Asked | None = None) -> Begun | Withheld:
    return sending.begin(session, actor(), SEALER, made, asked or Asked(PHONE))


def test_a_message_names_neither_address_nor_text_and_is_unknown_until_it_ended(session: Session) -> None:
    found = begun(session, invited(session, reachable(session).id))
    assert isinstance(found, Begun)
    assert (found.address, found.message.channel, found.message.outcome) == (
        PHONE.value,
        Channel.SMS,
        Outcome.UNKNOWN,
    )
    assert PHONE.value not in repr((found, Asked(PHONE)))


def test_another_municipality_and_another_role_begin_nothing(session: Session) -> None:
    made = invited(session, reachable(session).id)
    with pytest.raises(NotFound):
        sending.begin(session, actor(municipality_no=HITRA), SEALER, made, Asked(PHONE))
    for role in (Role.LEADER, Role.HR, Role.DPO, Role.ADMINISTRATOR, Role.NEIGHBOUR):
        with pytest.raises(Forbidden):
            sending.begin(session, actor(role), SEALER, made, Asked(PHONE))
    assert session.exec(select(LinkMessage)).all() == []


def test_the_same_asked_twice_is_one_message_and_each_try_another(session: Session) -> None:
    made = invited(session, reachable(session).id)
    first = begun(session, made, Asked(PHONE, "one sending"))
    assert begun(session, made, Asked(PHONE, "one sending")) is Withheld.UNDERWAY
    assert isinstance(first, Begun)
    first.message.ended_at = first.message.begun_at
    again = begun(session, made, Asked(PHONE, "one sending"))
    assert again == Begun(first.message, None)
    second = begun(session, made, Asked(PHONE, "one sending", attempt=2))
    assert isinstance(second, Begun)
    assert second.message.id != first.message.id


def test_a_contact_point_of_two_cards_is_written_to_when_it_is_said_to_be_safe(session: Session) -> None:
    made = invited(session, reachable(session).id)
    reachable(session)
    assert begun(session, made) is Withheld.SHARED
    assert session.exec(select(LinkMessage)).all() == []
    assert isinstance(begun(session, made, Asked(PHONE, safe=True)), Begun)


def test_an_address_in_capitals_is_the_same_mailbox(session: Session) -> None:
    small, capital = (Contact(ContactKind.EMAIL, one) for one in ("familie@posten.example", "Familie@posten.example"))
    first, second = person(session, contacts=[small]), person(session, contacts=[capital])
    for one, contact in ((first, small), (second, capital)):
        assert begun(session, invited(session, one.id), Asked(contact)) is Withheld.SHARED


def test_cards_of_another_municipality_share_nothing(database: Database) -> None:
    with database.session(HITRA) as session:
        person(session, actor(municipality_no=HITRA), contacts=[PHONE])
    with database.session(FROYA) as session:
        assert isinstance(begun(session, invited(session, reachable(session).id)), Begun)


def test_cards_that_are_archived_or_merged_share_nothing(session: Session) -> None:
    olena, archived, merged = (reachable(session) for _ in range(3))
    people.archive(session, actor(), archived.id, archived.version)
    merge(session, actor(), keep_id=olena.id, absorb_id=merged.id, version=olena.version, sealer=SEALER)
    assert sending.shared(session, actor(), olena.id, [PHONE]) == []
    assert isinstance(begun(session, invited(session, olena.id)), Begun)


def test_a_carrier_that_breaks_keeps_the_other_channel_no_way_and_its_words_are_not_logged(
    database: Database,
) -> None:
    mail = Contact(ContactKind.EMAIL, "olena@posten.example")

    class Broken(Carrier):
        def carry(self, letters: Sequence[Letter]) -> list[Outcome]:
            raise UnicodeEncodeError("ascii", PHONE.value, 0, 1, PHONE.value)

    class Whole(Carrier):
        def carry(self, letters: Sequence[Letter]) -> list[Outcome]:
            return [Outcome.SENT]

    with database.session(FROYA) as session:
        olena = person(session, contacts=[PHONE, mail])
        made = invited(session, olena.id)
        ready = [(begun(session, made, Asked(one)), Letter(one.value, "", "", "nb")) for one in (PHONE, mail)]
    by_both: dict[Channel, Carrier] = {Channel.SMS: Broken(), Channel.EMAIL: Whole()}
    sent = [(one, text) for one, text in ready if isinstance(one, Begun)]
    with capture_logs() as logged:
        told = sending.carry(database, actor(), by_both, sent)
    assert list(map(str, sorted(told.values()))) == ["sent", "unknown"]
    with database.session(FROYA, write=False) as session:
        assert all(one.ended_at for one in session.exec(select(LinkMessage)))
    assert [one["error"] for one in logged] == ["UnicodeEncodeError"]
    assert PHONE.value not in repr(logged)


@pytest.mark.parametrize("merged", [False, True])
def test_messages_go_with_the_ways_in(database: Database, merged: bool) -> None:
    with database.session(FROYA) as session:
        olena, other = reachable(session), person(session)
        begun(session, invited(session, olena.id))
    with database.session(FROYA) as session:
        if merged:
            merge(session, actor(), keep_id=other.id, absorb_id=olena.id, version=other.version, sealer=SEALER)
        else:
            people.archive(session, actor(), olena.id, olena.version)
    with database.session(FROYA, write=False) as session:
        assert session.exec(select(LinkMessage)).all() == []


def test_a_record_that_is_archived_while_it_is_written_to_breaks_nothing(database: Database) -> None:
    """The link is over then, and the event of its beginning tells that something may have been sent."""

    class Slow:
        def carry(self, letters: object) -> list[Outcome]:
            with database.session(FROYA) as session:
                people.archive(session, actor(), olena.id, olena.version)
            return [Outcome.SENT]

    with database.session(FROYA) as session:
        olena = reachable(session)
        found = begun(session, invited(session, olena.id))
    assert isinstance(found, Begun)
    letter = Letter("+4790000123", "", "", "nb")
    outcomes = sending.carry(database, actor(), {Channel.SMS: Slow()}, [(found, letter)])
    assert outcomes == {found.message.id: Outcome.SENT}


def test_what_is_handed_out_tells_of_messages_and_opens_nothing(session: Session) -> None:
    olena: UUID = reachable(session).id
    made = invited(session, olena)
    begun(session, made)
    (told,) = own_data.everything(session, actor(), olena)["link_message"]
    assert (told["channel"], told["outcome"]) == ("sms", "unknown")
    assert "asked_hash" not in told
    assert isinstance(door.open_by_link(session, made.secret, "test"), Opened)
