"""Writes a release as a table of words to standard output, for a checker that shares nothing with this program.

`make pycanon` gives it to `tests/sharing/checked_by_pycanon.py`, which runs in an environment of its own.
"""

import csv
import sys

import numpy as np

from kompetanse.sharing.generalise import SUPPRESSED, generalise
from tests.sharing.registries import yardstick

K, RECORDS = 5, 5000


def main() -> None:
    """Records of the large table, k-anonymous and 2-diverse; suppressed ones are left out."""
    table = yardstick()
    rows = np.random.default_rng(1).choice(len(table.records), RECORDS, replace=False)
    records, sensitive = table.records[rows], table.sensitive[rows]
    made = generalise(records, table.hierarchies, K, sensitive=[sensitive])
    out = csv.writer(sys.stdout)
    out.writerow([*(h.name for h in table.hierarchies), "sensitive"])
    for record, levels, value in zip(records.tolist(), made.levels.tolist(), sensitive.tolist(), strict=True):
        if SUPPRESSED not in levels:
            words = zip(table.hierarchies, record, levels, strict=True)
            out.writerow([*(f"{level}:{h.paths[leaf][level]}" for h, leaf, level in words), value])


if __name__ == "__main__":
    main()
