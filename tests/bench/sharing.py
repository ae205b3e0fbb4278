"""Sharing: how much anonymity costs, beside Mondrian in the same run, and how long it takes for a million records."""

import json
import subprocess
import sys

import numpy as np

from kompetanse.sharing.generalise import generalise
from kompetanse.sharing.skill_groups import facts, keep_common
from kompetanse.sharing.statistics import HIDDEN, LEAST, count, protect
from kompetanse.sharing.verify import demand
from tests.bench.mondrian import mondrian
from tests.bench.results import Results, Row
from tests.bench.timing import took
from tests.sharing.registries import Yardstick, skilled, yardstick

PEOPLE, HOUSEHOLDS = 850, 560
_MOST_S, _MOST_DIVERSE_S, _MOST_NCP_DIVERSE = 2.0, 15.0, 0.13
_MILLION_S, _MILLION_MB, _CHECK_S = 10.0, 1024, 0.3


def run() -> list[Results]:
    """Loss and time on a large table; a million records; skill groups and tables of one municipality."""
    return [_loss(), _million(), _groups(), _tables()]


def _loss() -> Results:
    table = yardstick()
    generalise(table.records[:500], table.hierarchies, 5, sensitive=[table.sensitive[:500]])  # compiles
    rows = [_loss_row(table, k, False, table.most_lost[k], _MOST_S) for k in (5, 10)]
    rows.append(_loss_row(table, 5, True, _MOST_NCP_DIVERSE, _MOST_DIVERSE_S))
    columns = ("", "Mondrian NCP", "ours NCP", "target", "ours to Mondrian", "suppressed", "ours s", "target s")
    return Results(f"{len(table.records):,} records x {len(table.hierarchies)}", columns, rows)


def _loss_row(table: Yardstick, k: int, diverse: bool, most_lost: float, most_s: float) -> Row:
    sensitive = [table.sensitive] if diverse else []
    plain = mondrian(table.records, table.hierarchies, k, table.sensitive if diverse else None)[1]
    wall = took(lambda: generalise(table.records, table.hierarchies, k, sensitive=sensitive)).wall
    ours = generalise(table.records, table.hierarchies, k, sensitive=sensitive)
    demand(ours.classes, k, sensitive=sensitive)
    cells = (f"{plain:.4f}", f"{ours.ncp:.4f}", f"{most_lost:.3f}", f"{ours.ncp / plain:.2f}")
    rest = (str(int(ours.suppressed.sum())), f"{wall:.2f}", f"{most_s:.0f}")
    return Row((f"k={k}{', l=2' if diverse else ''}", *cells, *rest), ours.ncp <= most_lost and wall <= most_s)


def _million() -> Results:
    command = [sys.executable, "-m", "tests.bench.million"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    sort = found["sort"]
    rows = [
        _million_row("k=5", found["ours"], _MILLION_S, sort),
        _million_row("counted again, k and l", found["checked"], _CHECK_S, sort),
        Row(("most memory, MB", f"{found['peak_mb']:,.0f}", f"{_MILLION_MB:,}", ""), found["peak_mb"] <= _MILLION_MB),
    ]
    title = f"A million records x {found['attributes']}; NCP {found['ncp']:.4f}"
    return Results(title, ("", "s", "target", "to numpy.lexsort of the records"), rows)


def _million_row(name: str, seconds: float, most: float, sort: float) -> Row:
    return Row((name, f"{seconds:.3f}", f"{most:g}", f"{seconds / sort:.2f}"), seconds <= most)


def _groups() -> Results:
    rows = []
    homes = np.random.default_rng(1).integers(0, HOUSEHOLDS, PEOPLE)
    for groups in (60, 80, 100):
        held = skilled(PEOPLE, groups)
        wall = took(lambda held=held: keep_common(held, 5)).wall  # type: ignore[misc]
        made = keep_common(held, 5)
        shares = (made.share, keep_common(held, 5, units=homes).share, keep_common(held, 10).share)
        told = len(facts(made.kept, [str(number) for number in range(groups)], 5))
        rows.append(Row((str(groups), *(f"{share:.1%}" for share in shares), str(told), f"{wall:.2f}")))
    columns = ("groups", "kept, k=5", "by households", "k=10", "facts", "s")
    return Results(f"Skill groups of {PEOPLE} invented people, m=2", columns, rows)


def _tables() -> Results:
    chance, rows = np.random.default_rng(1), []
    homes = chance.integers(0, HOUSEHOLDS, PEOPLE)
    for shape in ((12,), (9, 6), (30, 8)):
        codes = [np.minimum(chance.geometric(0.3, PEOPLE) - 1, size - 1) for size in shape]
        counts = count(codes, shape, units=homes)
        wall = took(lambda counts=counts: protect(counts)).wall  # type: ignore[misc]
        hidden = int((protect(counts) == HIDDEN).sum())
        small = int((counts.units < LEAST).sum())
        rows.append(Row((" x ".join(map(str, shape)), str(counts.people.size), str(small), str(hidden), f"{wall:.2f}")))
    return Results(f"Tables of {PEOPLE} invented people", ("", "cells", "small", "hidden", "s"), rows)
