"""The only source of identity: UUIDv7, which sorts by time of making (RFC 9562 § 5.7)."""

from uuid import UUID

import uuid_utils
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new identifier, later than every one made before it on this machine."""
    return uuid7()


def new_hex() -> str:
    """A new identifier as 32 hexadecimal digits: six times as quick, for rows by the thousand."""
    return uuid_utils.uuid7().hex
