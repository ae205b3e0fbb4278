"""What a person is asked when she consents, by purpose and language; the texts are the product's own.

Each says to whom, what, for how long, and that it can be withdrawn (GDPR art. 7 (2), (3) and 13).
"""

from collections.abc import Mapping
from types import MappingProxyType

from kompetanse.codes.consent import ConsentPurpose, OwnSection
from kompetanse.codes.lists import kept, read_list

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "nob": "Bokmål",
        "nno": "Nynorsk",
        "eng": "English",
        "pol": "Polski",
        "lit": "Lietuvių",
        "ukr": "Українська",
        "ara": "العربية",
    }
)
"""The languages of the texts (ISO 639-3), by their own names."""

TAGS: Mapping[str, str] = MappingProxyType(
    {"nob": "nb", "nno": "nn", "eng": "en", "pol": "pl", "lit": "lt", "ukr": "uk", "ara": "ar"}
)
"""The same as browsers know them (BCP 47)."""


@kept
def _texts() -> Mapping[tuple[str, str], str]:
    return {(purpose, language): text for purpose, language, text in read_list("consent_texts")}


def text(purpose: ConsentPurpose, language: str, section: OwnSection | None = None) -> str | None:
    """What is asked, in a language; None where there is no text in it yet."""
    return _texts().get((_key(purpose, section), language))


def texts(purpose: ConsentPurpose, section: OwnSection | None = None) -> dict[str, str]:
    """What is asked, in every language that there is, by its code."""
    wanted = _key(purpose, section)
    return {language: said for (of, language), said in _texts().items() if of == wanted}


def _key(purpose: ConsentPurpose, section: OwnSection | None) -> str:
    return purpose.value if section is None else f"{purpose.value}:{section.value}"
