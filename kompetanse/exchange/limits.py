"""How large a file may be before it is refused unread: an upload must not be able to exhaust the server."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file. Sizes in bytes; a workbook's `unpacked_bytes` are what its zip members hold."""

    file_bytes: int = 20 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    rows: int = 100_000
    columns: int = 500
