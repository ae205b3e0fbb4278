"""Whom matching selects among equally qualified demo people, by sex and by region of origin.

Matching knows neither. The demo keeps no sex, so it is told by the lists that given names were drawn from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlmodel import col, select

from kompetanse import clock
from kompetanse.codes.cefr import band
from kompetanse.codes.countries import country
from kompetanse.demo.names import ORIGINS
from kompetanse.matching import holding, rules
from kompetanse.matching.features import CandidateFeatures
from kompetanse.matching.vectors import scoring
from kompetanse.matching.weights import DEFAULT
from kompetanse.people.tables import Person
from tests.bench.demo_registry import MUNICIPALITY, coordinator, registry
from tests.bench.equals import FOUR_FIFTHS, Compared, compared
from tests.bench.results import Results, Row

PEOPLE, VACANCIES, TOP = 850, 60, 5

_WOMEN = {name for origin in ORIGINS for name in origin.women}


@dataclass(frozen=True, slots=True)
class Fared:
    """How people fared: who they are, what they are qualified for, and what they got, each [people]."""

    sexes: Sequence[str]
    regions: Sequence[str]
    qualified: Sequence[str]
    in_top: NDArray[np.float64]  # 1 who is among the first of some vacancy
    let_through: NDArray[np.float64]  # share of vacancies from which no gate keeps her


def run() -> list[Results]:
    """Rates by sex and by region, each beside those of others of the same qualifications."""
    fared = _fared()
    rows = []
    for by, groups in (("sex", fared.sexes), ("origin", fared.regions)):
        for what, values in ((f"in a top {TOP}", fared.in_top), ("let through", fared.let_through)):
            found = compared(values.tolist(), groups, fared.qualified)
            rows += [_row(f"{by}: {name}", what, one) for name, one in found.items()]
    columns = ("", "rate of", "people", "rate", "of equals", "ratio", "by chance", f"below {FOUR_FIFTHS:.0%}")
    title = f"{PEOPLE} demo people, {VACANCIES} vacancies: same occupation, education and band of Norwegian"
    return [Results(title, columns, rows)]


def _row(name: str, what: str, one: Compared) -> Row:
    """No target: a rate is something to look at, not to meet."""
    shares = (f"{one.rate:.3f}", f"{one.of_equals:.3f}", f"{one.ratio:.2f}")
    chance, below = "{:.2f}-{:.2f}".format(*one.chance), "yes" if one.ratio < FOUR_FIFTHS else ""
    return Row((name, what, str(one.people), *shares, chance, below))


def _fared() -> Fared:
    actor, today = coordinator(), clock.today()
    with registry(PEOPLE, VACANCIES) as database, database.session(MUNICIPALITY, write=False) as session:
        everybody = holding.candidates(session, actor, today)
        open_now = holding.openings(session, actor, today, DEFAULT)
        scores = scoring.all_pairs(everybody.arrays, open_now.board)
        found = session.exec(select(Person).where(col(Person.id).in_(everybody.ids))).all()
    people: Mapping[UUID, Person] = {one.id: one for one in found}
    shown = [people[one] for one in everybody.ids]
    return Fared(
        sexes=["women" if one.given_name in _WOMEN else "men" for one in shown],
        regions=[country(one.country_of_origin).region.value if one.country_of_origin else "?" for one in shown],
        qualified=[qualification(everybody.features[one]) for one in everybody.ids],
        in_top=in_some_top(np.where(scores.verdict == 0, -np.inf, scores.score)),
        let_through=(scores.verdict != 0).mean(axis=1),
    )


def in_some_top(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Who is among the first of some vacancy, 1 or 0: [n, m] to [n]. Minus infinity is never."""
    first = np.argsort(-scores, axis=0, kind="stable")[:TOP]
    reached = np.isfinite(np.take_along_axis(scores, first, axis=0))
    found = np.zeros(len(scores))
    found[first[reached]] = 1.0
    return found


def qualification(one: CandidateFeatures) -> str:
    """The occupation of most months, the highest education and the band of Norwegian: who shares all are equals."""
    jobs = sorted(one.occupations, key=lambda job: (-(job.months or 0), job.styrk))
    levels = [int(education.level) for education in one.education if education.level is not None]
    norwegian = rules.spoken(one.languages["nor"]) if "nor" in one.languages else None
    return f"{jobs[0].styrk if jobs else '-'} {max(levels, default=-1)} {band(norwegian) if norwegian else '-'}"
