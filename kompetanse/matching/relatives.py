"""Skills that stand near another in ESCO's hierarchy, and so count for it in part. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kompetanse.matching import weights as w
from kompetanse.matching.grades import Through

_SHARES: Mapping[Through, float] = {
    Through.NARROWER: w.NARROWER,
    Through.BROADER: w.BROADER,
    Through.SIBLING: w.SIBLING,
    Through.SAME_GROUP: w.SAME_GROUP,
}

MOST_OF_A_GROUP = 40
"""A larger group says too little: its skills are not near each other."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A skill that counts for another, and how."""

    key: str
    through: Through

    @property
    def share(self) -> float:
        """What having it counts of what having the other one would."""
        return _SHARES[self.through]


class Relatives:
    """The relatives of every skill, found when they are first asked for.

    `broader` are pairs of a skill and the skill directly above it; `groups` is the group that a skill is placed in.
    """

    def __init__(self, broader: Iterable[tuple[str, str]] = (), groups: Mapping[str, str] | None = None) -> None:
        self._above: dict[str, list[str]] = defaultdict(list)
        self._below: dict[str, list[str]] = defaultdict(list)
        for narrow, broad in broader:
            self._above[narrow].append(broad)
            self._below[broad].append(narrow)
        self._group = groups or {}
        self._members: dict[str, list[str]] = defaultdict(list)
        for key, group in self._group.items():
            self._members[group].append(key)
        self._found: dict[str, tuple[Relative, ...]] = {}

    def of(self, key: str) -> tuple[Relative, ...]:
        """What counts for a skill in part, each skill once, by the way that counts most."""
        if key not in self._found:
            self._found[key] = tuple(self._relatives(key))
        return self._found[key]

    def _relatives(self, key: str) -> Iterator[Relative]:
        above = self._above.get(key, [])
        ways = (
            (Through.NARROWER, self._below.get(key, [])),
            (Through.BROADER, above),
            (Through.SIBLING, [one for parent in above for one in self._below[parent]]),
            (Through.SAME_GROUP, self._of_group(key)),
        )
        seen = {key}
        for through, keys in ways:
            for one in keys:
                if one not in seen:
                    seen.add(one)
                    yield Relative(one, through)

    def _of_group(self, key: str) -> list[str]:
        found = self._members.get(self._group.get(key, ""), [])
        return found if len(found) <= MOST_OF_A_GROUP else []
