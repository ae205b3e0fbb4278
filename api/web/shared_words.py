"""What generalised values are called in bokmål: exactly as coarse as they leave the municipality."""

from collections.abc import Mapping

from api.web.formats import occupation_name
from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse.codes.education import EducationLevel
from kompetanse.sharing.hierarchies import ANY, NOT_STATED

_ALIKE: Mapping[str, str] = {ANY: _("Alle slags"), NOT_STATED: _("Ikke oppgitt")}
_LEVELS: Mapping[str, str] = {"A": _("A1 eller A2"), "B": _("B1 eller B2"), "C": _("C1 eller C2")}
_EDUCATION: Mapping[str, str] = {
    "low": _("Til og med grunnskole"),
    "mid": _("Videregående eller fagskole"),
    "high": _("Universitet eller høgskole"),
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
    return _alike(value) or EducationLevel(value).name_nb


def _alike(value: str) -> str | None:
    return gettext(_ALIKE[value]) if value in _ALIKE else None


FILTERS = (shared_occupation, shared_level, shared_education)
