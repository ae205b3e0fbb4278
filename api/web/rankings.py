"""Which part of a ranking a page shows: the gates' outcome and the place, as they stand in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query

from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.reason_texts import VERDICTS
from kompetanse.matching.explanation import Ranking, Verdict
from kompetanse.matching.ordering import Wanted

PAGE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """The gates' outcome that is asked for (None: whoever no gate excludes), and after whom the page begins."""

    gates: Verdict | None = None
    cursor: UUID | None = None

    @property
    def wanted(self) -> Wanted:
        """The part of the ranking."""
        return Wanted(PAGE_LENGTH, self.cursor, self.gates)

    @property
    def query(self) -> str:
        """How it stands in an address; empty for the first page of all."""
        said = {"gates": self.gates and self.gates.value, "cursor": self.cursor and str(self.cursor)}
        stated = {name: value for name, value in said.items() if value}
        return f"?{urlencode(stated)}" if stated else ""

    @property
    def beginning(self) -> "Shown":
        """The first page of the same outcome."""
        return Shown(self.gates)


async def get_shown(
    gates: Annotated[Verdict | None, Query()] = None, cursor: Annotated[UUID | None, Query()] = None
) -> Shown:
    """What the address asks for."""
    return Shown(gates, cursor)


ShownDep = Annotated[Shown, Depends(get_shown)]


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice of the gates' outcome: what it is called, how many it shows, where it leads."""

    text: str
    number: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways through a ranking: filters, the next page and the first; `all_query` is all of the same outcome."""

    filters: Sequence[Filter]
    next_query: str | None
    first_query: str | None
    all_query: str


def ways(shown: Shown, ranking: Ranking) -> Ways:
    """The ways from the part of a ranking that is shown."""
    by_outcome = [(gates, text, ranking.counts[gates]) for gates, text in VERDICTS.items()]
    return Ways(
        filters=[
            Filter(gettext(text), number, Shown(gates).query, gates is shown.gates)
            for gates, text, number in [(None, _("Alle"), ranking.considered), *by_outcome]
        ],
        next_query=Shown(shown.gates, ranking.next).query if ranking.next else None,
        first_query=shown.beginning.query if shown.cursor else None,
        all_query=shown.beginning.query,
    )
