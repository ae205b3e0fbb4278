"""Ways to do the same thing, measured in turn, so that what else the machine does meets all of them alike."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of processors: less than the other's where it waited, more where it used several."""

    wall: float
    processor: float


def took(do: Callable[[], object]) -> Took:
    """What doing something once takes."""
    wall, processor = time.perf_counter(), time.process_time()
    do()
    return Took(time.perf_counter() - wall, time.process_time() - processor)


def in_turn(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Took]:
    """The medians of some rounds, of each way by its name."""
    measured: dict[str, list[Took]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, do in ways.items():
            measured[name].append(took(do))
    return {
        name: Took(median(one.wall for one in all_of_it), median(one.processor for one in all_of_it))
        for name, all_of_it in measured.items()
    }
