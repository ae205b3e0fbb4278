"""Chooses from all labels what is worth a vector, and what languages can be learned from. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.linking.labels import Label

KINDS = (ConceptKind.SKILL,)
"""The kinds that are found by meaning. Occupations have labels in every language, which find them better."""

ENGLISH = "en"
# More names of a language teach it no better; fewer than the starter lists' four hundred are not worth a map.
_MOST, _LEAST = 1000, 200

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is encoded: English names of skills with their URIs, and by language pairs of a name and the English one."""

    uris: Sequence[str]
    names: Sequence[str]
    pairs: Mapping[str, Pairs]


def choose(labels: Iterable[Label]) -> Chosen:
    """The preferred English names of skills, and those of occupations in two languages."""
    skills: dict[tuple[str, str], None] = {}
    titles: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for one in labels:
        if not one.preferred:
            continue
        if one.kind in KINDS and one.language == ENGLISH:
            skills[one.concept, one.text] = None
        elif one.kind is ConceptKind.OCCUPATION:
            titles[one.language].setdefault(one.concept, []).append(one.text)
    english = titles.pop(ENGLISH, {})
    pairs = {language: _pairs(found, english) for language, found in sorted(titles.items())}
    enough = {language: found for language, found in pairs.items() if len(found) >= _LEAST}
    ordered = sorted(skills)
    return Chosen([uri for uri, _ in ordered], [name for _, name in ordered], enough)


def _pairs(titles: Mapping[str, Sequence[str]], english: Mapping[str, Sequence[str]]) -> Pairs:
    """Names of the same occupations from the same source; the starter's stand before what was imported in both."""
    # By URI, which is as good as chance, so that every import chooses the same ones.
    shared = sorted(titles.keys() & english.keys())
    return [pair for uri in shared for pair in zip(titles[uri], english[uri], strict=False)][:_MOST]
