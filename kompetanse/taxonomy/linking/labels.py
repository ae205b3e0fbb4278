"""What the linker finds concepts by: one label of a concept, in one language."""

from dataclasses import dataclass

from kompetanse.taxonomy.concepts import ConceptKind

Kind = ConceptKind


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a concept.

    `concept` is the concept's URI, `language` ISO 639-1, `text` as it is written in the source; `preferred` tells the
    one name of a concept in a language from its synonyms.
    """

    concept: str
    kind: Kind
    language: str
    text: str
    preferred: bool
