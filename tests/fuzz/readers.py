"""Every reader of files as a function of bytes that fails only with our own errors, and the files it begins with."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kompetanse.competence.accepting import Given
from kompetanse.competence.extracting.extraction import extract
from kompetanse.errors import Invalid
from kompetanse.exchange import (
    course_cells,
    course_columns,
    household_columns,
    household_import,
    vacancy_cells,
    vacancy_columns,
)
from kompetanse.exchange.columns import ColumnSet
from kompetanse.exchange.cv_files import europass, json_resume, skills_passport
from kompetanse.exchange.cv_files.files import source_of
from kompetanse.exchange.faults import TableRefused
from kompetanse.exchange.limits import MEGABYTE, Limits
from kompetanse.exchange.people_rows import parse_people, read_people
from kompetanse.exchange.plain_rows import CellReader, parse_plain
from kompetanse.exchange.rows import Tally
from kompetanse.exchange.spreadsheets import read_table
from kompetanse.exchange.workbooks import is_workbook
from kompetanse.feeds.documents import Broken, documents
from kompetanse.feeds.entries import FeedRefused, parse_feed_entry, parse_feed_page
from kompetanse.feeds.transfer import sent_in
from kompetanse.taxonomy.lexicon import starter_lexicon
from tests.exchange import sheets
from tests.exchange.cv_files.cvs import EUROPASS, JSON_RESUME, docx, pdf
from tests.exchange.cv_files.passports import learner_info, passport
from tests.exchange.sources import OWN, advertisement
from tests.feeds.ads import transfer

TODAY, NOW = date(2026, 11, 26), datetime(2026, 11, 26, tzinfo=UTC)
LIMITS = Limits(file_bytes=MEGABYTE, unpacked_bytes=8 * MEGABYTE, rows=2_000)


@dataclass(frozen=True, slots=True)
class Reader:
    """What is done with bytes, and bytes that it can be done with."""

    read: Callable[[bytes], object]
    seeds: Sequence[bytes]


def _all(rows: Iterable[object]) -> None:
    deque(rows, maxlen=0)


def _people(content: bytes) -> None:
    with suppress(TableRefused):
        _all(parse_people(read_people(content, limits=LIMITS), today=TODAY))


def _sheet(columns: ColumnSet[Any], readers: Mapping[StrEnum, CellReader]) -> Callable[[bytes], None]:
    def read(content: bytes) -> None:
        with suppress(TableRefused):
            table = read_table(content, knows=columns.knows, limits=LIMITS)
            meant = [columns.named(heading) for heading in table.headers]
            columns.check(table.headers, meant)
            _all(parse_plain(table, meant, readers, today=TODAY, tally=Tally()))

    return read


def _wrapped(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _xlsx(content: bytes) -> None:
    """The XML inside a workbook: a zip of broken bytes seldom gets as far."""
    _people(sheets.xlsx_of({"Ark1": _wrapped(content)}))


def _ods(content: bytes) -> None:
    _people(sheets.ods(_wrapped(content)))


def _cv(content: bytes) -> None:
    with suppress(Invalid):
        source_of(content)


def _word(content: bytes) -> None:
    _cv(docx(body=_wrapped(content)))


def _attachment(content: bytes) -> None:
    """What a PDF carries, found in it and read."""
    with suppress(Invalid):
        _europass(source_of(pdf({"attachment.xml": content})).encode())


def _europass(content: bytes) -> None:
    for read in (europass.read, skills_passport.read):
        with suppress(ValueError):
            read(_wrapped(content))


def _json_resume(content: bytes) -> None:
    source = _wrapped(content)
    if json_resume.is_json_resume(source):
        json_resume.read(source)


def _prose(content: bytes) -> None:
    extract(_wrapped(content), Given(TODAY, starter_lexicon()))


def _transfer(content: bytes) -> None:
    for document in documents(_wrapped(content).splitlines(keepends=True)):
        if not isinstance(document, Broken):
            list(sent_in(document, NOW))


def _feed(content: bytes) -> None:
    for parse in (parse_feed_entry, parse_feed_page):
        with suppress(FeedRefused):
            parse(content)


_ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>Etternavn</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
_PAGE = b'{"id": "p", "next_url": "", "items": [{"id": "1", "url": "/1", "date_modified": "2026-02-01T08:00:00Z", '
_PAGE += b'"_feed_entry": {"status": "ACTIVE", "title": "Kokk"}}]}'
_TABLES = tuple(one.content for one in OWN)

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "people": Reader(_people, tuple(one for one in _TABLES if not is_workbook(one))),
        "workbook": Reader(_people, (*filter(is_workbook, _TABLES), sheets.xls())),
        "households": Reader(
            _sheet(household_columns.COLUMNS, household_import.READERS),
            ("Husstand;Navn;Født;Rolle\n1;Berg, Nils;1980;voksen\n".encode(),),
        ),
        "vacancies": Reader(
            _sheet(vacancy_columns.COLUMNS, vacancy_cells.READERS),
            ("Stilling;Frist;Krav;Språk;Prosent\nKokk;31.12.2030;truck T4;norsk B1;50-80\n".encode(),),
        ),
        "courses": Reader(
            _sheet(course_columns.COLUMNS, course_cells.READERS),
            ("Kurs;Nivå;Starter;Pris;Merknad\nNorskkurs;A2-B1;15.01.27;gratis;kveld\n".encode(),),
        ),
        "xlsx": Reader(_xlsx, (_ROWS.encode(),)),
        "ods": Reader(_ods, (sheets.ods_row("Etternavn", "Fornavn").encode(), sheets.ods_row("Berg").encode())),
        "cv": Reader(_cv, (pdf(lines=("accountant",)), docx("księgowa"), EUROPASS[:4000].encode(), b"kokk i ti \xe5r")),
        "word": Reader(_word, (b'<w:document xmlns:w="x"><w:body><w:p><w:t>kokk</w:t></w:p></w:body></w:document>',)),
        "attachment": Reader(_attachment, (passport(fields=2).encode(), learner_info().encode())),
        "europass": Reader(_europass, (EUROPASS.encode(), passport(fields=2).encode(), learner_info().encode())),
        "json-resume": Reader(_json_resume, (JSON_RESUME.encode(),)),
        "prose": Reader(_prose, ("Kokk i 10 år, norsk B1, truck T4. Ønsker å jobbe som slakter.".encode(),)),
        "transfer": Reader(_transfer, (json.dumps(transfer()).encode(),)),
        "feed": Reader(_feed, (advertisement(), _PAGE)),
    }
)
"""By the name that `make fuzz ARGS=…` takes."""
