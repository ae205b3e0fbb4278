"""The history of a profile as a page."""

from types import SimpleNamespace
from typing import Any, TypeAlias
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.history_words import field_label, in_words
from api.web.pages import page
from api.web.profile_page import entry_name
from kompetanse.actor import Actor
from kompetanse.competence import history
from kompetanse.competence import service as competence
from kompetanse.identity import service as identity
from kompetanse.paging import PageRequest

Stored: TypeAlias = dict[str, Any]

_HIDDEN = frozenset({"key", "concept", "source_id"})
"""What a person would not know by sight."""


def show(request: Request, session: Session, who: Actor, person_id: UUID, paging: PageRequest) -> Response:
    """Changes, newest first, each with what stood there and what stands there since. Raises NotFound."""
    found = competence.read_person_profile(session, who, person_id)
    changes = history.read_history(session, who, person_id, paging)
    following = request.url.include_query_params(cursor=str(changes.next))
    return page(
        request,
        "people/history.html",
        person=found.record.person,
        version=found.profile.version,
        changes=[(one, _what(one.after or one.before), told(one.part, one.before, one.after)) for one in changes.items],
        names=identity.names_of(session, who, {one.actor_id for one in changes.items}),
        next_url=f"{following.path}?{following.query}" if changes.next else None,
        first_url=request.url.path if paging.after else None,
    )


def _what(entry: Stored | None) -> str:
    """What an entry is called that was changed; "" for the wishes that are single values."""
    return entry_name(SimpleNamespace(**(entry or {})))


def told(part: str, before: Stored | None, after: Stored | None) -> list[tuple[str, str, str]]:
    """What differs: the field's name, what stood there, and what stands there since; "" for nothing."""
    old, new = before or {}, after or {}
    names = [name for name in dict.fromkeys((*old, *new)) if name not in _HIDDEN and old.get(name) != new.get(name)]
    return [
        (field_label(part, name), in_words(part, name, old.get(name)), in_words(part, name, new.get(name)))
        for name in names
    ]
