"""The catalogues of translated texts: which languages there are, and their texts, read from `locale/*/newcomer.po`.

They are read when they are first needed and compiled in memory, so no compiled file can be older than its source.
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

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "newcomer"

SOURCE = "nb"
"""The language that texts are written in; it needs no catalogue."""

COMPLETE = (SOURCE, "nn", "en", "pl", "lt", "uk", "ar")
"""The languages in which every text of the newcomer's pages is there (BCP 47)."""

PREPARED = ("so", "ti", "ro", "tl", "th", "fa")
"""Languages that are prepared: their catalogues are there to be filled in, and `FALLBACK` is shown until they are."""

LANGUAGES = COMPLETE + PREPARED
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


def path(language: str) -> Path:
    """Where the catalogue of a language is."""
    return LOCALE / language / f"{DOMAIN}.po"


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is written."""
    with path(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The texts of a language; what is not translated stays in the source language."""
    if language == SOURCE:
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
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
