"""The catalogues of translated texts: which languages there are, and their texts, read from `locale/*/*.po`.

There are two of a language: `newcomer.po` holds what newcomers read, `staff.po` what the staff alone reads, and what it
must read otherwise: where English says "I like it" to her, it says "Likes" to them. They are read when they are first
needed and compiled in memory, so no compiled file can be older than its source.
"""

import gettext
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kompetanse.identity.rules import StaffLanguage

LOCALE = Path(__file__).parent / "locale"
NEWCOMER, STAFF = "newcomer", "staff"
"""The domains: whose pages the texts are of."""

SOURCE = "nb"
"""The language that texts are written in; it needs no catalogue."""

COMPLETE = (SOURCE, "nn", "en", "pl", "lt", "uk", "ar")
"""The languages in which every text of the newcomer's pages is there (BCP 47)."""

PREPARED = ("so", "ti", "ro", "tl", "th", "fa")
"""Languages that are prepared: their catalogues are there to be filled in, and `FALLBACK` is shown until they are."""

LANGUAGES = COMPLETE + PREPARED

STAFF_LANGUAGES = tuple(one.value for one in StaffLanguage)
"""The languages in which every text of the staff's pages is there."""

LANGUAGES_OF: Mapping[str, tuple[str, ...]] = MappingProxyType({NEWCOMER: LANGUAGES, STAFF: STAFF_LANGUAGES})
FALLBACK = "en"

RIGHT_TO_LEFT = frozenset({"ar", "fa"})

_OF_ISO_639_3: Mapping[str, str] = MappingProxyType(
    {
        "nor": "nb", "nob": "nb", "nno": "nn", "eng": "en", "pol": "pl", "lit": "lt", "ukr": "uk", "ara": "ar",
        "som": "so", "tir": "ti", "ron": "ro", "tgl": "tl", "fil": "tl", "tha": "th", "fas": "fa", "pes": "fa",
    }
)  # fmt: skip
_ISO_639_3: Mapping[str, str] = MappingProxyType(
    {"nb": "nob", "nn": "nno", "en": "eng", "pl": "pol", "lt": "lit", "uk": "ukr", "ar": "ara"}
)


def path(language: str, domain: str) -> Path:
    """Where the catalogue of a language is."""
    return LOCALE / language / f"{domain}.po"


def catalogue(language: str, domain: str) -> Catalog:
    """The catalogue of a language as it is written."""
    with path(language, domain).open("rb") as file:
        return read_po(file, locale=language, domain=domain)


@cache
def translations(language: str, domain: str) -> gettext.NullTranslations:
    """The texts of a language, as newcomers or the staff read them; what is not translated stays in bokmål."""
    if language == SOURCE:
        return gettext.NullTranslations()
    shared = _compiled(catalogue(language, NEWCOMER))
    if domain == NEWCOMER or language not in STAFF_LANGUAGES:
        return shared
    made = _compiled(catalogue(language, STAFF))
    made.add_fallback(shared)
    return made


def _compiled(written: Catalog) -> gettext.GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, written)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def shown_in(language: str) -> str:
    """The language in which pages are shown to whoever chose a language."""
    return language if language in COMPLETE else FALLBACK


def direction(language: str) -> str:
    """Which way a language is read, as HTML says it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def tag_of(iso_639_3: str) -> str | None:
    """The language of our pages that a registered language is; None where there is none."""
    return _OF_ISO_639_3.get(iso_639_3)


def iso_639_3(language: str) -> str:
    """A complete language as the registry has it."""
    return _ISO_639_3[language]


def own_name(language: str) -> str:
    """What a language is called by those who speak it (CLDR)."""
    name = (Locale.parse(language).get_display_name(language) or language).partition(" (")[0]
    return name[:1].upper() + name[1:]
