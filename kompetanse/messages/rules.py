"""What a message is, by which ways it goes, and how it can end. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus

from pydantic import JsonValue


class Channel(StrEnum):
    """The way that a message goes."""

    EMAIL = "email"
    SMS = "sms"


class Outcome(StrEnum):
    """How the sending of a message ended. Only `UNKNOWN` and `SENT` may have reached anybody."""

    UNKNOWN = "unknown"
    """It was begun, and no answer came: it may have arrived."""
    SENT = "sent"
    """The operator took it. Whether it is read, nobody knows."""
    REFUSED = "refused"
    """The operator does not take messages to this address."""
    NOT_LET_IN = "not_let_in"
    """The operator does not take messages from us: log-in, sender, certificate or settings."""
    UNREACHED = "unreached"
    """The operator does not answer, or has no time now."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one address, an e-mail address or a number in E.164. Neither it nor the text is ever printed."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    language: str


TO, DIGITS, TEXT, SENDER = "{to}", "{digits}", "{text}", "{sender}"
"""What stands in an SMS gateway's body for the number with its plus, without it, the text, and who sends."""

_NOT_NOW = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_E164 = re.compile(r"\+[1-9][0-9]{4,14}")


def is_one_line(text: str) -> bool:
    """Whether a text can stand in a header: a line break would begin another one (CWE-93)."""
    return not _CONTROL.search(text)


def is_number(text: str) -> bool:
    """Whether a text is a phone number in E.164 (ITU-T), and nothing else."""
    return _E164.fullmatch(text) is not None


def filled(body: JsonValue, values: Mapping[str, str]) -> JsonValue:
    """A gateway's body with the values in the place of their marks, wherever they stand.

    >>> filled({"to": ["{digits}"], "kind": 1}, {"{digits}": "4790000123"})
    {'to': ['4790000123'], 'kind': 1}
    """
    match body:
        case dict():
            return {name: filled(one, values) for name, one in body.items()}
        case list():
            return [filled(one, values) for one in body]
        case str():
            return values.get(body, body)
        case _:
            return body


def outcome_of(status: int) -> Outcome:
    """What the HTTP status of a gateway's answer means (RFC 9110 § 15)."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.SENT
    if status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}:
        return Outcome.REFUSED
    if status in _NOT_NOW or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome.UNREACHED
    return Outcome.NOT_LET_IN
