"""What it costs to join two classes, in a compiled loop. Pure arrays; knows no attribute and no sensitive value."""

import numpy as np
from numpy.typing import NDArray

from kompetanse.matching.vectors.compiling import compiled


@compiled
def cheapest_partners(
    seekers: NDArray[np.int64],
    present: NDArray[np.int64],
    leaves: NDArray[np.int64],
    levels: NDArray[np.int64],
    counts: NDArray[np.int64],
    groups: NDArray[np.int32],
    losses: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The class that each seeker joins at the least loss: its number (-1 when it is alone), and that loss.

    The loss is what the normalised certainty penalty grows by, summed over the records of both. Of equals the
    class with the lower number is taken, so nothing hangs on the order of the records.

    Args:
        seekers: int64[s], numbers of classes.
        present: int64[p], ascending, numbers of the classes that may be joined.
        leaves: int64[m, q], a member's leaf of each attribute.
        levels: int64[m, q], at which the class is published.
        counts: int64[m], records in it.
        groups: int32[q, levels, leaves], of each hierarchy, padded.
        losses: float64[q, levels, leaves], of each hierarchy, padded.
    """
    width = leaves.shape[1]
    lost = np.zeros(len(counts))
    for one in present:
        for column in range(width):
            lost[one] += losses[column, levels[one, column], leaves[one, column]]
        lost[one] *= counts[one]
    partners, costs = np.full(len(seekers), -1), np.full(len(seekers), np.inf)
    for place, one in enumerate(seekers):
        for other in present:
            if other == one:
                continue
            together, already, loss = counts[one] + counts[other], lost[one] + lost[other], 0.0
            for column in range(width):
                level = max(levels[one, column], levels[other, column])
                mine, theirs = leaves[one, column], leaves[other, column]
                while groups[column, level, mine] != groups[column, level, theirs]:
                    level += 1
                loss += losses[column, level, mine]
                if loss * together - already >= costs[place]:
                    break
            else:
                partners[place], costs[place] = other, loss * together - already
    return partners, costs
