"""Writes files whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4


def write(file: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole or not at all, readable by its owner alone: a reader never meets half of it.

    Raises:
        OSError: the folder is not there, or the disk is full; nothing is left behind.
    """
    temporary = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            for chunk in chunks:
                handle.write(chunk)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
