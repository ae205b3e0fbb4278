"""The zip of an extract: its tables, and the Frictionless data package that describes them and proves them whole."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

from kompetanse import clock
from kompetanse.analytics.dictionary import FILES, VERSION
from kompetanse.analytics.writing import Batches, Writer, as_csv, as_parquet
from kompetanse.codes.exports import AnalyticsFormat
from kompetanse.exchange.csv_safe import Resource, counted, resource_descriptor
from kompetanse.exchange.packaging import DESCRIPTOR, Spool, archive

_WRITERS: Mapping[AnalyticsFormat, Writer] = {AnalyticsFormat.CSV: as_csv, AnalyticsFormat.PARQUET: as_parquet}

NOTICE = """\
Dette er pseudonymiserte personopplysninger. De skal bli i kommunen, og bare brukes til statistikk og analyse.

Bak hver rad i tabellene om personer, og bak hvert antall som vises, står det minst {threshold} husstander.
«withheld» betyr at for få deler verdien til at den kan vises. Et tomt antall er for lite til å vises: det kan være
null eller noen få. Nøkkelen i første kolonne gjelder bare denne tabellen i dette uttrekket.

Du må ikke prøve å finne ut hvem noen er, eller legge uttrekket sammen med opplysninger om enkeltpersoner.
Slett eldre uttrekk når du har laget et nytt.
"""


class ParquetFile(TypedDict):
    """A Parquet file as a Frictionless Data Resource: it carries its own columns; `table` names the one it holds.

    Not the standard's `bytes` and `hash`: frictionless counts neither in a Parquet file, and finds it wrong.
    """

    name: str
    path: str
    profile: str
    format: str
    mediatype: str
    title: str
    table: str
    size: NotRequired[int]
    sha256: NotRequired[str]
    rows: NotRequired[int]


class AnalyticsPackage(TypedDict):
    """The descriptor (specs.frictionlessdata.io/data-package); `threshold` is the fewest households behind a row."""

    profile: str
    name: str
    title: str
    description: str
    version: str
    created: str
    threshold: int
    resources: list[Resource | ParquetFile]


def packaged(
    tables: Mapping[str, Batches], formats: Sequence[AnalyticsFormat], municipality_no: str, threshold: int
) -> Iterator[bytes]:
    """The zip in chunks: each table in each format, and at the end what describes them."""
    spools: dict[tuple[str, AnalyticsFormat], Spool] = {}
    try:
        for name, batches in tables.items():
            for one in formats:
                spools[name, one] = _WRITERS[one](FILES[name][1], batches)
        described = [_counted(*key, spool) for key, spool in spools.items()]
        texts = {
            "les-meg.txt": NOTICE.format(threshold=threshold),
            DESCRIPTOR: json.dumps(
                _descriptor(described, municipality_no, threshold, clock.now()), ensure_ascii=False, indent=2
            ),
        }
        yield from archive([(_path(*key), spool) for key, spool in spools.items()], texts)
    finally:
        for spool in spools.values():
            spool.close()


def description(municipality_no: str, threshold: int) -> AnalyticsPackage:
    """What an extract would hold, without any file."""
    resources = [_DESCRIBED[one](name) for name in FILES for one in AnalyticsFormat]
    return _descriptor(resources, municipality_no, threshold, clock.now())


def _descriptor(
    resources: Sequence[Resource | ParquetFile], municipality_no: str, threshold: int, created: datetime
) -> AnalyticsPackage:
    return {
        "profile": "data-package",
        "name": f"analytics-{municipality_no}",
        "title": "Analyseuttrekk",
        "description": NOTICE.format(threshold=threshold),
        "version": VERSION,
        "created": created.isoformat(timespec="seconds"),
        "threshold": threshold,
        "resources": list(resources),
    }


def _path(name: str, form: AnalyticsFormat) -> str:
    return f"{name}.{form}"


def _csv(name: str) -> Resource:
    return resource_descriptor(name, _path(name, AnalyticsFormat.CSV), FILES[name][1])


def _parquet(name: str) -> ParquetFile:
    return {
        "name": f"{name}-parquet",
        "path": _path(name, AnalyticsFormat.PARQUET),
        "profile": "data-resource",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "title": FILES[name][0][0],
        "table": name,
    }


_DESCRIBED: Mapping[AnalyticsFormat, Callable[[str], Resource | ParquetFile]] = {
    AnalyticsFormat.CSV: _csv,
    AnalyticsFormat.PARQUET: _parquet,
}


def _counted(name: str, form: AnalyticsFormat, spool: Spool) -> Resource | ParquetFile:
    if form is AnalyticsFormat.CSV:
        return counted(_csv(name), spool.size, spool.rows, spool.digest)
    return {**_parquet(name), "size": spool.size, "rows": spool.rows, "sha256": spool.digest}
