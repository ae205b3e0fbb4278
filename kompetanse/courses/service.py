"""Courses, tests and procedures on offer: written, changed, listed and retired.

They are no personal data: only writing is audited.
"""

from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.courses import queries
from kompetanse.courses.rules import CourseOfferFields, CourseOfferFilter, accept
from kompetanse.courses.tables import CourseOffer
from kompetanse.database import touch
from kompetanse.errors import FieldFault, Invalid, NotFound, Stale
from kompetanse.paging import Page, PageRequest, cut
from kompetanse.taxonomy import service as taxonomy

__all__ = [
    "CourseOfferFields",
    "CourseOfferFilter",
    "change",
    "create",
    "list_offers",
    "offers",
    "read",
    "retire",
]

_STANDING = ("title", "kind", "key", "from_level", "to_level")
"""What is checked together with what is changed."""


def create(session: Session, actor: Actor, fields: CourseOfferFields) -> CourseOffer:
    """Write down what is on offer. Raises Invalid: a field that breaks a rule."""
    actor = actor.doing(Operation.WRITE_COURSES)
    accepted = accept(fields, CourseOfferFields(), taxonomy.lexicon(session, actor))
    offer = CourseOffer(municipality_no=actor.municipality_no, title=accepted["title"], kind=accepted["kind"])
    _assign(offer, accepted)
    session.add(offer)
    session.flush()
    audit.record(session, actor, "create", "course_offer", [offer.id], sorted(fields))
    return offer


def read(session: Session, actor: Actor, offer_id: UUID) -> CourseOffer:
    """What is on offer, by its id. Raises NotFound."""
    actor = actor.doing(Operation.READ_COURSES)
    return _found(session.exec(queries.one_offer(actor, offer_id)).one_or_none())


def change(session: Session, actor: Actor, offer_id: UUID, version: int, fields: CourseOfferFields) -> CourseOffer:
    """Change what `fields` names on an offer.

    Raises:
        Invalid: a field that breaks a rule. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.WRITE_COURSES)
    offer = _get_for_change(session, actor, offer_id, version)
    standing = CourseOfferFields(**{name: getattr(offer, name) for name in _STANDING})  # type: ignore[typeddict-item]
    _assign(offer, accept(fields, standing, taxonomy.lexicon(session, actor)))
    touch(offer)
    session.flush()
    audit.record(session, actor, "change", "course_offer", [offer.id], sorted(fields))
    return offer


def retire(session: Session, actor: Actor, offer_id: UUID, version: int) -> CourseOffer:
    """Say that it cannot be taken any more. It is kept, and can be opened again by changing `open`.

    Raises:
        Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.WRITE_COURSES)
    offer = _get_for_change(session, actor, offer_id, version)
    offer.open = False
    touch(offer)
    session.flush()
    audit.record(session, actor, "close", "course_offer", [offer.id], ["open"])
    return offer


def list_offers(session: Session, actor: Actor, wanted: CourseOfferFilter, page: PageRequest) -> Page[CourseOffer]:
    """A page of offers by the day that they begin, those without one last, with how many there are in all.

    Raises:
        Invalid: the cursor is no offer's.
    """
    actor = actor.doing(Operation.READ_COURSES)
    after = None
    if page.after is not None:
        after = session.exec(queries.one_offer(actor, page.after)).one_or_none()
        if after is None:
            raise Invalid(FieldFault("cursor", "No page begins here", "Begin again without cursor"))
    condition = queries.listed(actor, wanted)
    rows = session.exec(queries.offer_page(condition, page.limit, after)).all()
    shown = cut(rows, page.limit, [offer.id for offer in rows])
    return Page(shown.items, shown.next, session.scalar(queries.offer_count(condition)))


def offers(session: Session, actor: Actor) -> list[CourseOffer]:
    """Everything that can be taken and has not begun, by the day that it begins: what matching closes gaps with.

    It is no secret: newcomers are told of it too.
    """
    actor = actor.doing(Operation.READ_COURSES if actor.person_id is None else Operation.READ_OWN)
    return list(session.exec(queries.open_offers(actor, clock.today())))


def _get_for_change(session: Session, actor: Actor, offer_id: UUID, version: int) -> CourseOffer:
    offer = _found(session.exec(queries.one_offer(actor, offer_id).with_for_update()).one_or_none())
    if offer.version != version:
        raise Stale("The course was changed since you read it; read it again")
    return offer


def _found(offer: CourseOffer | None) -> CourseOffer:
    if offer is None:
        raise NotFound("course")
    return offer


def _assign(offer: CourseOffer, fields: CourseOfferFields) -> None:
    for name, value in fields.items():
        setattr(offer, name, value)
