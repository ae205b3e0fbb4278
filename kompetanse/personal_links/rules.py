"""What a code looks like, how long a link and a device stand, and how often somebody may guess."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

MUNICIPALITY_DIGITS = 4
SECRET_DIGITS = 12
"""Forty bits, which are found by chance in `PER_MUNICIPALITY` tries an hour once in a million years."""

GUESSING = timedelta(hours=1)
"""The time in which failures are counted."""

PER_ADDRESS = 10
PER_MUNICIPALITY = 200

MESSAGES = timedelta(days=1)
"""The time in which messages are counted."""

MESSAGES_TO_ONE = 5
"""So many that may have arrived are enough in that time, by whatever way."""

UNDERWAY = timedelta(minutes=2)
"""So long a message may still be on its way to the operator."""

_GROUP = 4
_BETWEEN = frozenset(" -\u2013.\u00a0\u200e\u200f")


class LinkState(StrEnum):
    """How a link stands."""

    OPEN = "open"
    SPENT = "spent"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Code:
    """A code to type: the municipality's number, and digits that nobody else can know."""

    municipality_no: str
    secret: str

    def __str__(self) -> str:
        digits = self.municipality_no + self.secret
        return " ".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def read_code(text: str) -> Code | None:
    """The code that somebody typed, in the digits of any script, with or without blanks; None when it is none.

    >>> read_code("5014-1234 5678٩٠١٢")
    Code(municipality_no='5014', secret='123456789012')
    """
    found = [unicodedata.digit(sign, None) for sign in text if sign not in _BETWEEN]
    if None in found or len(found) != MUNICIPALITY_DIGITS + SECRET_DIGITS:
        return None
    digits = "".join(map(str, found))
    return Code(digits[:MUNICIPALITY_DIGITS], digits[MUNICIPALITY_DIGITS:])


def state(*, spent_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime) -> LinkState:
    """How a link stands at a moment."""
    if spent_at is not None:
        return LinkState.SPENT
    if revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.EXPIRED if expires_at <= now else LinkState.OPEN


def stands(last_used_at: datetime, idle_days: int, now: datetime) -> bool:
    """Whether a device that was used last at a moment still lets in."""
    return now < last_used_at + timedelta(days=idle_days)


def network(address: str) -> str:
    """The network that an address is of, as a household has it: an IPv4 address, or the /64 of an IPv6 one (RFC 6177).

    >>> network("2001:db8::7"), network("testclient")
    ('2001:db8::/64', 'testclient')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)


def may_guess(from_address: int, in_municipality: int) -> bool:
    """Whether another code may be tried after so many failures."""
    return from_address < PER_ADDRESS and in_municipality < PER_MUNICIPALITY


def met_in(spoken: Iterable[str], languages: Iterable[str], otherwise: str) -> str:
    """The language to meet somebody in: the first of hers that there is."""
    known = frozenset(languages)
    return next((one for one in spoken if one in known), otherwise)
