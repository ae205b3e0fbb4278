"""The order of a ranking: by score alone; of equal scores by id, which says nothing about anybody. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from kompetanse.errors import FieldFault, Invalid
from kompetanse.matching.explanation import Match, Ranking, Verdict
from kompetanse.matching.vectors.arrays import Codes, Floats

VERDICTS = (Verdict.FAILS, Verdict.UNKNOWN, Verdict.PASSES)
"""In the order of the compiled loop's codes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a ranking is asked for: how many, after whom, and only those of whom the gates say this."""

    limit: int = 20
    after: UUID | None = None
    verdict: Verdict | None = None


EVERYTHING = Wanted()


class Order:
    """Those who were scored, by id, with their scores and what the gates say [n]."""

    def __init__(self, ids: Sequence[UUID], scores: Floats, verdicts: Codes) -> None:
        best_first = np.argsort(-scores, kind="stable")
        self._excluded = [ids[place] for place in best_first if VERDICTS[verdicts[place]] is Verdict.FAILS]
        self._ranked = [(ids[place], VERDICTS[verdicts[place]]) for place in best_first if verdicts[place] != 0]
        self._ranks = {one: rank for rank, (one, _) in enumerate(self._ranked, start=1)}
        counted = np.bincount(verdicts, minlength=len(VERDICTS)).tolist()
        self._counts = dict(zip(VERDICTS, counted, strict=True))

    def of(self, ids: Iterable[UUID]) -> list[UUID]:
        """Some of those who were scored, best first; who is excluded comes last."""
        places = {one: place for place, one in enumerate([*self._ranks, *self._excluded])}
        return sorted((one for one in ids if one in places), key=lambda one: places[one])

    def ranking(self, wanted: Wanted, explain: Callable[[UUID], Match], without: Collection[UUID] = ()) -> Ranking:
        """A part of the ranking, explained; only what is shown is. `without` are left out, and keep their rank.

        Raises:
            Invalid: `wanted.after` is nobody in this ranking.
        """
        if wanted.verdict is Verdict.FAILS:
            listed = [one for one in self._excluded if one not in without]
        else:
            asked = wanted.verdict
            listed = [one for one, said in self._ranked if asked in {None, said} and one not in without]
        page, following = _page(listed, wanted)
        excluded = [one for one in self._excluded if one not in without][: wanted.limit]
        beside = excluded if wanted.verdict is None and wanted.after is None else []
        found, left_out = [explain(one) for one in page], [explain(one) for one in beside]
        return Ranking(found, left_out, sum(self._counts.values()), self._counts, self._ranks, following)


def _page(listed: Sequence[UUID], wanted: Wanted) -> tuple[Sequence[UUID], UUID | None]:
    begin = 0
    if wanted.after is not None:
        if wanted.after not in listed:
            raise Invalid(FieldFault("cursor", "No page begins here", "Begin again without cursor"))
        begin = listed.index(wanted.after) + 1
    page = listed[begin : begin + wanted.limit]
    return page, page[-1] if begin + wanted.limit < len(listed) else None
