"""The concepts that ship with the program: our own lists, one folder a sector, in seven languages and some more.

They serve also when ESCO is imported: its skills come in English, and its titles are not what people write on forms.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kompetanse.codes.lists import aliases, read_list
from kompetanse.taxonomy.concepts import LINKABLE, Concept, ConceptKind
from kompetanse.taxonomy.linking.labels import Label

SECTORS = ("care", "common", "craft", "office", "sea", "service")
LANGUAGES = ("nb", "nn", "en", "pl", "lt", "uk", "ar")
"""The languages that every concept has names in, in the order of the columns."""

_PACKAGE = "kompetanse.taxonomy"
_ESCO = "http://data.europa.eu/esco/"
_OWN = "urn:kompetanse:"
_LISTS = ("occupations", "skills", "needs", "replaced")


@dataclass(frozen=True, slots=True)
class Needs:
    """The skills that an occupation cannot do without, and those that it often uses, by URI."""

    essential: tuple[str, ...]
    optional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Starter:
    """The lists: concepts by URI, every name of them, what occupations need, and successors of keys of older lists."""

    concepts: Mapping[str, Concept]
    labels: tuple[Label, ...]
    needs: Mapping[str, Needs]
    replaced: Mapping[str, str]

    def relations(self) -> Iterator[tuple[str, str]]:
        """Occupations and skills that go together, by URI."""
        for occupation, needed in self.needs.items():
            yield from ((occupation, skill) for skill in (*needed.essential, *needed.optional))


@cache
def starter() -> Starter:
    """Read the lists once."""
    concepts: dict[str, Concept] = {}
    labels: list[Label] = []
    needs: dict[str, Needs] = {}
    replaced: dict[str, str] = {}
    for sector in SECTORS:
        for kind in LINKABLE:
            for concept, names in _concepts(sector, kind):
                concepts[concept.uri] = concept
                labels += names
        for occupation, essential, optional in _rows(sector, "needs"):
            needs[_uri(ConceptKind.OCCUPATION, occupation)] = Needs(_skills(essential), _skills(optional))
        for old, new in _rows(sector, "replaced"):
            known = [kind for kind in LINKABLE if _uri(kind, new) in concepts]
            replaced |= {_uri(kind, old): _uri(kind, new) for kind in known}
    return Starter(MappingProxyType(concepts), tuple(labels), MappingProxyType(needs), MappingProxyType(replaced))


@cache
def _by_styrk() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for uri, concept in starter().concepts.items():
        if concept.styrk:
            found.setdefault(concept.styrk, []).append(uri)
    return found


def sole_occupation(styrk: str) -> str | None:
    """The URI of the only occupation of a STYRK-08 code, None where the lists have several or none."""
    found = _by_styrk().get(styrk, [])
    return found[0] if len(found) == 1 else None


@cache
def fingerprint() -> str:
    """SHA-256 of the lists: what is made of them is made anew when they change."""
    digest = hashlib.sha256()
    for sector in SECTORS:
        for name in _LISTS:
            file = files(_PACKAGE) / "data" / sector / f"{name}.csv"
            digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()


def _rows(sector: str, name: str) -> Iterator[tuple[str, ...]]:
    if (files(_PACKAGE) / "data" / sector / f"{name}.csv").is_file():
        yield from read_list(f"{sector}/{name}", _PACKAGE)


def _uri(kind: ConceptKind, key: str) -> str:
    """ESCO's URI for a UUID, our own for a plain word."""
    return f"{_ESCO}{kind}/{key}" if key.count("-") == 4 and len(key) == 36 else f"{_OWN}{kind}:{key}"


def _skills(keys: str) -> tuple[str, ...]:
    return tuple(_uri(ConceptKind.SKILL, key) for key in keys.split())


def _concepts(sector: str, kind: ConceptKind) -> Iterator[tuple[Concept, list[Label]]]:
    """Each concept of a kind with all its names; the first of a cell is preferred."""
    is_skill = kind is ConceptKind.SKILL
    for key, *places, nb, nn, en, pl, lt, uk, ar, others in _rows(sector, f"{kind}s"):
        cells = dict(zip(LANGUAGES, map(aliases, (nb, nn, en, pl, lt, uk, ar)), strict=True))
        place = {"group": places[0] or None} if is_skill else {"styrk": places[1]}
        names = MappingProxyType({language: texts[0] for language, texts in cells.items()})
        concept = Concept(_uri(kind, key), kind, names, **place)
        labels = [
            Label(concept.uri, kind, language, text, position == 0, curated=True)
            for language, texts in cells.items()
            for position, text in enumerate(texts)
        ]
        labels += [
            Label(concept.uri, kind, language, text, False, curated=True)
            for language, _, text in (other.partition(":") for other in aliases(others))
        ]
        yield concept, labels
