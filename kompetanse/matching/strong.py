"""New vacancies for which somebody fits well: only the newest few are scored, so that it may be asked often."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Operation
from kompetanse.matching import holding, loading, queries
from kompetanse.matching.service import standing_weights
from kompetanse.matching.vectors import scoring
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.tables import Vacancy

NEW_FOR = timedelta(days=14)
"""So long a vacancy is new."""

MOST = 5
"""So many are scored."""

STRONG = 0.7
"""From this score on somebody fits well, where no gate excludes her. What is not known does not exclude: it asks."""


@dataclass(frozen=True, slots=True)
class WellMet:
    """A new vacancy, and how many fit it well."""

    vacancy: Vacancy
    people: int


def well_met(session: Session, actor: Actor) -> list[WellMet]:
    """The newest open vacancies for which somebody fits well, the newest first. It names nobody, so it is no event."""
    actor = actor.doing(Operation.MATCH)
    newest = list(session.exec(queries.newest_vacancies(actor, clock.now() - NEW_FOR, MOST)))
    if not newest:
        return []
    today, weights = clock.today(), standing_weights(session, actor)
    openings = [loading.vacancy(record) for record in vacancies.records_of(session, actor, newest)]
    everybody = holding.candidates(session, actor, today)
    if not everybody.ids:
        return []
    known = holding.knowledge(session, actor, openings, today)
    board = scoring.board(openings, everybody.vocabulary, today, weights, known)
    scores = scoring.all_pairs(everybody.arrays, board)
    strong = ((scores.verdict != 0) & (scores.score >= STRONG)).sum(axis=0)  # 0: a gate excludes
    return [WellMet(one, int(number)) for one, number in zip(newest, np.asarray(strong), strict=True) if number]
