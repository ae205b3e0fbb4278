"""A page of people as SQL: what both the wide line and the normalised set say of the person herself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, case, func, literal, select
from sqlmodel import SQLModel

from kompetanse.codes.residence import ContactKind
from kompetanse.codes.work import Strength, WishKind
from kompetanse.competence.tables import Profile, Wish
from kompetanse.exchange.csv_sql import DayInNorway
from kompetanse.exchange.job_seekers import Employment, Status
from kompetanse.exchange.job_service_queries import on_page, reference, stored
from kompetanse.exchange.rules_sql import BETWEEN, Columns, listed
from kompetanse.people.tables import ContactPoint

Values = Mapping[str, ColumnElement[Any]]
"""SQL expressions by the names of the columns that they fill."""


def rows(values: Values, *keys: ColumnElement[Any]) -> Select[Any]:
    """A select of the values, after the columns that its rows are ordered by."""
    return select(*keys, *(value.label(name) for name, value in values.items()))


class PeoplePage:
    """The people of a municipality that a select of `job_service_queries.seekers` gives, on a day."""

    def __init__(self, municipality_no: str, page: Select[Any], today: date) -> None:
        self._municipality_no = municipality_no
        self.cte = page.cte("page").prefix_with("MATERIALIZED")
        self.today = today
        self._profile = stored(Profile).alias("profile")
        self._reached = self._contacts()

    def joined(self) -> FromClause:
        """The page with what `values` takes from beside it."""
        profile = self._profile
        same = and_(profile.c.person_id == self.cte.c.id, on_page(self._municipality_no, profile))
        joined = self.cte.outerjoin(profile, same)
        return joined.outerjoin(self._reached, self._reached.c.person_id == self.cte.c.id)

    def values(self) -> dict[str, ColumnElement[Any]]:
        """The columns of `job_seekers.PEOPLE`."""
        p, profile = self.cte.c, self._profile.c
        return {
            "referanse": reference(p.id),
            "status": literal(Status.ACTIVE.value),
            "kommunenummer": p.municipality_no,
            "etternavn": func.nullif(p.family_name, ""),
            "fornavn": func.nullif(p.given_name, ""),
            "fodt": p.born,
            "telefon": self._reached.c.phone,
            "epost": self._reached.c.email,
            "trenger_tolk": p.needs_interpreter,
            "ansettelsesform": self._employment(),
            "stillingsprosent_min": profile.percentage_min,
            "stillingsprosent_maks": profile.percentage_max,
            "arbeidstid": listed(profile.shifts),
            "ledig_fra": profile.available_from,
            "samtykke_dato": func.coalesce(p.given_on, DayInNorway(p.recorded_at)),
            "samtykke_til": p.expires_on,
        }

    def own(self, table: type[SQLModel]) -> tuple[Columns, ColumnElement[bool]]:
        """The columns of a table whose rows belong to people, and the condition that they belong to the page's."""
        theirs = stored(table)
        there = theirs.c.person_id.in_(select(self.cte.c.id))
        return theirs.c, and_(on_page(self._municipality_no, theirs), there)

    def _contacts(self) -> Subquery:
        """The first phone number and the first e-mail address."""
        point, theirs = self.own(ContactPoint)
        place = func.row_number().over(partition_by=(point.person_id, point.kind), order_by=(point.position, point.id))
        points = select(point.person_id, point.kind, point.value, place.label("place")).where(theirs).subquery()
        first = [func.max(case((points.c.kind == kind, points.c.value))).label(kind.value) for kind in ContactKind]
        kept = select(points.c.person_id, *first).where(points.c.place == 1).group_by(points.c.person_id)
        return kept.subquery("reached")

    def _wishes(self, kind: WishKind) -> ColumnElement[bool]:
        wish, theirs = self.own(Wish)
        wanted = select(wish.person_id).where(theirs, wish.kind == kind, wish.strength != Strength.NEVER)
        return self.cte.c.id.in_(wanted)

    def _employment(self) -> ColumnElement[Any]:
        """Full time and part time by the percentages, and work of one's own; nothing where none is stated."""
        least, most = self._profile.c.percentage_min, self._profile.c.percentage_max
        forms = (
            (func.coalesce(most, least) == 100, Employment.FULL_TIME),
            (func.coalesce(least, most) < 100, Employment.PART_TIME),
            (self._wishes(WishKind.OWN_BUSINESS), Employment.SELF_EMPLOYED),
        )
        words = [case((holds, f"{BETWEEN}{form}"), else_="") for holds, form in forms]
        told = words[0].op("||")(words[1]).op("||")(words[2])
        return func.nullif(func.substr(told, len(BETWEEN) + 1), "")
