"""The concepts that ship with the program, for a municipality that has not loaded ESCO: our own short lists."""

from dataclasses import dataclass
from functools import cache

from kompetanse.codes.lists import aliases, read_list
from kompetanse.taxonomy.concepts import LINKABLE, Concept, ConceptKind
from kompetanse.taxonomy.index import LabelIndex

_ESCO = "http://data.europa.eu/esco/"
_OWN = "urn:kompetanse:"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Concepts by URI, the index of each kind's labels, and the skills that an occupation cannot do without."""

    concepts: dict[str, Concept]
    labels: dict[ConceptKind, LabelIndex]
    essential: dict[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    """Read the starter lists once."""
    labels = {kind: dict(_labels(kind)) for kind in LINKABLE}
    return Vocabulary(
        concepts={concept.uri: concept for by_kind in labels.values() for concept in by_kind},
        labels={kind: LabelIndex.of(by_kind) for kind, by_kind in labels.items()},
        essential={
            _uri(ConceptKind.OCCUPATION, occupation): tuple(_uri(ConceptKind.SKILL, key) for key in skills.split())
            for occupation, skills in _rows("essential_skills")
        },
    )


def _rows(name: str) -> list[tuple[str, ...]]:
    return list(read_list(name, "kompetanse.taxonomy"))


def _uri(kind: ConceptKind, key: str) -> str:
    """ESCO's URI for a UUID, our own for a plain word."""
    return f"{_ESCO}{kind}/{key}" if key.count("-") == 4 and len(key) == 36 else f"{_OWN}{kind}:{key}"


def _labels(kind: ConceptKind) -> list[tuple[Concept, tuple[str, ...]]]:
    """Each concept of a kind with all its labels. The second column is a skill's group or an occupation's code."""
    is_skill = kind is ConceptKind.SKILL
    found = []
    for key, code, nb, en, others in _rows(f"{kind}s"):
        place = {"group": code or None} if is_skill else {"styrk": code}
        found.append((Concept(_uri(kind, key), kind, nb, en, **place), (nb, en, *aliases(others))))
    return found
