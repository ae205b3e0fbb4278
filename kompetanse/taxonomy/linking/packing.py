"""Takes dataclasses of arrays apart into named arrays, and puts them together again."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")


def arrays(part: object, name: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """Every array of a dataclass and of the dataclasses in it, with a name that begins with the given one."""
    if isinstance(part, np.ndarray):
        yield name, part
        return
    for field in fields(part):  # type: ignore[arg-type]  # dataclasses all the way down to the arrays
        yield from arrays(getattr(part, field.name), f"{name}.{field.name}")


def assembled(named: Mapping[str, NDArray[Any]], of: type[T], name: str) -> T:
    """A dataclass from what `arrays` gave; KeyError when an array is missing."""
    parts: dict[str, Any] = {}
    for field, hint in get_type_hints(of).items():
        inner = f"{name}.{field}"
        parts[field] = assembled(named, hint, inner) if isinstance(hint, type) and is_dataclass(hint) else named[inner]
    return of(**parts)
