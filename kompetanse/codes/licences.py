"""Licences and certificates: what one may drive, sail, lift or do, as codes, and as people write them."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kompetanse.codes.licence_texts import find_licences
from kompetanse.codes.lists import aliases, read_list
from kompetanse.errors import UnknownCode

__all__ = [
    "Licence",
    "LicenceKind",
    "RegulatedProfession",
    "authorisation",
    "authorisations",
    "authorisations_for",
    "find_licences",
    "holds",
    "is_licence",
    "licence",
    "licences",
]


class LicenceKind(StrEnum):
    """Families of licences, for headings and menus."""

    DRIVING = "driving"
    BOAT = "boat"
    TRUCK = "truck"
    MACHINE = "machine"
    SAFETY = "safety"
    TRADE = "trade"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence. `includes` are the codes of those that it gives as well (CE gives C, BE and B)."""

    code: str
    name_nb: str
    name_en: str
    kind: LicenceKind
    includes: tuple[str, ...] = ()


@cache
def _licences() -> dict[str, Licence]:
    return {
        code: Licence(code, nb, en, LicenceKind(kind), aliases(includes))
        for code, kind, nb, en, includes, _ in read_list("licences")
    }


def licences() -> tuple[Licence, ...]:
    """Every licence, family by family."""
    return tuple(_licences().values())


def is_licence(code: str) -> bool:
    """Whether the list has the code."""
    return code in _licences()


def licence(code: str) -> Licence:
    """The licence of a code.

    Raises:
        UnknownCode: the list does not have it.
    """
    try:
        return _licences()[code]
    except KeyError:
        raise UnknownCode("licences") from None


def holds(required: str, held: Collection[str]) -> bool:
    """Whether holding these licences allows what the required one allows: "driving:CE" gives B too.

    "driving" alone (class not stated) is met by any class, but meets none.
    """
    given = {code for one in held for code in (one, *licence(one).includes)}
    return required in given or any(code.startswith(f"{required}:") for code in given)


@dataclass(frozen=True, slots=True)
class RegulatedProfession:
    """A profession that Norwegian law lets only those practise whom an authority has approved.

    `styrk` are the STYRK-08 occupations that it opens.
    """

    code: str
    name_nb: str
    name_en: str
    authority: str
    styrk: tuple[str, ...]


@cache
def _authorisations() -> dict[str, RegulatedProfession]:
    return {
        code: RegulatedProfession(code, nb, en, authority, aliases(styrk))
        for code, nb, en, authority, styrk in read_list("authorisations")
    }


def authorisations() -> tuple[RegulatedProfession, ...]:
    """Every regulated profession of the list."""
    return tuple(_authorisations().values())


def is_authorisation(code: str) -> bool:
    """Whether the list has the regulated profession."""
    return code in _authorisations()


def authorisation(code: str) -> RegulatedProfession:
    """The regulated profession of a code such as "auth:nurse".

    Raises:
        UnknownCode: the list does not have it.
    """
    try:
        return _authorisations()[code]
    except KeyError:
        raise UnknownCode("regulated professions") from None


def authorisations_for(styrk: str) -> tuple[RegulatedProfession, ...]:
    """The regulated professions, any of which opens the occupation; none when it is open to all."""
    return tuple(one for one in authorisations() if styrk in one.styrk)
