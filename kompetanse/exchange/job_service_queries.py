"""Whom the job service's export is about, each select born scoped to who asks.

People are read in pages: those whose ids come after `after`, up to and with `until`. Both are parameters of every
select, and stand in its conditions on every table, so that each is read once, along its index.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    literal,
    or_,
    select,
)
from sqlmodel import SQLModel, col

from kompetanse.actor import Actor
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.competence.tables import Profile
from kompetanse.exchange.csv_sql import Digest
from kompetanse.exchange.job_seekers import Status
from kompetanse.exchange.rules_sql import Columns
from kompetanse.people.queries import consenting, in_circulation
from kompetanse.people.tables import Consent, Person

_PURPOSE = ConsentPurpose.EXPORT_TO_JOB_SERVICE

_TOLD = ("municipality_no", "id", "family_name", "given_name", "born", "needs_interpreter")
"""What is read of a person's own row; nothing else of it can come into a file."""

_ANSWERED = ("given_on", "recorded_at", "expires_on")
"""What is read of the consent."""

OVERLAP = timedelta(minutes=5)
"""How much further back than asked changes are looked for: a row bears the moment at which its transaction began."""


def stored(table: type[SQLModel]) -> Table:
    """A table as SQLAlchemy's core knows it."""
    return SQLModel.metadata.tables[str(table.__tablename__)]


def on_page(municipality_no: str, table: FromClause, person_id: str = "person_id") -> ColumnElement[bool]:
    """Whether a row of a table is of somebody on the page."""
    owner, person = table.c.municipality_no, table.c[person_id]
    return and_(owner == municipality_no, person > bindparam("after"), person <= bindparam("until"))


UNCONFIRMED = bindparam("unconfirmed", value=[], type_=Uuid, expanding=True)
"""The ids of the page's educations that their owner changed since the decision, until an employee has looked."""


def of_decision(education: Columns, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """What a decision says of an education; nothing where it is not known whether it is about this one."""
    return case((education.id.not_in(UNCONFIRMED), column))


def page_end(actor: Actor) -> Select[Any]:
    """Where a page ends that begins behind `after` and has `most` people, whoever they are; none behind the last."""
    person = stored(Person).c
    ids = (
        select(person.id)
        .where(person.municipality_no == actor.municipality_no, person.id > bindparam("after"))
        .order_by(person.id)
        .limit(bindparam("most", type_=Integer))
        .subquery()
    )
    return select(ids.c.id).order_by(ids.c.id.desc()).limit(1)


def reference(person_id: ColumnElement[Any]) -> ColumnElement[str]:
    """What the job service knows a person by: always the same, and nothing that tells our id or when it was made."""
    return Digest(literal("job-service:"), person_id)


def seekers(actor: Actor, today: date, since: datetime | None = None) -> Select[Any]:
    """The people of a page to export, by id, each with the consent that stands now; changed `since`, if told.

    `people.queries.in_scope` gives a job service nobody, and rightly so: this is the only door it has. Whoever
    is archived, merged, has a protected address or does not consent now is behind it.
    """
    person = stored(Person).c
    answer = (stored(Consent).c[name] for name in _ANSWERED)
    standing = _consenting(actor, today).add_columns(*answer).subquery("standing")
    page: Select[Any] = (
        select(*(person[name] for name in _TOLD), *(standing.c[name] for name in _ANSWERED))
        .join_from(stored(Person), standing, standing.c.person_id == person.id)
        .where(in_circulation(actor.municipality_no), on_page(actor.municipality_no, stored(Person), "id"))
        .order_by(person.id)
    )
    return page if since is None else page.where(_changed(actor, standing.c.recorded_at, since - OVERLAP))


def _consenting(actor: Actor, today: date) -> Select[Any]:
    """Who of the page consents."""
    own = on_page(actor.municipality_no, stored(Consent))
    return consenting(actor.municipality_no, _PURPOSE, today).where(own)


def _changed(actor: Actor, recorded_at: ColumnElement[Any], since: datetime) -> ColumnElement[bool]:
    profile = exists().where(
        on_page(actor.municipality_no, stored(Profile)),
        col(Profile.person_id) == col(Person.id),
        col(Profile.updated_at) >= since,
    )
    return or_(col(Person.updated_at) >= since, recorded_at >= since, profile)


def leavers(actor: Actor, today: date, since: datetime) -> Select[Any]:
    """The people of a page, by id, who were or may have been in an export and are in none now, changed `since`.

    Whom to delete and nothing else of them. Some were in no export: their references tell nobody anything.
    """
    since -= OVERLAP
    person = stored(Person).c.id
    said_yes = exists().where(
        on_page(actor.municipality_no, stored(Consent)),
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
    there = in_circulation(actor.municipality_no) & person.in_(_consenting(actor, today))
    gone: Select[Any] = (
        select(
            person.label("person_id"),
            reference(person).label("referanse"),
            literal(Status.ENDED.value).label("status"),
            col(Person.municipality_no).label("kommunenummer"),
        )
        .where(
            or_(said_yes, merged),
            ~there,
            on_page(actor.municipality_no, stored(Person), "id"),
        )
        .order_by(person)
    )
    return gone
