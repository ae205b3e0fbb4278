"""Looks at a workbook's zip before it is opened: how much it unpacks to, and how large its sheets pretend to be.

Workbook readers hold a sheet as a full rectangle. One cell in the last column of the last row makes a
file of a few kilobytes ask for hundreds of gigabytes, so the corners of every sheet are found first. That is sure only
for XLSX written as programs write it; every other workbook is opened by a process of its own before (`probing`).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from kompetanse.exchange.faults import TableFault, TableRefused
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.probing import probe

_CHUNK = 256 * 1024
_LONGEST = 1024 * 1024  # of a tag, or of a text between two
# Each begins with letters of its own, which `re` looks for quickly; what has another spelling is counted, and not read.
_REST = rb'(?: (?!r=)[\w:.-]+="[^"<>&]*")* ?/?>'
_CELL = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"' + _REST)
_ROW = re.compile(rb'<row r="(\d{1,7})"' + _REST)
_ANY_CELL, _ANY_ROW = re.compile(rb"<c[\s/>]"), re.compile(rb"<row[\s/>]")
_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_SHEETS = "xl/worksheets/"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_RELATION = re.compile(rb"<Relationship\b")
_TARGET = re.compile(rb' Target="[\w./-]+\.xml"')
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|covered-table-cell|table-cell|table)\b([^<>]*)>")
_ODS_REPEATS = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')
SPARE_ROWS = 1000  # titles, and rows that were once formatted


def check_workbook(content: bytes, limits: Limits) -> None:
    """Read every member once, with its checksum, without keeping it; a workbook of an unusual kind is probed.

    Raises:
        TableRefused: unpacks to too much, has a sheet too large, or is not a sound zip file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > limits.unpacked_bytes:
                raise _too_large(limits)
            plain = [_check_member(archive, member, limits) for member in archive.infolist()]
            usual = all(plain) and _is_usual([_known(name) for name in archive.namelist()])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise TableRefused(
            TableFault.BROKEN_FILE, "Arbeidsboken er skadet", "Åpne filen i regnearket og lagre den på nytt"
        ) from error
    except RuntimeError as error:  # what zipfile says of an encrypted member
        raise TableRefused(
            TableFault.PROTECTED, "Arbeidsboken er beskyttet med passord", "Lagre den uten passord"
        ) from error
    if not usual:
        probe(content)


def _is_usual(names: Sequence[str]) -> bool:
    """Whether the members are those of an XLSX, each of them there once."""
    found = set(names)
    return len(found) == len(names) and {"xl/workbook.xml", _RELATIONS} <= found and "xl/workbook.bin" not in found


def _known(name: str) -> str:
    """A member's name as readers compare it."""
    return name.lower().replace("\\", "/")


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> bool:
    """Whether all that a reader could take for a sheet was seen; see `check_workbook`."""
    with archive.open(member) as stream:
        chunks = iter(lambda: stream.read(_CHUNK), b"")
        rows, columns, plain = _corner(_known(member.filename), chunks)
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
    return plain


def _corner(member: str, chunks: Iterator[bytes]) -> tuple[int, int, bool]:
    """The last row and column of a sheet, (0, 0) for a member that is none; and whether that is sure."""
    if member == "content.xml":
        return *_ods_corner(chunks), False
    if not member.endswith((".xml", ".rels")):
        return 0, 0, True  # nothing in `_RELATIONS` leads there
    if member.startswith(_SHEETS) and member.endswith(".xml"):
        return _sheet_corner(chunks)
    plain = True
    for piece in _pieces(chunks):
        plain = plain and b"\x00" not in piece and b"sheetData" not in piece
        if member == _RELATIONS:
            plain = plain and len(_RELATION.findall(piece)) == len(_TARGET.findall(piece))
    return 0, 0, plain


def _too_large(limits: Limits) -> TableRefused:
    return TableRefused(
        TableFault.TOO_LARGE,
        f"Arbeidsboken pakkes ut til mer enn {limits.unpacked_bytes // (1024 * 1024)} MB",
        "Fjern bilder og ark som ikke skal importeres, eller lagre arket som CSV",
    )


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut before a tag wherever there is one within reach."""
    held = b""
    for chunk in chunks:
        held += chunk
        cut = held.rfind(b"<")
        if cut > 0:
            yield held[:cut]
            held = held[cut:]
        elif len(held) > _LONGEST:
            yield held
            held = b""
    yield held


def _sheet_corner(chunks: Iterator[bytes]) -> tuple[int, int, bool]:
    """The last row and column that a worksheet's XML (ECMA-376, 18.3.1.4) names, and whether all were understood."""
    last_row = last_column = 0
    plain = True
    for piece in _pieces(chunks):
        cells, rows = _CELL.findall(piece), _ROW.findall(piece)
        counted = len(_ANY_CELL.findall(piece)) == len(cells) and len(_ANY_ROW.findall(piece)) == len(rows)
        plain = plain and counted and _PREFIXED.search(piece) is None and b"\x00" not in piece
        together = b" ".join(cells)
        last_row = max(last_row, *map(int, {*rows, *together.translate(None, _LETTERS).split()}), 0)
        last_column = max(last_column, *map(_column_number, set(together.translate(None, _DIGITS).split())), 0)
    return last_row, last_column, plain


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_corner(chunks: Iterator[bytes]) -> tuple[int, int]:
    """The last row and column with content (OpenDocument 1.3, 19.675 and 19.677: cells and rows can repeat)."""
    corner = _OdsCorner()
    for piece in _pieces(chunks):
        corner.read(piece)
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
