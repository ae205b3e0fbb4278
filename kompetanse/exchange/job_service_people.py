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
from kompetanse.exchange.job_service_queries import reference, stored
from kompetanse.exchange.rules_sql import BETWEEN, listed
from kompetanse.people.tables import ContactPoint

Values = Mapping[str, ColumnElement[Any]]
"""SQL expressions by the names of the columns that they fill."""


def rows(values: Values, *keys: ColumnElement[Any], of: FromClause) -> Select[Any]:
    """A select of the values, after the columns that its rows are ordered by."""
    return select(*keys, *(value.label(name) for name, value in values.items())).select_from(of)


class PeoplePage:
    """The people that a select of `job_service_queries.seekers` gives, on a day."""

    def __init__(self, page: Select[Any], today: date) -> None:
        self.cte = page.cte("page")
        self.today = today
        self._profile = stored(Profile).alias("profile")
        self._own_business = self._wishing(WishKind.OWN_BUSINESS)

    def joined(self) -> Any:  # noqa: ANN401 - a join
        """The page with what `values` takes from beside it."""
        p, profile, own = self.cte.c, self._profile, self._own_business
        same = and_(profile.c.municipality_no == p.municipality_no, profile.c.person_id == p.id)
        return self.cte.outerjoin(profile, same).outerjoin(own, own.c.person_id == p.id)

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
            "telefon": self._contact(ContactKind.PHONE),
            "epost": self._contact(ContactKind.EMAIL),
            "trenger_tolk": p.needs_interpreter,
            "ansettelsesform": self._employment(),
            "stillingsprosent_min": profile.percentage_min,
            "stillingsprosent_maks": profile.percentage_max,
            "arbeidstid": listed(profile.shifts),
            "ledig_fra": profile.available_from,
            "samtykke_dato": func.coalesce(p.given_on, DayInNorway(p.recorded_at)),
            "samtykke_til": p.expires_on,
        }

    def own(self, table: type[SQLModel]) -> tuple[Any, Any]:
        """The columns of a table whose rows belong to people, and the page joined with it."""
        theirs, p = stored(table), self.cte.c
        same = and_(theirs.c.municipality_no == p.municipality_no, theirs.c.person_id == p.id)
        return theirs.c, self.cte.join(theirs, same)

    def _contact(self, kind: ContactKind) -> ColumnElement[Any]:
        point, p = stored(ContactPoint).c, self.cte.c
        first = select(point.value).where(
            point.municipality_no == p.municipality_no, point.person_id == p.id, point.kind == kind
        )
        return first.order_by(point.position, point.id).limit(1).correlate(self.cte).scalar_subquery()

    def _wishing(self, kind: WishKind) -> Subquery:
        wish, joined = self.own(Wish)
        wanted = (wish.kind == kind) & (wish.strength != Strength.NEVER)
        return select(wish.person_id).select_from(joined).where(wanted).group_by(wish.person_id).subquery(kind.value)

    def _employment(self) -> ColumnElement[Any]:
        """Full time and part time by the percentages, and work of one's own; nothing where none is stated."""
        least, most = self._profile.c.percentage_min, self._profile.c.percentage_max
        forms = (
            (func.coalesce(most, least) == 100, Employment.FULL_TIME),
            (func.coalesce(least, most) < 100, Employment.PART_TIME),
            (self._own_business.c.person_id.is_not(None), Employment.SELF_EMPLOYED),
        )
        words = [case((holds, f"{BETWEEN}{form}"), else_="") for holds, form in forms]
        told = words[0].op("||")(words[1]).op("||")(words[2])
        return func.nullif(func.substr(told, len(BETWEEN) + 1), "")
