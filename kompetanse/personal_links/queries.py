"""Selects of links, devices and failures.

Whoever comes in has no municipality yet: the selects of coming in look everywhere, by what only the right one can know.
All others begin with somebody whom the actor may know of.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Select, delete, func, select
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import Select as EntitySelect
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.people.queries import visible_people
from kompetanse.people.tables import Person
from kompetanse.personal_links.tables import FailedOpening, LinkMessage, PersonalDevice, PersonalLink


def link_by_token(token_hash: str) -> EntitySelect[PersonalLink, Person]:
    """The link of a secret with whose it is, as far as she is on the coordinator's list."""
    return _of_somebody().where(PersonalLink.token_hash == token_hash)


def link_by_code(municipality_no: str, code_hash: str) -> EntitySelect[PersonalLink, Person]:
    """The link of a code that is typed, likewise."""
    return _of_somebody().where(PersonalLink.municipality_no == municipality_no, PersonalLink.code_hash == code_hash)


def _of_somebody() -> EntitySelect[PersonalLink, Person]:
    same = (col(Person.municipality_no) == col(PersonalLink.municipality_no)) & (
        col(Person.id) == col(PersonalLink.person_id)
    )
    here = col(Person.archived_at).is_(None) & col(Person.merged_into_id).is_(None)
    return entities(PersonalLink, Person).join(Person, same).where(here)


def device_by_token(token_hash: str) -> EntitySelect[PersonalDevice, Person]:
    """The device that a cookie stands for with whose it is, as far as she is on the coordinator's list."""
    same = (col(Person.municipality_no) == col(PersonalDevice.municipality_no)) & (
        col(Person.id) == col(PersonalDevice.person_id)
    )
    here = col(Person.archived_at).is_(None) & col(Person.merged_into_id).is_(None)
    return entities(PersonalDevice, Person).join(Person, same).where(here, PersonalDevice.token_hash == token_hash)


def links_of(actor: Actor, person_id: UUID) -> SelectOfScalar[PersonalLink]:
    """A person's links, newest first, if the actor may know of her."""
    return (
        entities(PersonalLink)
        .where(
            PersonalLink.municipality_no == actor.municipality_no,
            PersonalLink.person_id == person_id,
            col(PersonalLink.person_id).in_(visible_people(actor).with_only_columns(col(Person.id))),
        )
        .order_by(col(PersonalLink.id).desc())
    )


def messages_of(actor: Actor, person_id: UUID) -> SelectOfScalar[LinkMessage]:
    """The sendings of a person's links, newest first, if the actor may know of her."""
    return (
        entities(LinkMessage)
        .where(
            LinkMessage.municipality_no == actor.municipality_no,
            LinkMessage.person_id == person_id,
            col(LinkMessage.person_id).in_(visible_people(actor).with_only_columns(col(Person.id))),
        )
        .order_by(col(LinkMessage.id).desc())
    )


def messages_by_id(actor: Actor, ids: Collection[UUID]) -> SelectOfScalar[LinkMessage]:
    """Sendings in the actor's municipality that were begun."""
    return entities(LinkMessage).where(
        LinkMessage.municipality_no == actor.municipality_no, col(LinkMessage.id).in_(ids)
    )


def devices_of(actor: Actor, person_id: UUID) -> SelectOfScalar[PersonalDevice]:
    """A person's devices, the last used first, if the actor may know of her."""
    return (
        entities(PersonalDevice)
        .where(
            PersonalDevice.municipality_no == actor.municipality_no,
            PersonalDevice.person_id == person_id,
            col(PersonalDevice.person_id).in_(visible_people(actor).with_only_columns(col(Person.id))),
        )
        .order_by(col(PersonalDevice.last_used_at).desc(), col(PersonalDevice.id))
    )


def failures_from(address_hash: str, since: datetime) -> Select[int]:
    """How many codes from one network opened nothing since a moment, wherever they would have been of."""
    return select(func.count()).where(
        col(FailedOpening.address_hash) == address_hash, col(FailedOpening.tried_at) > since
    )


def failures_in(municipality_no: str, since: datetime) -> Select[int]:
    """How many codes of one municipality opened nothing since a moment."""
    return select(func.count()).where(
        col(FailedOpening.municipality_no) == municipality_no, col(FailedOpening.tried_at) > since
    )


def old_failures(before: datetime) -> Delete:
    """Deletes what is counted no more."""
    return delete(FailedOpening).where(col(FailedOpening.tried_at) <= before)
