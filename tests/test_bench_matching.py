"""The yardstick of matching answers the same question as the engine: else a ratio to it says nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.codes.work import Evidence
from kompetanse.ids import new_id
from kompetanse.matching import features as f
from kompetanse.matching.vectors import scoring
from kompetanse.matching.vectors.arrays import People
from kompetanse.matching.vectors.people import encode, stack
from kompetanse.matching.vectors.scoring import Board
from kompetanse.matching.vectors.vocabulary import Vocabulary
from tests.bench.matching_baseline import Plain, Tuned, Yardstick
from tests.matching import strategies as s

YARDSTICKS = pytest.mark.parametrize("yardstick", [Plain, Tuned])
some_people = st.lists(s.people, min_size=1, max_size=5)
some_vacancies = st.lists(s.vacancies, min_size=1, max_size=5)


def prepared(candidates: list[f.CandidateFeatures], wanted: list[f.VacancyFeatures]) -> tuple[People, Board]:
    vocabulary = Vocabulary()
    people = stack([encode(one, vocabulary, s.TODAY) for one in candidates])
    return people, scoring.board(wanted, vocabulary, s.TODAY, known=s.KNOWN)


@YARDSTICKS
@given(candidates=some_people, wanted=some_vacancies)
@settings(max_examples=200, deadline=None)
def test_the_yardstick_excludes_whom_the_engine_excludes(
    yardstick: type[Yardstick], candidates: list[f.CandidateFeatures], wanted: list[f.VacancyFeatures]
) -> None:
    people, board = prepared(candidates, wanted)
    _, excluded = yardstick(board).block(people)
    assert (excluded == (scoring.all_pairs(people, board).verdict == 0)).all()


@YARDSTICKS
@given(candidates=some_people, wanted=some_vacancies)
@settings(max_examples=100, deadline=None)
def test_the_best_are_those_of_all_pairs_in_blocks_of_any_size(
    yardstick: type[Yardstick], candidates: list[f.CandidateFeatures], wanted: list[f.VacancyFeatures]
) -> None:
    people, board = prepared(candidates, wanted)
    made = yardstick(board)
    scores, _ = made.block(people)
    by_person, by_vacancy = made.best(people, 1, rows=2)
    assert (np.take_along_axis(scores, by_person, axis=1)[:, 0] == scores.max(axis=1)).all()
    assert (np.take_along_axis(scores, by_vacancy.T, axis=0)[0] == scores.max(axis=0)).all()


def vacancy(*skills: str) -> f.VacancyFeatures:
    return f.VacancyFeatures(new_id(), skills=tuple(f.RequiredSkill(key, "x") for key in skills))


@YARDSTICKS
def test_a_skill_counts_itself_else_the_nearest_and_a_stated_no_is_no(yardstick: type[Yardstick]) -> None:
    held = f.HeldSkill(True, Evidence.ASSESSED)
    people, board = prepared(
        [
            f.CandidateFeatures(new_id(), skills={"skill:a": held}),
            f.CandidateFeatures(new_id(), skills={"skill:c": held}),
            f.CandidateFeatures(new_id(), skills={"skill:c": held, "skill:a": f.HeldSkill(False)}),
            f.CandidateFeatures(new_id()),
        ],
        [vacancy("skill:a"), vacancy("skill:a", "text:f")],
    )
    scores, _ = yardstick(board).block(people)
    counted = board.weighing.unknown + scores[:, 0]
    assert counted == pytest.approx([1.0, 0.5, 0.0, board.weighing.unknown])
    assert scores[:, 1] == pytest.approx(scores[:, 0] * 2 / 7)  # by how rare the two are: see strategies.KNOWN
