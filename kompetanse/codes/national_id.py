"""Norwegian personal numbers: fødselsnummer, D-number and DUF number, told apart and checked."""

import re
from calendar import monthrange
from dataclasses import dataclass

from kompetanse.codes.residence import NationalIdKind
from kompetanse.errors import FieldFault, Invalid

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# Numbers given out from 2032 may leave these remainders; those before leave 0.
_FIRST_REMAINDERS = frozenset({0, 1, 2, 3})
# What test numbers add to the month: the tax administration's Tenor 80, other test registers 40 and 65.
_SYNTHETIC_MONTHS = (80, 65, 40)
_D_NUMBER_DAY = 40


@dataclass(frozen=True, slots=True, repr=False)
class NationalId:
    """A number that passed its check: eleven digits, twelve for DUF. Not shown by `repr`, so not by a log.

    Neither sex nor birth date is offered: from 2032 the number holds no sex and no century.
    """

    kind: NationalIdKind
    digits: str

    @property
    def synthetic(self) -> bool:
        """Whether it is a test number, whose month is over twelve; a DUF number never tells."""
        return self.kind is not NationalIdKind.DUF and int(self.digits[2:4]) > 12


def parse_national_id(text: str) -> NationalId:
    """Read a personal number, with or without spaces and hyphens.

    The rule is that of Skatteetaten, Folkeregisteret, "Nytt fødselsnummer fra 2032": the first check is
    (Σ weights x digits + k1) mod 11 in {0, 1, 2, 3}, the second must be 0. A D-number adds 40 to the day.
    A DUF number (utlendingsdatabasen) is twelve digits whose check is not public: only its form is looked at.

    Raises:
        Invalid: it is none of the three; the message never repeats what was written.
    """
    digits = re.sub(r"[\s\-]", "", text)
    if re.fullmatch(r"\d{12}", digits, re.ASCII):
        return NationalId(NationalIdKind.DUF, digits)
    if not re.fullmatch(r"\d{11}", digits, re.ASCII):
        raise _invalid("A personal number has 11 digits, a DUF number 12", "Count the digits")
    if not _has_date(digits):
        raise _invalid("The first six digits of the personal number are no date", "Check the birth date in it")
    if not _checks(digits):
        raise _invalid("The check digits of the personal number do not fit", "Look for a mistyped digit")
    is_d_number = int(digits[:2]) > _D_NUMBER_DAY
    return NationalId(NationalIdKind.DNR if is_d_number else NationalIdKind.FNR, digits)


def _invalid(detail: str, hint: str) -> Invalid:
    return Invalid(FieldFault("", detail, hint))


def _has_date(digits: str) -> bool:
    """Whether day and month exist in some year that ends in the two digits."""
    day, month, two_digit_year = (int(digits[start : start + 2]) for start in (0, 2, 4))
    day -= _D_NUMBER_DAY if day > _D_NUMBER_DAY else 0
    month -= next((added for added in _SYNTHETIC_MONTHS if 1 <= month - added <= 12), 0)
    # 2000 and on stands for every century: 2000 is a leap year, and the others are the same in all
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000 + two_digit_year, month)[1]


def _checks(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    first = sum(weight * number for weight, number in zip(_FIRST_WEIGHTS, numbers, strict=False)) % 11
    second = sum(weight * number for weight, number in zip(_SECOND_WEIGHTS, numbers, strict=True)) % 11
    return first in _FIRST_REMAINDERS and second == 0
