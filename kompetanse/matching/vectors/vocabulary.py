"""Numbers for codes and concepts, given as they come: people and vacancies that share one can be compared."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeAlias, TypeVar

from kompetanse.codes.education import education_fields
from kompetanse.codes.occupations import occupations
from kompetanse.codes.work import Shift, Strength
from kompetanse.matching.features import WishedOccupation, WishedSector, Wishes

Key = TypeVar("Key", bound=Hashable)

SingleWish: TypeAlias = WishedOccupation | WishedSector
WishedPercentage: TypeAlias = tuple[int | None, int | None, Strength | None]
WishedShifts: TypeAlias = tuple[frozenset[Shift] | None, Strength | None]


_NUMBERING = Lock()


class Numbers(dict[Key, int], Generic[Key]):
    """Gives every new key the next number, also when several threads ask. Numbers are never taken back."""

    def __missing__(self, key: Key) -> int:
        """The number of a key that is met for the first time."""
        with _NUMBERING:
            return self.setdefault(key, len(self))


def _codes() -> Numbers[str]:
    return Numbers({one.code: number for number, one in enumerate(occupations())})


def _fields() -> Numbers[str]:
    return Numbers({one.code: number for number, one in enumerate(education_fields())})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The numbers in use; `wishes` are single wishes, `percentages` and `shifts` are ways to wish those.

    Codes of STYRK-08 and ISCED-F have theirs from the start, so that tables of them need not grow.
    """

    concepts: Numbers[str] = field(default_factory=Numbers)
    codes: Numbers[str] = field(default_factory=_codes)
    fields: Numbers[str] = field(default_factory=_fields)
    languages: Numbers[str] = field(default_factory=Numbers)
    papers: Numbers[str] = field(default_factory=Numbers)
    wishes: Numbers[SingleWish] = field(default_factory=Numbers)
    percentages: Numbers[WishedPercentage] = field(default_factory=Numbers)
    shifts: Numbers[WishedShifts] = field(default_factory=Numbers)


def wished_percentage(wishes: Wishes) -> WishedPercentage:
    """What of somebody's wishes the grade of a percentage depends on."""
    return wishes.percentage_min, wishes.percentage_max, wishes.strengths.get("percentage")


def wished_shifts(wishes: Wishes) -> WishedShifts:
    """What of somebody's wishes the grade of hours depends on."""
    return wishes.shifts, wishes.strengths.get("shifts")
