"""Vacancies near her: what fits, what she lacks and the way there; and her interest, which is no application."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.i18n import mark as _
from api.web.my.dependencies import MayChangeOwn, MayReadOwn, OwnFormDep, OwnSessionDep
from api.web.my.formats import place
from api.web.my.job_words import told
from api.web.my.pages import HOME, go, own_page
from api.web.my.words import PARTS
from api.web.sentences import Concepts
from kompetanse.competence.fields import ProfilePart
from kompetanse.matching.explanation import RequirementKind
from kompetanse.self_service import jobs, service
from kompetanse.self_service.jobs import Jobs, Stands
from kompetanse.taxonomy import service as taxonomy

router = APIRouter(prefix="/jobs")

JOBS = f"{HOME}/jobs"

_HEADINGS: Mapping[Stands, str] = MappingProxyType(
    {
        Stands.FITS: _("Passer for deg nå"),
        Stands.MAY_FIT: _("Kan passe. Vi må vite mer om deg."),
        Stands.LACKS: _("Kan passe senere. Noe mangler."),
    }
)

_TELLING = (
    ProfilePart.EXPERIENCES,
    ProfilePart.SKILLS,
    ProfilePart.LANGUAGES,
    ProfilePart.EDUCATIONS,
    ProfilePart.WISHED_OCCUPATIONS,
)
"""The parts of a profile by which jobs are found, the most telling first."""


@router.get("")
def show(request: Request, who: MayReadOwn, session: OwnSessionDep) -> Response:
    """The few that fit best, and those that nearly do."""
    found = jobs.near_me(session, who)
    profile = service.read(session, who).profile
    concepts = _concepts(session, found)
    return own_page(
        request,
        "jobs.html",
        jobs=found,
        headings=_HEADINGS,
        told={one.ad.id: told(one.match, concepts) for one in found.told},
        concepts=concepts,
        empty_parts={part: PARTS[part] for part in _TELLING if not profile.part(part)},
        place=place,
    )


@router.post("/{vacancy_id}/interested")
def say_interested(vacancy_id: UUID, _form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Let the coordinator know."""
    jobs.say_interested(session, who, vacancy_id)
    return go(JOBS, "interested")


@router.post("/{vacancy_id}/not-interested")
def take_back(vacancy_id: UUID, _form: OwnFormDep, who: MayChangeOwn, session: OwnSessionDep) -> Response:
    """Take that back."""
    jobs.take_back(session, who, vacancy_id)
    return go(JOBS, "not-interested")


def _concepts(session: Session, found: Jobs) -> Concepts:
    """What vacancies and their skills are called in her language, by URI."""
    named = {one.ad.concept for one in found.told}
    named |= {reason.key for one in found.told for reason in one.match.reasons if reason.kind is RequirementKind.SKILL}
    return taxonomy.concepts(session, {uri for uri in named if uri and uri.startswith("http")})
