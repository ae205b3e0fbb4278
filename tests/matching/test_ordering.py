"""Rankings: by score alone, without those whom a gate excludes, page by page."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.errors import Invalid
from kompetanse.ids import new_id
from kompetanse.matching import features as f
from kompetanse.matching.engine import match
from kompetanse.matching.explanation import Match, Ranking, Verdict
from kompetanse.matching.ordering import EVERYTHING, Order, Wanted
from kompetanse.matching.vectors import scoring
from tests.matching.strategies import KNOWN, TODAY, people, vacancies

crowds = st.lists(people, min_size=1, max_size=8, unique_by=lambda one: one.person_id)


def ranked(candidates: list[f.CandidateFeatures], vacancy: f.VacancyFeatures, wanted: Wanted = EVERYTHING) -> Ranking:
    candidates = sorted(candidates, key=lambda one: one.person_id)
    scores = scoring.scores_of(candidates, [vacancy], TODAY, known=KNOWN)
    order = Order([one.person_id for one in candidates], scores.score[:, 0], scores.verdict[:, 0])
    by_id = {one.person_id: one for one in candidates}
    return order.ranking(wanted, lambda one: match(by_id[one], vacancy, TODAY, known=KNOWN))


@given(crowds, vacancies, st.integers(1, 8))
@settings(deadline=None)
def test_no_ranking_admits_somebody_whom_a_gate_excludes_and_none_hides_an_unknown(
    candidates: list[f.CandidateFeatures], vacancy: f.VacancyFeatures, limit: int
) -> None:
    ranking = ranked(candidates, vacancy, Wanted(limit))
    assert not any(one.excluded for one in ranking.matches)
    assert all(one.excluded for one in ranking.excluded)
    assert ranking.considered == len(candidates) == sum(ranking.counts.values())
    for part in (ranking.matches, ranking.excluded):
        assert all(one.score >= other.score - 1e-9 for one, other in pairwise(part))
    allowed = [one for one in candidates if not match(one, vacancy, TODAY, known=KNOWN).excluded]
    assert ranking.ranks.keys() == {one.person_id for one in allowed}
    assert len(ranking.matches) == min(limit, len(allowed))


@given(crowds, vacancies)
@settings(deadline=None)
def test_the_order_of_reading_does_not_matter(
    candidates: list[f.CandidateFeatures], vacancy: f.VacancyFeatures
) -> None:
    assert ranked(candidates, vacancy) == ranked(candidates[::-1], vacancy)


@given(crowds, vacancies, st.sampled_from([None, *Verdict]))
@settings(deadline=None)
def test_pages_hold_everybody_once_in_the_same_order(
    candidates: list[f.CandidateFeatures], vacancy: f.VacancyFeatures, verdict: Verdict | None
) -> None:
    whole = ranked(candidates, vacancy, Wanted(100, verdict=verdict)).matches
    found: list[Match] = []
    after = None
    while True:
        page = ranked(candidates, vacancy, Wanted(2, after, verdict))
        found += page.matches
        after = page.next
        if after is None:
            break
    assert found == list(whole)
    assert all(verdict in {None, one.verdict} for one in found)


def test_a_page_that_begins_nowhere_is_refused() -> None:
    with pytest.raises(Invalid):
        ranked([f.CandidateFeatures(new_id())], f.VacancyFeatures(new_id()), Wanted(after=new_id()))
