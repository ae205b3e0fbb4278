"""`make bench`: measures, and prints what stands against its target."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

from rich.console import Console

from tests.bench import (
    api,
    assignment,
    exchange,
    fairness,
    feed,
    imports,
    linking,
    matching,
    matching_judged,
    matching_quality,
    pages,
    semantic,
    sharing,
)
from tests.bench.results import Results, Unmeasured

GROUPS: Mapping[str, Callable[[], Sequence[Results]]] = {
    "api": api.run,
    "assignment": assignment.run,
    "exchange": exchange.run,
    "imports": imports.run,
    "linking": linking.run,
    "matching": matching.run,
    "matching-large": matching.run_large,
    "matching-quality": matching_quality.run,
    "matching-judged": matching_judged.run,
    "fairness": fairness.run,
    "feed": feed.run,
    "pages": pages.run,
    "semantic": semantic.run,
    "sharing": sharing.run,
}
OPTIONAL = {"semantic"}


def main() -> int:
    """Run the groups that are named, or all; 1 with `--enforce` when a target is missed or cannot be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], help="which; all when none is named")
    parser.add_argument("--enforce", action="store_true", help="fail when a target is missed")
    chosen = parser.parse_args()
    console = Console(width=140)
    met = True
    for name in chosen.groups or GROUPS:
        try:
            results = GROUPS[name]()
        except Unmeasured as missing:
            console.print(f"{name}: {missing}")
            met = met and name in OPTIONAL
            continue
        for one in results:
            console.print(one.table())
        met = met and all(one.met for one in results)
    return int(chosen.enforce and not met)


sys.exit(main())
