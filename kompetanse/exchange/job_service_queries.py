"""Whom the job service's export is about, each select born scoped to who asks.

Everything is about one page of people: `after` (an id) and `most` are parameters of every select.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Table, and_, bindparam, exists, literal, or_, select
from sqlmodel import SQLModel, col

from kompetanse.actor import Actor
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.competence.tables import Profile
from kompetanse.exchange.csv_sql import Digest
from kompetanse.exchange.job_seekers import Status
from kompetanse.people.queries import consenting, in_circulation
from kompetanse.people.tables import Consent, Person

_PURPOSE = ConsentPurpose.EXPORT_TO_JOB_SERVICE

_TOLD = ("municipality_no", "id", "family_name", "given_name", "born", "needs_interpreter")
"""What is read of a person's own row; nothing else of it can come into a file."""

OVERLAP = timedelta(minutes=5)
"""How much further back than asked changes are looked for: a row bears the moment at which its transaction began."""


def stored(table: type[SQLModel]) -> Table:
    """A table as SQLAlchemy's core knows it."""
    return SQLModel.metadata.tables[str(table.__tablename__)]


def reference(person_id: ColumnElement[Any]) -> ColumnElement[str]:
    """What the job service knows a person by: always the same, and nothing that tells our id or when it was made."""
    return Digest(literal("job-service:"), person_id)


def seekers(actor: Actor, today: date, since: datetime | None = None) -> Select[Any]:
    """The next people to export, by id, each with the consent that stands at this moment; changed `since`, if told.

    `people.queries.in_scope` gives a job service nobody, and rightly so: this is the only door it has. Whoever
    is archived, merged, has a protected address or does not consent now is behind it.
    """
    consent, person = stored(Consent).c, stored(Person).c
    own = and_(consent.municipality_no == person.municipality_no, consent.person_id == person.id)
    standing = and_(
        consent.purpose == _PURPOSE,
        consent.superseded_at.is_(None),
        consent.recipient_no == "",
        consent.section == "",
    )
    told = (person[name] for name in _TOLD)
    page: Select[Any] = (
        select(*told, consent.given_on, consent.recorded_at, consent.expires_on)
        .join(stored(Consent), own & standing)
        .where(
            in_circulation(actor.municipality_no),
            person.id.in_(consenting(actor.municipality_no, _PURPOSE, today)),
            person.id > bindparam("after"),
        )
        .order_by(person.id)
        .limit(bindparam("most", type_=Integer))
    )
    return page if since is None else page.where(_changed(since - OVERLAP))


def _changed(since: datetime) -> ColumnElement[bool]:
    profile = exists().where(
        col(Profile.municipality_no) == col(Person.municipality_no),
        col(Profile.person_id) == col(Person.id),
        col(Profile.updated_at) >= since,
    )
    return or_(col(Person.updated_at) >= since, col(Consent.recorded_at) >= since, profile)


def leavers(actor: Actor, today: date, since: datetime) -> Select[Any]:
    """The next people, by id, who were or may have been in an export and are in none now, changed `since`.

    Whom to delete and nothing else of them. Some were in no export: their references tell nobody anything.
    """
    since -= OVERLAP
    person = stored(Person).c.id
    said_yes = exists().where(
        col(Consent.municipality_no) == col(Person.municipality_no),
        col(Consent.person_id) == person,
        col(Consent.purpose) == _PURPOSE,
        col(Consent.granted).is_(True),
        or_(
            col(Person.updated_at) >= since,
            col(Consent.superseded_at) >= since,
            and_(col(Consent.expires_on) >= since.date(), col(Consent.expires_on) <= today),
        ),
    )
    merged = col(Person.merged_into_id).is_not(None) & (col(Person.updated_at) >= since)  # its consents moved on
    there = in_circulation(actor.municipality_no) & person.in_(consenting(actor.municipality_no, _PURPOSE, today))
    gone: Select[Any] = (
        select(
            person.label("person_id"),
            reference(person).label("referanse"),
            literal(Status.ENDED.value).label("status"),
            col(Person.municipality_no).label("kommunenummer"),
        )
        .where(
            col(Person.municipality_no) == actor.municipality_no,
            or_(said_yes, merged),
            ~there,
            person > bindparam("after"),
        )
        .order_by(person)
        .limit(bindparam("most", type_=Integer))
    )
    return gone
