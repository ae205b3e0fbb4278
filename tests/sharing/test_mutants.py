"""The guarantee, broken on purpose: each way to break it must be noticed by the attacks below."""

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from kompetanse.errors import DomainError, Invalid
from kompetanse.sharing import classes, diversity, generalise, verify
from tests.sharing.registries import cells, smallest, tree


class Outdated(Exception):
    """A mutant no longer fits the code: rewrite it. No test may take that for an attack that noticed it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change to a module. `also` is a second one, where the guarantee is held twice at that point."""

    module: ModuleType
    what: str
    old: str
    new: str
    also: tuple[str, str] | None = None


MUTANTS = (
    Mutant(generalise, "k less one", "self._units)) >= k,", "self._units)) >= k - 1,"),
    Mutant(generalise, "households count their members", "rows if self._units is None else", "rows if True else"),
    Mutant(generalise, "l forgotten", "if sensitive and", "if not sensitive and"),
    Mutant(generalise, "the poor are published", "merged.diverse[into]", "merged.diverse[into] | True"),
    Mutant(generalise, "placed rows wait on", "waiting.keep(~placed)", "waiting.keep(~placed | True)"),
    Mutant(generalise, "coarse before fine", "return iter(sorted(", "return reversed(sorted("),
    Mutant(generalise, "the floor lowered", "K_FLOOR = 5", "K_FLOOR = 4"),
    Mutant(generalise, "classes of two nodes share numbers", "- 1 + published", "- 1"),
    Mutant(diversity, "l less one", "len(rich)) >= least", "len(rich)) >= least - 1"),
    Mutant(diversity, "levels of one of the two", "            self.levels[one, column] = level\n", ""),
    Mutant(diversity, "only the last array counts", "rich &= np.bincount", "rich = np.bincount"),
    Mutant(diversity, "the same words twice", "    pool.unite_alike()\n", ""),
    Mutant(verify, "k less one", "reached.k < k", "reached.k < k - 1"),
    Mutant(verify, "l less one", "reached.diversity < diversity", "reached.diversity < diversity - 1"),
    Mutant(verify, "households count their members", "if units is None or not", "if True or not"),
    Mutant(verify, "the richest class counts", "[present].min()) for values", "[present].max()) for values"),
    Mutant(verify, "the largest class counts", "int(sizes[present].min())", "int(sizes[present].max())"),
    Mutant(verify, "pairs forgotten", "    if m > 1:\n", "    if m > 2:\n"),
    Mutant(verify, "k less one of groups", "fewest < k", "fewest < k - 1"),
    Mutant(verify, "households of groups forgotten", "records if units is None else", "records if True else"),
    Mutant(classes, "bands begin one late", "if units >= start", "if units > start"),
    Mutant(classes, "anything can be put in", "if value not in hierarchy.labels", "if False"),
)  # fmt: skip


def grown(mutant: Mutant) -> Any:
    """The module with the change, beside the sound one."""
    source = Path(str(mutant.module.__file__)).read_text(encoding="utf-8")
    for old, new in ((mutant.old, mutant.new), mutant.also or (mutant.new, mutant.new)):
        if source.count(old) != 1 and old != new:
            raise Outdated(mutant.what)
        source = source.replace(old, new)
    module = ModuleType(mutant.module.__name__)
    exec(compile(source, "mutant", "exec"), module.__dict__)  # noqa: S102
    return module


def attack_generalise(module: Any) -> None:
    trees = (tree("nine", 9, 3), tree("four", 4, 2))
    chance = np.random.default_rng(5)
    for n in (5, 40, 300):
        records = np.stack([chance.integers(0, len(h.paths), n) for h in trees], axis=1)
        units, payload = chance.integers(0, n, n), chance.integers(0, 4, n) // 3
        made = module.generalise(records, trees, 5, units=units, sensitive=[payload])
        words = cells(records, trees, made.levels)
        assert (smallest(words, units.tolist()) or 5) >= 5
        assert (smallest(words, payload.tolist()) or 2) >= 2
        assert len({(a, b) for a, b in zip(words, made.classes, strict=True)}) == len(set(words))
        assert len(set(made.classes)) == len(set(words))
    assert not module.generalise(np.zeros((5, 2), dtype=np.int64), trees, 5).levels.any()
    mixed = module.generalise(np.array([[0, 0]] * 5 + [[1, 1]] * 4 + [[1, 0]] * 3), trees, 5)
    assert mixed.ncp == pytest.approx(7 / 12 * (1 / 3) / 2)
    assert module.generalise(records, trees, 5, sensitive=[np.zeros(n, dtype=np.int64)]).suppressed.all()
    with pytest.raises(Invalid):
        module.generalise(np.zeros((9, 2), dtype=np.int64), trees, 4)


def attack_diversity(module: Any) -> None:
    trees = (tree("nine", 9, 3), tree("four", 4, 2))
    chance = np.random.default_rng(5)
    records = np.stack([np.repeat(chance.integers(0, len(h.paths), 80), 5) for h in trees], axis=1)
    payloads = [chance.integers(0, 40, 400) // 38, chance.integers(0, 30, 400) // 29]
    made = generalise.generalise(records, trees, 5)
    merged = module.diversify(made.classes, records, made.levels, trees, payloads, 2)
    into = merged.into[made.classes]
    words = cells(records, trees, merged.levels[into])
    assert min(smallest(words, payload.tolist()) or 2 for payload in payloads) >= 2
    assert len(set(zip(words, into, strict=True))) == len(set(words)) == len(set(into))
    rows, payload = np.array([[0, 0]] * 6 + [[1, 0]] * 6), np.array([0, 1] * 6)
    said_alike = module.diversify(np.repeat([0, 1], 6), rows, np.array([[1, 0]] * 12), trees, [payload], 2)
    assert said_alike.into.tolist() == [0, 0]


def attack_verify(module: Any) -> None:
    unsafe: tuple[dict[str, Any], ...] = (
        {"classes": np.array([0] * 5 + [1] * 4)},
        {"classes": np.zeros(6, dtype=np.int64), "units": np.array([1, 2, 3, 4, 4, 4])},
        {"classes": np.array([0] * 5 + [1] * 5), "sensitive": [np.array([1, 2, 3, 4, 5, 7, 7, 7, 7, 7])]},
    )
    for case in unsafe:
        with pytest.raises(module.Unsafe):
            module.demand(k=5, **case)
    assert module.demand(np.zeros(5, dtype=np.int64), 5, units=np.arange(5)).k == 5
    rare_pair = np.array([[True, True]] * 4 + [[True, False]] * 9 + [[False, True]] * 8)
    for held, units in ((rare_pair, None), (np.ones((6, 1), dtype=bool), np.array([1, 2, 3, 4, 4, 4]))):
        with pytest.raises(module.Unsafe):
            module.demand_km(held, 5, units=units)


def attack_classes(module: Any) -> None:
    for units, band in ((5, "5–9"), (9, "5–9"), (10, "10–19"), (50, "50+")):
        assert module.size_band(units) == band
    with pytest.raises(Invalid):
        module.size_band(4)
    with pytest.raises(Invalid):
        module.SharedClass("Rasa", "B1", "6", module.SizeBand.FROM_5)


ATTACKS = {generalise: attack_generalise, diversity: attack_diversity, verify: attack_verify, classes: attack_classes}


@pytest.mark.parametrize("module", ATTACKS, ids=lambda module: module.__name__)
def test_the_sound_code_withstands_the_attacks(module: ModuleType) -> None:
    ATTACKS[module](module)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.module.__name__}: {mutant.what}")
def test_every_mutant_is_noticed(mutant: Mutant) -> None:
    broken = grown(mutant)
    with pytest.raises((AssertionError, DomainError, ValueError, IndexError, pytest.fail.Exception)):
        ATTACKS[mutant.module](broken)
