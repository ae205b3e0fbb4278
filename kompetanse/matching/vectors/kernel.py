"""The compiled loops over pairs: scores, what the gates say, and the best of each. Pure.

They say what `engine.match` says: a property test holds the two together.
"""

import numpy as np

from kompetanse.matching.vectors.arrays import Codes, Column, Demands, Floats, Ints, People, Vacancies, Weighing
from kompetanse.matching.vectors.compiling import compiled
from kompetanse.matching.vectors.standing import FAILS, PASSES, Standing, room, stand

_FIRST_TERM, _COLUMNS = int(Column.PERCENTAGE), len(Column)
_OCCUPATION, _EDUCATION, _LANGUAGES = int(Column.OCCUPATION), int(Column.EDUCATION), int(Column.LANGUAGES)

_NEVER = -1e9


@compiled
def _scales(personal: Floats, usual: Floats) -> Floats:
    """By which terms of work are stated: what makes the personal weights add up to the usual ones."""
    scales = np.ones(16)
    for mask in range(1, 16):
        all_usual = all_own = 0.0
        for term in range(4):
            if mask & (1 << term):
                all_usual += usual[term]
                all_own += usual[term] * personal[term]
        scales[mask] = all_usual / all_own
    return scales


@compiled
def _add_skills(v: Vacancies, d: Demands, w: Weighing, s: Standing, score: Floats) -> None:
    """What the skills of each vacancy count together."""
    score[:] = v.skill_base
    post_at, post_vacancy, post_weight, skills, touched = d.post_at, d.post_vacancy, d.post_weight, s.skills, s.touched
    for one in range(s.known[0]):
        more = skills[touched[one]] - w.unknown
        for post in range(post_at[touched[one]], post_at[touched[one] + 1]):
            score[post_vacancy[post]] += post_weight[post] * more


@compiled
def _answers(asks: Ints, j: int, first: int, last: int, answer: Floats, says: Codes) -> tuple[float, int]:
    """What the answers to some of a vacancy's questions add up to, and what their gates say together."""
    total, said = 0.0, PASSES
    for column in range(first, last):
        total += answer[asks[j, column]]
        said = min(said, says[asks[j, column]])
    return total, said


@compiled
def all_pairs(p: People, v: Vacancies, d: Demands, w: Weighing) -> tuple[Floats, Codes]:
    """Every score and what the gates say: [n, m] both."""
    n, m = len(p.may_work), len(v.scale)
    scores, verdicts = np.empty((n, m)), np.empty((n, m), np.int8)
    s, asks, masks, scale = room(d), v.asks, v.mask, v.scale
    answer, says = s.answer, s.says
    for i in range(n):
        stand(i, p, d, w, s)
        scales = _scales(p.personal[i], w.terms)
        score, verdict = scores[i], verdicts[i]
        _add_skills(v, d, w, s, score)
        for j in range(m):
            known, said = _answers(asks, j, 0, _FIRST_TERM, answer, says)
            agreed, says_terms = _answers(asks, j, _FIRST_TERM, _COLUMNS, answer, says)
            score[j] = (score[j] + known + scales[masks[j]] * agreed) * scale[j]
            verdict[j] = min(said, says_terms)
    return scores, verdicts


@compiled
def _insert(scores: Floats, numbers: Ints, score: float, number: int) -> None:
    """Put a number into a list of the best, in place of the last."""
    at = len(scores) - 1
    while at > 0 and scores[at - 1] < score:
        scores[at], numbers[at] = scores[at - 1], numbers[at - 1]
        at -= 1
    scores[at], numbers[at] = score, number


@compiled
def best_of_block(
    p: People, v: Vacancies, d: Demands, w: Weighing, k: int, first: int
) -> tuple[Floats, Ints, Floats, Ints]:
    """The k best vacancies of each person [n, k], and the k best people of each vacancy [m, k], with their scores.

    Nobody whom a gate excludes is among them; places that nobody fills are -1 with score -1. People are numbered from
    `first`; of equals, the lowest number comes first. A pair that can come into neither list is left as soon as that
    is certain.
    """
    n, m = len(p.may_work), len(v.scale)
    person_scores, person_best = np.full((n, k), -1.0), np.full((n, k), -1, np.int32)
    vacancy_scores, vacancy_best = np.full((m, k), -1.0), np.full((m, k), -1, np.int32)
    s, known, least = room(d), np.empty(m), np.full(m, -1.0)
    asks, masks, scale, rest, answer, says = v.asks, v.mask, v.scale, v.rest, s.answer, s.says
    for i in range(n):
        if p.may_work[i] == 0:
            continue
        stand(i, p, d, w, s)
        _add_skills(v, d, w, s, known)
        for one_set in range(d.first[_LANGUAGES], d.first[_LANGUAGES + 1]):
            if says[one_set] == FAILS:
                answer[one_set] = _NEVER  # no score can reach a list with it
        scales, own_scores, own_best, enough = _scales(p.personal[i], w.terms), person_scores[i], person_best[i], -1.0
        for j in range(m):
            score = known[j] + answer[asks[j, _OCCUPATION]] + answer[asks[j, _EDUCATION]] + answer[asks[j, _LANGUAGES]]
            at_most = (score + rest[j]) * scale[j]
            if at_most <= enough and at_most <= least[j]:
                continue
            more, said = _answers(asks, j, _LANGUAGES + 1, _FIRST_TERM, answer, says)
            agreed, says_terms = _answers(asks, j, _FIRST_TERM, _COLUMNS, answer, says)
            if min(said, says_terms, says[asks[j, _OCCUPATION]]) == FAILS:
                continue
            score = (score + more + scales[masks[j]] * agreed) * scale[j]
            if score > enough:
                _insert(own_scores, own_best, score, j)
                enough = own_scores[k - 1]
            if score > least[j]:
                _insert(vacancy_scores[j], vacancy_best[j], score, first + i)
                least[j] = vacancy_scores[j, k - 1]
    return person_scores, person_best, vacancy_scores, vacancy_best
