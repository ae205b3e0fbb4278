"""Occupations inside a sentence: STYRK-08 names groups in the plural, and most groups have one occupation of a name."""

from functools import cache

from api.web import formats
from api.web.i18n import gettext, language
from api.web.i18n import mark as _
from kompetanse.taxonomy.starter import sole_occupation, starter


def as_occupation(styrk: str) -> str:
    """A STYRK-08 code as it goes on after "arbeid": "som regnskapsfører", or "i yrkesgruppen kokker"."""
    return _as_occupation(styrk, language())


@cache
def _as_occupation(styrk: str, spoken: str) -> str:
    uri = sole_occupation(styrk)
    if uri is not None:
        return gettext(_("som %(occupation)s")) % {"occupation": starter().concepts[uri].name(spoken)}
    group = formats.inside(formats.occupation_name(styrk) or styrk)
    return gettext(_("i yrkesgruppen %(group)s")) % {"group": group}
