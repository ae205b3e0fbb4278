"""Hands a person her own data: everything, a JSON Resume, a CV. Each hand-out is in the audit trail."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.competence import service as competence
from kompetanse.competence.service import PersonProfile
from kompetanse.competence.telling import without_unconfirmed
from kompetanse.errors import NotFound
from kompetanse.own_data import queries, resume
from kompetanse.own_data.cv import cv
from kompetanse.own_data.headings import LANGUAGES
from kompetanse.taxonomy import service as taxonomy

__all__ = ["LANGUAGES", "curriculum", "everything", "json_resume"]

_SECRET = frozenset(
    {
        "token_hash",
        "code_hash",
        "asked_hash",
        "name_order",
        "national_id_sealed",
        "national_id_fingerprint",
        "municipality_no",
        "person_id",
    }
)
"""Columns that are no data about her, or would open something: a sealed number is told on her page, to her face."""

_NOTED = frozenset({"note", "notes", "snapshot"})
"""Columns in which employees write what they like; the snapshot of a merge holds some of them."""

_OF_OTHERS = _SECRET | {"name", "source_key"}
"""Of a household also what it is called, here and in the file that it came from: that is others' name as well."""

_OF_AN_EVENT = ("occurred_at", "actor_kind", "purpose", "action", "record_type", "fields")


def everything(session: Session, actor: Actor, person_id: UUID) -> dict[str, Any]:
    """All that the registry holds about a person, as JSON (GDPR art. 15 and 20).

    By table, with the names of the columns; beside it her household, the classes that described her to neighbours, and
    who did what with her data, when and why. Employees are told by kind, not by name. Where she fetches it herself,
    what employees noted in their own words is left out, as it may tell of others: the coordinator reads it first.

    Raises:
        NotFound.
    """
    actor = actor.doing_to(Operation.HAND_OUT_DATA, person_id)
    withheld = _SECRET if actor.person_id is None else _SECRET | _NOTED
    person = session.scalars(queries.the_person(actor, person_id)).one_or_none()
    if person is None:
        raise NotFound("person")
    household = session.scalars(queries.household_of(actor, person_id)).one_or_none()
    told = {
        "made_at": clock.now(),
        "municipality_no": actor.municipality_no,
        "left_out": sorted(withheld & _NOTED),
        "person": _told(person.model_dump(), withheld),
        **{
            table.name: [
                _told(row, withheld) for row in session.execute(queries.rows_of(table, actor, person_id)).mappings()
            ]
            for table in queries.tables()
        },
        "household": None if household is None else _told(household.model_dump(), _OF_OTHERS),
        "shared_classes": [_told(one.model_dump()) for one in session.scalars(queries.classes_of(actor, person_id))],
        "events": [
            {name: getattr(one, name) for name in _OF_AN_EVENT}
            for one in session.scalars(queries.events_about(actor, person))
        ],
    }
    audit.record(session, actor, "hand_out", "person", [person_id], ["everything"])
    return dict(to_jsonable_python(told))


def json_resume(session: Session, actor: Actor, person_id: UUID) -> dict[str, Any]:
    """A person's profile as a JSON Resume. Raises NotFound."""
    return resume.json_resume(_found(session, actor, person_id, "json_resume"))


def curriculum(session: Session, actor: Actor, person_id: UUID, language: str) -> bytes:
    """A person's profile as a CV to print (PDF), in one of `LANGUAGES`.

    Raises:
        UnknownCode: there are no words in the language. NotFound.
    """
    found = _found(session, actor, person_id, "cv")
    return cv(found, language, taxonomy.lexicon(session, actor))


def _found(session: Session, actor: Actor, person_id: UUID, what: str) -> PersonProfile:
    actor = actor.doing_to(Operation.HAND_OUT_DATA, person_id)
    found = competence.read_person_profile(session, actor, person_id)
    audit.record(session, actor, "hand_out", "person", [person_id], [what])
    return replace(found, profile=without_unconfirmed(session, actor, found.profile))


def _told(row: Mapping[Any, Any], withheld: frozenset[str] = _SECRET) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in withheld}
