"""Sectors of work as people speak of them ("fisken", "bygg"), each a set of STYRK-08 groups. A list of our own."""

from dataclasses import dataclass
from functools import cache

from kompetanse.codes.lists import aliases, read_list
from kompetanse.errors import UnknownCode


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector. `groups` are STYRK-08 codes of one to four digits; whatever begins with one belongs to it."""

    code: str
    name_nb: str
    name_en: str
    groups: tuple[str, ...]

    def holds(self, styrk: str) -> bool:
        """Whether an occupation belongs to the sector."""
        return styrk.startswith(self.groups)


@cache
def _sectors() -> dict[str, Sector]:
    return {code: Sector(code, nb, en, aliases(groups)) for code, nb, en, groups in read_list("sectors")}


def sectors() -> tuple[Sector, ...]:
    """Every sector."""
    return tuple(_sectors().values())


def is_sector(code: str) -> bool:
    """Whether the list has the code."""
    return code in _sectors()


def sector(code: str) -> Sector:
    """The sector of a code.

    Raises:
        UnknownCode: the list does not have it.
    """
    try:
        return _sectors()[code]
    except KeyError:
        raise UnknownCode("sectors") from None


def sectors_of(styrk: str) -> tuple[Sector, ...]:
    """The sectors that an occupation belongs to; an occupation may belong to several, or none."""
    return tuple(one for one in sectors() if one.holds(styrk))
