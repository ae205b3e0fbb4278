"""Keeps vectors on disk: a folder of arrays beside the linker's index, memory-mapped, in place all at once or not."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.semantic.choosing import Chosen
from kompetanse.taxonomy.semantic.encoding import Encoder
from kompetanse.taxonomy.semantic.mapping import RIDGE, learn

FORMAT = 1
"""Raised whenever what lies in the folder, or how it is made, changes."""

ANY_LANGUAGE = ""
"""The map for a text whose language nobody told: learned from all languages."""

# Of many languages at once less can be learned, so their common map is held nearer to no change.
_RIDGE_ANY = 10 * RIDGE
_AT_ONCE = 128
_ABOUT, _NAMES, _MAPS = "about.json", "names.npy", "maps.npy"

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many texts are done, and how many there are."""


class NotBuilt(LookupError):
    """There are no vectors here, or those of another model or version of the program."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """English names and how to come to them from other languages.

    `uris`: the concept of each name; `names`: float32[N, D], of length 1; `languages`: what there are maps from;
    `maps`: float32[languages, D + 1, D], see `mapping.learn`; `model`: what made them.
    """

    model: str
    uris: Sequence[str]
    names: NDArray[np.float32]
    languages: Sequence[str]
    maps: NDArray[np.float32]


def path(directory: Path) -> Path:
    """Where vectors lie in the folder of a linker's index."""
    return directory / f"semantic-{FORMAT}"


def build(chosen: Chosen, directory: Path, encoder: Encoder, progress: Progress = lambda *_: None) -> None:
    """Encode what was chosen and put it beside the index in `directory`, in place of what is there."""
    made = _made(chosen, encoder, progress)
    directory.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=directory, prefix=".semantic-"))
    try:
        _write(made, beside)
        shutil.rmtree(path(directory), ignore_errors=True)
        beside.replace(path(directory))
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def open_vectors(directory: Path, model: str) -> Vectors:
    """The vectors that a model made here; read from disk when they are needed.

    Raises:
        NotBuilt: there are none, or others.
    """
    folder = path(directory)
    try:
        about = json.loads((folder / _ABOUT).read_text("utf-8"))
        names, maps = (np.load(folder / name, mmap_mode="r") for name in (_NAMES, _MAPS))
    except (FileNotFoundError, ValueError) as error:
        raise NotBuilt(f"There are no vectors in {directory.name}") from error
    if about["model"] != model:
        raise NotBuilt(f"The vectors are of {about['model']}, not of {model}")
    # Plain arrays over the mapping: memmap's own subclass makes every operation slower.
    return Vectors(model, about["uris"], np.asarray(names), about["languages"], np.asarray(maps))


def _made(chosen: Chosen, encoder: Encoder, progress: Progress) -> Vectors:
    texts = [*chosen.names, *(text for pairs in chosen.pairs.values() for pair in pairs for text in pair)]
    encoded = _encoded(list(dict.fromkeys(texts)), encoder, progress)

    def of(wanted: Sequence[str]) -> NDArray[np.float32]:
        return np.array([encoded[text] for text in wanted], np.float32)

    taught = {
        language: (of([name for name, _ in pairs]), of([name for _, name in pairs]))
        for language, pairs in chosen.pairs.items()
    }
    maps = [learn(foreign, english) for foreign, english in taught.values()]
    languages = list(taught)
    if taught:
        foreign, english = (np.concatenate(side) for side in zip(*taught.values(), strict=True))
        maps.append(learn(foreign, english, _RIDGE_ANY))
        languages.append(ANY_LANGUAGE)
    return Vectors(encoder.name, chosen.uris, of(chosen.names), languages, np.array(maps, np.float32))


def _encoded(texts: Sequence[str], encoder: Encoder, progress: Progress) -> dict[str, NDArray[np.float32]]:
    found: dict[str, NDArray[np.float32]] = {}
    for batch in _batches(texts):
        progress(len(found), len(texts))
        found.update(zip(batch, encoder.encode(batch), strict=True))
    progress(len(found), len(texts))
    return found


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))


def _write(made: Vectors, folder: Path) -> None:
    about = {"model": made.model, "uris": list(made.uris), "languages": list(made.languages)}
    (folder / _ABOUT).write_text(json.dumps(about), "utf-8")
    np.save(folder / _NAMES, made.names)
    np.save(folder / _MAPS, made.maps)
    for file in folder.iterdir():
        with file.open("rb+") as opened:
            os.fsync(opened.fileno())
