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
    """The operator does not take this message. By e-mail that is the address; an SMS gateway leaves open why."""
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

_PERMANENT = 500
_ENHANCED = re.compile(r"5\.(\d{1,3})\.(\d{1,3})\b", re.ASCII)
_OF_RECIPIENTS = frozenset({"1", "2", "4"})
_OF_SENDERS = frozenset({"1.7", "1.8"})
_MAILBOX = frozenset({550, 551, 552, 553, 556})
"""Replies that tell of a mailbox when nothing else is said; 556 is that of a domain without mail (RFC 7504)."""

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


def outcome_of_reply(code: int, text: bytes = b"") -> Outcome:
    """What a mail server's no to one letter means: it is told who is at fault, the mailbox or we (RFC 5321 § 4.2).

    The enhanced code decides where there is one (RFC 3463): address, mailbox and route are the recipient's, but for
    the sender's own address, 5.1.7 and 5.1.8; all else, such as *no relaying* (5.7.1), is about us.
    """
    if code < _PERMANENT:
        return Outcome.UNREACHED
    if found := _ENHANCED.match(text.decode("ascii", "replace")):
        subject, detail = found[1], f"{found[1]}.{found[2]}"
        return Outcome.REFUSED if subject in _OF_RECIPIENTS and detail not in _OF_SENDERS else Outcome.NOT_LET_IN
    return Outcome.REFUSED if code in _MAILBOX else Outcome.NOT_LET_IN


def outcome_of(status: int) -> Outcome:
    """What the HTTP status of a gateway's answer means (RFC 9110 § 15)."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.SENT
    if status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}:
        return Outcome.REFUSED
    if status in _NOT_NOW or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome.UNREACHED
    return Outcome.NOT_LET_IN
