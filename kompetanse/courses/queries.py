"""Selects of courses on offer, each born scoped to who asks."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.courses.rules import CourseOfferFilter
from kompetanse.courses.tables import CourseOffer

_ANY_DAY = date(9999, 12, 31)
"""Offers that begin on no certain day come after those that do."""

_STARTS = func.coalesce(col(CourseOffer.starts_on), _ANY_DAY)


def in_scope(actor: Actor) -> ColumnElement[bool]:
    """Which offers the actor may know of: the municipality's."""
    return col(CourseOffer.municipality_no) == actor.municipality_no


def visible_offers(actor: Actor) -> SelectOfScalar[CourseOffer]:
    """Every offer, open or not, that the actor may know of."""
    return entities(CourseOffer).where(in_scope(actor))


def one_offer(actor: Actor, offer_id: UUID) -> SelectOfScalar[CourseOffer]:
    """An offer by its id."""
    return visible_offers(actor).where(CourseOffer.id == offer_id)


def open_offers(actor: Actor, on: date) -> SelectOfScalar[CourseOffer]:
    """What can be taken from a day on, by the day that it begins."""
    can_be_taken = col(CourseOffer.open).is_(True) & (on <= _STARTS)
    return visible_offers(actor).where(can_be_taken).order_by(_STARTS, col(CourseOffer.id))


def listed(actor: Actor, wanted: CourseOfferFilter) -> ColumnElement[bool]:
    """The condition of the list of offers: the actor's own, and all that the filter asks."""
    condition = in_scope(actor)
    if wanted.kind is not None:
        condition &= col(CourseOffer.kind) == wanted.kind
    if wanted.key is not None:
        condition &= col(CourseOffer.key) == wanted.key
    if wanted.open is not None:
        condition &= col(CourseOffer.open).is_(wanted.open)
    return condition


def offer_page(condition: ColumnElement[bool], limit: int, after: CourseOffer | None) -> SelectOfScalar[CourseOffer]:
    """At most `limit` + 1 offers by the day that they begin, from the one after `after`."""
    page = entities(CourseOffer).where(condition)
    if after is not None:
        page = page.where(tuple_(_STARTS, col(CourseOffer.id)) > (after.starts_on or _ANY_DAY, after.id))
    return page.order_by(_STARTS, col(CourseOffer.id)).limit(limit + 1)


def offer_count(condition: ColumnElement[bool]) -> Select[int]:
    """How many offers the condition finds."""
    return select(func.count()).select_from(CourseOffer).where(condition)


def offers_linked_to(uris: Collection[str]) -> SelectOfScalar[CourseOffer]:
    """Every municipality's offers that are linked to some concepts: for the system itself, when concepts change."""
    linked = entities(CourseOffer).where(col(CourseOffer.key).in_(uris))
    return linked.order_by(col(CourseOffer.municipality_no), col(CourseOffer.id))
