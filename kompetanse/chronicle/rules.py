"""What a happening is, and how the happenings of several domains become one list. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from kompetanse.actor import ActorKind


class Happening(StrEnum):
    """What can happen with a person in the registry."""

    REGISTERED = "registered"
    ARCHIVED = "archived"
    MERGED = "merged"
    MAPPED = "mapped"
    PROFILE_CHANGED = "profile_changed"
    CONSENT_ANSWERED = "consent_answered"
    NEIGHBOUR_ASKED = "neighbour_asked"
    NEIGHBOUR_ANSWERED = "neighbour_answered"
    NEIGHBOUR_READ = "neighbour_read"
    NEIGHBOUR_ENDED = "neighbour_ended"
    REFERRED = "referred"
    STAGE_REACHED = "stage_reached"
    LINK_MADE = "link_made"
    LINK_SPENT = "link_spent"
    LINK_REVOKED = "link_revoked"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_WITHDRAWN = "erasure_withdrawn"
    ERASURE_ANSWERED = "erasure_answered"


class Theme(StrEnum):
    """What a timeline can be narrowed to."""

    RECORD = "record"
    PROFILE = "profile"
    COURSES = "courses"
    CONSENTS = "consents"
    REFERRALS = "referrals"
    LINKS = "links"


THEMES: Mapping[Theme, frozenset[Happening]] = MappingProxyType(
    {
        Theme.RECORD: frozenset(
            {
                Happening.REGISTERED, Happening.ARCHIVED, Happening.MERGED, Happening.ERASURE_ASKED,
                Happening.ERASURE_WITHDRAWN, Happening.ERASURE_ANSWERED,
            }
        ),
        Theme.PROFILE: frozenset({Happening.MAPPED, Happening.PROFILE_CHANGED}),
        Theme.COURSES: frozenset({Happening.PROFILE_CHANGED}),
        Theme.CONSENTS: frozenset(
            {
                Happening.CONSENT_ANSWERED, Happening.NEIGHBOUR_ASKED, Happening.NEIGHBOUR_ANSWERED,
                Happening.NEIGHBOUR_READ, Happening.NEIGHBOUR_ENDED,
            }
        ),
        Theme.REFERRALS: frozenset({Happening.REFERRED, Happening.STAGE_REACHED}),
        Theme.LINKS: frozenset({Happening.LINK_MADE, Happening.LINK_SPENT, Happening.LINK_REVOKED}),
    }
)  # fmt: skip
"""What each theme shows. Courses are the changes of a profile that are about courses."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `by`: the account or client that did it, where it is kept. `about`: named details."""

    at: datetime
    what: Happening
    by: UUID | None = None
    by_kind: ActorKind | None = None
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a timeline, newest first, and the moment before which the next part begins; None: there is no more."""

    events: Sequence[Event]
    before: datetime | None


def together(found: Iterable[Sequence[Event]], limit: int) -> Stretch:
    """The newest `limit` events of several lists, each of which holds its own newest `limit` + 1.

    What happened at the very moment of the last one comes with it, as the next part begins before that moment.
    """
    events = sorted((event for one in found for event in one), key=lambda event: event.at, reverse=True)
    if len(events) <= limit:
        return Stretch(events, None)
    last = events[limit - 1].at
    shown = [event for event in events if event.at >= last]
    return Stretch(shown, last if len(shown) < len(events) else None)
