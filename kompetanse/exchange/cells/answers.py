"""Cells with a single yes or no, and personal numbers."""

import re

from kompetanse.codes.national_id import NationalId, parse_national_id
from kompetanse.errors import Invalid
from kompetanse.exchange.cells.words import not_stated, tidy
from kompetanse.exchange.faults import CellRejected, Reading, Reason, reading

_YES = frozenset({"ja", "j", "yes", "y", "x", "true", "sann"})
_NOUGHT_LOST = re.compile(r"\d{5} ?\d{5}")
"""A number of somebody born on the first nine days of a month, after a spreadsheet program took it for a number."""

_UNPROTECTED = frozenset({"0", "ingen", "ugradert", "uten", "vanlig", "åpen", "ikke sperret"})
_NO = frozenset({"nei", "n", "no", "false", "usann"})


def parse_yes_no(text: str) -> Reading[bool | None]:
    """A yes or a no; None when not stated.

    Raises:
        CellRejected: neither.
    """
    if not_stated(text):
        return reading(None)
    word = tidy(text).casefold()
    if word not in _YES | _NO:
        raise CellRejected(
            Reason.ANSWER_UNCLEAR, "Svaret er verken ja eller nei, og er ikke tatt med", "Skriv ja eller nei"
        )
    return reading(word in _YES)


def parse_protection(text: str) -> Reading[bool | None]:
    """Whether an address is to be kept secret; None when not stated.

    "Kode 6", "fortrolig", "7" and whatever else is no clear "no" is a yes: that is the mistake which harms nobody.
    """
    word = tidy(text).casefold()
    if not_stated(text):
        return reading(None)
    return reading(word not in _NO | _UNPROTECTED)


def parse_personal_number(text: str) -> Reading[NationalId | None]:
    """A fødselsnummer, D-number or DUF number; None when not stated.

    Raises:
        CellRejected: it is none of them. The number is not repeated.
    """
    if not_stated(text):
        return reading(None)
    try:
        return reading(parse_national_id(f"0{tidy(text)}" if _NOUGHT_LOST.fullmatch(tidy(text)) else text))
    except Invalid:
        raise CellRejected(
            Reason.NATIONAL_ID_UNREADABLE,
            "Nummeret er ikke et gyldig fødselsnummer, D-nummer eller DUF-nummer, og er ikke tatt med",
            "Kontroller nummeret mot dokumentet og skriv det i personkortet",
        ) from None
