"""Dates and names in the reader's language (CLDR), marked with the language that they are in where it differs."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from markupsafe import Markup

from api.web.catalogues import SOURCE
from api.web.formats import RANGE, cldr, licence_name
from api.web.i18n import gettext as _
from api.web.i18n import language, speaking
from api.web.my.collation import in_order
from api.web.tongues import norwegian
from kompetanse.clock import OSLO
from kompetanse.codes.countries import countries
from kompetanse.codes.languages import NORWEGIAN, alpha2, languages
from kompetanse.codes.licences import authorisations, licences
from kompetanse.codes.municipalities import is_municipality, municipality
from kompetanse.taxonomy.concepts import Concept

Choices = tuple[tuple[str, str], ...]


def own_day(value: date | datetime | None) -> str | None:
    """A calendar day in words, as in Norway where it is a moment: 3. november 2026."""
    if value is None:
        return None
    if isinstance(value, datetime):
        value = value.astimezone(OSLO).date()
    return format_date(value, "long", locale=cldr())


def own_time(value: datetime) -> str:
    """A time of day, as in Norway: 14:05."""
    return format_time(value.astimezone(OSLO), "short", locale=cldr())


def own_partial(value: str | None) -> str | None:
    """A date as exact as it is known: 17. mai 1987, mai 1987, 1987."""
    if value is None or len(value) == 4:
        return value
    if len(value) == 10:
        return own_day(date.fromisoformat(value))
    first = date.fromisoformat(f"{value}-01")
    return str(format_skeleton("yMMMM", datetime(first.year, first.month, 1, 12, tzinfo=OSLO), locale=cldr()))


def own_period(started: str | None, ended: str | None, ongoing: bool | None) -> str | None:
    """From when to when, as far as it is known."""
    end = _("nå") if ongoing else own_partial(ended)
    start = own_partial(started)
    if start and end:
        return f"{start} {RANGE} {end}"
    return _("fra %(start)s") % {"start": start} if start else _("til %(end)s") % {"end": end} if end else None


def own_country(code: str | None) -> str | None:
    """A country's name."""
    return None if code is None else str(cldr().territories.get(code, code))


def own_language(code: str | None) -> str | None:
    """A language's name, by its three letters."""
    return None if code is None else _language_name(code, language())


def place(number: str) -> str:
    """A municipality's name."""
    return municipality(number).name if is_municipality(number) else number


def country_choices() -> Choices:
    """Every country by its name, in the order of the reader's language."""
    return _countries(language())


def language_choices() -> Choices:
    """Every language by its name, in the order of the reader's language."""
    return _languages(language())


def licence_choices() -> Choices:
    """Licences and authorisations by their Norwegian names, which is what they are called in Norway."""
    return (
        *((one.code, one.name_nb) for one in licences()),
        *((one.code, one.name_nb) for one in authorisations()),
    )


def own_licence(code: str) -> Markup | None:
    """The name of a licence or authorisation, in Norwegian."""
    with speaking(SOURCE):
        name = licence_name(code)
    return norwegian(name)


def concept_name(concept: Concept) -> Markup:
    """A concept's name in the reader's language; where there is none, another's, and marked as such."""
    for tag in (language(), SOURCE, "en"):
        if tag in concept.names:
            name = concept.names[tag]
            return Markup.escape(name) if tag == language() else Markup('<span lang="{}">{}</span>').format(tag, name)
    return Markup.escape(concept.name())


def meant(key: str | None, said: str, concepts: Mapping[str, Concept]) -> Markup | None:
    """What somebody's words are linked to, where it is called otherwise than she said."""
    concept = concepts.get(key or "")
    if concept is None or concept.names.get(language(), "").casefold() == said.casefold():
        return None
    return concept_name(concept)


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag)


def _language_name(code: str, tag: str) -> str:
    names = _locale(tag).languages
    short = "no" if code == NORWEGIAN else alpha2(code) or code
    return str(names.get(short) or names.get(code) or _fallback(code, tag))


@cache
def _countries(tag: str) -> Choices:
    territories = _locale(tag).territories
    return tuple(in_order(((one.alpha2, str(territories.get(one.alpha2, one.name_en))) for one in countries()), tag))


@cache
def _languages(tag: str) -> Choices:
    named = ((one.code, _language_name(one.code, tag)) for one in languages() if one.code not in ("nob", "nno"))
    return tuple(in_order(named, tag))


def _fallback(code: str, tag: str) -> str:
    """What a language is called that CLDR has no name for: as in Norwegian to who reads that, else as in English."""
    found = next((one for one in languages() if one.code == code), None)
    return code if found is None else found.name_nb if tag in ("nb", "nn") else found.name_en


FILTERS = (own_day, own_partial, own_time, own_country, own_language, own_licence)
"""The functions that templates use as filters."""

GLOBALS = (own_period, place, concept_name, meant, country_choices, language_choices, licence_choices)
"""And those that they call."""
