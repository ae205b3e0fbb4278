"""Referrals over REST: putting people forward, and following what comes of it."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.dependencies import IfMatch, MayReadReferrals, MayRefer, OnceDep, SessionDep, set_etag
from api.problems import responses
from kompetanse.placements import service
from schemas.placements import (
    CandidateReferral,
    CandidateReferralList,
    PersonReferral,
    PersonReferralList,
    ReferralCreate,
    ReferralOut,
    StageChange,
)

router = APIRouter(tags=["referrals"])


@router.post("/vacancies/{vacancy_id}/referrals", status_code=201, responses=responses(404, 409, 422))
def refer(
    vacancy_id: UUID, body: ReferralCreate, who: MayRefer, session: SessionDep, once: OnceDep, response: Response
) -> ReferralOut:
    """Put a person forward for an open vacancy."""

    def make() -> UUID:
        made = service.refer(
            session, who, vacancy_id=vacancy_id, person_id=body.person_id, note=body.note, score=body.score
        )
        return made.id

    referral = service.read(session, who, once.create(make))
    response.headers["Location"] = f"/api/v1/referrals/{referral.id}"
    set_etag(response, referral.version)
    return ReferralOut.model_validate(referral)


@router.get("/vacancies/{vacancy_id}/referrals", responses=responses(404))
def of_vacancy(vacancy_id: UUID, who: MayReadReferrals, session: SessionDep) -> CandidateReferralList:
    """Who is put forward for a vacancy. HR clients see those who were sent to their own unit."""
    views = service.referrals_for(session, who, vacancy_id)
    items = [
        CandidateReferral(
            **ReferralOut.model_validate(view.referral).model_dump(),
            given_name=view.given_name,
            family_name=view.family_name,
        )
        for view in views
    ]
    return CandidateReferralList(items=items)


@router.get("/people/{person_id}/referrals", responses=responses(404))
def of_person(person_id: UUID, who: MayReadReferrals, session: SessionDep) -> PersonReferralList:
    """What a person is put forward for."""
    views = service.referrals_of(session, who, person_id)
    items = [
        PersonReferral(**ReferralOut.model_validate(view.referral).model_dump(), title=view.title, unit=view.unit)
        for view in views
    ]
    return PersonReferralList(items=items)


@router.get("/referrals/{referral_id}", responses=responses(404))
def read(referral_id: UUID, who: MayReadReferrals, session: SessionDep, response: Response) -> ReferralOut:
    """A referral."""
    referral = service.read(session, who, referral_id)
    set_etag(response, referral.version)
    return ReferralOut.model_validate(referral)


@router.post("/referrals/{referral_id}/stage", responses=responses(404, 409, 412, 422, 428))
def advance(
    referral_id: UUID, body: StageChange, who: MayRefer, version: IfMatch, session: SessionDep, response: Response
) -> ReferralOut:
    """Take a referral to another stage: proposed, accepted by the person, sent, interview, hired.

    From each of these but hired it can be declined or withdrawn, and from there proposed anew.
    """
    referral = service.advance(session, who, referral_id, version, body.stage)
    set_etag(response, referral.version)
    return ReferralOut.model_validate(referral)


@router.post("/referrals/{referral_id}/follow-up", responses=responses(404, 409, 412, 422, 428))
def follow_up(
    referral_id: UUID, who: MayRefer, version: IfMatch, session: SessionDep, response: Response
) -> ReferralOut:
    """Say that a referral was followed up and stands where it stood: it leaves today's list until it is due again."""
    referral = service.followed_up(session, who, referral_id, version)
    set_etag(response, referral.version)
    return ReferralOut.model_validate(referral)
