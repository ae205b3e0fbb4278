"""The only source of identity: UUIDv7, which sorts by time of making (RFC 9562 § 5.7)."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new identifier, later than every one made before it on this machine."""
    return uuid7()
