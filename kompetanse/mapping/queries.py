"""Selects of conversations, each born scoped to who asks."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.mapping.tables import MappingConversation
from kompetanse.people.queries import visible_people
from kompetanse.people.tables import Person


def conversations_of(actor: Actor, person_id: UUID) -> SelectOfScalar[MappingConversation]:
    """A person's conversations, newest first, if the actor may know of her."""
    return (
        select(MappingConversation)
        .where(
            MappingConversation.municipality_no == actor.municipality_no,
            MappingConversation.person_id == person_id,
            col(MappingConversation.person_id).in_(visible_people(actor).with_only_columns(col(Person.id))),
        )
        .order_by(col(MappingConversation.id).desc())
    )
