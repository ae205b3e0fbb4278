"""What a person's page tells of her mapping conversation."""

from uuid import UUID

from sqlmodel import Session

from api.web.i18n import gettext
from api.web.mapping import words
from kompetanse.actor import Actor
from kompetanse.mapping import rules
from kompetanse.mapping import service as mapping
from kompetanse.mapping.rules import Question


def conversation_standing(session: Session, who: Actor, person_id: UUID) -> dict[str, object]:
    """The newest conversation, how far it came, where it goes on, and what is to be asked later."""
    conversation = mapping.latest(session, who, person_id)
    states = conversation.states if conversation else {}
    return {
        "conversation": conversation,
        "mapping_reached": len(rules.standing(states)),
        "mapping_total": len(Question),
        "mapping_next": rules.resumed_at(states),
        "mapping_later": [(one, gettext(words.NAMES[one])) for one in rules.asked_later(states)],
    }
