"""Which linker answers: that of the starter lists and of what was imported, which lies on disk.

Beside it lie the vectors of the optional search by meaning, where that is switched on.

An index of all of ESCO takes most of a minute to build and milliseconds to open, so it is built when a taxonomy is
imported and when a server starts without one, and every process opens the same files. Where there are none, the starter
lists are indexed in memory, which takes some seconds.
"""

import hashlib
import shutil
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from sqlmodel import Session

from kompetanse.taxonomy import queries, starter
from kompetanse.taxonomy.lexicon import ByMeaning, starter_linker
from kompetanse.taxonomy.linking import store
from kompetanse.taxonomy.linking.labels import Label
from kompetanse.taxonomy.linking.linker import Linker
from kompetanse.taxonomy.semantic import encoding, vectors
from kompetanse.taxonomy.semantic.choosing import Chosen, choose
from kompetanse.taxonomy.semantic.nearest import Semantic

_FOLDER, _POINTER = "linker", "current"


def linker(derived: Path | None) -> Linker:
    """The linker that answers now. `derived` is where files lie that can be made anew; None where there are none.

    The starter lists answer also where the index was taken away, or is one of another version of the program.
    """
    folder = _pointed_at(derived)
    try:
        return _opened(folder) if folder else starter_linker()
    except store.NotBuilt:
        return starter_linker()


def prepare(session: Session, derived: Path | None) -> bool:
    """See that the linker of the lists and of what is imported lies on disk; whether it had to be built."""
    if derived is None:
        return False
    releases = [one.fingerprint for one in session.exec(queries.releases())]
    folder = derived / _FOLDER
    made_of = "\n".join((str(store.FORMAT), starter.fingerprint(), *releases))
    name = hashlib.sha256(made_of.encode()).hexdigest()[:16]
    built = not _is_built(folder / name)
    if built:
        folder.mkdir(parents=True, exist_ok=True)
        store.build(_labels(session), folder / name, _relations(session))
    _point(folder, name)
    return built


def by_meaning(derived: Path | None) -> ByMeaning | None:
    """What finds skills by meaning now; None where it is not installed, or nothing is made for it."""
    folder = _pointed_at(derived)
    try:
        return _opened_vectors(folder, vectors.path(folder).stat().st_mtime_ns) if folder else None
    except (FileNotFoundError, vectors.NotBuilt, encoding.NotInstalled):
        return None


def to_encode(session: Session, derived: Path | None) -> tuple[Chosen, Path] | None:
    """What has to be encoded, and beside which index it is to lie; None when that is done, or nothing is imported.

    Raises:
        NotInstalled: the extra `semantic` is not.
    """
    model, folder = encoding.model_name(), _pointed_at(derived)
    if folder is None:
        return None
    try:
        vectors.open_vectors(folder, model)
    except vectors.NotBuilt:
        return choose(_labels(session)), folder
    return None


def _pointed_at(derived: Path | None) -> Path | None:
    """The folder of the index that answers now."""
    pointer = derived / _FOLDER / _POINTER if derived else None
    try:
        return pointer.parent / pointer.read_text() if pointer else None
    except FileNotFoundError:
        return None


def _is_built(folder: Path) -> bool:
    """Whether an index lies there; one whose making was cut off does not."""
    try:
        store.open_linker(folder)
    except store.NotBuilt:
        return False
    return True


def _labels(session: Session) -> Iterable[Label]:
    yield from starter.starter().labels
    for uri, kind, language, position, text in session.execute(queries.labels()):
        yield Label(uri, kind, language, text, position == 0)


def _relations(session: Session) -> Iterable[tuple[str, str]]:
    yield from starter.starter().relations()
    yield from ((one, skill) for one, skill in session.execute(queries.relations()))


def _point(folder: Path, name: str) -> None:
    """Let the pointer name a folder, all at once, and remove what no longer is pointed at."""
    pointer = folder / _POINTER
    if pointer.exists() and pointer.read_text() == name:
        return
    beside = folder / f"{_POINTER}.new"
    beside.write_text(name)
    beside.replace(pointer)
    for old in folder.iterdir():
        if old.is_dir() and old.name != name:
            shutil.rmtree(old, ignore_errors=True)


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Linker:
    """The linker of a folder, whose name tells all that it was made of."""
    return store.open_linker(folder)


@lru_cache(maxsize=2)
def _opened_vectors(folder: Path, _changed: int) -> Semantic:
    return Semantic(vectors.open_vectors(folder, encoding.model_name()), encoding.open_encoder)
