from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from api.web.points import points, total
from kompetanse.matching.explanation import Match, Outcome, Reason, RequirementKind

WEIGHED = st.tuples(st.floats(0, 40), st.floats(0, 1) | st.just(1.0))
"""A requirement's weight, and the share of it that is met."""


def matched(weighed: list[tuple[float, float]]) -> Match:
    whole = sum(weight for weight, _ in weighed) or 1.0
    reasons = tuple(
        Reason(
            RequirementKind.SKILL, None, None, Outcome.MET, False, None, None, weight * share / whole, weight / whole
        )
        for weight, share in weighed
    )
    return Match(UUID(int=1), UUID(int=2), sum(one.contribution for one in reasons), reasons, "v")


@given(st.lists(WEIGHED, min_size=1, max_size=40))
def test_the_points_that_are_shown_add_up_to_the_score_that_is_shown(weighed: list[tuple[float, float]]) -> None:
    match = matched(weighed)
    shown = points(match)
    assert round(sum(one.counted for one in shown), 6) == total(match)
    assert abs(total(match) - match.score * 100) <= 0.05 + 1e-9
    for one, reason in zip(shown, match.reasons, strict=True):
        assert abs(one.counted - reason.contribution * 100) < 0.1 + 1e-9
        assert one.counted <= one.possible


def test_what_is_met_in_full_counts_all_that_it_could() -> None:
    for one in points(matched([(1, 1.0), (1, 1.0), (1, 1.0)])):
        assert one.counted == one.possible
