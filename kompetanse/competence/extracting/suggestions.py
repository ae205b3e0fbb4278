"""What was found in a text: an entry for a profile, the words that it came from, and how sure that is."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kompetanse.competence.extracting.written import Written
from kompetanse.competence.fields import PartFields, ProfilePart

SURE = 0.75
"""From here on a suggestion is likely enough to be chosen beforehand."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry that a text speaks for. `start` and `end` are places in the text as it was written.

    `concept` and `name` are the URI and the Norwegian name of the concept that it is linked to, where there is one.
    """

    part: ProfilePart
    start: int
    end: int
    fields: PartFields
    sure: float
    concept: str | None = None
    name: str | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it is likely enough to be chosen beforehand."""
        return self.sure >= SURE

    @property
    def key(self) -> tuple[object, ...]:
        """What the entry is, so that the same one is not suggested twice."""
        said = self.fields
        match self.part:
            case ProfilePart.LANGUAGES:
                return (self.part, said.get("language"))
            case ProfilePart.LICENCES:
                return (self.part, said.get("licence"))
            case ProfilePart.EXPERIENCES:
                when = (said.get("started"), said.get("ended"), said.get("months"))
                return (self.part, self.concept or _words(said), *when)
            case ProfilePart.WISHES:
                return (self.part, said.get("kind"), said.get("value"))
            case _:
                return (self.part, self.concept or _words(said))


def _words(fields: PartFields) -> str:
    return str(fields.get("title") or fields.get("label") or "").casefold()


def placed(written: Written, found: Suggestion) -> Suggestion:
    """A suggestion by places in the text instead of in its folded form."""
    start, end = written.span(found.start, found.end)
    return replace(found, start=start, end=end)


def apart(found: Iterable[Suggestion]) -> list[Suggestion]:
    """The suggestions of one part, each entry once and no two of overlapping words, the surer ones first.

    Several may share the very same words: "T1-T4" is four licences.
    """
    kept: list[Suggestion] = []
    keys: set[tuple[object, ...]] = set()
    for one in sorted(found, key=lambda one: (-one.sure, one.start, one.start - one.end)):
        if one.key not in keys and not overlapping(one, kept, same=one.part is ProfilePart.LICENCES):
            insort(kept, one, key=_place)
            keys.add(one.key)
    return kept


def overlapping(one: Suggestion, others: Sequence[Suggestion], same: bool = False) -> bool:
    """Whether a suggestion shares words with any of `others`, which are apart and sorted.

    With `same`, others of exactly its words do not count.
    """
    at = bisect_left(others, (one.end, one.end), key=_place)
    while at and others[at - 1].end > one.start:
        if not same or _place(others[at - 1]) != _place(one):
            return True
        at -= 1
    return False


def _place(one: Suggestion) -> tuple[int, int]:
    return one.start, one.end
