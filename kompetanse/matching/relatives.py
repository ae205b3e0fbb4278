"""Skills that stand near another in ESCO's hierarchy, and so count for it in part. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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


Relatives = Mapping[str, tuple[Relative, ...]]
"""By the skill that is asked for: what counts for it in part, nearest first, each skill once."""


def relatives(broader: Iterable[tuple[str, str]], groups: Mapping[str, str]) -> Relatives:
    """The relatives of every skill.

    `broader` are pairs of a skill and the skill directly above it; `groups` is the group that a skill is placed in,
    of which the smallest are the nearest.
    """
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for narrow, broad in broader:
        above[narrow].append(broad)
        below[broad].append(narrow)
    members: dict[str, list[str]] = defaultdict(list)
    for key, group in groups.items():
        members[group].append(key)
    found: dict[str, tuple[Relative, ...]] = {}
    for key in sorted({*above, *below, *groups}):
        near: dict[str, Through] = dict.fromkeys(below[key], Through.NARROWER)
        ways = (
            (Through.BROADER, above[key]),
            (Through.SIBLING, (one for parent in above[key] for one in below[parent])),
            (Through.SAME_GROUP, _of_group(members, groups.get(key))),
        )
        for through, keys in ways:
            for one in keys:
                if one != key:
                    near.setdefault(one, through)
        if near:
            found[key] = tuple(Relative(one, through) for one, through in near.items())
    return found


def _of_group(members: Mapping[str, list[str]], group: str | None) -> list[str]:
    found = members[group] if group is not None else []
    return found if len(found) <= MOST_OF_A_GROUP else []
