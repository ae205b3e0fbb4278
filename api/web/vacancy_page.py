"""Puts together what a vacancy's page shows: what it asks for, who fits and why, who is put forward."""

from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.pages import page
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import ReferralStage, VacancyStatus
from kompetanse.matching import service as matching
from kompetanse.matching.ordering import Wanted
from kompetanse.placements import service as placements
from kompetanse.placements.rules import NEXT_STAGES
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.rules import is_html

SHOWN = 20


def show(request: Request, session: Session, who: Actor, vacancy_id: UUID) -> Response:
    """The page of a vacancy, as far as the visitor's role goes."""
    record = vacancies.read(session, who, vacancy_id)
    vacancy = record.vacancy
    matchable = who.may(Operation.MATCH) and vacancy.status is VacancyStatus.OPEN
    referrals = placements.referrals_for(session, who, vacancy_id) if who.may(Operation.READ_REFERRALS) else []
    return page(
        request,
        "vacancies/vacancy.html",
        record=record,
        vacancy=vacancy,
        description_is_html=vacancy.description is not None and is_html(vacancy.description),
        ranked=matching.candidates_for(session, who, vacancy_id, Wanted(SHOWN)) if matchable else None,
        referrals=referrals,
        referred={view.referral.person_id for view in referrals},
        next_stages=lambda stage: [one for one in ReferralStage if one in NEXT_STAGES[stage]],
    )
