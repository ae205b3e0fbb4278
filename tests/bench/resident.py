"""What this process holds in memory."""

from pathlib import Path


def resident_mb() -> float:
    """What it holds now, mapped files that it has read included."""
    return _status("VmRSS:")


def peak_mb() -> float:
    """The most that it has held at any time."""
    return _status("VmHWM:")


def _status(name: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise LookupError("The system does not tell")
