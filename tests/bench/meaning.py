"""What `tests.bench.semantic` measures on: names of skills in one language, to be found by the English ones."""

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.download import open_download
from kompetanse.taxonomy.linking.labels import Label
from kompetanse.taxonomy.starter import starter
from tests.bench.results import Unmeasured

LANGUAGES = ("nb", "pl", "lt", "uk", "ar")
SAMPLE, CANDIDATES = 200, 5000


@dataclass(frozen=True, slots=True)
class Query:
    """A text and the skill that it means."""

    text: str
    uri: str


@dataclass(frozen=True, slots=True)
class Material:
    """Labels of skills and occupations, and the skills that are asked for.

    `skills`: those of the starter lists, and of ESCO's so many by chance that there are 5,000 English names.
    """

    skills: Sequence[Label]
    occupations: Sequence[Label]
    asked: frozenset[str]

    def preferred(self) -> list[Label]:
        """The English names that are searched among."""
        return [one for one in self.skills if one.language == "en" and one.preferred]

    def queries(self, language: str) -> list[Query]:
        """The preferred names of the skills that are asked for."""
        return [
            Query(one.text, one.concept)
            for one in starter().labels
            if one.concept in self.asked and one.language == language and one.preferred
        ]

    def without_names(self) -> list[Label]:
        """All names of skills, but of those that are asked for the English ones only, as ESCO's own skills have."""
        return [one for one in self.skills if one.language == "en" or one.concept not in self.asked]

    def aliases(self) -> tuple[list[Label], Mapping[str, list[Query]]]:
        """All names of skills but some second ones of each language, and these."""
        chance = random.Random(5)
        gone: set[Label] = set()
        for language in LANGUAGES:
            others = [one for one in starter().labels if one.language == language and not one.preferred]
            gone |= set(chance.sample([one for one in others if one.kind is ConceptKind.SKILL], SAMPLE))
        left = [one for one in self.skills if one not in gone]
        ordered = [one for one in self.skills if one in gone]
        asked = {code: [Query(one.text, one.concept) for one in ordered if one.language == code] for code in LANGUAGES}
        return left, asked


def material() -> Material:
    """Read the starter lists and an official download. Raises Unmeasured where none is told of."""
    folder = os.environ.get("BENCH_ESCO")
    if not folder:
        raise Unmeasured("set BENCH_ESCO to an ESCO download as CSV: skills in English, occupations in no, pl, lt, en")
    chance = random.Random(1)
    shipped = [one for one in starter().labels if one.kind is ConceptKind.SKILL]
    own = sorted({one.concept for one in shipped})
    imported = list(_imported(Path(folder)))
    skills = [one for one in imported if one.kind is ConceptKind.SKILL and one.language == "en"]
    both = {one.concept for one in skills} & set(own)
    others = sorted({one.concept for one in skills} - both)
    kept = both | set(chance.sample(others, CANDIDATES - len(own) - len(both)))
    return Material(
        skills=[*shipped, *(one for one in skills if one.concept in kept)],
        occupations=[one for one in (*starter().labels, *imported) if one.kind is ConceptKind.OCCUPATION],
        asked=frozenset(chance.sample(own, SAMPLE)),
    )


def _imported(folder: Path) -> Iterator[Label]:
    found = open_download(folder).read()
    for (uri, language), names in found.labels.items():
        if language in {*LANGUAGES, "en"}:
            for position, name in enumerate(names):
                yield Label(uri, found.concepts[uri][0], language, name, position == 0)
