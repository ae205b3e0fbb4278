"""The labels of one kind of concept as arrays that can be memory-mapped; what they hold, not how they are made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.texts import Texts


@dataclass(frozen=True, slots=True)
class Features:
    """What texts are compared by, trigrams or terms.

    Of labels, and of entries: all labels of a concept in one language taken together.

    `rarity`: float32[features], squared inverse document frequencies, documents being entries.
    `entries`: int32[N], the entries that have each feature, which begin at `entry_starts`: int64[features + 1].
    `entry_norms`: float32[entries]. `labels`: uint16 or int32[M], the features of each label, which begin at
    `label_starts`: int64[labels + 1]. `label_norms`: float32[labels].
    """

    rarity: NDArray[np.float32]
    entries: NDArray[np.int32]
    entry_starts: NDArray[np.int64]
    entry_norms: NDArray[np.float32]
    labels: NDArray[np.generic]
    label_starts: NDArray[np.int64]
    label_norms: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Labels of one kind, grouped by entry: a concept in one language.

    `concepts`: URIs, sorted; `level`: uint8[concepts], the digits of an ISCO group's code, 0 for what is no group.
    `entry_concept`: int32[entries]; `entry_language`: uint8[entries]; `entry_labels`: int32[entries + 1].
    `label_entry`: int32[labels]; `preferred`: bool[labels]; `written`, `folded`: the labels' texts.
    `by_text`: int32[labels], labels sorted by folded text; `terms`: the words' stems, sorted, numbered as `words` has
    them; `vocabulary` and `counts`: what compounds are split by.
    """

    concepts: Texts
    level: NDArray[np.uint8]
    entry_concept: NDArray[np.int32]
    entry_language: NDArray[np.uint8]
    entry_labels: NDArray[np.int32]
    label_entry: NDArray[np.int32]
    preferred: NDArray[np.bool_]
    written: Texts
    folded: Texts
    by_text: NDArray[np.int32]
    grams: Features
    words: Features
    terms: Texts
    vocabulary: Texts
    counts: NDArray[np.int32]


def arrays(part: object, name: str = "") -> Iterator[tuple[str, NDArray[Any]]]:
    """Every array of a shelf, each with a name that is unique in it."""
    if isinstance(part, np.ndarray):
        yield name, part
        return
    for field in fields(part):  # type: ignore[arg-type]  # dataclasses all the way down to the arrays
        yield from arrays(getattr(part, field.name), f"{name}.{field.name}" if name else field.name)


def assembled(named: Mapping[str, NDArray[Any]], name: str = "", of: type[Any] = Shelf) -> Any:  # noqa: ANN401
    """A shelf from what `arrays` gave; KeyError when one is missing."""
    if name in named:
        return named[name]
    if of not in (Shelf, Features, Texts):
        raise KeyError(name)
    hints = get_type_hints(of)
    return of(**{one: assembled(named, f"{name}.{one}" if name else one, hint) for one, hint in hints.items()})
