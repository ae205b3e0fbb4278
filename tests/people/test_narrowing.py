"""In a newcomer's session there is nobody but her, whatever a select forgot to ask."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel, func, select

import kompetanse.model  # noqa: F401 - every table, as the product has them
from kompetanse.codes.residence import ContactKind
from kompetanse.competence import service as competence
from kompetanse.competence.service import SkillFields
from kompetanse.competence.tables import ProfileChange, Skill
from kompetanse.database import Database
from kompetanse.people.narrowing import narrow, owned_tables
from kompetanse.people.rules import Contact
from kompetanse.people.tables import ContactPoint, Person
from kompetanse.sharing.tables import Agreement
from tests.factories import FROYA, actor, agreement, person_id


def mapped(session: Session) -> UUID:
    """Somebody with a phone and a skill."""
    made = person_id(session, contacts=[Contact(ContactKind.PHONE, "90000123")])
    competence.add_skill(session, actor(), made, 0, SkillFields(label="sveising"))
    return made


def test_every_table_that_belongs_to_a_person_is_narrowed() -> None:
    named = {table.name for table in SQLModel.metadata.sorted_tables if "person_id" in table.columns}
    assert {str(one.__tablename__) for one, _ in owned_tables()} == named | {"person"}


def test_rows_of_others_are_not_there(database: Database) -> None:
    with database.session(FROYA) as session:
        olena, rasa = mapped(session), mapped(session)
        theirs = session.exec(select(Skill).where(Skill.person_id == rasa)).one().id
        agreement(session)
    with database.session(FROYA) as session:
        narrow(session, olena)
        assert [one.id for one in session.exec(select(Person))] == [olena]
        tables: tuple[Any, ...] = (Skill, ContactPoint, ProfileChange)
        for table in tables:
            assert {one.person_id for one in session.exec(select(table))} == {olena}
        assert session.get(Skill, (FROYA, theirs)) is None
        assert session.get(Person, (FROYA, rasa)) is None
        assert session.exec(select(Skill.label).where(Skill.person_id == rasa)).all() == []
        assert session.exec(select(func.count()).select_from(Person)).one() == 1
        joined = select(Person, Skill).join(Skill, Skill.person_id == Person.id)  # type: ignore[arg-type]
        assert len(session.exec(joined).all()) == 1
        assert len(session.exec(select(Agreement)).all()) == 1  # what belongs to nobody is there
    with database.session(FROYA) as session:
        assert len(session.exec(select(Person)).all()) == 2  # another session sees all
