"""How a match is told over REST: the same wherever one is."""

from typing import Annotated

from fastapi import Query

from kompetanse.matching.explanation import Explain, Match, Verdict
from schemas.matching import MatchOut, ReasonOut

ExplainQuery = Annotated[
    Explain, Query(description="Every reason; or the strongest four, what excludes, and the next question.")
]
GatesQuery = Annotated[
    Verdict | None, Query(description="Only those of whom the gates say this: passes, unknown or fails.")
]


def told(match: Match, explain: Explain, rank: int | None = None) -> MatchOut:
    """A match with as many of its reasons as are asked for, and its rank where it is part of a ranking."""
    return MatchOut(
        person_id=match.person_id,
        vacancy_id=match.vacancy_id,
        score=match.score,
        rank=rank,
        verdict=match.verdict,
        reasons=[ReasonOut.model_validate(one) for one in match.told(explain)],
        questions=[ReasonOut.model_validate(one) for one in match.asked(explain)],
        weights_version=match.weights_version,
        engine_version=match.engine_version,
    )
