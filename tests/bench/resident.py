"""What this process, or another, holds in memory."""

from pathlib import Path


def resident_mb(process: int | str = "self") -> float:
    """What it, or another process, holds now, mapped files that it has read included."""
    return _status("VmRSS:", process)


def peak_mb() -> float:
    """The most that it has held at any time."""
    return _status("VmHWM:")


def _status(name: str, process: int | str = "self") -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise LookupError("The system does not tell")
