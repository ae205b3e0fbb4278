"""Regulated professions as people write them. Pure."""

from kompetanse.codes.licences import authorisations
from kompetanse.codes.lists import fold


def find_profession(text: str) -> str | None:
    """The code of the regulated profession that a text names, the one with the longest name; None for none."""
    said = fold(text)
    named = [one for one in authorisations() if fold(one.name_nb) in said]
    return max(named, key=lambda one: len(one.name_nb)).code if named else None
