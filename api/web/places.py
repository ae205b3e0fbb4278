"""Municipalities by their names, as forms ask for them; two of them are told apart by their counties."""

from collections import Counter

from kompetanse.codes.lists import fold, kept
from kompetanse.codes.municipalities import is_municipality, municipalities, municipality


def place_name(number: str) -> str:
    """A municipality's name: "Frøya", "Herøy (Nordland)"; its number when it is none of today."""
    if not is_municipality(number):
        return number
    found = municipality(number)
    return found.name if _named()[fold(found.name)] == 1 else f"{found.name} ({found.county})"


def find_place(text: str) -> str | None:
    """The number of the municipality of a name or a number, None where none has it, or several."""
    wanted = fold(text)
    found = [one.number for one in municipalities() if wanted in {one.number, fold(place_name(one.number))}]
    return found[0] if len(found) == 1 else None


@kept
def _named() -> Counter[str]:
    return Counter(fold(one.name) for one in municipalities())
