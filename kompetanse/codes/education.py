"""Levels and fields of education: NUS2000 levels, their place in EQF/NKR, and the fields of ISCED-F 2013."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kompetanse.codes.lists import kept, read_list
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
        return _level_names()[self][0]

    @property
    def name_en(self) -> str:
        """The level in English."""
        return _level_names()[self][1]


class EducationStage(StrEnum):
    """What the levels of NUS2000 are gathered into (Statistics Norway's division in three)."""

    COMPULSORY = "compulsory"
    INTERMEDIATE = "intermediate"
    HIGHER = "higher"

    @property
    def name_nb(self) -> str:
        """The stage in Norwegian bokmål."""
        return _STAGE_NAMES[self][0]

    @property
    def name_en(self) -> str:
        """The stage in English."""
        return _STAGE_NAMES[self][1]


_STAGE_NAMES = {
    EducationStage.COMPULSORY: ("Obligatorisk utdanning", "Compulsory education"),
    EducationStage.INTERMEDIATE: ("Mellomutdanning", "Intermediate education"),
    EducationStage.HIGHER: ("Universitets- og høyskoleutdanning", "Higher education"),
}


@kept
def _level_names() -> dict[str, tuple[str, str]]:
    return {code: (nb, en) for code, nb, en in read_list("nus2000")}


def stage(level: EducationLevel) -> EducationStage | None:
    """The stage that a level belongs to; None for no education."""
    if level is EducationLevel.NONE:
        return None
    if level <= EducationLevel.LOWER_SECONDARY:
        return EducationStage.COMPULSORY
    return EducationStage.HIGHER if level >= EducationLevel.BACHELOR else EducationStage.INTERMEDIATE


def eqf(level: EducationLevel) -> int | None:
    """The level in the European Qualifications Framework; None below lower secondary school.

    The Norwegian framework (NKR, forskrift 2017-11-08 nr. 1846) begins at level 2, lower secondary school,
    and its levels 2-8 were referenced to EQF 2-8 in 2014. From 2 on, NUS2000's first digit is that level.
    """
    number = int(level)
    return number if number >= 2 else None


def level_of_eqf(number: int) -> EducationLevel | None:
    """The level of NUS2000 that a level of EQF or NKR stands for; None for level 1, which Norway has no school for."""
    return next((level for level in EducationLevel if eqf(level) == number), None)


@dataclass(frozen=True, slots=True)
class Qualification:
    """A level of NKR, or a part of one (4A and 4B, 5.1 and 5.2, 6.1 and 6.2)."""

    code: str
    name_nb: str
    name_en: str

    @property
    def eqf(self) -> int:
        """The level of EQF that it was referenced to."""
        return int(self.code[0])

    @property
    def parent(self) -> str | None:
        """The code of the whole level, None for a whole one."""
        return self.code[0] if len(self.code) > 1 else None


@cache
def qualifications() -> tuple[Qualification, ...]:
    """Every level of NKR, lowest first, each followed by its parts."""
    return tuple(Qualification(code, nb, en) for code, nb, en in read_list("nkr"))


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


def field_ancestors(code: str) -> tuple[str, ...]:
    """The fields that hold a code, nearest first: "0411" → ("041", "04").

    Raises:
        UnknownCode: ISCED-F 2013 does not have the code.
    """
    parent = education_field(code).parent
    return (parent, *field_ancestors(parent)) if parent else ()


def education_field(code: str) -> EducationField:
    """The field of a code.

    Raises:
        UnknownCode: ISCED-F 2013 does not have it.
    """
    try:
        return _fields()[code]
    except KeyError:
        raise UnknownCode("ISCED-F 2013") from None
