"""Puts together what a vacancy's page shows: what it asks for, who fits and why, who is put forward."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.forms import Filled, filled
from api.web.hints import hints_for
from api.web.pages import page
from api.web.rankings import Shown, ways
from api.web.reasons import reason_concepts
from kompetanse import clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import VacancyStatus
from kompetanse.errors import Invalid
from kompetanse.feeds import service as advertised
from kompetanse.identity import service as identity
from kompetanse.matching import following
from kompetanse.matching import service as matching
from kompetanse.matching.service import RankedCandidates
from kompetanse.placements import interest
from kompetanse.placements import service as placements
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.rules import is_html


def show(
    request: Request, session: Session, who: Actor, vacancy_id: UUID, shown: Shown, refused: Filled | None = None
) -> Response:
    """The page of a vacancy, as far as the visitor's role goes; `refused` is a candidate's form, if one was sent."""
    record = vacancies.read(session, who, vacancy_id)
    vacancy = record.vacancy
    is_open = vacancy.status is VacancyStatus.OPEN
    referrals = placements.referrals_for(session, who, vacancy_id) if who.may(Operation.READ_REFERRALS) else []
    matchable = who.may(Operation.MATCH) and is_open
    writes = who.may(Operation.WRITE_VACANCIES) and is_open
    return page(
        request,
        "vacancies/vacancy.html",
        422 if refused else 200,
        record=record,
        vacancy=vacancy,
        description_is_html=vacancy.description is not None and is_html(vacancy.description),
        hints=hints_for(record) if writes else [],
        writes=writes,
        proposes=writes and bool(vacancy.description),
        advertised_contacts=advertised.contacts_of(session, who, vacancy_id) if matchable else [],
        referrals=referrals,
        interested=interest.interested_in(session, who, vacancy_id) if is_open and who.may(Operation.REFER) else [],
        referred={view.referral.person_id: view.referral for view in referrals},
        **(_candidates(session, who, vacancy_id, shown, refused) if matchable else {"ranked": None}),
    )


def _candidates(session: Session, who: Actor, vacancy_id: UUID, shown: Shown, refused: Filled | None) -> dict[str, Any]:
    """The candidates of the page that is asked for, what is decided of them, and the ways on."""
    ranked, shown = _ranked(session, who, vacancy_id, shown)
    ranking = ranked.ranking
    since = clock.now() - following.NEW_FOR
    listed = (*ranking.matches, *ranking.excluded, *ranked.pinned, *ranked.set_aside)
    return {
        "ranked": ranked,
        "as_of": following.as_of(session, who, vacancy_id, since),
        "ranking": ranking,
        "concepts": reason_concepts(session, listed),
        "ways": ways(shown, ranking),
        "query": shown.query,
        "pinned_ids": {one.person_id for one in ranked.pinned},
        "names": identity.names_of(session, who, {one.marked_by for one in ranked.marks.values()}),
        "mark_form": _mark_forms(ranked, refused),
    }


def _ranked(session: Session, who: Actor, vacancy_id: UUID, shown: Shown) -> tuple[RankedCandidates, Shown]:
    """The page that is asked for; the first where it begins after somebody who is in the ranking no longer."""
    try:
        return matching.candidates_for(session, who, vacancy_id, shown.wanted), shown
    except Invalid:
        return matching.candidates_for(session, who, vacancy_id, shown.beginning.wanted), shown.beginning


def _mark_forms(ranked: RankedCandidates, refused: Filled | None) -> Callable[[str, UUID], Filled]:
    """The forms of each candidate, by what they are for: as they stand, or the one that was refused."""

    def form(name: str, person_id: UUID) -> Filled:
        prefix = f"{name}-{person_id}"
        if refused is not None and refused.prefix == prefix:
            return refused
        mark = ranked.marks.get(person_id)
        return Filled(filled(reason=mark and mark.reason, note=mark and mark.note), prefix=prefix)

    return form
