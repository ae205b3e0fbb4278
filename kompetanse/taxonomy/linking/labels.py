"""What the linker finds concepts by, a label, and what it finds, a hit."""

from dataclasses import dataclass

from kompetanse.taxonomy.concepts import ConceptKind

Kind = ConceptKind


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a concept.

    `concept` is the concept's URI, `language` ISO 639-1, `text` as it is written in the source; `preferred` tells the
    one name of a concept in a language from its synonyms. `curated`: chosen by people who know what is meant here, so
    it wins where several concepts have the name.
    """

    concept: str
    kind: Kind
    language: str
    text: str
    preferred: bool
    curated: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that a text may mean: its URI, how surely (0 to 1), and the label that matched, with its language."""

    uri: str
    score: float
    label: str
    language: str
