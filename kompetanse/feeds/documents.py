"""JSON documents out of a stream in which one follows the other: on a line each, over several, or side by side. Pure.

What does not parse spoils itself and nothing else: reading goes on where a line begins with a brace or bracket.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from pydantic import JsonValue

LONGEST = 2 * 1024 * 1024
"""Characters of one document."""

_DEEPEST = 50
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]')


@dataclass(frozen=True, slots=True)
class Broken:
    """Text that is no JSON, by the line that it begins on (1-based)."""

    line: int


@dataclass(slots=True)
class _Held:
    """The lines of a document that is not closed yet."""

    begin: int = 1
    lines: list[str] = field(default_factory=list)
    depth: int = 0
    size: int = 0

    def take(self, number: int, line: str) -> None:
        if not self.lines:
            self.begin = number
        self.lines.append(line)
        self.size += len(line)
        for token in _TOKENS.findall(line):
            self.depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token, 0)

    def is_cut_by(self, line: str) -> bool:
        """Whether a line begins another document: right inside an object, none of its members begins with a brace."""
        inside = self.depth == 1 and self.lines[0].lstrip()[:1] == "{"
        return inside and line[:1] == "{" and not self.lines[-1].rstrip().endswith(":")

    @property
    def is_hopeless(self) -> bool:
        return self.depth < 0 or self.depth > _DEEPEST or self.size > LONGEST


def documents(lines: Iterable[str]) -> Iterator[JsonValue | Broken]:
    """Each document of a stream, and what of it is none.

    A document is parsed once its brackets are closed, so a long one over many lines costs no more than a short one.
    """
    held, skipping = _Held(), False
    for number, line in enumerate(lines, 1):
        if not line.strip() or (skipping and line[:1] not in {"{", "["}):
            continue
        skipping = False
        if held.lines and held.is_cut_by(line):
            yield Broken(held.begin)
            held = _Held()
        held.take(number, line)
        if held.is_hopeless:
            yield Broken(held.begin)
            held, skipping = _Held(), True
        elif held.depth == 0:
            found = list(_parsed("".join(held.lines), held.begin))
            skipping = isinstance(found[-1], Broken)
            yield from found
            held = _Held()
    if held.lines:
        yield Broken(held.begin)


def _parsed(text: str, line: int) -> Iterator[JsonValue | Broken]:
    """The documents of a text whose brackets are closed."""
    text = text.strip()
    at = 0
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield Broken(line)
            return
        yield value
        while text[at : at + 1].isspace():
            at += 1


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse)
