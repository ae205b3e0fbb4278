"""Educations that their owner changed after they were recognised: somebody must see again what the decision is about.

A newcomer may correct her own profile, also the name or the level of an education that is recognised. The decision was
about what stood there before, so it counts for nothing until an employee has looked at it. Pure: history is passed in.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kompetanse.actor import ActorKind
from kompetanse.codes.work import RecognitionStatus

GRANTED = frozenset({RecognitionStatus.RECOGNISED, RecognitionStatus.PARTLY})
"""Decisions that say something of an education."""

CLAIMS = ("title", "level", "field", "institution", "country", "completed", "completed_year")
"""What a decision is about."""

DECISION = (
    "recognition", "recognition_scheme", "recognition_authority", "recognition_decided_on", "recognition_valid_until",
)  # fmt: skip
"""What it says."""


class EntryChange(Protocol):
    """A change of an education, as history keeps it."""

    @property
    def entry_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def changed_at(self) -> datetime: ...  # noqa: D102
    @property
    def actor_kind(self) -> ActorKind: ...  # noqa: D102
    @property
    def before(self) -> dict[str, Any] | None: ...  # noqa: D102
    @property
    def after(self) -> dict[str, Any] | None: ...  # noqa: D102


def unconfirmed(changes: Iterable[EntryChange]) -> Mapping[UUID, datetime]:
    """The educations whose owner changed what a decision is about, and when she did so last.

    Until an employee decides anew, says that it holds (a change from something to the same), or it is again as it was.

    Args:
        changes: those of educations, oldest first.
    """
    decided: dict[UUID, Mapping[str, Any]] = {}
    since: dict[UUID, datetime] = {}
    for change in changes:
        if change.entry_id is None or change.before is None or change.after is None:
            continue
        entry, before, after = change.entry_id, change.before, change.after
        if change.actor_kind is ActorKind.NEWCOMER and _of(before, CLAIMS) != _of(after, CLAIMS):
            if before.get("recognition") in GRANTED:
                decided.setdefault(entry, before)
                since[entry] = change.changed_at
        elif change.actor_kind is not ActorKind.NEWCOMER and (
            before == after or _of(before, DECISION) != _of(after, DECISION)
        ):
            decided.pop(entry, None)
        if entry in decided and _of(after, CLAIMS) == _of(decided[entry], CLAIMS):
            del decided[entry]
    return {entry: since[entry] for entry in decided}


def _of(stored: Mapping[str, Any], names: Iterable[str]) -> list[Any]:
    return [stored.get(name) for name in names]
