"""How Norwegians write dates, numbers and what is not known, also on pages in English: 03.04.2026 is one day here.

Without I/O; the clock is asked for the year alone.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Protocol

from babel import Locale
from babel.dates import format_skeleton

from api.web.i18n import gettext as _
from api.web.i18n import language as page_language
from api.web.i18n import ngettext
from kompetanse import clock
from kompetanse.clock import OSLO
from kompetanse.codes.countries import country
from kompetanse.codes.education import education_field
from kompetanse.codes.languages import language, languages
from kompetanse.codes.licences import authorisation, is_licence, licence
from kompetanse.codes.municipalities import is_municipality, municipality
from kompetanse.codes.occupations import is_occupation, occupation
from kompetanse.errors import UnknownCode

NO_BREAK = "\u00a0"
RANGE = "–"


def day(value: date | datetime | None) -> str | None:
    """A calendar day as in 23.11.2026; a moment is shown as its day in Norway."""
    if isinstance(value, datetime):
        value = value.astimezone(OSLO).date()
    return value.strftime("%d.%m.%Y") if value else None


def spoken_day(value: date) -> str:
    """A calendar day as it is said: 3. desember; with its year where that is another than this one."""
    said = format_skeleton("MMMMd", value, locale=cldr()).replace(" ", NO_BREAK)
    return said if value.year == clock.today().year else f"{said} {value.year}"


def moment(value: datetime | None) -> str | None:
    """A moment in Norway: 23.11.2026 kl. 14.05."""
    if value is None:
        return None
    local = value.astimezone(OSLO)
    return _("%(day)s kl.\u00a0%(time)s") % {"day": f"{local:%d.%m.%Y}", "time": f"{local:%H.%M}"}


def clock_time(value: datetime) -> str:
    """The time of day of a moment in Norway: 14.05."""
    return f"{value.astimezone(OSLO):%H.%M}"


def partial(value: str | None) -> str | None:
    """A date as exact as it is known: 17.05.1987, mai 1987, 1987."""
    if value is None:
        return None
    if len(value) == 10:
        return day(date.fromisoformat(value))
    if len(value) == 7:
        return str(format_skeleton("yMMMM", date.fromisoformat(f"{value}-01"), locale=cldr()))
    return value


def period(started: str | None, ended: str | None, ongoing: bool | None) -> str | None:
    """From when to when, as far as it is known: 2009–juni 2015, 2019–nå, til 2015."""
    end = _("nå") if ongoing else partial(ended)
    start = partial(started)
    if start and end:
        return f"{start}{RANGE}{end}"
    if start:
        return _("fra %(start)s") % {"start": start}
    return _("til %(end)s") % {"end": end} if end else None


def months(value: int | None) -> str | None:
    """A number of months in years and months: 5 år 2 md."""
    if value is None:
        return None
    years, rest = divmod(value, 12)
    parts = [_("%(years)s\u00a0år") % {"years": years}] if years else []
    if rest or not years:
        parts.append(_("%(months)s\u00a0md.") % {"months": rest})
    return " ".join(parts)


def duration(minutes: int | None) -> str | None:
    """How long a journey takes: 45 min, 1 t 20 min."""
    if minutes is None:
        return None
    hours, rest = divmod(minutes, 60)
    parts = [_("%(hours)s\u00a0t") % {"hours": hours}] if hours else []
    if rest or not hours:
        parts.append(_("%(minutes)s\u00a0min") % {"minutes": rest})
    return " ".join(parts)


def weeks(least: int, most: int) -> str:
    """A number of weeks, or from least to most: 8–67 uker."""
    if least == most:
        return ngettext("%(num)s uke", "%(num)s uker", most) % {"num": most}
    return _("%(least)s–%(most)s uker") % {"least": least, "most": most}


def decimal(value: float | None, digits: int = 1) -> str | None:
    """A number with a decimal comma: 1 234,5."""
    if value is None:
        return None
    return f"{value:,.{digits}f}".replace(",", NO_BREAK).replace(".", ",")


def percent(value: float | None) -> str | None:
    """A share of one as whole per cent: 0.874 is 87 %."""
    return None if value is None else f"{round(value * 100)}{NO_BREAK}%"


def percentages(least: int | None, most: int | None) -> str | None:
    """A percentage of full time, or a range of them."""
    if least is None and most is None:
        return None
    if least == most or least is None or most is None:
        if least is None:
            return _("opptil %(most)s %%") % {"most": most}
        return f"{least}{NO_BREAK}%" if least == most else _("minst %(least)s %%") % {"least": least}
    return f"{least}{RANGE}{most}{NO_BREAK}%"


def inside(text: str) -> str:
    """A text as it stands inside a sentence: with a small first letter, unless an abbreviation begins it.

    English writes the names of languages and their peoples with a large one.
    """
    if text[1:2].isupper() or text[1:2] in "-0123456789":
        return text
    named_so = page_language() == "en" and text.partition(" ")[0] in _peoples()
    return text if named_so else text[:1].lower() + text[1:]


@cache
def _peoples() -> frozenset[str]:
    return frozenset(one.name_en for one in languages())


def yes_no(value: bool | None) -> str | None:
    """Ja, nei, or not known."""
    if value is None:
        return None
    return _("Ja") if value else _("Nei")


def phone(value: str) -> str:
    """An E.164 number with spaces: Norwegian ones in pairs after the country code."""
    if value.startswith("+47") and len(value) == 11:
        return f"+47 {value[3:5]} {value[5:7]} {value[7:9]} {value[9:]}"
    return value


class Described(Protocol):
    """A column of a file of ours, and what is in it."""

    description_nb: str
    description_en: str


def described(one: Described) -> str:
    """What is in a column of a file."""
    return one.description_en if page_language() == "en" else one.description_nb


class InTwoLanguages(Protocol):
    """Something of the code lists, with its official name in bokmål, and in English where it has one."""

    @property
    def name_nb(self) -> str:
        """The name in bokmål."""


def named(one: InTwoLanguages) -> str:
    """What something of the code lists is called: in English on English pages, else in bokmål.

    The lists have no names in nynorsk.
    """
    english = getattr(one, "name_en", "") if page_language() == "en" else ""
    return english or one.name_nb


def country_name(code: str | None) -> str | None:
    """A country's name; a code that the list does not have stays as it is. In nynorsk it is CLDR's."""
    if code is not None and page_language() == "nn":
        return str(cldr().territories.get(code, code))
    return _named(code, lambda known: named(country(known)))


def language_name(code: str | None) -> str | None:
    """A language's name."""
    return _named(code, lambda known: named(language(known)))


def occupation_name(code: str | None) -> str | None:
    """An occupation's name in STYRK-08."""
    return _named(code, lambda known: named(occupation(known)) if is_occupation(known) else known)


def field_name(code: str | None) -> str | None:
    """A field of education's name in ISCED-F."""
    return _named(code, lambda known: named(education_field(known)))


def licence_name(code: str | None) -> str | None:
    """The name of a licence, certificate or regulated profession."""
    return _named(code, lambda known: named(licence(known) if is_licence(known) else authorisation(known)))


def municipality_name(code: str | None) -> str | None:
    """A municipality's name."""
    return _named(code, lambda known: municipality(known).name if is_municipality(known) else known)


def cldr() -> Locale:
    """How dates are said and what countries are called in the page's language (CLDR); English is Britain's."""
    return _locale(page_language())


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse("en_GB" if tag == "en" else tag)


def _named(code: str | None, name: Callable[[str], str]) -> str | None:
    if code is None:
        return None
    try:
        return name(code)
    except UnknownCode:
        return code


FILTERS = (
    "clock_time",
    "country_name",
    "day",
    "decimal",
    "described",
    "duration",
    "field_name",
    "inside",
    "language_name",
    "licence_name",
    "moment",
    "months",
    "municipality_name",
    "named",
    "occupation_name",
    "partial",
    "percent",
    "percentages",
    "period",
    "phone",
    "spoken_day",
    "yes_no",
)
"""The functions that templates use as filters."""
