"""Names: "Etternavn, Fornavn", "Fornavn Etternavn", or one in each cell; and names with lost letters."""

from dataclasses import dataclass

from kompetanse.exchange.cells.words import letters_lost, mostly_lost, tidy
from kompetanse.exchange.faults import CellRejected, CellWarning, Reading, Reason, reading

LONGEST = 100
# Words that open a family name of several words, in the languages of those who move here most.
_PARTICLES = frozenset(
    {"de", "dela", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "van", "von", "der", "den", "ter"}
    | {"al", "el", "ibn", "bin", "bint", "abu", "ben", "av", "af", "zu"}
)
_LOST = CellWarning(
    Reason.LETTERS_LOST,
    "Navnet har bokstaver som er blitt til spørsmålstegn",
    "Rett navnet i personkortet, eller lagre arket på nytt som CSV UTF-8 og importer igjen",
)
_GUESSED = CellWarning(
    Reason.NAME_GUESSED,
    "Navnet har flere ord, og det siste er lest som etternavn",
    "Skriv «Etternavn, Fornavn» hvis det er feil",
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its two parts, each as written; one of them may be empty, as some people have one name."""

    family_name: str
    given_name: str


def parse_name_part(text: str) -> Reading[str]:
    """A family name or given names from their own cell; "" when the cell is empty.

    Raises:
        CellRejected: nobody can read the name any longer, or it is too long to be one.
    """
    name = tidy(text)
    if name and mostly_lost(name):
        raise CellRejected(
            Reason.NAME_UNREADABLE,
            "Navnet er gått tapt: bokstavene er blitt til spørsmålstegn",
            "Lagre arket på nytt som UTF-8 (CSV UTF-8) fra Excel, eller rett navnet i denne kolonnen",
        )
    if len(name) > LONGEST:
        raise CellRejected(
            Reason.NAME_TOO_LONG, f"Navnet er lengre enn {LONGEST} tegn", "Skriv bare navnet i denne kolonnen"
        )
    if name and not any(letter.isalpha() for letter in name):
        raise CellRejected(Reason.NAME_UNREADABLE, "Navnet har ingen bokstaver", "Skriv navnet i denne kolonnen")
    return reading(name, [_LOST] if letters_lost(name) else [])


def parse_full_name(text: str) -> Reading[PersonName]:
    """A whole name from one cell. Without a comma the last word is the family name, with its particles.

    Raises:
        CellRejected: nobody can read the name any longer, or it is too long to be one.
    """
    family, comma, given = tidy(text).partition(",")
    guessed = False
    if not comma:
        given, family, guessed = _divide(family.split())
    parts = parse_name_part(family), parse_name_part(given)
    warnings = [*parts[0].warnings, *parts[1].warnings, *([_GUESSED] if guessed else [])]
    return reading(PersonName(parts[0].value, parts[1].value), warnings)


def _divide(words: list[str]) -> tuple[str, str, bool]:
    """Given names, family name, and whether that was a guess."""
    if len(words) < 2:
        return "", " ".join(words), False
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    if 0 < len(capitals) < len(words) and (words[: len(capitals)] == capitals or words[-len(capitals) :] == capitals):
        return " ".join(word for word in words if word not in capitals), " ".join(capitals), False
    opening = next((n for n, word in enumerate(words[1:-1], 1) if word.casefold() in _PARTICLES), None)
    cut = opening or len(words) - 1
    long = sum(word.casefold() not in _PARTICLES for word in words[cut:]) > 1 or words[cut] == "Van"  # Nguyen Van An
    return " ".join(words[:cut]), " ".join(words[cut:]), len(words) > 2 and (opening is None or long)
