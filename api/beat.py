"""Answers that come on a beat, so that the time that they take tells nothing of anybody."""

import time
from collections.abc import Callable
from typing import TypeVar

STEP = 0.5
"""Seconds: answers about people come a multiple of this after they were asked for."""

Made = TypeVar("Made")


def on_the_beat(make: Callable[[], Made]) -> Made:
    """What `make` gives or raises, no sooner than at the next beat."""
    began = time.monotonic()
    try:
        return make()
    finally:
        time.sleep(-(time.monotonic() - began) % STEP)
