"""Reads a release from standard input and lets pyCANON count k and l; ends with 1 where one falls short.

Knows nothing of this program: it runs where only pyCANON is installed. See `make pycanon`.
"""

import sys

import pandas as pd
from pycanon import anonymity


def main() -> int:
    """Print what pyCANON counts."""
    table = pd.read_csv(sys.stdin, dtype=str)
    *attributes, sensitive = table.columns
    k = anonymity.k_anonymity(table, attributes)
    diversity = anonymity.l_diversity(table, attributes, [sensitive])
    sys.stdout.write(f"pyCANON: {len(table)} records, k={k}, l={diversity}\n")
    return int(k < 5 or diversity < 2)


if __name__ == "__main__":
    sys.exit(main())
