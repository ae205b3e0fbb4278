"""Keeps courses linked when a newer taxonomy replaces concepts."""

from collections.abc import Mapping

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import system_actor
from kompetanse.courses import queries
from kompetanse.database import count_up


def follow(session: Session, replaced: Mapping[str, str]) -> int:
    """Link the skills that courses lead to to their concepts' successors, in every municipality; how many."""
    linked = session.exec(queries.offers_linked_to(replaced)).all()
    for offer in linked:
        offer.key = replaced[offer.key or ""]
        count_up(offer)
        audit.record(session, system_actor(offer.municipality_no), "relink", "course_offer", [offer.id], ["key"])
    session.flush()
    return len(linked)
