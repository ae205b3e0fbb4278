"""What becomes of two questions about one request when both were put to one person, in two records that are merged."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, and_, select, update

from kompetanse import clock
from kompetanse.codes.contact import AskStage

_REFUSALS = frozenset({AskStage.NO, AskStage.WITHDRAWN})


def settle(connection: Connection, table: Table, municipality_no: str, from_id: UUID, to_id: UUID) -> None:
    """Leave one question of each request open or granted at most: both rows stay, for what must be told of them.

    A no to one, or a yes that was taken back, ends the other. Of two yeses that of the record that stays stands, so
    the neighbour is told to delete the other.
    """
    both = and_(table.c.municipality_no == municipality_no, table.c.person_id.in_([from_id, to_id]))
    requests: dict[UUID, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(select(table).where(both).order_by(table.c.id)).mappings():
        requests[row["request_id"]].append(row)
    for rows in requests.values():
        if len({row["person_id"] for row in rows}) > 1:
            stands = _stands(rows, to_id)
            for row in rows:
                if row["ended_at"] is None and row is not stands:
                    _end(connection, table, row)


def _stands(rows: list[RowMapping], to_id: UUID) -> RowMapping | None:
    """Which of a request's rows goes on; None where a yes was taken back."""
    refusals = [row for row in rows if row["stage"] in _REFUSALS]
    if refusals:
        return next((row for row in refusals if row["ended_at"] is None), None)
    return max(rows, key=lambda row: (row["stage"] is AskStage.YES, row["ended_at"] is None, row["person_id"] == to_id))


def _end(connection: Connection, table: Table, row: RowMapping) -> None:
    this = and_(table.c.municipality_no == row["municipality_no"], table.c.id == row["id"])
    stage = row["stage"] if row["stage"] is AskStage.NO else AskStage.WITHDRAWN
    ended: dict[str, Any] = {"stage": stage, "ended_at": clock.now(), "version": row["version"] + 1}
    connection.execute(update(table).where(this).values(ended))
