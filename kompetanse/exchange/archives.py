"""Looks at a workbook's zip before it is opened: how much it unpacks to, and how large its sheets pretend to be.

Workbook readers hold a sheet as a full rectangle. One cell in the last column of the last row makes a
file of a few kilobytes ask for hundreds of gigabytes, so the corners of every sheet are found first.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from kompetanse.exchange.faults import TableFault, TableRefused
from kompetanse.exchange.limits import Limits

_CHUNK = 256 * 1024
_OVERLAP = 256  # longest reference that a chunk's border may cut
_COLUMN = re.compile(rb'\sr="([A-Z]{1,3})\d')
_ROW = re.compile(rb'\sr="[A-Z]{0,3}(\d{1,7})"')  # of cells, and of rows
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|covered-table-cell|table-cell|table)\b([^>]*)>")
_ODS_REPEATS = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')
SPARE_ROWS = 1000  # titles, and rows that were once formatted


def check_workbook(content: bytes, limits: Limits) -> None:
    """Read every member once, with its checksum, without keeping it.

    Raises:
        TableRefused: unpacks to too much, has a sheet too large, or is not a sound zip file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > limits.unpacked_bytes:
                raise _too_large(limits)
            for member in archive.infolist():
                _check_member(archive, member, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise TableRefused(
            TableFault.BROKEN_FILE, "Arbeidsboken er skadet", "Åpne filen i regnearket og lagre den på nytt"
        ) from error
    except RuntimeError as error:  # what zipfile says of an encrypted member
        raise TableRefused(
            TableFault.PROTECTED, "Arbeidsboken er beskyttet med passord", "Lagre den uten passord"
        ) from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    with archive.open(member) as stream:
        chunks = iter(lambda: stream.read(_CHUNK), b"")
        rows, columns = _corner(member.filename, chunks)
        for _ in chunks:  # to the end: zipfile compares the checksum there
            pass
    if rows > limits.rows + SPARE_ROWS:
        raise TableRefused(
            TableFault.TOO_MANY_ROWS, f"Et ark har flere enn {limits.rows} rader", "Slett tomme rader nederst i arket"
        )
    if columns > limits.columns:
        raise TableRefused(
            TableFault.TOO_WIDE,
            f"Et ark har flere enn {limits.columns} kolonner",
            "Slett tomme kolonner til høyre i arket",
        )
    if rows * columns > limits.cells:
        raise TableRefused(
            TableFault.TOO_LARGE,
            f"Et ark spenner over flere enn {limits.cells} celler",
            "Slett tomme rader og kolonner, eller lagre arket som CSV",
        )


def _corner(member: str, chunks: Iterator[bytes]) -> tuple[int, int]:
    """The last row and column of a sheet; (0, 0) for a member that is none."""
    if member.startswith("xl/worksheets/"):
        return _sheet_corner(chunks)
    return _ods_corner(chunks) if member == "content.xml" else (0, 0)


def _too_large(limits: Limits) -> TableRefused:
    return TableRefused(
        TableFault.TOO_LARGE,
        f"Arbeidsboken pakkes ut til mer enn {limits.unpacked_bytes // (1024 * 1024)} MB",
        "Fjern bilder og ark som ikke skal importeres, eller lagre arket som CSV",
    )


def _overlapping(chunks: Iterator[bytes]) -> Iterator[bytes]:
    tail = b""
    for chunk in chunks:
        yield tail + chunk
        tail = chunk[-_OVERLAP:]


def _sheet_corner(chunks: Iterator[bytes]) -> tuple[int, int]:
    """The last row and column that a worksheet's XML (ECMA-376, 18.3.1.4) names."""
    last_row = last_column = 0
    for chunk in _overlapping(chunks):
        last_column = max(last_column, 0, *map(_column_number, set(_COLUMN.findall(chunk))))
        last_row = max(last_row, 0, *map(int, set(_ROW.findall(chunk))))
    return last_row, last_column


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_corner(chunks: Iterator[bytes]) -> tuple[int, int]:
    """The last row and column with content (OpenDocument 1.3, 19.675 and 19.677: cells and rows can repeat)."""
    corner = _OdsCorner()
    held = b""
    for chunk in chunks:
        held += chunk
        cut = held.rfind(b"<")
        corner.read(held[:cut])
        held = held[cut:]
    corner.read(held)
    return corner.last_row, corner.last_column


class _OdsCorner:
    """Follows the tags of `content.xml`, counting how far rows and cells with values reach."""

    def __init__(self) -> None:
        self.last_row = self.last_column = 0
        self._rows = self._columns = self._filled = self._repeat = 0

    def read(self, xml: bytes) -> None:
        for closing, name, attributes in _ODS_TAG.findall(xml):
            times = int((_ODS_REPEATS.findall(attributes) or [b"1"])[0])
            if name == b"table":
                self._rows = 0
            elif name == b"table-row":
                self._row(bool(closing), times, empty=attributes.endswith(b"/"))
            elif not closing:
                self._cell(times, filled=b"office:value" in attributes or not attributes.endswith(b"/"))

    def _row(self, closing: bool, times: int, *, empty: bool) -> None:
        if closing or empty:
            self._rows += times if empty else self._repeat
            if self._filled and not empty:
                self.last_row = max(self.last_row, self._rows)
                self.last_column = max(self.last_column, self._filled)
            self._filled = 0
        else:
            self._repeat, self._columns, self._filled = times, 0, 0

    def _cell(self, times: int, *, filled: bool) -> None:
        self._columns += times
        if filled:
            self._filled = self._columns
