"""Registering newcomers, and keeping their records right, on both databases."""

from datetime import date
from typing import Any, cast

import pytest
from sqlalchemy import select, text
from sqlmodel import Session, col

from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.national_id import parse_national_id
from kompetanse.codes.residence import ContactKind, NationalIdKind, ResidenceBasis
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, PossibleDuplicate, Stale
from kompetanse.ids import new_id
from kompetanse.people import queries, service
from kompetanse.people.rules import Contact, PersonFields
from kompetanse.people.tables import Person
from kompetanse.sealing import Sealer
from tests.factories import FROYA, HITRA, actor, person

NUMBER, OTHER_NUMBER = "02013299997", "30108299939"
sealer = Sealer(b"a secret of tests, long enough for all")


def fields(**stated: Any) -> PersonFields:
    return cast(PersonFields, {"given_name": "Rasa", "family_name": "Żukauskienė", "born": "1987-05-17", **stated})


def test_what_is_stated_is_kept_and_what_is_not_stays_unknown(session: Session) -> None:
    stated = fields(
        citizenships=["LT", "NO"],
        residence_basis=ResidenceBasis.EEA,
        may_work_until=date(2031, 1, 1),
        contact_languages=[],
        needs_interpreter=False,
        contacts=[Contact(ContactKind.PHONE, "900 00 000"), Contact(ContactKind.EMAIL, "rasa@froya.example")],
    )
    made = service.register(session, actor(), stated)
    session.flush()
    session.expire_all()
    read = service.read(session, actor(), made.person.id)
    assert (read.person.citizenships, read.person.contact_languages) == (["LT", "NO"], [])
    assert read.person.needs_interpreter is False
    assert (read.person.may_work, read.person.country_of_origin, read.person.arrived_in_norway) == (None, None, None)
    assert [c.value for c in read.contacts] == ["+4790000000", "rasa@froya.example"]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"given_name": " ", "family_name": ""}, "/family_name"),
        ({"born": "17.05.1987"}, "/born"),
        ({"born": "1987-02-30"}, "/born"),
        ({"arrived_in_norway": "i fjor"}, "/arrived_in_norway"),
        ({"citizenships": ["LT", "XX"]}, "/citizenships"),
        ({"country_of_origin": "Litauen"}, "/country_of_origin"),
        ({"contact_languages": ["litauisk"]}, "/contact_languages"),
        ({"contacts": [Contact(ContactKind.PHONE, "12")]}, "/contacts/0/value"),
    ],
)
def test_a_field_that_breaks_a_rule_is_named_with_how_to_mend_it(
    session: Session, wrong: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(Invalid) as caught:
        service.register(session, actor(), fields(**wrong))
    assert [fault.pointer for fault in caught.value.faults] == [pointer]
    assert caught.value.faults[0].hint


def test_every_wrong_field_is_told_at_once(session: Session) -> None:
    with pytest.raises(Invalid) as caught:
        service.register(session, actor(), fields(born="x", citizenships=["XX"]))
    assert {fault.pointer for fault in caught.value.faults} == {"/born", "/citizenships"}


@pytest.mark.parametrize(
    ("given_name", "family_name", "born"),
    [
        ("Rasa", "Zukauskiene", "1987-05-17"),
        ("RASA", "żukauskienė", "1987"),
        ("Żukauskienė", "Rasa", "1987-05"),
        ("Rasa", "Zukauskene", "1987-05-17"),
        ("Rasa", "?ukauskien?", "1987-05-17"),
        ("Раса", "Жукаускене", "1987-05-17"),
    ],
)
def test_somebody_alike_is_pointed_out_before_saving(
    session: Session, given_name: str, family_name: str, born: str
) -> None:
    registered = person(session, **fields())
    with pytest.raises(PossibleDuplicate) as caught:
        service.register(session, actor(), fields(given_name=given_name, family_name=family_name, born=born))
    assert caught.value.matches == (str(registered.id),)
    despite = service.register(
        session, actor(), fields(given_name=given_name, family_name=family_name), despite_duplicates=True
    )
    assert despite.person.id != registered.id


@pytest.mark.parametrize("other", [{"born": "1988-05-17"}, {"born": None}, {"given_name": "Jonas"}])
def test_somebody_else_is_not_pointed_out(session: Session, other: dict[str, Any]) -> None:
    person(session, **fields())
    assert service.find_duplicates(session, actor(), fields(**other)) == []


def test_another_municipality_s_people_are_never_pointed_out(session: Session) -> None:
    person(session, **fields())
    assert service.find_duplicates(session, actor(municipality_no=HITRA), fields()) == []


def test_a_birth_that_is_no_date_is_refused_when_looking_for_duplicates(session: Session) -> None:
    with pytest.raises(Invalid):
        service.find_duplicates(session, actor(), fields(born="abcd"))


def test_a_change_touches_what_it_names_and_nothing_else(session: Session) -> None:
    made = person(session, **fields(notes="først", needs_interpreter=True))
    changed = service.change(session, actor(), made.id, 1, PersonFields(notes=None, family_name="Berg"))
    assert (changed.person.notes, changed.person.needs_interpreter, changed.person.version) == (None, True, 2)
    assert changed.person.name_key == "berg rasa"


def test_contact_points_are_replaced_as_a_whole(session: Session) -> None:
    made = person(session, **fields(contacts=[Contact(ContactKind.PHONE, "90000000")]))
    kept = service.change(session, actor(), made.id, 1, PersonFields(notes="x"))
    assert len(kept.contacts) == 1
    gone = service.change(session, actor(), made.id, 2, PersonFields(contacts=[]))
    assert gone.contacts == ()


def test_the_last_name_cannot_be_taken_away(session: Session) -> None:
    made = person(session, given_name="Rasa", family_name="")
    with pytest.raises(Invalid) as caught:
        service.change(session, actor(), made.id, 1, PersonFields(given_name=" "))
    assert caught.value.faults[0].pointer == "/family_name"


def test_the_second_of_two_changes_is_told_that_it_is_stale(session: Session) -> None:
    made = person(session)
    service.change(session, actor(), made.id, 1, PersonFields(notes="mine"))
    for act in (
        lambda: service.change(session, actor(), made.id, 1, PersonFields(notes="theirs")),
        lambda: service.archive(session, actor(), made.id, 1),
        lambda: service.restore(session, actor(), made.id, 1),
        lambda: service.set_national_id(session, actor(), made.id, 1, None, sealer),
    ):
        with pytest.raises(Stale):
            act()
    assert service.read(session, actor(), made.id).person.notes == "mine"


def test_archiving_is_undone_by_restoring_and_deletes_nothing(session: Session) -> None:
    made = person(session, notes="blir", contacts=[Contact(ContactKind.PHONE, "90000000")])
    assert service.archive(session, actor(), made.id, 1).archived_at is not None
    assert service.read(session, actor(), made.id).contacts != ()
    back = service.restore(session, actor(), made.id, 2)
    assert (back.archived_at, back.notes, back.version) == (None, "blir", 3)


def test_who_is_not_there_or_another_s_is_the_same_answer(session: Session) -> None:
    made = person(session)
    hitra = actor(municipality_no=HITRA)
    for who, whose in ((hitra, made.id), (actor(), new_id())):
        for act in (
            lambda who=who, whose=whose: service.read(session, who, whose),
            lambda who=who, whose=whose: service.change(session, who, whose, 1, PersonFields(notes="x")),
            lambda who=who, whose=whose: service.archive(session, who, whose, 1),
            lambda who=who, whose=whose: service.set_national_id(session, who, whose, 1, None, sealer),
            lambda who=who, whose=whose: service.reveal_national_id(session, who, whose, sealer),
        ):
            with pytest.raises(NotFound, match=r"^No such person$"):
                act()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.SYSTEM}])
def test_nobody_but_the_coordinator_reads_or_registers(session: Session, role: Role) -> None:
    made = person(session)
    with pytest.raises(Forbidden):
        service.read(session, actor(role), made.id)
    with pytest.raises(Forbidden):
        service.register(session, actor(role), fields())


def test_a_national_number_is_sealed_at_rest_and_opens_for_the_coordinator(session: Session) -> None:
    made = person(session)
    service.set_national_id(session, actor(), made.id, 1, parse_national_id(NUMBER), sealer)
    session.flush()
    row = session.connection().execute(text("SELECT * FROM person")).mappings().one()
    stored = bytes(row["national_id_sealed"])
    assert NUMBER not in repr({name: value for name, value in row.items() if name != "id"})
    assert NUMBER.encode() not in stored
    assert made.national_id_kind is NationalIdKind.FNR
    assert service.reveal_national_id(session, actor(), made.id, sealer) == NUMBER


def test_a_number_belongs_to_one_person_of_a_municipality(session: Session) -> None:
    one, other = person(session), person(session)
    number = parse_national_id(NUMBER)
    service.set_national_id(session, actor(), one.id, 1, number, sealer)
    service.set_national_id(session, actor(), one.id, 2, number, sealer)
    with pytest.raises(Conflict):
        service.set_national_id(session, actor(), other.id, 1, number, sealer)
    service.archive(session, actor(), one.id, 3)
    with pytest.raises(Conflict):
        service.set_national_id(session, actor(), other.id, 1, number, sealer)
    service.set_national_id(session, actor(), one.id, 4, None, sealer)
    session.flush()
    service.set_national_id(session, actor(), other.id, 1, number, sealer)
    assert service.reveal_national_id(session, actor(), one.id, sealer) is None


def test_two_municipalities_may_have_the_same_person(database: Database) -> None:
    for municipality_no in (FROYA, HITRA):
        with database.session(municipality_no) as session:
            who = actor(municipality_no=municipality_no)
            made = person(session, who)
            service.set_national_id(session, who, made.id, 1, parse_national_id(NUMBER), sealer)


def test_opening_a_number_is_written_down_and_the_number_is_not(database: Database) -> None:
    with database.session(FROYA) as session:
        made = person(session)
        service.set_national_id(session, actor(), made.id, 1, parse_national_id(NUMBER), sealer)
        service.reveal_national_id(session, actor(), made.id, sealer)
    with database.session(FROYA) as session:
        told = session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq))).all()
        assert [(one.action, one.fields) for one in told[1:]] == [
            ("change", ["national_id"]),
            ("reveal", ["national_id"]),
        ]
        assert NUMBER not in repr([one.model_dump() for one in told])


def test_a_newcomer_knows_of_herself_alone(session: Session) -> None:
    herself, other = person(session), person(session)
    who = actor(Role.NEWCOMER, person_id=herself.id)
    assert service.get(session, who, herself.id).id == herself.id
    with pytest.raises(NotFound):
        service.get(session, who, other.id)


def test_row_level_security_shows_and_takes_nothing_across_municipalities(database: Database) -> None:
    """A raw select without any filter stands for one that was forgotten."""
    if database.is_sqlite:  # there the actor's scope in every select is the only wall
        with database.session(FROYA) as session:
            made = person(session)
            assert session.exec(queries.visible_people(actor(municipality_no=HITRA))).all() == []
            assert session.exec(queries.visible_people(actor())).one().id == made.id
        return
    with database.session(FROYA) as session:
        made = person(session)
    with database.session(HITRA) as session:
        connection = session.connection()
        assert connection.execute(text("SELECT count(*) FROM person")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM audit_event")).scalar_one() == 0
        assert connection.execute(text("UPDATE person SET notes = 'x'")).rowcount == 0
        assert connection.execute(text("DELETE FROM person")).rowcount == 0
    with database.session(FROYA) as session:
        assert session.get(Person, (FROYA, made.id)) is not None
    refused = pytest.raises(Exception, match="row-level security")
    with refused, database.session(HITRA) as session:
        person(session, actor(municipality_no=FROYA))
    with database.session("") as session:
        assert session.connection().execute(text("SELECT count(*) FROM person")).scalar_one() == 0
