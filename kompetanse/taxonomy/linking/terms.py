"""A folded text as the terms that words are compared by: stems of words and of the parts of compounds."""

from kompetanse.taxonomy.linking.abbreviations import expanded
from kompetanse.taxonomy.linking.compounds import Splitter
from kompetanse.taxonomy.linking.stems import stem


def terms(folded: str, splitter: Splitter) -> list[str]:
    """The distinct terms of a text in their order; an abbreviation counts as what it stands for."""
    return list(dict.fromkeys(stem(part) for word in expanded(folded).split() for part in splitter.split(word)))
