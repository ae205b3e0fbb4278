"""Pages of long lists, followed by a cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

Item = TypeVar("Item")

LIMIT_DEFAULT, LIMIT_MAXIMUM = 50, 200


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page: how many, and after which record. The cursor is an id, so that no URL holds a name.

    `counted`: whether to count how many there are in all, which costs more than the page itself.
    """

    limit: int = LIMIT_DEFAULT
    after: UUID | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page and where the next begins (None on the last)."""

    items: Sequence[Item]
    next: UUID | None = None
    total: int | None = None


def cut(rows: Sequence[Item], limit: int, ids: Sequence[UUID]) -> Page[Item]:
    """A page from up to `limit + 1` rows, whose ids are given in the same order."""
    more = len(rows) > limit
    return Page(rows[:limit], ids[limit - 1] if more else None)
