"""In a process of its own: a million records made anonymous, and counted again. Prints times and memory as JSON.

UCI Adult drawn with replacement; one value in ten is drawn anew from its column. Without Adult, an invented table.
"""

import json
import sys

import numpy as np

from kompetanse.sharing.generalise import Generalisation, generalise
from kompetanse.sharing.verify import demand
from tests.bench.resident import peak_mb
from tests.bench.timing import took
from tests.sharing.registries import Ints, yardstick

RECORDS, K = 1_000_000, 5
_NOISE = 0.1
_LEAST_TIMES = 5


def main() -> None:
    """Generalise with nothing sensitive, then check k and l with values that are diverse everywhere: all is read."""
    table, chance = yardstick(), np.random.default_rng(1)
    records = _drawn(table.records, chance)
    made: list[Generalisation] = []
    ours = took(lambda: made.append(generalise(records, table.hierarchies, K)))
    peak = peak_mb()
    values = np.arange(RECORDS) % 1000
    checked = min(took(lambda: demand(made[0].classes, K, sensitive=[values])).wall for _ in range(_LEAST_TIMES))
    sort = min(took(lambda: np.lexsort(records.T)).wall for _ in range(_LEAST_TIMES))
    told = {"ours": ours.wall, "checked": checked, "sort": sort, "peak_mb": peak, "ncp": made[0].ncp}
    sys.stdout.write(json.dumps({**told, "attributes": records.shape[1]}))


def _drawn(records: Ints, chance: np.random.Generator) -> Ints:
    made = records[chance.integers(0, len(records), RECORDS)]
    for column in range(made.shape[1]):
        anew = np.flatnonzero(chance.random(RECORDS) < _NOISE)
        made[anew, column] = records[chance.integers(0, len(records), len(anew)), column]
    return made


if __name__ == "__main__":
    main()
