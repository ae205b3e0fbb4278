"""What generalised words mean: whom they cover, what is coarser, what is lost. Pure; knows no person."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import product

from kompetanse.sharing.hierarchies import Hierarchy


class Vocabulary:
    """The words of some hierarchies. A word stands for every leaf that has it at any level."""

    def __init__(self, hierarchies: Sequence[Hierarchy]) -> None:
        self._columns = [_Column(one) for one in hierarchies]

    def covers(self, labels: Sequence[str], values: Sequence[str]) -> bool:
        """Whether labels fit somebody of these values."""
        return all(
            value in column.leaves[word] for word, value, column in zip(labels, values, self._columns, strict=True)
        )

    def loss(self, labels: Sequence[str]) -> float:
        """Mean normalised certainty penalty (Xu et al., KDD 2006): 0 says everything, 1 nothing."""
        return sum(column.losses[word] for word, column in zip(labels, self._columns, strict=True)) / len(self._columns)

    def coarser(self, labels: Sequence[str]) -> list[tuple[str, ...]]:
        """The labels themselves and all that cover them, the finest first."""
        ways = product(*(column.above[word] for word, column in zip(labels, self._columns, strict=True)))
        return sorted(ways, key=lambda way: (round(self.loss(way), 12), way))

    def narrows(self, labels: Sequence[str], former: "Vocabulary") -> bool:
        """Whether labels cover less here than they did in a former vocabulary, or are no words any more."""
        columns = zip(labels, self._columns, former._columns, strict=True)
        return any(not then.leaves[word] <= now.leaves.get(word, frozenset()) for word, now, then in columns)


class _Column:
    """One hierarchy by its words: the leaves under each, the words from it upwards, what it loses."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        under: dict[str, set[str]] = defaultdict(set)
        self.above: dict[str, tuple[str, ...]] = {}
        for path in hierarchy.paths:
            for level, word in enumerate(path):
                under[word].add(path[0])
                self.above.setdefault(word, tuple(dict.fromkeys(path[level:])))
        self.leaves = {word: frozenset(leaves) for word, leaves in under.items()}
        widest = max(len(hierarchy.paths) - 1, 1)
        self.losses = {word: (len(leaves) - 1) / widest for word, leaves in self.leaves.items()}


@cache
def vocabulary(hierarchies: tuple[Hierarchy, ...]) -> Vocabulary:
    """The words of hierarchies, made once."""
    return Vocabulary(hierarchies)
