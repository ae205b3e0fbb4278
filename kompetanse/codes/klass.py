"""Reads what Statistics Norway's Klass API answers. Pure: the answer comes as bytes.

Klass (https://data.ssb.no/api/klass/v1/api-guide.html) answers `codesAt` with the codes of a classification on a day,
and `changes` with what became what. `level` is a number written as a string.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from kompetanse.errors import DomainError


class ListRefused(DomainError):
    """What was fetched is not the list that was asked for, or cannot take its place; nothing was changed."""

    code = "list-refused"


@dataclass(frozen=True, slots=True)
class KlassCode:
    """One code of a classification. `parent` is empty for one of the highest level."""

    code: str
    name: str
    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class KlassChange:
    """One code that became another on a day."""

    old: str
    new: str
    day: date


def parse_codes(content: bytes) -> tuple[KlassCode, ...]:
    """The codes of an answer to `codesAt`.

    Raises:
        ListRefused: it is no such answer, or has no codes.
    """
    found = tuple(_code(one) for one in _items(content, "codes"))
    if not found:
        raise ListRefused("The answer has no codes; is the day one on which the list was valid?")
    return found


def parse_changes(content: bytes) -> tuple[KlassChange, ...]:
    """The changes of an answer to `changes`; codes that only came or only went are left out.

    Raises:
        ListRefused: it is no such answer.
    """
    found = []
    for one in _items(content, "codeChanges"):
        old, new, day = (str(one.get(key) or "").strip() for key in ("oldCode", "newCode", "changeOccurred"))
        if old and new and old != new:
            found.append(KlassChange(_cell(old), _cell(new), _day(day)))
    return tuple(found)


def _items(content: bytes, key: str) -> list[dict[str, Any]]:
    try:
        answer = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise ListRefused("The answer is not JSON; is this the address of the Klass API?") from None
    items = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise ListRefused(f"The answer has no list of {key}; is this the address of the Klass API?")
    return items


def _code(one: dict[str, Any]) -> KlassCode:
    code, name = (_cell(str(one.get(key) or "")) for key in ("code", "name"))
    level = str(one.get("level") or "").strip()
    if not code or not name or not level.isdecimal():
        raise ListRefused("A code of the answer lacks its code, name or level")
    return KlassCode(code, name, int(level), _cell(str(one.get("parentCode") or "")))


def _cell(text: str) -> str:
    """Text that can stand in a cell of our lists, which have no quoting."""
    return " ".join(text.replace(";", ",").replace("|", "/").split())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ListRefused("A change of the answer has no date") from None
