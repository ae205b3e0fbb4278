"""Selects of what happened with a person: one for each kind, the newest first, each bounded.

The caller has found the person among those that the actor may know of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from kompetanse.actor import Actor
from kompetanse.chronicle.rules import Happening
from kompetanse.competence.tables import Profile, ProfileChange
from kompetanse.contacts.tables import ContactAsk, ContactRequest
from kompetanse.database import Table
from kompetanse.people.tables import Consent, ErasureRequest, Person, PersonMerge
from kompetanse.personal_links.tables import PersonalLink
from kompetanse.placements.tables import Referral
from kompetanse.vacancies.tables import Vacancy


@dataclass(frozen=True, slots=True)
class Source:
    """Where a kind of happening is kept: the moment, who did it, and what is told of it by name.

    `beside`: a table whose row, named by the second column, is told of too.
    """

    table: type[Table]
    at: str
    by: str | None = None
    about: tuple[str, ...] = ()
    beside: tuple[type[Table], str, Mapping[str, str]] | None = None
    only: ColumnElement[bool] | None = field(default=None)


_VACANCY = (Vacancy, "vacancy_id", {"title": "title"})
_REQUEST = (ContactRequest, "request_id", {"title": "title", "recipient_no": "recipient_no"})

SOURCES: Mapping[Happening, Source] = {
    Happening.REGISTERED: Source(Person, "created_at"),
    Happening.ARCHIVED: Source(Person, "archived_at"),
    Happening.MERGED: Source(PersonMerge, "merged_at", "merged_by"),
    Happening.CONSENT_ANSWERED: Source(
        Consent, "recorded_at", "recorded_by", ("purpose", "granted", "recipient_no", "section", "form")
    ),
    Happening.NEIGHBOUR_ASKED: Source(ContactAsk, "asked_at", "asked_by", ("request_id",), _REQUEST),
    Happening.NEIGHBOUR_ANSWERED: Source(
        ContactAsk, "answered_at", None, ("request_id", "stage", "granted_until"), _REQUEST
    ),
    Happening.NEIGHBOUR_READ: Source(ContactAsk, "handed_over_at", None, ("request_id",), _REQUEST),
    Happening.NEIGHBOUR_ENDED: Source(ContactAsk, "ended_at", None, ("request_id",), _REQUEST),
    Happening.REFERRED: Source(Referral, "created_at", "referred_by", ("vacancy_id",), _VACANCY),
    Happening.STAGE_REACHED: Source(
        Referral,
        "updated_at",
        None,
        ("vacancy_id", "stage"),
        _VACANCY,
        col(Referral.updated_at) > col(Referral.created_at),
    ),
    Happening.LINK_MADE: Source(PersonalLink, "made_at", "made_by"),
    Happening.LINK_SPENT: Source(PersonalLink, "spent_at"),
    Happening.LINK_REVOKED: Source(PersonalLink, "revoked_at"),
    Happening.ERASURE_ASKED: Source(ErasureRequest, "asked_at"),
    Happening.ERASURE_WITHDRAWN: Source(ErasureRequest, "withdrawn_at"),
    Happening.ERASURE_ANSWERED: Source(ErasureRequest, "answered_at", "answered_by"),
}
"""What a row each tells. Changes of a profile are told by version instead (`changes`), and the mapping by its day."""


def happened(
    actor: Actor, person_id: UUID, what: Happening, before: datetime | None, limit: int
) -> Select[*tuple[Any, ...]]:
    """At most `limit` moments, with `by` and what is told by name, before a moment."""
    source = SOURCES[what]
    at = _of(source.table, source.at)
    by: list[ColumnElement[Any]] = [_of(source.table, source.by).label("by")] if source.by else []
    named: list[ColumnElement[Any]] = [_of(source.table, name).label(name) for name in source.about]
    owner = _of(source.table, "id" if source.table is Person else "person_id")
    found = select(at.label("at"), *by, *named).where(
        _of(source.table, "municipality_no") == actor.municipality_no, owner == person_id, at.is_not(None)
    )
    if source.beside is not None:
        table, key, told = source.beside
        same = _of(table, "municipality_no") == _of(source.table, "municipality_no")
        found = found.join(table, same & (_of(table, "id") == _of(source.table, key)))
        found = found.add_columns(*(_of(table, name).label(label) for name, label in told.items()))
    if source.only is not None:
        found = found.where(source.only)
    if before is not None:
        found = found.where(at < before)
    return found.order_by(at.desc()).limit(limit)


def changes(
    actor: Actor, person_id: UUID, before: datetime | None, limit: int, part: str | None = None
) -> Select[*tuple[Any, ...]]:
    """The versions of a profile that somebody stated: when, by whom, and the parts that changed (commas between)."""
    at = func.max(col(ProfileChange.changed_at))
    found: Select[*tuple[Any, ...]] = select(
        at.label("at"),
        col(ProfileChange.actor_id).label("by"),
        col(ProfileChange.actor_kind).label("by_kind"),
        func.aggregate_strings(col(ProfileChange.part), ",").label("parts"),
    ).where(
        col(ProfileChange.municipality_no) == actor.municipality_no,
        col(ProfileChange.person_id) == person_id,
        col(ProfileChange.by_word).is_(False),
    )
    if part is not None:
        found = found.where(col(ProfileChange.part) == part)
    found = found.group_by(col(ProfileChange.version), col(ProfileChange.actor_id), col(ProfileChange.actor_kind))
    if before is not None:
        found = found.having(at < before)
    return found.order_by(at.desc()).limit(limit)


def mapped_on(actor: Actor, person_id: UUID) -> Select[Any]:
    """The day of the mapping conversation."""
    return select(col(Profile.mapped_on)).where(
        col(Profile.municipality_no) == actor.municipality_no, col(Profile.person_id) == person_id
    )


def _of(table: type[Table], name: str) -> Mapped[Any]:
    return col(getattr(table, name))
