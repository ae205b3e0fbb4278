"""The ledger between its rows and its values. Append-only: nothing here changes a row but to mark a class fallen."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from kompetanse import clock
from kompetanse.sharing import queries
from kompetanse.sharing.classes import MUNICIPALITY
from kompetanse.sharing.count_tables import CountTable
from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.releases import Release, ReleasedClass, version
from kompetanse.sharing.skill_groups import GroupFact
from kompetanse.sharing.tables import LedgerRecord, ReleaseClass, ReleaseHierarchies, ReleaseMember

BEGINNING = "0" * 64
"""What the first release of a municipality is chained to."""


def history(session: Session, municipality_no: str) -> list[Release]:
    """Every release of a municipality, the oldest first."""
    words = {one.version: _hierarchies(one.content) for one in session.exec(queries.hierarchies(municipality_no))}
    members: dict[tuple[int, UUID], dict[UUID, UUID]] = defaultdict(dict)
    for period, class_id, member_id, unit in session.execute(queries.members(municipality_no)):
        members[period, class_id][member_id] = unit
    classes: dict[int, list[ReleaseClass]] = defaultdict(list)
    for one in session.exec(queries.classes(municipality_no)):
        classes[one.period].append(one)
    return [
        Release(
            period=one.period,
            k=one.k,
            hierarchies=words[one.hierarchies],
            classes=tuple(
                sorted(
                    (
                        ReleasedClass(
                            row.class_id,
                            tuple(getattr(row, named.name) for named in words[one.hierarchies]),
                            row.band,
                            row.banded,
                            members[one.period, row.class_id],
                        )
                        for row in classes[one.period]
                    ),
                    key=lambda made: made.labels,
                )
            ),
            fallen=frozenset(row.class_id for row in classes[one.period] if row.fallen_at is not None),
            pool=tuple(one.pool),
        )
        for one in session.exec(queries.releases(municipality_no))
    ]


def add(
    session: Session,
    municipality_no: str,
    release: Release,
    groups: Sequence[GroupFact],
    tables: Sequence[CountTable],
    *,
    pool: Sequence[str] = (),
) -> LedgerRecord:
    """Put a release into the ledger; the caller gives the record that returns its report and signature, and adds it.

    Of a release that a `pool` made together, `release` is the part that this municipality keeps.
    """
    words = version(release.hierarchies)
    if words not in {one.version for one in session.exec(queries.hierarchies(municipality_no))}:
        content = [[one.name, list(one.levels), [list(path) for path in one.paths]] for one in release.hierarchies]
        session.add(ReleaseHierarchies(municipality_no=municipality_no, version=words, content=content))
    for one in release.classes:
        labels = dict(zip((named.name for named in release.hierarchies), one.labels, strict=True))
        session.add(
            ReleaseClass(
                municipality_no=municipality_no,
                period=release.period,
                class_id=one.class_id,
                occupation=labels["occupation"],
                norwegian=labels["norwegian"],
                education=labels["education"],
                age=labels.get("age"),
                country=labels.get("country"),
                arrival=labels.get("arrival"),
                municipality=labels.get(MUNICIPALITY),
                band=one.band,
                banded=one.banded,
            )
        )
        for member_id, unit in one.members.items():
            session.add(
                ReleaseMember(
                    municipality_no=municipality_no,
                    period=release.period,
                    member_id=member_id,
                    class_id=one.class_id,
                    unit=unit,
                )
            )
    last = session.exec(queries.newest_release(municipality_no)).first()
    told = [[list(one.groups), one.size_band.value] for one in groups]
    statistics = [_plain(one) for one in tables]
    digest = digest_of(release, told, statistics, last.digest if last else BEGINNING, pool)
    return LedgerRecord(
        municipality_no=municipality_no,
        period=release.period,
        k=release.k,
        hierarchies=words,
        skill_groups=told,
        statistics=statistics,
        pool=list(pool),
        digest=digest,
        report={},
        signature="",
        made_by=UUID(int=0),
    )


def counted(record: LedgerRecord) -> list[CountTable]:
    """The tables of counts of a release."""
    return [
        CountTable(
            one["rows"],
            one["columns"],
            tuple(one["row_values"]),
            tuple(one["column_values"]),
            tuple(tuple(row) for row in one["cells"]),
        )
        for one in record.statistics
    ]


def _plain(table: CountTable) -> dict[str, Any]:
    return {
        "rows": table.rows,
        "columns": table.columns,
        "row_values": list(table.row_values),
        "column_values": list(table.column_values),
        "cells": [list(row) for row in table.cells],
    }


def digest_of(
    release: Release, groups: Sequence[object], statistics: Sequence[object], before: str, pool: Sequence[str] = ()
) -> str:
    """SHA-256 of everything that a release is, chained to the digest of the one before."""
    classes = [
        [
            str(one.class_id),
            *one.labels,
            one.band.value,
            one.banded,
            sorted([str(member), str(unit)] for member, unit in one.members.items()),
        ]
        for one in release.classes
    ]
    said = [before, release.period, release.k, version(release.hierarchies), classes, list(groups), list(statistics)]
    said += [list(pool)] if pool else []
    return sha256(json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def fall(session: Session, municipality_no: str, period: int, class_ids: Collection[UUID]) -> int:
    """Mark classes of a release as withdrawn, for good. How many were not so before."""
    of_release = queries.classes(municipality_no).where(ReleaseClass.period == period)
    standing = of_release.where(col(ReleaseClass.fallen_at).is_(None)).with_for_update()
    found = [one for one in session.exec(standing) if one.class_id in class_ids]
    for one in found:
        one.fallen_at = clock.now()
    return len(found)


def _hierarchies(content: Sequence[Any]) -> tuple[Hierarchy, ...]:
    return tuple(
        Hierarchy(name, tuple(levels), tuple(tuple(path) for path in paths)) for name, levels, paths in content
    )
