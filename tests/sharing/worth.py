"""What releases are worth: `python -m tests.sharing.worth` prints the figures by which the headroom was chosen."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import mean

from kompetanse.sharing.labels import vocabulary
from kompetanse.sharing.ledger import Headroom, next_release
from kompetanse.sharing.releases import Population, Release
from tests.sharing.attacks.attackers import tally
from tests.sharing.towns import naive, story, years

CADENCES = {"12 monthly": (1, 12), "12 quarterly": (3, 12), "40 quarterly": (3, 40)}
HEADROOMS = [Headroom(reserve, coarsest) for reserve in (1.0, 1.4, 2.0, 3.0) for coarsest in (0.34, 0.5, 0.67)]
SEEDS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Worth:
    """One release.

    Attributes:
        described: share of those who may be described.
        lost: mean loss of labels (normalised certainty penalty) over those described.
        in_all: the same over everybody; who is not described loses 1.
        classes: how many.
    """

    described: float
    lost: float
    in_all: float
    classes: float


def worth(release: Release, population: Population) -> Worth:
    words = vocabulary(release.hierarchies)
    described = sum(len(shown.members) for shown in release.classes)
    lost = sum(len(shown.members) * words.loss(shown.labels) for shown in release.classes)
    everybody = len(population)
    return Worth(
        described / everybody, lost / max(described, 1), 1 - (described - lost) / everybody, len(release.classes)
    )


def averaged(figures: Iterable[Worth]) -> str:
    rows = list(figures)
    described, lost, in_all = (mean(getattr(row, name) for row in rows) for name in ("described", "lost", "in_all"))
    return (
        f"described {described:.2f}  lost {lost:.2f}  in all {in_all:.2f}  classes {mean(r.classes for r in rows):.0f}"
    )


def figures(histories: Sequence[tuple[Sequence[Release], Sequence[Population]]]) -> str:
    last = averaged(worth(releases[-1], populations[-1]) for releases, populations in histories)
    ever = [worth(*pair).in_all for history in histories for pair in zip(*history, strict=True)]
    below = mean(tally([releases], 5).below_k / tally([releases], 5).attacked for releases, _ in histories)
    return f"{last}  (in_all, over all releases {mean(ever):.2f})  below k {below:.0%}"


def main() -> None:
    """Print a row for each cadence and headroom, the last release averaged over three towns of 850."""
    for name, (months, releases) in CADENCES.items():
        towns = [years(releases=releases, months=months, seed=seed) for seed in SEEDS]
        for k in (5, 10):
            fresh = figures([(naive(town, k), town) for town in towns])
            sys.stdout.write(f"{name} k={k} naive: {fresh}\n")
            for headroom in HEADROOMS if k == 5 else [Headroom()]:
                make = partial(next_release, headroom=headroom)
                kept = figures([(story(town, k, make).releases, town) for town in towns])
                sys.stdout.write(f"{name} k={k} {headroom.reserve} {headroom.coarsest}: {kept}\n")


if __name__ == "__main__":
    main()
