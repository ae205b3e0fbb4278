"""Levels and fields of education: NUS2000 levels, their place in EQF/NKR, and the fields of ISCED-F 2013."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kompetanse.codes.lists import read_list
from kompetanse.errors import UnknownCode


class EducationLevel(StrEnum):
    """The first digit of a NUS2000 code (Statistics Norway's standard for the classification of education).

    NUS2000's "9, not stated" is no level: not stated is None.
    """

    NONE = "0"
    PRIMARY = "1"
    LOWER_SECONDARY = "2"
    UPPER_SECONDARY_BASIC = "3"
    UPPER_SECONDARY = "4"
    POST_SECONDARY = "5"
    BACHELOR = "6"
    MASTER = "7"
    DOCTORATE = "8"

    @property
    def name_nb(self) -> str:
        """The level in Norwegian bokmål."""
        return _LEVEL_NAMES[self][0]

    @property
    def name_en(self) -> str:
        """The level in English."""
        return _LEVEL_NAMES[self][1]


_LEVEL_NAMES = {
    EducationLevel.NONE: ("Ingen utdanning eller førskole", "No education or pre-school"),
    EducationLevel.PRIMARY: ("Barneskole", "Primary school"),
    EducationLevel.LOWER_SECONDARY: ("Ungdomsskole", "Lower secondary school"),
    EducationLevel.UPPER_SECONDARY_BASIC: ("Videregående, grunnutdanning", "Upper secondary, not completed"),
    EducationLevel.UPPER_SECONDARY: ("Videregående, fullført", "Upper secondary, completed"),
    EducationLevel.POST_SECONDARY: ("Fagskole eller påbygging", "Post-secondary vocational"),
    EducationLevel.BACHELOR: ("Universitet eller høyskole, lavere grad", "Bachelor's or equivalent"),
    EducationLevel.MASTER: ("Universitet eller høyskole, høyere grad", "Master's or equivalent"),
    EducationLevel.DOCTORATE: ("Forskerutdanning", "Doctorate"),
}


def eqf(level: EducationLevel) -> int | None:
    """The level in the European Qualifications Framework; None below lower secondary school.

    The Norwegian framework (NKR, forskrift 2017-11-08 nr. 1846) begins at level 2, lower secondary school,
    and its levels 2-8 were referenced to EQF 2-8 in 2014. From 2 on, NUS2000's first digit is that level.
    """
    number = int(level)
    return number if number >= 2 else None


@dataclass(frozen=True, slots=True)
class EducationField:
    """A field of ISCED-F 2013 (UNESCO): broad with two digits, narrow with three, detailed with four."""

    code: str
    name_nb: str
    name_en: str

    @property
    def parent(self) -> str | None:
        """The code of the wider field, None for a broad one."""
        return self.code[:-1] if len(self.code) > 2 else None


@cache
def _fields() -> dict[str, EducationField]:
    return {code: EducationField(code, nb, en) for code, nb, en in read_list("isced_f")}


def education_fields() -> tuple[EducationField, ...]:
    """Every field, each wider one before those it holds."""
    return tuple(_fields().values())


def is_education_field(code: str) -> bool:
    """Whether ISCED-F 2013 has the code."""
    return code in _fields()


def education_field(code: str) -> EducationField:
    """The field of a code.

    Raises:
        UnknownCode: ISCED-F 2013 does not have it.
    """
    try:
        return _fields()[code]
    except KeyError:
        raise UnknownCode("ISCED-F 2013") from None
