"""Finds rows of one file that may be the same person, while the file streams by."""

from collections import defaultdict
from dataclasses import dataclass, field

from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.people.rules import name_key, same_person_likely


@dataclass(slots=True)
class SeenPeople:
    """The people of the rows so far, by birth: only those whose births can agree are compared by name."""

    _by_birth: dict[str, list[tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(list))
    _by_prefix: dict[str, list[tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(list))

    def earlier_row_of(self, entry: PersonEntry) -> int | None:
        """The row of somebody alike that came earlier; the entry is remembered."""
        if entry.born is None:
            return None
        key = name_key(entry.family_name, entry.given_name)
        shorter = [
            known for length in (4, 7) if length < len(entry.born) for known in self._by_birth[entry.born[:length]]
        ]
        row = next(
            (
                row
                for other, born, row in (*shorter, *self._by_prefix[entry.born])
                if same_person_likely(key, entry.born, other, born)
            ),
            None,
        )
        self._remember(key, entry.born, entry.row)
        return row

    def _remember(self, key: str, born: str, row: int) -> None:
        known = (key, born, row)
        self._by_birth[born].append(known)
        for length in (4, 7, 10):
            if length <= len(born):
                self._by_prefix[born[:length]].append(known)
