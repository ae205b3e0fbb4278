"""Keeps a linker on disk: one file of arrays, memory-mapped when opened, replaced as a whole when built anew.

A running program that has the old file open goes on reading it.
"""

import json
import os
import struct
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.concepts import LINKABLE, ConceptKind
from kompetanse.taxonomy.linking.labels import Label
from kompetanse.taxonomy.linking.linker import Linker
from kompetanse.taxonomy.linking.meaning_space import with_meanings
from kompetanse.taxonomy.linking.meanings import Meanings
from kompetanse.taxonomy.linking.packing import arrays, assembled
from kompetanse.taxonomy.linking.relations import Relations
from kompetanse.taxonomy.linking.shelf import Shelf
from kompetanse.taxonomy.linking.shelving import shelve

FORMAT = 1
"""Raised whenever an array or how texts are folded changes: files of another format are not opened."""

_MAGIC = b"KOMPLINK"
# Arrays begin at multiples of this, which suits every type and the processor's cache.
_ALIGNED = 64
_LENGTH = struct.Struct("<Q")
_RELATIONS, _MEANINGS = "relations", "meanings"


class NotBuilt(LookupError):
    """There is no index, or one of another format: `build` makes it."""


def in_memory(labels: Iterable[Label], relations: Iterable[tuple[str, str]] = ()) -> Linker:
    """A linker of these labels, kept nowhere."""
    return _linker(_packed(labels, relations))


def build(labels: Iterable[Label], directory: Path, relations: Iterable[tuple[str, str]] = ()) -> None:
    """Write the index of these labels, in place of the one that was there.

    `relations`: pairs of an occupation's and a skill's URI that go together. Labels of groups are left out: nobody has
    a group.
    """
    packed = _packed(labels, relations)
    directory.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=directory, prefix=".labels-")
    try:
        with os.fdopen(handle, "wb") as file:
            _write(file, packed)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(_path(directory))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def open_linker(directory: Path) -> Linker:
    """The linker that was built here; its arrays are read from disk when they are needed.

    Raises:
        NotBuilt: nothing was, or by a version of the program that kept it in another way.
    """
    return _linker(_read(_path(directory)))


def _path(directory: Path) -> Path:
    return directory / f"labels-{FORMAT}.index"


def _packed(labels: Iterable[Label], relations: Iterable[tuple[str, str]]) -> dict[str, NDArray[Any]]:
    """Every array by the name of its kind and its own."""
    by_kind: dict[ConceptKind, list[Label]] = defaultdict(list)
    for label in labels:
        if label.kind in LINKABLE:
            by_kind[label.kind].append(label)
    pairs = list(relations)
    shelves = {kind: shelve(by_kind.pop(kind)) for kind in sorted(by_kind)}
    meanings, shelves = with_meanings(shelves, pairs)
    packed = dict(arrays(Relations.of(pairs), _RELATIONS)) | dict(arrays(meanings, _MEANINGS))
    for kind, shelf in shelves.items():
        packed |= arrays(shelf, kind.value)
    return packed


def _linker(packed: Mapping[str, NDArray[Any]]) -> Linker:
    kinds = {name.split(".")[0] for name in packed} - {_RELATIONS, _MEANINGS}
    try:
        shelves = {ConceptKind(kind): assembled(packed, Shelf, kind) for kind in kinds}
        meanings, relations = assembled(packed, Meanings, _MEANINGS), assembled(packed, Relations, _RELATIONS)
        return Linker(shelves, meanings, relations)
    except (KeyError, ValueError) as error:
        raise NotBuilt(f"The index lacks {error}") from error


def _write(file: BinaryIO, packed: Mapping[str, NDArray[Any]]) -> None:
    """The magic, the length of the table of contents, the table, and the arrays."""
    contents, at = [], 0
    for name, array in packed.items():
        contents.append([name, array.dtype.str, list(array.shape), at])
        at += _aligned(array.nbytes)
    table = json.dumps(contents).encode()
    table += b" " * (_aligned(len(_MAGIC) + _LENGTH.size + len(table)) - len(_MAGIC) - _LENGTH.size - len(table))
    file.write(_MAGIC + _LENGTH.pack(len(table)) + table)
    for array in packed.values():
        file.write(np.ascontiguousarray(array).data)
        file.write(bytes(_aligned(array.nbytes) - array.nbytes))


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _read(path: Path) -> dict[str, NDArray[Any]]:
    try:
        whole = np.memmap(path, np.uint8, mode="r")
    except (FileNotFoundError, ValueError) as error:  # ValueError: an empty file
        raise NotBuilt(f"There is no index at {path.name}") from error
    head = len(_MAGIC) + _LENGTH.size
    if whole[: len(_MAGIC)].tobytes() != _MAGIC:
        raise NotBuilt(f"{path.name} is no index")
    (length,) = _LENGTH.unpack(whole[len(_MAGIC) : head].tobytes())
    found = {}
    for name, kind, shape, at in json.loads(whole[head : head + length].tobytes()):
        dtype = np.dtype(kind)
        begin = head + length + at
        size = dtype.itemsize * int(np.prod(shape))
        # A plain array over the mapping: memmap's own subclass makes every slice slower.
        found[name] = np.asarray(whole[begin : begin + size]).view(np.ndarray).view(dtype).reshape(shape)
    return found
