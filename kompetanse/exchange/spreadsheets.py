"""Reads a table out of whatever file a municipality has: CSV of any kind, XLSX, XLS or ODS."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kompetanse.exchange.faults import TableFault, TableRefused
from kompetanse.exchange.limits import MEGABYTE, Limits
from kompetanse.exchange.probing import probe
from kompetanse.exchange.table import HeaderTest, Row, Table
from kompetanse.exchange.text_tables import read_text_table
from kompetanse.exchange.workbooks import OLE_MAGIC, is_workbook, read_workbook

_MARKUP = re.compile(rb"\s*<(?:!doctype html|html|table|head|meta|\?xml|workbook)", re.IGNORECASE)
_NO_TABLES = {b"%PDF": "en PDF", b"\x89PNG": "et bilde", b"\xff\xd8\xff": "et bilde", b"{\\rtf": "et tekstdokument"}


def read_table(
    source: Path | bytes, filename: str | None = None, *, knows: HeaderTest, limits: Limits | None = None
) -> Table:
    """Open a file as a table, by what it holds; its name is only for telling people which file it was.

    Args:
        source: the file's path, or its content.
        filename: the name to report; the path's own when left out.
        knows: tells a header that the importer knows from any other cell.
        limits: bounds of the file; the defaults of `Limits` when left out.

    Raises:
        TableRefused: the file cannot be read; reading the rows can raise it too.
    """
    bounds = limits or Limits()
    name = filename or (source.name if isinstance(source, Path) else "")
    content = _content(source, bounds)
    _refuse_other_kinds(content)
    if not is_workbook(content):
        return read_text_table(content, name, knows, bounds)
    if content.startswith(OLE_MAGIC):
        probe(content)
    with _panics_refused():
        table = read_workbook(content, name, knows, bounds)
    return replace(table, rows=_sound(table.rows))


@contextmanager
def _panics_refused() -> Iterator[None]:
    """Refuse the workbooks that bring the compiled reader down: it panics, past every `except Exception`.

    Raises:
        TableRefused: it did.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise TableRefused(
            TableFault.BROKEN_FILE,
            "Filen er skadet, og lar seg ikke lese som arbeidsbok",
            "Åpne filen i regnearket og lagre den på nytt som XLSX, eller som CSV UTF-8",
        ) from None


def _sound(rows: Iterator[Row]) -> Iterator[Row]:
    with _panics_refused():
        yield from rows


def _content(source: Path | bytes, limits: Limits) -> bytes:
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > limits.file_bytes:
        raise TableRefused(
            TableFault.TOO_LARGE,
            f"Filen er større enn {limits.file_bytes // MEGABYTE} MB",
            "Del filen i flere og importer dem hver for seg",
        )
    return source.read_bytes() if isinstance(source, Path) else source


def _refuse_other_kinds(content: bytes) -> None:
    if not content.strip():
        raise TableRefused(TableFault.EMPTY, "Filen er tom", "Velg filen som har radene")
    if _MARKUP.match(content.removeprefix(BOM_UTF8)[:1000]):
        raise TableRefused(
            TableFault.NOT_A_TABLE,
            "Filen er en nettside eller XML, selv om den heter noe annet",
            "Åpne den i Excel, og lagre den som XLSX",
        )
    kind = next((kind for magic, kind in _NO_TABLES.items() if content.startswith(magic)), None)
    if kind:
        raise TableRefused(
            TableFault.NOT_A_TABLE, f"Filen er {kind}, ikke et regneark", "Lagre arket som XLSX eller CSV UTF-8"
        )
