"""New vacancies for which somebody fits well: only the newest few are scored, so that it may be asked often."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
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
    """A new vacancy, and how many fit it well of whom nothing is decided yet."""

    vacancy: Vacancy
    people: int


def well_met(session: Session, actor: Actor, handled: Collection[tuple[UUID, UUID]] = frozenset()) -> list[WellMet]:
    """The newest open vacancies for which somebody fits well, the newest first. It names nobody, so it is no event.

    `handled` are pairs of vacancy and person about which something is done already, as for those who are set aside:
    they are counted no more.
    """
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
    strong = (scores.verdict != 0) & (scores.score >= STRONG)  # 0: a gate excludes
    _leave_out(strong, everybody.ids, newest, _decided(session, actor, handled))
    numbers = strong.sum(axis=0)
    return [WellMet(one, int(number)) for one, number in zip(newest, numbers, strict=True) if number]


def _leave_out(
    strong: NDArray[np.bool_], people: Sequence[UUID], newest: Sequence[Vacancy], pairs: Collection[tuple[UUID, UUID]]
) -> None:
    """Strike pairs of vacancy and person; `strong`: bool[people, vacancies]."""
    rows = {one: row for row, one in enumerate(people)}
    columns = {one.id: column for column, one in enumerate(newest)}
    for vacancy_id, person_id in pairs:
        if vacancy_id in columns and person_id in rows:
            strong[rows[person_id], columns[vacancy_id]] = False


def _decided(session: Session, actor: Actor, handled: Collection[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """The pairs that are handled, and those that are set aside."""
    aside = session.execute(queries.set_aside(actor)).all()
    return {*handled, *((vacancy_id, person_id) for vacancy_id, person_id in aside)}
