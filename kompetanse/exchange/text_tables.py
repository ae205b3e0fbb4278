"""Reads tables out of text: finds the encoding and the separator by what is in the file, not by its name."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from kompetanse.exchange.faults import TableFault, TableRefused
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.table import SEARCHED_ROWS, Found, HeaderTest, Row, Table, bounded, find_header, no_header

SEPARATORS = (";", ",", "\t", "|")
_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_PIECE = 256 * 1024
_FOREIGN = re.compile(
    r"(?<=[^\W\d_])[¿¹³¼½¾£¥¯›‹†‡¢¤¬±¨¸](?=[^\W\d_])"  # Polish, Mac OS or MS-DOS: Ma³gorzata, S¿r†s
    r"|(?<![^\W_])[£¯](?=[^\W\d_]{2})"  # Polish: £ukasz, ¯ukowski
    r"|(?<![^\W_])[À-ÿ]{4,}(?![^\W_])"  # Cyrillic: Êîâàëåíêî
)
"""What words of other alphabets look like, read as Windows-1252."""

_BALTIC = re.compile(r"[ÐÞðþ]"), re.compile(r"[ëèûà]", re.IGNORECASE)
"""Š and Ž, and ė, č, ū and ą, read as Windows-1252; Icelandic has the first ones alone, Albanian the others."""

_SAVE_AGAIN = "Lagre arket på nytt fra Excel som «CSV UTF-8 (kommadelt)»"


def read_text_table(content: bytes, filename: str, knows: HeaderTest, limits: Limits) -> Table:
    """Read a CSV file in UTF-8, UTF-16 or Windows-1252, separated by semicolon, comma, tab or bar.

    Raises:
        TableRefused: no header, an unknown encoding, control characters, or (while the rows are read)
            a quote that is never closed or too many rows.
    """
    encoding = encoding_of(content)
    _refuse_control_characters(content, encoding)
    separator, found = _sniff(content, encoding, knows)
    _refuse_width(found.header, limits)
    source = io.BytesIO(content)
    below = _rows(_text(source, encoding), separator, after=found.header.number)
    return Table(
        filename,
        found.header.cells,
        found.header.number,
        bounded(below, limits.rows),
        encoding=encoding,
        separator=separator,
        share_read=lambda _: source.tell() / len(content),
    )


def untouched_records(content: bytes, separator: str) -> Iterator[list[str]]:
    """Every record of a file that was read as a table before, titles above the header too, its cells as they stand."""
    return csv.reader(_text(io.BytesIO(content), encoding_of(content)), delimiter=separator)


def decode(content: bytes) -> tuple[str, str]:
    """Text and the name of its encoding. Raises TableRefused as `encoding_of` does."""
    encoding = encoding_of(content)
    return content.decode(encoding), encoding


def encoding_of(content: bytes) -> str:
    """The encoding in which all of a file can be read; none of it is kept.

    A file that is not UTF-8 is taken for Windows-1252, which holds Latin-1's letters, unless it has more
    UTF-8 letters than others: then it is a damaged UTF-8 file, and reading it as anything else would spoil
    every name. So would reading a file from Poland, the Baltic countries or Ukraine, or from an old Mac, as one from
    Norway: which of those it is nobody can tell for certain, so it is refused.

    Raises:
        TableRefused: damaged, or no text at all.
    """
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)
    if marked is None and _damage(content, "utf-8") is not None and not _mostly_utf8(content):
        marked = "cp1252"
    encoding = marked or "utf-8"
    line = _damage(content, encoding)
    if line is not None:
        raise TableRefused(TableFault.ENCODING, "Filen har tegn som ikke lar seg lese", _SAVE_AGAIN, line)
    if encoding == "cp1252":
        _refuse_foreign(content)
    return encoding


def _refuse_foreign(content: bytes) -> None:
    """Refuse a file whose names would be spoilt if it was read as Windows-1252. Raises TableRefused."""
    baltic: list[int | None] = [None, None]
    for lines, piece in _pieces(content, "cp1252"):
        sure = _FOREIGN.search(piece)
        for place, letters in enumerate(_BALTIC):
            found = letters.search(piece) if baltic[place] is None else None
            baltic[place] = _line_of(found, lines, piece) if found else baltic[place]
        line = _line_of(sure, lines, piece) if sure else baltic[0]
        if line is not None and (sure or baltic[1] is not None):
            raise TableRefused(
                TableFault.ENCODING,
                "Filen er lagret med andre tegn enn de norske (polske, baltiske, kyrilliske, Mac eller MS-DOS), og "
                "navnene ville blitt feil",
                _SAVE_AGAIN,
                line,
            )


def _line_of(found: re.Match[str], lines: int, piece: str) -> int:
    return lines + piece.count("\n", 0, found.start()) + 1


def _text(source: io.BytesIO, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(source, encoding, newline="")


def _pieces(content: bytes, encoding: str) -> Iterator[tuple[int, str]]:
    """The text some hundred kilobytes at a time, each with the number of lines before it."""
    decoder, lines = codecs.getincrementaldecoder(encoding)(), 0
    for start in range(0, len(content), _PIECE):
        piece = decoder.decode(content[start : start + _PIECE], final=start + _PIECE >= len(content))
        yield lines, piece
        lines += piece.count("\n")


def _damage(content: bytes, encoding: str) -> int | None:
    """The line on which a file cannot be read so, None when all of it can."""
    lines = 0
    try:
        for before, piece in _pieces(content, encoding):
            lines = before + piece.count("\n")
    except UnicodeDecodeError as error:
        return lines + bytes(error.object[: error.start]).count(b"\n") + 1
    return None


def _mostly_utf8(content: bytes) -> bool:
    letters = len(_UTF8_LETTER.findall(content))
    others = sum(byte > 0x7F for byte in _UTF8_LETTER.sub(b"", content))
    return letters > others


def _refuse_control_characters(content: bytes, encoding: str) -> None:
    for lines, piece in _pieces(content, encoding):
        found = _CONTROL.search(piece)
        if found:
            raise TableRefused(
                TableFault.CONTROL_CHARACTERS,
                "Filen har styretegn, og er neppe en tekstfil",
                _SAVE_AGAIN,
                lines + piece.count("\n", 0, found.start()) + 1,
            )


def _sniff(content: bytes, encoding: str, knows: HeaderTest) -> tuple[str, Found]:
    """The separator that gives the header with most known columns, or else with most columns."""
    candidates: list[tuple[str, Found]] = []
    for separator in SEPARATORS:
        found = find_header(
            islice(_lenient(_text(io.BytesIO(content), encoding), separator), SEARCHED_ROWS), knows, strange=True
        )
        if found:
            candidates.append((separator, found))
    if not candidates:
        raise no_header()
    return max(candidates, key=lambda candidate: (candidate[1].known, len(candidate[1].header.cells)))


def _refuse_width(header: Row, limits: Limits) -> None:
    if len(header.cells) > limits.columns:
        raise TableRefused(
            TableFault.TOO_WIDE, f"Filen har flere enn {limits.columns} kolonner", "Fjern kolonner som ikke er i bruk"
        )


def _lenient(text: TextIO, separator: str) -> Iterator[Row]:
    """The first rows under a guessed separator, as far as they can be read."""
    try:
        yield from _records(text, separator, strict=False)
    except csv.Error:
        return


def _rows(text: TextIO, separator: str, *, after: int) -> Iterator[Row]:
    number = after
    try:
        for row in _records(text, separator, strict=True):
            number = row.number
            if number > after:
                yield row
    except csv.Error:
        raise TableRefused(
            TableFault.BROKEN_QUOTES,
            'Et anførselstegn (") er ikke avsluttet, eller står midt i en celle',
            'Skriv anførselstegn i en celle dobbelt (""), eller lagre arket på nytt fra regnearket',
            number + 1,
        ) from None


def _records(text: TextIO, separator: str, *, strict: bool) -> Iterator[Row]:
    """Rows as the spreadsheet program numbers them: a quoted line break does not begin a new one."""
    reader = csv.reader(text, delimiter=separator, strict=strict)
    for number, cells in enumerate(reader, 1):
        yield Row(number, tuple(cell.strip() for cell in cells))
