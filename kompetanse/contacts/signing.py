"""Signatures of webhooks, and when a message is sent again. Pure.

Source: Standard Webhooks specification 1.0.0 (standardwebhooks.com), whose libraries integrators verify with.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from enum import StrEnum

PREFIX = "whsec_"
_BYTES = 32  # the specification: 24 to 64

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Before each further attempt: ten attempts in a little more than three days, the specification's own example."""

JITTER = 0.1
"""By what share a wait may be longer, so that those who failed together do not all come back together."""


class Outcome(StrEnum):
    """What became of an attempt."""

    DELIVERED = "delivered"
    AGAIN = "again"
    GIVEN_UP = "given_up"
    GONE = "gone"


def new_secret() -> str:
    """A fresh signing secret as the receiver keeps it: `whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The `Webhook-Signature` of a message: HMAC-SHA256 of `id.timestamp.body`. `timestamp` in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def outcome(status: int | None, attempts: int) -> Outcome:
    """What an answer means. `status` is None when none came; `attempts` counts this one. A redirect is a failure."""
    if status is not None and 200 <= status < 300:
        return Outcome.DELIVERED
    if status == 410:
        return Outcome.GONE
    return Outcome.AGAIN if attempts <= len(WAITS) else Outcome.GIVEN_UP


def wait(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many failed attempts, at least one. `chance` from 0 to 1 is the jitter's."""
    return WAITS[min(attempts, len(WAITS)) - 1] * (1 + JITTER * chance)
