"""The words of a CV in the newcomers' languages; names of countries and languages are CLDR's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from babel import Locale

from kompetanse.codes.consent_texts import TAGS
from kompetanse.codes.languages import NORWEGIAN, alpha2
from kompetanse.codes.languages import language as language_of
from kompetanse.errors import UnknownCode


@dataclass(frozen=True, slots=True)
class Headings:
    """The words of one language. `now` ends the time of a job that goes on; `tongue` is a mother tongue."""

    work: str
    education: str
    languages: str
    skills: str
    licences: str
    courses: str
    interests: str
    now: str
    tongue: str
    driving: str
    unfinished: str
    recognised: str


_WORDS: Mapping[str, Headings] = MappingProxyType(
    {
        "nob": Headings(
            "Arbeid", "Utdanning", "Språk", "Ferdigheter", "Førerkort, bevis og autorisasjoner", "Kurs", "Interesser",
            "nå", "morsmål", "Førerkort klasse", "ikke fullført", "godkjent i Norge",
        ),
        "nno": Headings(
            "Arbeid", "Utdanning", "Språk", "Ferdigheiter", "Førarkort, bevis og autorisasjonar", "Kurs", "Interesser",
            "no", "morsmål", "Førarkort klasse", "ikkje fullført", "godkjend i Noreg",
        ),
        "eng": Headings(
            "Work", "Education", "Languages", "Skills", "Licences and authorisations", "Courses", "Interests",
            "now", "mother tongue", "Driving licence", "not completed", "recognised in Norway",
        ),
        "pol": Headings(
            "Doświadczenie zawodowe", "Wykształcenie", "Języki", "Umiejętności", "Uprawnienia", "Kursy",
            "Zainteresowania", "obecnie", "język ojczysty", "Prawo jazdy kat.", "nieukończone", "uznane w Norwegii",
        ),
        "lit": Headings(
            "Darbo patirtis", "Išsilavinimas", "Kalbos", "Įgūdžiai", "Pažymėjimai ir leidimai", "Kursai", "Pomėgiai",
            "dabar", "gimtoji kalba", "Vairuotojo pažymėjimas", "nebaigta", "pripažinta Norvegijoje",
        ),
        "ukr": Headings(
            "Досвід роботи", "Освіта", "Мови", "Навички", "Посвідчення та дозволи", "Курси", "Інтереси",
            "досі", "рідна мова", "Посвідчення водія", "не завершено", "визнано в Норвегії",
        ),
        "ara": Headings(
            "الخبرة العملية", "التعليم", "اللغات", "المهارات", "الرخص والتراخيص", "الدورات", "الاهتمامات",
            "حتى الآن", "اللغة الأم", "رخصة قيادة فئة", "غير مكتمل", "معترف به في النرويج",
        ),
    }
)  # fmt: skip
"""Natives have read bokmål only so far."""

_IN_CLDR = {NORWEGIAN: "no", "prs": "fa_AF", "pes": "fa", "cmn": "zh", "twi": "tw", "ewe": "ee", "ibo": "ig"}
"""What CLDR calls a language otherwise than its two letters say."""

_NORWEGIAN_TEXTS = frozenset({"nob", "nno"})

LANGUAGES = tuple(_WORDS)
"""The languages of a CV (ISO 639-3)."""

RIGHT_TO_LEFT = frozenset({"ara"})


def headings(language: str) -> Headings:
    """The words of a language.

    Raises:
        UnknownCode: there are none.
    """
    try:
        return _WORDS[language]
    except KeyError:
        raise UnknownCode("languages of a CV", "/language") from None


def country_name(code: str, language: str) -> str:
    """A country (ISO 3166-1) in a language; its code where CLDR has no name."""
    return str(_locale(language).territories.get(code, code))


def language_name(code: str, language: str) -> str:
    """A language (ISO 639-3) in a language; where CLDR has no name, as the code list calls it in Norwegian or English.

    A code itself is nothing to print: the reader is an employer.
    """
    names, listed = _locale(language).languages, language_of(code)
    name = names.get(_IN_CLDR.get(code) or alpha2(code) or code) or names.get(code)
    return str(name or (listed.name_nb if language in _NORWEGIAN_TEXTS else listed.name_en))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(TAGS[language])
