"""Rows by the thousand are what an insert of the ORM's would have made of them, and are refused as it would be."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session, col

from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.database import Database
from kompetanse.ids import new_id
from kompetanse.loading import Loader, RowsRefused
from kompetanse.people.tables import Consent, Person

FROYA = "5014"
OLENA = {
    "given_name": "Olena",
    "family_name": 'Tab\t, "quotes", \\N and æøå',
    "name_key": "olena",
    "name_order": b"tab |\x00\xd0",
    "citizenships": ["UA", "NO"],
    "needs_interpreter": False,
}


def consent(**more: object) -> dict[str, object]:
    told = {"purpose": ConsentPurpose.AMBASSADOR, "granted": True, "form": ConsentForm.ORAL, "text_version": "1"}
    return {**told, "recorded_by": new_id(), "given_on": date(2026, 1, 2), **more}


def load(session: Session, people: int = 1, municipality_no: str = FROYA) -> list[Person]:
    ids = [new_id() for _ in range(people)]
    with Loader(session, municipality_no) as loader:
        for person_id in ids:
            loader.add(Person, loader.bound(Person, OLENA), person_id)
            loader.add_of_person(Consent, [loader.bound(Consent, consent())], person_id)
            loader.write()
    return list(session.scalars(select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))))


def test_values_of_every_kind_come_back_as_they_were_given(session: Session) -> None:
    (person,) = load(session)
    assert {name: getattr(person, name) for name in OLENA} == OLENA
    assert (person.municipality_no, person.version, person.notes) == (FROYA, 1, None)
    assert person.created_at.tzinfo is not None
    stored = session.scalars(select(Consent)).one()
    assert (stored.person_id, stored.purpose, stored.given_on) == (
        person.id,
        ConsentPurpose.AMBASSADOR,
        date(2026, 1, 2),
    )


def test_several_loads_of_one_transaction_do_not_meet(session: Session) -> None:
    assert len({person.id for person in (*load(session, 3), *load(session))}) == 4
    assert session.scalar(select(func.count()).select_from(Consent)) == 4


def test_what_a_constraint_refuses_is_refused(session: Session) -> None:
    with pytest.raises(IntegrityError) as refused, Loader(session, FROYA) as loader:
        loader.add_of_person(Consent, [loader.bound(Consent, consent())], new_id())
        loader.write()
    assert "AMBASSADOR" not in str(refused.value)


def test_what_was_refused_is_told_before_more_is_written(session: Session) -> None:
    with pytest.raises(IntegrityError), Loader(session, FROYA) as loader:
        loader.add_of_person(Consent, [loader.bound(Consent, consent())], new_id())
        loader.write()
        loader.write()
        pytest.fail("went on")


def test_the_session_waits_for_what_is_being_written(session: Session) -> None:
    with Loader(session, FROYA) as loader:
        for number in range(1, 4):
            for _ in range(2_000):
                loader.add(Person, loader.bound(Person, OLENA))
            loader.write()
            assert session.scalar(select(func.count()).select_from(Person)) == number * 2_000


def test_a_loader_that_is_left_by_an_error_has_ended_its_writing(session: Session) -> None:
    with pytest.raises(KeyError, match="the caller's"), session.begin_nested(), Loader(session, FROYA) as loader:
        for _ in range(2_000):
            loader.add(Person, loader.bound(Person, OLENA))
        loader.write()
        raise KeyError("the caller's")
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_values_of_another_shape_are_refused_without_being_told(session: Session) -> None:
    with pytest.raises((RowsRefused, SQLAlchemyError)) as refused, Loader(session, FROYA) as loader:
        with pytest.raises(ValueError, match="given_name"):
            loader.bound(Person, {**OLENA, "given_name": "x" * 101})
        bound = list(loader.bound(Person, OLENA))
        loader.add(Person, tuple("Hemmelig" if value == "olena" else value for value in [*bound, "Hemmelig"]))
        loader.write()
    assert "Hemmelig" not in str(refused.value)


def test_two_who_load_at_once_do_not_wait_for_each_other(database: Database) -> None:
    if database.is_sqlite:  # it has one writer at a time
        return
    with database.session(FROYA) as first, database.session("5013") as second:
        load(first, 2)
        second.connection().exec_driver_sql("SET LOCAL lock_timeout = '2s'")
        assert len(load(second, 2, "5013")) == 2
