"""What generalised values are called in bokmål: exactly as coarse as they leave the municipality."""

from collections.abc import Callable, Mapping
from functools import partial

from api.web import formats
from api.web.formats import country_name, municipality_name, occupation_name
from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse.codes.countries import Region
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.municipalities import county_ever
from kompetanse.sharing.classes import SharedClass
from kompetanse.sharing.hierarchies import ANY, NOT_STATED

_ALIKE: Mapping[str, str] = {ANY: _("Alle slags"), NOT_STATED: _("Ikke oppgitt")}
_LEVELS: Mapping[str, str] = {"A": _("A1 eller A2"), "B": _("B1 eller B2"), "C": _("C1 eller C2")}
_EDUCATION: Mapping[str, str] = {
    "low": _("Til og med grunnskole"),
    "mid": _("Videregående eller fagskole"),
    "high": _("Universitet eller høyskole"),
}


def shared_occupation(value: str) -> str:
    """An occupation, or a group of them."""
    return _alike(value) or occupation_name(value) or value


def shared_level(value: str) -> str:
    """A level of Norwegian, or a band of them."""
    return _alike(value) or gettext(_LEVELS.get(value, value))


def shared_education(value: str) -> str:
    """A level of education, or a band of them."""
    if value in _EDUCATION:
        return gettext(_EDUCATION[value])
    return _alike(value) or formats.named(EducationLevel(value))


def shared_more(one: SharedClass) -> str:
    """What else a class tells, where it tells anything: where, how old, from where and when they came."""
    told = (said(value) for said, value in zip(_MORE.values(), map(partial(getattr, one), _MORE), strict=True))
    return " · ".join(filter(None, told))


def _where(value: str) -> str:
    if len(value) == _COUNTY_DIGITS:
        return gettext(_("%(name)s fylke")) % {"name": county_ever(value).name}
    return municipality_name(value) or value


def _age(value: str) -> str:
    return gettext(_AGES[value] if value in _AGES else _("%(age)s år")) % {"age": value}


def _country(value: str) -> str:
    if value in _FREE_MOVEMENT:
        return gettext(_FREE_MOVEMENT[value])
    return formats.named(Region(value)) if value in set(Region) else country_name(value) or value


def _arrival(value: str) -> str:
    return gettext(_("kom %(years)s")) % {"years": value.replace("before", gettext(_("før")))}


def _unless_any(said: Callable[[str], str], unknown: str) -> Callable[[str | None], str]:
    """How a value is told: nothing of what is not told or may be anything, and that it is not stated."""

    def told(value: str | None) -> str:
        if value is None or value == ANY:
            return ""
        return gettext(unknown) if value == NOT_STATED else said(value)

    return told


_COUNTY_DIGITS = 2
_AGES: Mapping[str, str] = {
    "under 20": _("under 20 år"),
    "under 35": _("under 35 år"),
    "50 and over": _("50 år og over"),
    "70 and over": _("70 år og over"),
}
_FREE_MOVEMENT: Mapping[str, str] = {"nordic or eea": _("Norden eller EØS"), "elsewhere": _("Utenfor EØS")}
_MORE: Mapping[str, Callable[[str | None], str]] = {
    "municipality": _unless_any(_where, ""),
    "age": _unless_any(_age, _("alder ikke oppgitt")),
    "country": _unless_any(_country, _("land ikke oppgitt")),
    "arrival": _unless_any(_arrival, _("ankomst ikke oppgitt")),
}


def _alike(value: str) -> str | None:
    return gettext(_ALIKE[value]) if value in _ALIKE else None


FILTERS = (shared_occupation, shared_level, shared_education, shared_more)
