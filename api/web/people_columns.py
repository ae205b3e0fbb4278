"""The columns of the people's list: which there are, what stands in each, and which ones a browser shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from api.web import formats, words
from api.web.forms import Typed
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.sessions import Cookies
from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import ContactKind
from kompetanse.codes.work import Strength
from kompetanse.competence.details import Details, Part, details
from kompetanse.competence.listing import PersonListing
from kompetanse.people.rules import years_since

COOKIE, _BETWEEN = "people-columns", "."
_KEPT_DAYS = 400
_AT_ONCE = 500
"""Of so many people the details are read in one statement."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: what every list has of a person, and what the chosen columns want besides."""

    listed: PersonListing
    more: Details


@dataclass(frozen=True, slots=True)
class PeopleColumn:
    """A column: its heading, what it must be told of a person, and what stands in it; None is not stated."""

    name: str
    heading: str
    told: Callable[[Row], str | None]
    part: Part | None = None

    @property
    def text(self) -> str:
        """The heading in the reader's language."""
        return gettext(self.heading)


def _joined(texts: Sequence[str | None]) -> str | None:
    return ", ".join(text for text in dict.fromkeys(texts) if text) or None


def _person(read: Callable[..., str | None]) -> Callable[[Row], str | None]:
    return lambda row: read(row.more.person) if row.more.person else None


def _profile(read: Callable[..., str | None]) -> Callable[[Row], str | None]:
    return lambda row: read(row.more.profile) if row.more.profile else None


def _age(row: Row) -> str | None:
    years = years_since(row.listed.born, clock.today())
    return None if years is None else str(years)


def _points(kind: ContactKind) -> Callable[[Row], str | None]:
    def told(row: Row) -> str | None:
        values = [point.value for point in row.more.contacts if point.kind is kind]
        return _joined([formats.phone(value) if kind is ContactKind.PHONE else value for value in values])

    return told


def _education(row: Row) -> str | None:
    levels = [one.level for one in row.more.educations if one.level is not None]
    return formats.named(EducationLevel(max(levels))) if levels else None


def _languages(row: Row) -> str | None:
    return _joined([formats.language_name(one.language) for one in row.more.languages])


def _licences(row: Row) -> str | None:
    return _joined([formats.licence_name(one.licence) for one in row.more.licences if one.holds])


def _wishes(row: Row) -> str | None:
    return _joined([one.title for one in row.more.wishes if one.strength is not Strength.NEVER])


def _skills(row: Row) -> str | None:
    return _joined([one.label for one in row.more.skills if one.holds])


def _codes(codes: Sequence[str] | None, name: Callable[[str], str | None]) -> str | None:
    return _joined([name(code) for code in codes or ()])


COLUMNS: Mapping[str, PeopleColumn] = {
    column.name: column
    for column in (
        PeopleColumn("born", _("Født"), lambda row: formats.partial(row.listed.born)),
        PeopleColumn("age", _("Alder"), _age),
        PeopleColumn(
            "citizenships",
            _("Statsborger"),
            lambda row: _codes(row.listed.citizenships, formats.country_name),
        ),
        PeopleColumn("occupation", _("Hovedyrke"), lambda row: formats.occupation_name(row.listed.occupation)),
        PeopleColumn(
            "norwegian", _("Norsk, muntlig"), lambda row: row.listed.norwegian.value if row.listed.norwegian else None
        ),
        PeopleColumn("skills", _("Ferdigheter"), _skills, Part.SKILLS),
        PeopleColumn("education", _("Utdanning"), _education, Part.EDUCATIONS),
        PeopleColumn("languages", _("Språk"), _languages, Part.LANGUAGES),
        PeopleColumn("licences", _("Førerkort og bevis"), _licences, Part.LICENCES),
        PeopleColumn("wishes", _("Ønsker"), _wishes, Part.WISHES),
        PeopleColumn(
            "percentage",
            _("Stillingsprosent"),
            _profile(lambda one: formats.percentages(one.percentage_min, one.percentage_max)),
            Part.PROFILE,
        ),
        PeopleColumn("shifts", _("Når"), _profile(lambda one: words.shifts(one.shifts)), Part.PROFILE),
        PeopleColumn(
            "available_from", _("Kan begynne"), _profile(lambda one: formats.day(one.available_from)), Part.PROFILE
        ),
        PeopleColumn("mapped_on", _("Kartlagt"), _profile(lambda one: formats.day(one.mapped_on)), Part.PROFILE),
        PeopleColumn("phone", _("Telefon"), _points(ContactKind.PHONE), Part.CONTACTS),
        PeopleColumn("email", _("E-post"), _points(ContactKind.EMAIL), Part.CONTACTS),
        PeopleColumn(
            "contact_languages",
            _("Språk i kontakt"),
            _person(lambda one: _codes(one.contact_languages, formats.language_name)),
            Part.PERSON,
        ),
        PeopleColumn(
            "needs_interpreter",
            _("Trenger tolk"),
            _person(lambda one: formats.yes_no(one.needs_interpreter)),
            Part.PERSON,
        ),
        PeopleColumn(
            "residence_basis", _("Oppholdsgrunnlag"), _person(lambda one: words.word(one.residence_basis)), Part.PERSON
        ),
        PeopleColumn(
            "residence_until", _("Opphold til"), _person(lambda one: formats.day(one.residence_until)), Part.PERSON
        ),
        PeopleColumn(
            "may_work", _("Har lov til å arbeide"), _person(lambda one: formats.yes_no(one.may_work)), Part.PERSON
        ),
        PeopleColumn(
            "arrived",
            _("Kom til kommunen"),
            _person(lambda one: formats.partial(one.arrived_in_municipality)),
            Part.PERSON,
        ),
    )
}

USUAL = ("born", "citizenships", "occupation", "norwegian")
"""What is shown to whoever has chosen nothing."""


def chosen(request: Request) -> list[PeopleColumn]:
    """The columns that this browser shows."""
    kept = request.cookies.get(COOKIE)
    return named(kept.split(_BETWEEN) if kept is not None else USUAL)


def named(names: Sequence[str]) -> list[PeopleColumn]:
    """Columns by their names, in the order in which they always stand; what is none is passed over."""
    return [column for name, column in COLUMNS.items() if name in names]


def read_besides(columns: Sequence[PeopleColumn]) -> list[str]:
    """What columns tell of people that no other list does, for the trail."""
    return [column.name for column in columns if column.part is not None]


def keep(response: Response, typed: Typed, cookies: Cookies) -> None:
    """Let the browser keep which columns are ticked: names of columns, and nothing of anybody."""
    names = _BETWEEN.join(column.name for column in named(typed.all("column")))
    response.set_cookie(
        COOKIE, names, max_age=_KEPT_DAYS * 86_400, path="/people", secure=cookies.secure, httponly=True, samesite="lax"
    )


def rows(session: Session, who: Actor, people: Sequence[PersonListing], columns: Sequence[PeopleColumn]) -> list[Row]:
    """The lines of the list: what the columns want of these people, who are recorded as shown."""
    parts = {column.part for column in columns if column.part is not None}
    more: dict[UUID, Details] = {}
    for start in range(0, len(people) if parts else 0, _AT_ONCE):
        more |= details(session, who, [person.id for person in people[start : start + _AT_ONCE]], parts)
    return [Row(person, more.get(person.id) or Details()) for person in people]
