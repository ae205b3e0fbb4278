"""Finds concepts by their labels: exactly after folding, past letters that an encoding lost, or nearly, to choose."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from kompetanse.codes.lists import fold, tidy
from kompetanse.taxonomy.concepts import Concept

LOST = "?"
# A word of nothing but lost letters would match whatever is as long: most letters must have survived.
LEAST_SURVIVING = 0.5
# Below this rapidfuzz ratio (0-100) a proposal is noise; found by trying misspelt titles.
LEAST_LIKENESS = 75


@dataclass(slots=True)
class LabelIndex:
    """Labels of one kind of concept, in every language at once."""

    _tidy: dict[str, set[Concept]] = field(default_factory=lambda: defaultdict(set))
    _folded: dict[str, set[Concept]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, labels: Mapping[Concept, Iterable[str]]) -> "LabelIndex":
        """Index every label of every concept."""
        index = cls()
        for concept, texts in labels.items():
            for text in texts:
                index._tidy[tidy(text)].add(concept)
                index._folded[fold(text)].add(concept)
        return index

    def link(self, text: str) -> Concept | None:
        """The one concept that the text names, None for none or several.

        Diacritics count first ("år" is not "ar"), and are dropped only when nothing has them. Two names with
        a slash between ("tailor / skredder") link when both mean the same.
        """
        found = self._named(text)
        if not found and "/" in text:
            parts = [self._named(part) for part in text.split("/")]
            found = set.intersection(*parts)
        return next(iter(found)) if len(found) == 1 else None

    def _named(self, text: str) -> set[Concept]:
        exact = self._tidy.get(tidy(text)) or self._folded.get(fold(text))
        return exact or self._with_lost_letters(tidy(text))

    def _with_lost_letters(self, text: str) -> set[Concept]:
        """Concepts with a label that fits when each `?` may be any one letter."""
        letters = text.replace(" ", "")
        if LOST not in text or letters.count(LOST) > len(letters) * LEAST_SURVIVING:
            return set()
        pattern = re.compile(re.escape(text).replace(re.escape(LOST), r"\w"))
        return {
            concept
            for labels in (self._tidy, self._folded)
            for label, concepts in labels.items()
            if pattern.fullmatch(label)
            for concept in concepts
        }

    def search(self, text: str, limit: int) -> list[Concept]:
        """At most `limit` concepts for somebody who is typing: labels that begin so, then hold it, then resemble it."""
        wanted = fold(text)
        if not wanted or limit < 1:
            return []
        holding = sorted((not label.startswith(wanted), len(label), label) for label in self._folded if wanted in label)
        like = process.extract(wanted, self._folded.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=limit)
        labels = [label for *_, label in holding] + [label for label, *_ in like]
        by_label = (concept for label in labels for concept in sorted(self._folded[label], key=lambda one: one.uri))
        return list(dict.fromkeys(by_label))[:limit]
