"""How the loops are compiled, and whether what was compiled is kept.

Numba compiles a loop when it is first called: all of them take some fifteen seconds, once. What was compiled is kept
beside the code, in the user's cache, or where `NUMBA_CACHE_DIR` says; from then on a process has it in half a second.
Where none of these can be written, each process compiles for itself.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

_BESIDE = Path(__file__).parent


def _kept() -> bool:
    places = (os.environ.get("NUMBA_CACHE_DIR"), str(_BESIDE), str(Path.home()))
    return any(place is not None and os.access(place, os.W_OK) for place in places)


def compiled(function: Function) -> Function:
    """A function that is compiled when it is first called, and lets other threads run meanwhile."""
    made: Function = njit(function, cache=_kept(), nogil=True)
    return made
