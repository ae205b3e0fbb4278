"""Finds people who may be the same by birth and name: only those whose births can agree are compared."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.people.rules import same_person_likely

Tag = TypeVar("Tag")

_PRECISIONS = (4, 7, 10)  # characters of a year, a month and a day in ISO 8601


@dataclass(slots=True)
class Lookalikes(Generic[Tag]):
    """People by birth, each with a tag (a row's number, a record's id)."""

    _by_birth: dict[str, list[tuple[str, str, Tag]]] = field(default_factory=lambda: defaultdict(list))
    _by_prefix: dict[str, list[tuple[str, str, Tag]]] = field(default_factory=lambda: defaultdict(list))

    def remember(self, key: str, born: str, tag: Tag) -> None:
        """Keep somebody, by the name as it is compared (`name_key`) and a birth of any precision."""
        known = (key, born, tag)
        self._by_birth[born].append(known)
        for length in _PRECISIONS:
            if length <= len(born):
                self._by_prefix[born[:length]].append(known)

    def like(self, key: str, born: str) -> Iterator[Tag]:
        """The tags of those who may be this person."""
        shorter = [
            known for length in _PRECISIONS if length < len(born) for known in self._by_birth.get(born[:length], ())
        ]
        for other, birth, tag in (*shorter, *self._by_prefix.get(born, ())):
            if same_person_likely(key, born, other, birth):
                yield tag


@dataclass(slots=True)
class SeenPeople:
    """The people of the rows so far, while the file streams by."""

    _seen: Lookalikes[int] = field(default_factory=Lookalikes)

    def earlier_row_of(self, entry: PersonEntry) -> int | None:
        """The row of somebody alike that came earlier; the entry is remembered."""
        if entry.born is None:
            return None
        key = entry.name_key
        row = next(self._seen.like(key, entry.born), None)
        self._seen.remember(key, entry.born, entry.row)
        return row
