"""`make bench`: measures, and prints what stands against its target."""

import argparse
import sys

from rich.console import Console
from rich.table import Table

from tests.bench import api, semantic
from tests.bench.api import Figure
from tests.bench.results import Unmeasured

GROUPS = ("api", "semantic")


def main() -> int:
    """Run the groups that are named, or all; 1 with `--enforce` when a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], help="which; all when none is named")
    parser.add_argument("--enforce", action="store_true", help="fail when a target is missed")
    chosen = parser.parse_args()
    groups, console = chosen.groups or GROUPS, Console(width=140)
    figures = api.run() if "api" in groups else []
    if figures:
        console.print(_table(figures))
    if "semantic" in groups:
        _print_semantic(console)
    return int(chosen.enforce and not all(figure.met for figure in figures))


def _print_semantic(console: Console) -> None:
    try:
        for one in semantic.run():
            console.print(one.table())
    except Unmeasured as missing:
        console.print(f"semantic: {missing}")


def _table(figures: list[Figure]) -> Table:
    table = Table(
        "", "per second", "p50 ms", "p99 ms", "to bare", "target", "to DRF", "", title="One worker, 8 connections"
    )
    for one in figures:
        table.add_row(
            one.name,
            f"{one.per_second:,.0f}",
            f"{one.p50:.1f}",
            f"{one.p99:.1f}",
            f"{one.to_bare:.3f}",
            "" if one.target is None else f"{one.target:.2f}",
            "" if one.to_drf is None else f"{one.to_drf:.1f}",
            "" if one.target is None else "met" if one.met else "missed",
        )
    return table


sys.exit(main())
