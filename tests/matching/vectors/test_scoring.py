"""What is scored by the million is what is explained, one by one."""

from dataclasses import fields, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.codes.occupations import occupations
from kompetanse.codes.work import Strength
from kompetanse.ids import new_id
from kompetanse.matching import features as f
from kompetanse.matching import rules
from kompetanse.matching.engine import match
from kompetanse.matching.explanation import Verdict
from kompetanse.matching.vectors import people, scoring
from kompetanse.matching.vectors.demands import closeness_table
from kompetanse.matching.vectors.vocabulary import Vocabulary
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


@given(
    st.lists(s.people, min_size=1, max_size=6),
    st.lists(s.vacancies, min_size=1, max_size=5),
    st.integers(1, 4),
    st.integers(1, 3),
)
@settings(max_examples=150, deadline=None)
def test_the_best_of_each_are_those_of_all_pairs_however_many_work_at_it(
    candidates: list[f.CandidateFeatures], wanted: list[f.VacancyFeatures], k: int, workers: int
) -> None:
    vocabulary = Vocabulary()
    encoded = people.stack([people.encode(one, vocabulary, s.TODAY) for one in candidates])
    board = scoring.board(wanted, vocabulary, s.TODAY, known=s.KNOWN)
    scores, found = scoring.all_pairs(encoded, board), scoring.best(encoded, board, k, workers)
    allowed = np.where(scores.verdict != 0, scores.score, -1.0)
    for of_each, numbers, told in (
        (allowed, found.vacancies, found.vacancy_scores),
        (allowed.T, found.people, found.people_scores),
    ):
        for row, chosen, value in zip(of_each, numbers, told, strict=True):
            best = np.sort(row)[::-1][:k]
            np.testing.assert_allclose(value[: len(best)], best, atol=1e-9)
            assert (value[len(best) :] == -1.0).all()
            filled = chosen[chosen >= 0]
            assert len(set(filled.tolist())) == len(filled) == min(k, int((row >= 0.0).sum()))
            np.testing.assert_allclose(row[filled], value[: len(filled)], atol=1e-9)


def test_people_who_come_later_are_scored_on_the_same_board() -> None:
    """Their wishes, papers and words were not known when it was made."""
    vocabulary = Vocabulary()
    wanted = [f.VacancyFeatures(new_id(), styrk="3313", skills=(f.RequiredSkill("skill:a", "a"),), percentage_min=80)]
    board = scoring.board(wanted, vocabulary, s.TODAY, known=s.KNOWN)
    late = f.CandidateFeatures(
        new_id(),
        skills={"skill:unheard-of": f.HeldSkill(True), "skill:b": f.HeldSkill(True)},
        licences={"driving:CE": f.HeldLicence(True)},
        wishes=f.Wishes(occupations=(f.WishedOccupation("3313", Strength.MUST, 4),), percentage_min=100),
        interests=frozenset({"skill:unheard-of-too"}),
    )
    encoded = people.stack([people.encode(late, vocabulary, s.TODAY)])
    scores = scoring.all_pairs(encoded, board.extended(vocabulary))
    assert abs(scores.score[0, 0] - match(late, wanted[0], s.TODAY, known=s.KNOWN).score) < 1e-9


def test_closeness_of_all_codes_is_that_of_the_rule() -> None:
    codes = [*[one.code for one in occupations() if one.level >= 3][::7], "2221", "2223", "33"]
    asked = [code for code in codes if len(code) == 4]
    for both_named in (False, True):
        table = closeness_table(codes, asked, both_named=both_named)
        for row, held in enumerate(codes):
            for column, one in enumerate(asked):
                assert table[row, column] == rules.group_closeness(one, held, both_named=both_named)
