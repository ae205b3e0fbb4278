"""A CV of fields, told as text: each entry a line, and a suggestion that knows where its line is. Pure."""

from dataclasses import dataclass, field

from kompetanse.competence.accepting import LONG_TEXT, TEXT_LENGTH
from kompetanse.competence.extracting.suggestions import Suggestion
from kompetanse.competence.fields import PartFields, ProfilePart

STATED = 0.9
"""How sure a suggestion is that stands in a field of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a CV says, and the suggestions in it, in the order of the text."""

    text: str
    suggestions: tuple[Suggestion, ...]


@dataclass(slots=True)
class Scribe:
    """Writes a CV down, line by line."""

    _lines: list[str] = field(default_factory=list)
    _length: int = 0
    _found: list[Suggestion] = field(default_factory=list)

    def say(self, text: str | None) -> None:
        """A line that suggests nothing by itself, and is read like any text."""
        for line in (text or "").splitlines():
            if line.strip():
                self._write(" ".join(line.split()))

    def entry(self, part: ProfilePart, line: str, fields: PartFields, sure: float = STATED) -> None:
        """A line that is an entry for a profile."""
        start = self._length
        self._write(" ".join(line.split()))
        self._found.append(Suggestion(part, start, self._length - 1, fields, sure))

    def told(self) -> Told:
        """All of it."""
        return Told("\n".join(self._lines), tuple(self._found))

    def _write(self, line: str) -> None:
        self._lines.append(line)
        self._length += len(line) + 1


def short(text: str | None) -> str | None:
    """Words of a single line as a profile holds them; None for none."""
    words = " ".join((text or "").split())
    return words[:TEXT_LENGTH] or None


def long(text: str | None) -> str | None:
    """Words of several lines as a profile holds them; None for none."""
    words = (text or "").strip()
    return words[:LONG_TEXT] or None
