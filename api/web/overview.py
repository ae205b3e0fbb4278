"""The municipality at a glance: its newcomers in numbers, and on a map."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.web import formats
from api.web.csv_answer import csv_answer
from api.web.dependencies import MayReadReports, WebSessionDep
from api.web.formats import occupation_name
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.pages import page
from api.web.words import word
from kompetanse.codes.countries import Region
from kompetanse.codes.education import EducationLevel
from kompetanse.errors import NotFound
from kompetanse.exchange.csv_safe import CellType, Column
from kompetanse.overview import places
from kompetanse.overview import service as overview
from kompetanse.overview.places import PlaceCount
from kompetanse.overview.rules import EARLIER, NOT_STATED, YEAR_ONLY, Bar, Figure, Lying, Mapped
from kompetanse.overview.service import Figures

router = APIRouter()

OPENINGS = "openings"
"""The chart of people beside positions, which is no series of people alone."""

_TITLES: Mapping[str, str] = {
    Figure.ORIGIN: _("Hvor de kommer fra"),
    Figure.OCCUPATION: _("Hovedyrke"),
    Figure.NORWEGIAN: _("Norsk, muntlig"),
    Figure.EDUCATION: _("Høyeste utdanning"),
    Figure.ARRIVAL: _("Når de kom til kommunen"),
    Figure.MAPPING: _("Kartlegging"),
    Figure.UNUSED: _("Ubrukt kompetanse"),
    OPENINGS: _("Folk og ledige stillinger"),
}
_ORDER = (
    OPENINGS, Figure.UNUSED, Figure.NORWEGIAN, Figure.EDUCATION, Figure.ORIGIN, Figure.ARRIVAL, Figure.MAPPING,
)  # fmt: skip
"""Charts as the page shows them. The first tells of main occupations what theirs alone would."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A bar in words. `people` is None where the count is hidden; `positions` where none are shown beside it.

    What is not of the others' kind, as everybody who came before them, is told and not `drawn`. `stated` is False where
    it is those of whom nothing is.
    """

    text: str
    people: int | None
    positions: int | None = None
    drawn: bool = True
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in words; `longest` is the largest of the counts that are drawn, at least 1."""

    name: str
    title: str
    rows: Sequence[ChartRow]
    longest: int


@router.get("/figures")
def show_figures(request: Request, who: MayReadReports, session: WebSessionDep) -> Response:
    """Charts of the municipality's newcomers, each a table too."""
    found = overview.figures(session, who)
    charts = _charts(found)
    return page(
        request,
        "overview/figures.html",
        charts=[charts[name] for name in _ORDER],
        people=found.people,
        exact=found.exact,
    )


@router.get("/figures/{name}.csv")
def download_figure(name: str, who: MayReadReports, session: WebSessionDep) -> Response:
    """One chart as a file."""
    if name not in _TITLES:
        raise NotFound("figure")
    chart = _charts(overview.figures(session, who))[name]
    columns = _FIGURE_COLUMNS if name != OPENINGS else (*_FIGURE_COLUMNS, _POSITIONS)
    return csv_answer(columns, chart.rows, f"{name}.csv")


@router.get("/map")
def show_map(request: Request, who: MayReadReports, session: WebSessionDep) -> Response:
    """Where newcomers live and where positions are open, as a table that a script draws as a map too."""
    found = places.map_of_places(session, who)
    return page(request, "overview/map.html", found=found, own=who.municipality_no)


@router.get("/map/places.csv")
def download_places(who: MayReadReports, session: WebSessionDep) -> Response:
    """The map's table as a file."""
    found = places.map_of_places(session, who)
    return csv_answer(_PLACE_COLUMNS, found.places, "steder.csv")


@router.get("/map/place")
def show_place(
    request: Request, name: Annotated[str, Query(max_length=60)], who: MayReadReports, session: WebSessionDep
) -> Response:
    """Who lives in a place, for whoever may know them, and which positions are open there."""
    return page(request, "overview/place.html", found=places.read_place(session, who, name))


def _charts(found: Figures) -> Mapping[str, Chart]:
    made = {
        one.figure.value: _chart(one.figure, [_row(one.figure, bar) for bar in one.bars if _tells(bar)])
        for one in found.series
    }
    beside = [
        ChartRow(_called(Figure.OCCUPATION, one.code), one.people, one.positions, stated=one.code != NOT_STATED)
        for one in found.openings
    ]
    return {**made, OPENINGS: _chart(OPENINGS, beside)}


def _tells(bar: Bar) -> bool:
    """Whether a bar is worth its row: nobody of whom nothing is stated, is not."""
    return bar.people != 0 or bar.code not in (NOT_STATED, YEAR_ONLY)


def _row(figure: Figure, bar: Bar) -> ChartRow:
    drawn = figure is not Figure.ARRIVAL or bar.code not in (EARLIER, YEAR_ONLY, NOT_STATED)
    return ChartRow(_called(figure, bar.code), bar.people, drawn=drawn, stated=bar.code != NOT_STATED)


def _chart(name: str, rows: Sequence[ChartRow]) -> Chart:
    longest = max((one or 0 for row in rows if row.drawn for one in (row.people, row.positions)), default=0)
    return Chart(name, gettext(_TITLES[name]), rows, longest or 1)


def _called(figure: Figure, code: str) -> str:
    """What a bar is called; a level of CEFR by its code."""
    if code == NOT_STATED:
        return gettext(_("Ikke oppgitt"))
    return str(_CALLED[figure](code)) if figure in _CALLED else code


def _when(code: str) -> str:
    """A quarter, as in 3. kvartal 2026."""
    if code == EARLIER:
        return gettext(_("Tidligere"))
    if code == YEAR_ONLY:
        return gettext(_("Bare året er oppgitt"))
    year, quarter = code.split("-")
    return gettext(_("%(quarter)s. kvartal %(year)s")) % {"quarter": quarter, "year": year}


def _people_of(one: PlaceCount) -> str:
    """How many people, as the map tells it."""
    if one.people is None:
        return gettext(_("skjult"))
    return gettext(_("færre enn 3")) if one.few else str(one.people)


_CALLED: Mapping[Figure, Callable[[str], str | None]] = {
    Figure.ORIGIN: lambda code: formats.named(Region(code)),
    Figure.OCCUPATION: occupation_name,
    Figure.EDUCATION: lambda code: formats.named(EducationLevel(code)),
    Figure.ARRIVAL: _when,
    Figure.MAPPING: lambda code: word(Mapped(code)),
    Figure.UNUSED: lambda code: word(Lying(code)),
}
_FIGURE_COLUMNS: tuple[Column[ChartRow], ...] = (
    Column("gruppe", lambda one: one.text, CellType.STRING, "Gruppen", "The group"),
    Column(
        "tilflyttere",
        lambda one: one.people,
        CellType.INTEGER,
        "Hvor mange; tomt er skjult",
        "How many; empty is hidden",
    ),
)
_POSITIONS: Column[ChartRow] = Column(
    "ledige stillinger", lambda one: one.positions, CellType.INTEGER, "Ledige stillinger", "Open positions"
)
_PLACE_COLUMNS: tuple[Column[PlaceCount], ...] = (
    Column("sted", lambda one: one.place.name, CellType.STRING, "Stedet", "The place"),
    Column("kommunenummer", lambda one: one.place.municipality_no, CellType.STRING, "Kommunen", "The municipality"),
    Column("tilflyttere", _people_of, CellType.STRING, "Hvor mange tilflyttere", "How many newcomers"),
    Column("ledige stillinger", lambda one: one.positions, CellType.INTEGER, "Ledige stillinger", "Open positions"),
    Column(
        "minutter fra sentrum", lambda one: one.minutes, CellType.INTEGER, "Reisetid fra kommunesenteret", "Travel time"
    ),
)
