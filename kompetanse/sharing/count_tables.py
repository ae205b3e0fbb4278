"""The tables of counts that go out with a release: fixed ones, of coarse groups, with everything small hidden. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from kompetanse.sharing.hierarchies import Hierarchy
from kompetanse.sharing.releases import Population
from kompetanse.sharing.statistics import HIDDEN, count, protect

_TABLES = (("occupation", "norwegian"), ("education", "norwegian"))
"""What is counted by what. Readers choose no filter: see `statistics`."""

_LEVELS = {"occupation": 3, "norwegian": 1, "education": 1}
"""Major groups of occupations, and the bands of levels."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """People by two attributes, rounded to five; None is hidden. The last row and column are the sums.

    Rounded cells do not add up to rounded sums.
    """

    rows: str
    columns: str
    row_values: tuple[str, ...]
    column_values: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]


def count_tables(population: Population, hierarchies: Sequence[Hierarchy]) -> list[CountTable]:
    """The tables of those who may be described, whether a class describes them or not."""
    by_name = {one.name: (position, one) for position, one in enumerate(hierarchies)}
    people = sorted(population)
    numbers: dict[UUID, int] = {}
    units = np.array([numbers.setdefault(population[one].unit, len(numbers)) for one in people], dtype=np.int64)
    found = []
    for rows, columns in _TABLES:
        (row_codes, row_values), (column_codes, column_values) = (
            _coded(population, people, *by_name[name], _LEVELS[name]) for name in (rows, columns)
        )
        made = protect(count((row_codes, column_codes), (len(row_values), len(column_values)), units=units))
        cells = tuple(tuple(None if cell == HIDDEN else int(cell) for cell in row) for row in made.tolist())
        found.append(CountTable(rows, columns, row_values, column_values, cells))
    return found


def _coded(
    population: Population, people: Sequence[UUID], position: int, hierarchy: Hierarchy, level: int
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The group of each person at a level (int[n]), and what every group is called."""
    groups = hierarchy.groups[level]
    values = tuple(dict.fromkeys(path[level] for path in hierarchy.paths))
    places = [hierarchy.place(population[one].values[position]) for one in people]
    return groups[np.array(places, dtype=np.int64)].astype(np.int64), values
