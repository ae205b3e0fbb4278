"""Candidates of a vacancy taken out of the list: two or three side by side, or all of them for a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.web.csv_answer import csv_file
from api.web.dependencies import MayMatch, WebSessionDep
from api.web.pages import page
from api.web.rankings import ShownDep
from api.web.reasons import Card, Told, card, reason_concepts
from kompetanse.errors import Invalid
from kompetanse.exchange import candidates
from kompetanse.matching.comparing import Comparison, compare
from kompetanse.matching.explanation import Match, Reason
from kompetanse.matching.ordering import Wanted
from kompetanse.placements import service as placements
from kompetanse.vacancies import service as vacancies

router = APIRouter(prefix="/vacancies/{vacancy_id}")

MOST_CANDIDATES = 1000
"""So many candidates a spreadsheet holds at most."""

_Asked: TypeAlias = tuple[str, str | None]
"""What tells a requirement from the others of its vacancy."""


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement, and how each candidate stands to it; None where it is not asked of her."""

    requirement: str
    gate: bool
    cells: Sequence[Told | None]

    @property
    def differs(self) -> bool:
        """Whether the candidates stand differently to it."""
        return len({one and (one.outcome, one.stands) for one in self.cells}) > 1


@router.get("/compare")
def show(
    request: Request,
    vacancy_id: UUID,
    who: MayMatch,
    session: WebSessionDep,
    candidate: Annotated[list[UUID] | None, Query(max_length=20)] = None,
) -> Response:
    """The candidates that are ticked, requirement by requirement; or how to choose some."""
    vacancy = vacancies.read(session, who, vacancy_id).vacancy
    try:
        found = compare(session, who, vacancy_id, candidate or [])
    except Invalid:
        found = Comparison((), {})
    concepts = reason_concepts(session, found.matches)
    cards = [card(one, concepts) for one in found.matches]
    rows = _rows(found.matches, cards)
    return page(
        request,
        "vacancies/compare.html",
        vacancy=vacancy,
        found=found,
        cards=cards,
        differing=[one for one in rows if one.differs],
        alike=[one for one in rows if not one.differs],
        chosen=urlencode([("candidate", one.person_id) for one in found.matches]),
        referred=placements.referrals_among(session, who, {(vacancy_id, one) for one in found.people}),
    )


@router.get("/candidates.csv")
def download(vacancy_id: UUID, who: MayMatch, session: WebSessionDep, shown: ShownDep) -> Response:
    """The candidates with every reason, as the page shows them: for the coordinator's own eyes."""
    wanted = Wanted(MOST_CANDIDATES, verdict=shown.gates)
    return csv_file(candidates.export_candidates(session, who, vacancy_id, wanted), "kandidater.csv")


def _rows(matches: Sequence[Match], cards: Sequence[Card]) -> list[Row]:
    """The requirements in the vacancy's order, also those that are asked of some alone."""
    told: list[dict[_Asked, Told]] = [
        {_asked(reason): said for reason, said in zip(match.reasons, shown.reasons, strict=True)}
        for match, shown in zip(matches, cards, strict=True)
    ]
    asked = dict.fromkeys(key for column in told for key in column)
    rows = []
    for key in asked:
        cells = [column.get(key) for column in told]
        first = next(one for one in cells if one is not None)
        rows.append(Row(first.requirement, first.gate, cells))
    return rows


def _asked(reason: Reason) -> _Asked:
    return reason.kind.value, reason.key
