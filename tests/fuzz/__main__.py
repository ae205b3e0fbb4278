"""`python -m tests.fuzz [READER…] [--seconds N]`: each reader in a process of its own; ends with 1 when one fell."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.readers import READERS

_MEGABYTES = 4096
_SECONDS_A_FILE = 10
_LONGEST = 32 * 1024
_BROKEN = Path("var") / "fuzz"
"""Where files are kept that brought a reader down; `--reproduce` reads one again."""


def main() -> int:
    """Run the readers one after the other, and tell which fell and by which file."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", choices=[[], *READERS], help="all, when none is named")
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--reproduce", type=Path, help="read this file once more, by the one reader that is named")
    asked = parser.parse_args()
    if asked.reproduce:
        READERS[asked.readers[0]].read(asked.reproduce.read_bytes())
        return 0
    fell = [name for name in asked.readers or READERS if not _stands(name, asked.seconds)]
    sys.stdout.write(f"{', '.join(fell)} fell; see {_BROKEN}\n" if fell else "All of them stand.\n")
    return 1 if fell else 0


def _stands(name: str, seconds: int) -> bool:
    """Whether a reader refuses whatever it is given for so long."""
    kept = _BROKEN / name
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(READERS[name].seeds):
            Path(corpus, f"seed-{number}").write_bytes(seed)
        limits = {
            "max_total_time": seconds,
            "timeout": _SECONDS_A_FILE,
            "rss_limit_mb": _MEGABYTES,
            "max_len": _LONGEST,
            "artifact_prefix": f"{kept}/",
        }
        flags = [f"-{flag}={value}" for flag, value in limits.items()]
        command = [sys.executable, "-m", "tests.fuzz.one", name, *flags, corpus]
        done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True, errors="replace")
    told = done.stderr.strip().splitlines()
    sys.stdout.write(f"{name}: {told[-1] if told else 'nothing was said'}\n")
    if done.returncode:
        sys.stdout.write("\n".join(told[-40:]) + "\n")
    sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
