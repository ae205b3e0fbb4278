"""What is scored by the million is what is explained, one by one."""

from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.matching import features as f
from kompetanse.matching.engine import match
from kompetanse.matching.explanation import Verdict
from kompetanse.matching.vectors import scoring
from kompetanse.matching.weights import DEFAULT, Weights
from tests.matching import strategies as s

VERDICTS = (Verdict.FAILS, Verdict.UNKNOWN, Verdict.PASSES)

weights = st.builds(
    lambda factors: replace(
        DEFAULT,
        **{
            one.name: getattr(DEFAULT, one.name) * factor
            for one, factor in zip((x for x in fields(Weights) if x.name != "version"), factors, strict=True)
        },
    ),
    st.lists(st.floats(0.5, 2.0), min_size=len(fields(Weights)) - 1, max_size=len(fields(Weights)) - 1),
)


@given(st.lists(s.people, min_size=1, max_size=4), st.lists(s.vacancies, min_size=1, max_size=4), weights)
@settings(max_examples=300, deadline=None)
def test_scores_and_verdicts_are_those_that_are_explained(
    candidates: list[f.CandidateFeatures], wanted: list[f.VacancyFeatures], weights: Weights
) -> None:
    scored = scoring.scores_of(candidates, wanted, s.TODAY, weights, s.KNOWN)
    for i, candidate in enumerate(candidates):
        for j, vacancy in enumerate(wanted):
            explained = match(candidate, vacancy, s.TODAY, weights, s.KNOWN)
            assert abs(scored.score[i, j] - explained.score) < 1e-6
            assert VERDICTS[scored.verdict[i, j]] is explained.verdict
