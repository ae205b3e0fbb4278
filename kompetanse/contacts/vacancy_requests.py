"""A neighbour posts a vacancy; it is matched at home on all that is known, and the answer is coarse."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation, system_actor
from kompetanse.contacts import queries, rules
from kompetanse.contacts.rules import Earlier
from kompetanse.contacts.tables import NeighbourVacancy as Posted
from kompetanse.errors import BudgetSpent, NotFound
from kompetanse.matching import holding, loading
from kompetanse.matching.features import VacancyFeatures
from kompetanse.matching.gaps import GOOD
from kompetanse.matching.service import standing_weights
from kompetanse.matching.vectors import scoring
from kompetanse.sharing import agreements, describing
from kompetanse.sharing import queries as agreed
from kompetanse.sharing.periods import period_of
from kompetanse.taxonomy import service as taxonomy
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import VacancyFields

__all__ = ["Posted", "own", "people_of", "post", "read"]


def post(session: Session, actor: Actor, fields: VacancyFields, content: dict[str, Any]) -> Posted:
    """Take in a neighbour's vacancy and say whether fewer than five fit, or more.

    Only people whom the neighbour may be told of at all are looked at. Every request is kept and recorded.

    Args:
        session: in the scope of the municipality that is asked.
        actor: the neighbour.
        fields: the vacancy.
        content: the same as it was posted, to be kept.

    Raises:
        Invalid: a field that breaks a rule. Forbidden: no agreement stands. BudgetSpent: too many in thirty days.
    """
    actor = actor.doing(Operation.REQUEST_CONTACT)
    agreement = agreements.standing_with(session, actor)
    session.exec(agreed.agreements(actor).with_for_update()).all()  # two who post at once come one after the other
    since = clock.now() - timedelta(days=rules.BUDGET_DAYS)
    if (session.scalar(queries.posted_since(actor, since)) or 0) >= agreement.budget:
        raise BudgetSpent(f"The agreement allows {agreement.budget} vacancy requests in {rules.BUDGET_DAYS} days")
    units, period = _units_that_fit(session, actor, _features(session, actor, fields)), period_of(clock.today())
    earlier = (_earlier(one) for one in session.exec(queries.posted_in(actor.municipality_no, period)))
    posted = Posted(
        municipality_no=actor.municipality_no,
        recipient_no=agreement.recipient_no,
        received_from=actor.id,
        content=content,
        period=period,
        matched=[f"{person_id}:{unit}" for person_id, unit in units.items()],
        found=rules.found(set(units.values()), earlier),
    )
    session.add(posted)
    session.flush()
    audit.record(session, actor, "request_match", "neighbour_vacancy", [posted.id])
    return posted


def own(session: Session, actor: Actor) -> list[Posted]:
    """What the actor's municipality posted, newest first. Raises Forbidden."""
    actor = actor.doing(Operation.REQUEST_CONTACT)
    agreements.standing_with(session, actor)
    audit.record(session, actor, "list", "neighbour_vacancy")
    return list(session.exec(queries.own_vacancies(actor)))


def read(session: Session, actor: Actor, vacancy_id: UUID) -> Posted:
    """One of them. Raises NotFound, Forbidden."""
    actor = actor.doing(Operation.REQUEST_CONTACT)
    agreements.standing_with(session, actor)
    posted = session.exec(queries.own_vacancies(actor).where(Posted.id == vacancy_id)).one_or_none()
    if posted is None:
        raise NotFound("vacancy request")
    audit.record(session, actor, "read", "neighbour_vacancy", [posted.id])
    return posted


def people_of(posted: Posted) -> list[UUID]:
    """Whom a vacancy was found to fit: for the municipality's own coordinator."""
    return [UUID(one.partition(":")[0]) for one in posted.matched]


def _earlier(posted: Posted) -> Earlier:
    return Earlier(frozenset(UUID(one.partition(":")[2]) for one in posted.matched), posted.found)


def _features(session: Session, actor: Actor, fields: VacancyFields) -> VacancyFeatures:
    """The vacancy as matching sees it: outside the municipality, wherever the work is."""
    words = taxonomy.lexicon(session, system_actor(actor.municipality_no))
    record = vacancies.drafted(actor.municipality_no, fields, words)
    if record.vacancy.workplace_no is None:
        record.vacancy.workplace_no = actor.recipient_no
    return loading.vacancy(record)


def _units_that_fit(session: Session, actor: Actor, wanted: VacancyFeatures) -> dict[UUID, UUID]:
    """Those within the vacancy's reach whom the neighbour may be told of, each with her household, the best first.

    Everybody is scored in every case, so that the time tells nothing.
    """
    at_home, today = system_actor(actor.municipality_no), clock.today()
    everybody = holding.candidates(session, at_home, today)
    known = holding.knowledge(session, at_home, [wanted], today)
    board = scoring.board([wanted], everybody.vocabulary, today, standing_weights(session, at_home), known)
    scores = scoring.all_pairs(everybody.arrays, board)
    reached = (scores.verdict[:, 0] != 0) & (scores.score[:, 0] >= GOOD)
    profiles = describing.shareable(session, actor.municipality_no, [actor.recipient_no or ""])
    rows = np.flatnonzero(reached)
    best_first = rows[np.argsort(-scores.score[rows, 0], kind="stable")]
    ids: Iterable[UUID] = (everybody.ids[row] for row in best_first.tolist())
    return {one: profiles[one].unit for one in ids if one in profiles}
