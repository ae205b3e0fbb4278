"""A link lets one person in once; what is over lets nobody in; nothing that is stored opens anything."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from sqlmodel import Session, select

from kompetanse.actor import ActorKind, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Conflict, Forbidden, NotFound, Unauthenticated
from kompetanse.people import service as people
from kompetanse.people.merging import merge
from kompetanse.personal_links import door, rules, service
from kompetanse.personal_links.door import Opened, Refusal
from kompetanse.personal_links.rules import LinkState
from kompetanse.personal_links.service import Made
from kompetanse.personal_links.tables import FailedOpening, PersonalDevice, PersonalLink
from tests.factories import FROYA, HITRA, actor, person, person_id
from tests.personal_links.people import DAYS, SEALER, invited, later, let_in

ADDRESS = "192.0.2.7"


def by_code(session: Session, text: str, address: str = ADDRESS) -> Opened | Refusal:
    return door.open_by_code(session, SEALER, text, address, "test")


def test_a_link_lets_her_in_once_and_her_code_with_it(session: Session) -> None:
    olena = person_id(session, given_name="Olena")
    made = invited(session, olena)
    opened = door.open_by_link(session, made.secret, "test")
    assert isinstance(opened, Opened)
    assert opened.language == "uk"
    holder = door.holder(session, opened.token, 90, "test")
    assert (holder.actor.person_id, holder.actor.kind) == (olena, ActorKind.NEWCOMER)
    assert (holder.first_name, holder.actor.roles) == ("Olena", frozenset({Role.NEWCOMER}))
    assert door.open_by_link(session, made.secret, "test") is Refusal.SPENT
    assert by_code(session, str(made.code)) is Refusal.UNKNOWN


def test_a_browser_whose_answer_was_lost_asks_once_more_and_nobody_else_does(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = invited(session, person_id(session))
    hers, another = door.browser_key(SEALER, "given with the page"), door.browser_key(SEALER, "another")
    opened = door.open_by_link(session, made.secret, "test", hers)
    assert isinstance(opened, Opened)
    assert door.look(session, made.secret, hers).refusal is None
    assert door.open_by_link(session, made.secret, "test", hers) == opened
    assert door.open_by_code(session, SEALER, str(made.code), ADDRESS, "test", hers) == opened
    assert len(session.exec(select(PersonalDevice)).all()) == 1
    for browser in (another, None):
        assert door.look(session, made.secret, browser).refusal is Refusal.SPENT
        assert door.open_by_link(session, made.secret, "test", browser) is Refusal.SPENT
    later(monkeypatch, minutes=11)
    assert door.open_by_link(session, made.secret, "test", hers) is Refusal.SPENT


def test_whoever_went_out_does_not_come_in_once_more(session: Session) -> None:
    made, browser = invited(session, person_id(session)), door.browser_key(SEALER, "given")
    opened = door.open_by_link(session, made.secret, "test", browser)
    assert isinstance(opened, Opened)
    door.sign_out(session, opened.token, "test")
    assert door.open_by_link(session, made.secret, "test", browser) is Refusal.SPENT


def test_a_form_that_is_sent_twice_makes_one_link(session: Session) -> None:
    olena, rasa = person_id(session), person_id(session)

    def made(of: UUID = olena, asked: str = "one sending") -> Made:
        return service.make(session, actor(), SEALER, of, language="uk", days=DAYS, asked=asked)

    first = made()
    assert made() == first
    assert len({first.secret, made(rasa).secret, made(asked="another").secret}) == 3
    with pytest.raises(service.Over):  # the other ended it
        made()


def test_the_code_is_the_same_way_in(session: Session) -> None:
    made = invited(session, person_id(session))
    assert isinstance(by_code(session, str(made.code)), Opened)
    assert door.open_by_link(session, made.secret, "test") is Refusal.SPENT


def test_looking_at_a_link_spends_nothing_and_tells_nobodys_name(session: Session) -> None:
    made = invited(session, person_id(session))
    for _ in range(3):
        assert door.look(session, made.secret) == door.Met(None, "uk")
    assert door.look(session, "not-a-link") == door.Met(Refusal.UNKNOWN, None)
    assert isinstance(door.open_by_link(session, made.secret, "test"), Opened)


def test_a_link_that_is_too_old_lets_nobody_in(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    made = invited(session, person_id(session))
    later(monkeypatch, days=DAYS)
    assert door.look(session, made.secret).refusal is Refusal.EXPIRED
    assert door.open_by_link(session, made.secret, "test") is Refusal.EXPIRED
    assert by_code(session, str(made.code)) is Refusal.UNKNOWN


def test_a_new_link_ends_the_one_before_and_a_stopped_one_is_over(session: Session) -> None:
    olena = person_id(session)
    first, second = invited(session, olena), invited(session, olena)
    assert door.open_by_link(session, first.secret, "test") is Refusal.SPENT
    assert service.access(session, actor(), olena, 90).state is LinkState.OPEN
    service.revoke(session, actor(), olena)
    assert service.access(session, actor(), olena, 90).state is LinkState.REVOKED
    assert door.open_by_link(session, second.secret, "test") is Refusal.SPENT


def test_two_devices_and_the_coordinator_lets_both_out(session: Session) -> None:
    olena = person_id(session)
    phone, computer = let_in(session, olena), let_in(session, olena)
    assert phone != computer
    assert len(service.access(session, actor(), olena, 90).devices) == 2
    assert service.end_devices(session, actor(), olena) == 2
    for token in (phone, computer):
        with pytest.raises(Unauthenticated):
            door.holder(session, token, 90, "test")


def test_signing_out_ends_one_device_alone(session: Session) -> None:
    olena = person_id(session)
    phone, computer = let_in(session, olena), let_in(session, olena)
    door.sign_out(session, phone, "test")
    door.sign_out(session, phone, "test")
    with pytest.raises(Unauthenticated):
        door.holder(session, phone, 90, "test")
    assert door.holder(session, computer, 90, "test").actor.person_id == olena


def test_a_device_that_is_used_stays_and_one_that_is_not_is_out(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    olena = person_id(session)
    token = let_in(session, olena)
    assert not door.holder(session, token, 90, "test").unnoted
    later(monkeypatch, days=60)
    assert door.holder(session, token, 90, "test").unnoted
    door.note_use(session, token)
    later(monkeypatch, days=60)
    assert door.holder(session, token, 90, "test").unnoted
    assert len(service.access(session, actor(), olena, 90).devices) == 1
    later(monkeypatch, days=90)
    with pytest.raises(Unauthenticated):
        door.holder(session, token, 90, "test")
    assert service.access(session, actor(), olena, 90).devices == ()


def test_links_and_devices_of_whoever_is_archived_die_and_stay_dead(session: Session) -> None:
    olena = person(session)
    made, token = invited(session, olena.id), let_in(session, olena.id)
    waiting = invited(session, olena.id)
    archived = people.archive(session, actor(), olena.id, olena.version)
    people.restore(session, actor(), olena.id, archived.version)
    for secret in (made.secret, waiting.secret):
        assert door.open_by_link(session, secret, "test") is Refusal.UNKNOWN
    with pytest.raises(Unauthenticated):
        door.holder(session, token, 90, "test")


@pytest.mark.parametrize("merged", [False, True])
def test_the_trail_tells_that_ways_in_ended_with_the_record(database: Database, merged: bool) -> None:
    with database.session(FROYA) as session:
        olena, other = person(session), person(session)
        let_in(session, olena.id)
    with database.session(FROYA) as session:
        if merged:
            merge(session, actor(), keep_id=other.id, absorb_id=olena.id, version=other.version, sealer=SEALER)
        else:
            people.archive(session, actor(), olena.id, olena.version)
    with database.session(FROYA, write=False) as session:
        ended = [one for one in session.exec(select(AuditEvent)) if one.action == "end"]
    assert {one.record_type for one in ended} == {"personal_link", "personal_device"}
    assert all(str(olena.id) in one.record_ids for one in ended)


def test_nobody_who_is_archived_is_given_a_link(session: Session) -> None:
    olena = person(session)
    people.archive(session, actor(), olena.id, olena.version)
    with pytest.raises(Conflict):
        invited(session, olena.id)


def test_merging_ends_the_ways_in_of_both(session: Session) -> None:
    """It may be another who came in before: what the two records hold is seen by nobody until a new link is given."""
    kept, absorbed = person(session), person(session)
    tokens = [let_in(session, kept.id), let_in(session, absorbed.id)]
    links = [invited(session, kept.id), invited(session, absorbed.id)]
    merge(session, actor(), keep_id=kept.id, absorb_id=absorbed.id, version=kept.version, sealer=SEALER)
    for token in tokens:
        with pytest.raises(Unauthenticated):
            door.holder(session, token, 90, "test")
    assert {door.open_by_link(session, one.secret, "test") for one in links} == {Refusal.UNKNOWN}


def test_only_her_own_coordinator_can_let_her_in(session: Session) -> None:
    olena = person_id(session)
    for role in (Role.LEADER, Role.HR, Role.DPO, Role.ADMINISTRATOR, Role.NEIGHBOUR, Role.JOB_SERVICE):
        with pytest.raises(Forbidden):
            invited(session, olena, actor(role, unit="Skolen" if role is Role.HR else None))
    with pytest.raises(NotFound):
        invited(session, olena, actor(municipality_no=HITRA))


def test_guessing_is_slowed_down_by_address(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    made = invited(session, person_id(session))
    for number in range(rules.PER_ADDRESS):
        assert by_code(session, f"{FROYA}{number:012}") is Refusal.UNKNOWN
    assert by_code(session, str(made.code)) is Refusal.TOO_MANY
    assert isinstance(by_code(session, str(made.code), "198.51.100.1"), Opened)  # others are not kept out
    later(monkeypatch, hours=1)
    assert by_code(session, str(invited(session, person_id(session)).code)) is not Refusal.TOO_MANY


def test_guessing_is_slowed_down_in_a_municipality_and_links_are_not(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "PER_MUNICIPALITY", 3)
    made = invited(session, person_id(session))
    for number in range(3):
        assert by_code(session, f"{FROYA}{number:012}", f"198.51.100.{number}") is Refusal.UNKNOWN
    assert by_code(session, str(made.code)) is Refusal.TOO_MANY
    assert isinstance(door.open_by_link(session, made.secret, "test"), Opened)


def test_what_is_no_code_counts_against_nobody(session: Session) -> None:
    for _ in range(rules.PER_ADDRESS + 1):
        assert by_code(session, "hei") is Refusal.UNKNOWN
    assert not session.exec(select(FailedOpening)).all()


def test_old_failures_are_forgotten_and_no_address_is_kept(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    by_code(session, f"{FROYA}{1:012}")
    session.flush()
    assert ADDRESS not in str(session.exec(select(FailedOpening)).one())
    later(monkeypatch, hours=2)
    by_code(session, f"{FROYA}{2:012}")
    assert len(session.exec(select(FailedOpening)).all()) == 1


def test_nothing_stored_opens_anything(session: Session) -> None:
    olena = person_id(session)
    token = let_in(session, olena)
    made = invited(session, olena)
    stored = [*session.exec(select(PersonalLink)), *session.exec(select(PersonalDevice))]
    for secret in (token, made.secret, made.code.secret):
        assert secret not in str([one.model_dump() for one in stored])


def test_of_those_who_spend_a_link_at_once_one_comes_in(database: Database) -> None:
    with database.session(FROYA) as session:
        made = invited(session, person_id(session))
    ready = Barrier(4)

    def spend(_: int) -> Opened | Refusal:
        ready.wait()
        with database.session(EVERYWHERE) as session:
            return door.open_by_link(session, made.secret, "test")

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(spend, range(4)))
    assert sum(isinstance(one, Opened) for one in results) == 1
    assert results.count(Refusal.SPENT) == 3


def test_the_trail_tells_who_let_her_in_and_that_she_came(database: Database) -> None:
    with database.session(FROYA) as session:
        olena = person_id(session)
        invited(session, olena)
        made = invited(session, olena)  # and the one before ends
    with database.session(EVERYWHERE) as session:
        door.open_by_link(session, made.secret, "test")
    with database.session(FROYA, write=False) as session:
        told = {(one.action, one.record_type): one for one in session.exec(select(AuditEvent))}
        assert str(olena) in told["create", "personal_link"].record_ids
        assert str(olena) in told["revoke", "personal_link"].record_ids
        came = told["open", "personal_link"]
        assert (came.actor_kind, came.actor_id) == (ActorKind.NEWCOMER, olena)
