"""Languages (ISO 639-3) that newcomers speak, by the names that people give them."""

from dataclasses import dataclass
from functools import cache

from kompetanse.codes.lists import aliases, fold, read_list
from kompetanse.errors import UnknownCode

NORWEGIAN = "nor"
_KINDS_OF = {"nob": NORWEGIAN, "nno": NORWEGIAN}


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its three-letter code, its two-letter one ("" where it has none), and its names."""

    code: str
    alpha2: str
    name_nb: str
    name_en: str


@cache
def _languages() -> dict[str, Language]:
    return {code: Language(code, alpha2, nb, en) for code, alpha2, nb, en, _ in read_list("languages")}


@cache
def _spellings() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for code, alpha2, nb, en, others in read_list("languages"):
        for spelling in filter(None, (code, alpha2, nb, en, *aliases(others))):
            spellings.setdefault(fold(spelling), code)
    return spellings


def languages() -> tuple[Language, ...]:
    """Every language of the list, by its Norwegian name."""
    return tuple(_languages().values())


def is_language(code: str) -> bool:
    """Whether the list has the code."""
    return code in _languages()


def language(code: str) -> Language:
    """The language of a three-letter code.

    Raises:
        UnknownCode: the list does not have it.
    """
    try:
        return _languages()[code]
    except KeyError:
        raise UnknownCode("ISO 639-3") from None


def alpha2(code: str) -> str | None:
    """The two-letter code (ISO 639-1) of a three-letter one, None where there is none; Norwegian is bokmål here."""
    found = _languages().get(code)
    return None if found is None else "nb" if code == NORWEGIAN else found.alpha2 or None


def find_language(text: str) -> str | None:
    """The code of a language as people write it: "polsk", "Tigrinya", "українська", "pl".

    Two languages in one cell ("ukrainsk/russisk") are None: taking them apart is the importer's business.
    """
    return _spellings().get(fold(text))


def macrolanguage(code: str) -> str:
    """The language that a kind of it belongs to: bokmål and nynorsk are Norwegian; others are their own."""
    return _KINDS_OF.get(code, code)
