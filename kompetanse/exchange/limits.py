"""How large a file may be before it is refused unread: an upload must not be able to exhaust the server."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file. Sizes in bytes; a workbook's `unpacked_bytes` are what its zip members hold.

    `cells` are those of the rectangle that a sheet of a workbook spans, empty ones too: it is held as a whole. `rows`
    are as many as a sheet can have.
    """

    file_bytes: int = 20 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    rows: int = 1_048_576
    cells: int = 5_000_000
    columns: int = 500
