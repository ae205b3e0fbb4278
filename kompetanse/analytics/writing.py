"""Writes a table as CSV and as Parquet, batch by batch. Both say the same, in the same order.

CSV is written as all our files (`exchange.csv_safe`). Parquet is read by Power BI, Excel, R and pandas with its types.
"""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from kompetanse.exchange.csv_safe import CellType, Column, Field, Value, write_csv
from kompetanse.exchange.packaging import Spool

if TYPE_CHECKING:
    import pyarrow as pa

Batch = Sequence[Sequence[Value]]
"""Some rows, column by column."""

Batches = Callable[[], Iterator[Batch]]
"""A table from its beginning, as often as it is asked for."""


class Writer(Protocol):
    """Writes a table into a file."""

    def __call__(self, fields: Sequence[Field], batches: Batches) -> Spool: ...  # noqa: D102


def as_csv(fields: Sequence[Field], batches: Batches) -> Spool:
    """The table as CSV, with a header even when nobody is in it."""
    spool = Spool()

    def rows() -> Iterator[tuple[Value, ...]]:
        for batch in batches():
            for row in zip(*batch, strict=True):
                spool.rows += 1
                yield row

    columns: list[Column[tuple[Value, ...]]] = [
        Column(one.name, itemgetter(place), one.type, one.description_nb, one.description_en)
        for place, one in enumerate(fields)
    ]
    for chunk in write_csv(columns, rows()):
        spool.add(chunk)
    return spool


def as_parquet(fields: Sequence[Field], batches: Batches) -> Spool:
    """The table as Parquet, a row group a batch; texts and whole numbers, and descriptions beside the columns."""
    import pyarrow as pa  # only who makes an extract pays for it
    from pyarrow import parquet

    spool, schema = Spool(), _schema(fields)
    with parquet.ParquetWriter(_Sink(spool), schema) as writer:
        for batch in batches():
            columns = [pa.array(values, one.type) for values, one in zip(batch, schema, strict=True)]
            made = pa.RecordBatch.from_arrays(columns, schema=schema)
            writer.write_batch(made)
            spool.rows += made.num_rows
    return spool


def _schema(fields: Sequence[Field]) -> "pa.Schema":
    import pyarrow as pa

    types = {CellType.STRING: pa.string(), CellType.INTEGER: pa.int32()}
    return pa.schema(
        [pa.field(one.name, types[one.type], not one.required, {"description": one.description_nb}) for one in fields]
    )


class _Sink:
    """A spool as pyarrow wants its files."""

    closed = False

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def write(self, content: bytes) -> int:
        """Add to the spool."""
        self._spool.add(bytes(content))
        return len(content)

    def tell(self) -> int:
        """How much was written."""
        return self._spool.size

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """The spool stays open: it is read afterwards."""
