"""Learns how one language's vectors lie beside those of English, from names of the same things in both. Pure."""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

RIDGE = 0.3
"""How strongly a language's map is held to no change. Chosen on occupations left out of the learning, not on skills."""


def learn(foreign: Vectors, english: Vectors, ridge: float = RIDGE) -> Vectors:
    """The linear map from foreign to English vectors, float32[D + 1, D]; the last row is what is added.

    `foreign`, `english`: float32[N, D], row by row the same things. Ridge regression that is drawn towards the identity
    instead of to zero: the model has brought the languages near each other already, and few names must not undo that.
    """
    wide = foreign.astype(np.float64)
    aim = english.astype(np.float64)
    from_, to = wide.mean(axis=0), aim.mean(axis=0)
    wide, aim = wide - from_, aim - to
    keep = ridge * np.eye(wide.shape[1])
    turn = np.linalg.solve(wide.T @ wide + keep, wide.T @ aim + keep)
    return np.vstack([turn, to - from_ @ turn]).astype(np.float32)


def apply(learnt: Vectors, vectors: Vectors) -> Vectors:
    """Foreign vectors as English ones of length 1, float32[N, D]."""
    return normalised(vectors @ learnt[:-1] + learnt[-1])


def normalised(vectors: Vectors) -> Vectors:
    """The same directions with length 1; a vector of nothing stays nothing."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
