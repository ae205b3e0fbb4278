"""The first page after logging in: what waits, how things stand, and the ways on."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from api.dependencies import StateDep
from api.state import State
from api.web import searches
from api.web.dependencies import FormDep, MayMatch, MayRefer, VisitorDep, WebSessionDep
from api.web.i18n import gettext as _
from api.web.i18n import mark
from api.web.pages import go, page
from kompetanse import clock
from kompetanse.actor import Actor, Operation
from kompetanse.analytics import service as analytics
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.codes.work import VacancyStatus
from kompetanse.competence.listing import list_people
from kompetanse.contacts import service as contacts
from kompetanse.finding.criteria import NO_SEARCH, PeopleFilter
from kompetanse.identity import service as identity
from kompetanse.matching import following
from kompetanse.paging import PageRequest
from kompetanse.people import consents, erasures
from kompetanse.placements import service as placements
from kompetanse.today import service as today
from kompetanse.today.rules import Kind
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import VacancyFilter

router = APIRouter()

SOON = 5
"""How many vacancies are listed to who has nothing to do about them, the nearest deadlines first."""

EACH = 5
"""How many things of a kind each part shows: few enough for a page that is taken in at a glance."""


_CONSENTED = {
    ConsentPurpose.SHARE_WITH_NEIGHBOURS: mark("samtykker til deling i grupper"),
    ConsentPurpose.EXPORT_TO_JOB_SERVICE: mark("samtykker til jobbformidlingen"),
    ConsentPurpose.AMBASSADOR: mark("vil være ambassadør"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A number, what it counts, and where it leads."""

    number: int
    text: str
    path: str


@router.get("/")
def show(
    request: Request,
    visitor: VisitorDep,
    session: WebSessionDep,
    state: StateDep,
    kind: Annotated[Kind | None, Query()] = None,
) -> Response:
    """What waits for this visitor, by what is due first; or all that waits of one kind."""
    who = visitor.actor
    if kind is not None:
        found = today.gather(session, who, {kind})
        return page(request, "today/kind.html", kind=kind, waiting=found)
    soon = []
    if who.may(Operation.READ_VACANCIES) and not who.may(Operation.WRITE_VACANCIES):
        wanted = VacancyFilter(status=VacancyStatus.OPEN)
        soon = list(vacancies.list_vacancies(session, who, wanted, PageRequest(SOON)).items)
    return page(
        request,
        "today/home.html",
        first_name=visitor.name.split(" ", 1)[0],
        waiting=today.gather(session, who, frozenset(Kind) - {Kind.STRONG_CANDIDATES}, EACH),
        tiles=_tiles(session, who, state),
        soon=soon,
        met=following.newly_met(session, who, clock.now() - following.NEW_FOR) if who.may(Operation.MATCH) else [],
    )


@router.get("/today/candidates")
def show_candidates(request: Request, who: MayMatch, session: WebSessionDep) -> Response:
    """New vacancies with strong candidates: a part of the first page that is scored when the rest is there."""
    found = today.gather(session, who, {Kind.STRONG_CANDIDATES})
    return page(request, "today/kind.html", kind=Kind.STRONG_CANDIDATES, waiting=found)


@router.post("/today/{referral_id}/followed-up")
def followed_up(referral_id: UUID, form: FormDep, who: MayRefer, session: WebSessionDep) -> Response:
    """Say that a referral was followed up, and rests."""
    placements.followed_up(session, who, referral_id, form.version())
    return go("/", "followed-up")


def _tiles(session: Session, who: Actor, state: State) -> list[Tile]:
    tiles = []
    if who.may(Operation.READ_PEOPLE):
        for text, wanted in (
            (_("personer i registeret"), NO_SEARCH),
            (_("er ikke kartlagt ennå"), PeopleFilter(not_mapped=True)),
            (_("trenger tolk"), PeopleFilter(needs_interpreter=True)),
        ):
            count = list_people(session, who, wanted, PageRequest(1)).total or 0
            tiles.append(Tile(count, text, searches.address(state.sealer, who, wanted)))
    if who.may(Operation.READ_VACANCIES):
        wanted_vacancies = VacancyFilter(status=VacancyStatus.OPEN)
        count = vacancies.list_vacancies(session, who, wanted_vacancies, PageRequest(1)).total or 0
        tiles.append(Tile(count, _("ledige stillinger"), "/vacancies"))
    if who.may(Operation.READ_PEOPLE) and (leaving := erasures.count_waiting(session, who)):
        tiles.append(Tile(leaving, _("venter på svar om å bli slettet"), "/erasures"))
    if who.may(Operation.HANDLE_CONTACTS) and (waiting := contacts.waiting(session, who)):
        tiles.append(Tile(waiting, _("naboer venter på at du spør noen"), "/sharing/requests"))
    if who.may(Operation.READ_CONSENTS) and not who.may(Operation.READ_PEOPLE):
        given = {tally.purpose: tally.granted for tally in consents.tallies(session, who)}
        for purpose, text in _CONSENTED.items():
            tiles.append(Tile(given[purpose], _(text), f"/consents?purpose={purpose.value}&granted=yes"))
    if who.may(Operation.EXPORT_ANALYTICS) and not who.may(Operation.READ_PEOPLE):
        made = analytics.count_extracts(session, who)
        tiles.append(Tile(made, _("analyseuttrekk er laget"), "/export/analytics"))
    if who.may(Operation.ADMINISTER_ACCOUNTS):
        open_now = [one for one in identity.list_accounts(session, who) if one.disabled_at is None]
        tiles.append(Tile(len(open_now), _("brukere kan logge inn"), "/accounts"))
    return tiles
