"""Merging two records of one person. Nothing is lost: what cannot stand twice is kept in a snapshot."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Table, UniqueConstraint, delete, select, update
from sqlmodel import Session, SQLModel

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.database import touch
from kompetanse.errors import FieldFault, Invalid
from kompetanse.people import queries
from kompetanse.people.service import PersonRecord, contacts_of, get_for_change
from kompetanse.people.tables import Consent, Person, PersonMerge

_FILLED = (
    "born", "citizenships", "country_of_origin", "arrived_in_norway", "arrived_in_municipality", "residence_basis",
    "residence_until", "may_work", "may_work_until", "contact_languages", "needs_interpreter",
)  # fmt: skip
"""What the remaining record takes over where it has nothing stated."""


def merge(session: Session, actor: Actor, *, keep_id: UUID, absorb_id: UUID, version: int) -> PersonRecord:
    """Let one record absorb another of the same person; `version` is that of the one that stays.

    Everything that belongs to the absorbed record moves. What the remaining one has already (the same skill,
    a place in a household) stays as it is there, and the other's row is kept in the snapshot. Of two answers
    about consent the "no" stands. A protected address on either protects both.

    Raises:
        Invalid: it is one record. Stale: the remaining one was changed. NotFound.
    """
    actor = actor.doing(Operation.REGISTER_PEOPLE)
    if keep_id == absorb_id:
        raise Invalid(FieldFault("/absorb_id", "A record cannot be merged with itself", "Choose the other record"))
    kept = get_for_change(session, actor, keep_id, version)
    absorbed = session.exec(queries.visible_people(actor).where(Person.id == absorb_id).with_for_update()).one_or_none()
    if absorbed is None:
        raise Invalid(FieldFault("/absorb_id", "No such person", "She may be merged already"))
    snapshot: dict[str, object] = {"person": absorbed.model_dump(mode="json", exclude={"national_id_sealed"})}
    _settle_consents(session, actor, kept, absorbed)
    session.flush()
    snapshot["rows"] = _move_rows(session.connection(), absorbed, kept)
    session.expire_all()
    _fill(kept, absorbed)
    merged = PersonMerge(
        municipality_no=actor.municipality_no,
        person_id=kept.id,
        absorbed_id=absorbed.id,
        merged_by=actor.id,
        snapshot=snapshot,
    )
    session.add(merged)
    absorbed.merged_into_id, absorbed.archived_at = kept.id, clock.now()
    touch(absorbed)
    touch(kept)
    session.flush()
    audit.record(session, actor, "merge", "person", [kept.id, absorbed.id])
    return PersonRecord(kept, contacts_of(session, actor, kept.id))


def _settle_consents(session: Session, actor: Actor, kept: Person, absorbed: Person) -> None:
    """Leave one standing answer a purpose: the refusal where there is one, else the newer yes."""
    standing = [
        *session.exec(queries.standing_consents(actor, kept.id)),
        *session.exec(queries.standing_consents(actor, absorbed.id)),
    ]
    for purpose in {one.purpose for one in standing}:
        answers = sorted((one for one in standing if one.purpose == purpose), key=_standing_first)
        for superseded in answers[1:]:
            superseded.superseded_at = clock.now()


def _standing_first(answer: Consent) -> tuple[bool, float]:
    return answer.granted, -answer.recorded_at.timestamp()


def _fill(kept: Person, absorbed: Person) -> None:
    for name in _FILLED:
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(absorbed, name))
    kept.protected_address = kept.protected_address or absorbed.protected_address
    notes = [text for text in (kept.notes, absorbed.notes) if text]
    kept.notes = "\n\n".join(dict.fromkeys(notes))[:10_000] or None


def _move_rows(connection: Connection, absorbed: Person, kept: Person) -> dict[str, list[dict[str, object]]]:
    """Move every row that belongs to the absorbed person; those that cannot stand twice are returned and deleted."""
    left: dict[str, list[dict[str, object]]] = {}
    for table in _tables_of_people():
        own = (table.c.municipality_no == kept.municipality_no) & (table.c.person_id == absorbed.id)
        for row in connection.execute(select(table).where(own)).all():
            mine = (table.c.municipality_no == kept.municipality_no) & (table.c.id == row.id)
            if _stands_already(connection, table, row, kept):
                left.setdefault(table.name, []).append(_plain(row))
                connection.execute(delete(table).where(mine))
            else:
                connection.execute(update(table).where(mine).values(person_id=kept.id))
    return left


def _tables_of_people() -> Iterator[Table]:
    """Every table whose rows belong to a person, by its foreign key."""
    for table in SQLModel.metadata.sorted_tables:
        if any(key.referred_table.name == "person" for key in table.foreign_key_constraints):
            yield table


def _stands_already(connection: Connection, table: Table, row: Row[Any], kept: Person) -> bool:
    """Whether a unique constraint would refuse the row beside those of the person who remains."""
    for unique in (c for c in table.constraints if isinstance(c, UniqueConstraint)):
        columns = [column for column in unique.columns if column.name != "person_id"]
        if len(columns) == len(unique.columns):
            continue
        same = table.c.person_id == kept.id
        for column in columns:
            same &= column == getattr(row, column.name)
        if connection.execute(select(table.c.id).where(same)).first() is not None:
            return True
    return False


def _plain(row: Row[Any]) -> dict[str, object]:
    return {
        name: value if isinstance(value, int | float | bool | list | None) else str(value)
        for name, value in row._mapping.items()
    }
