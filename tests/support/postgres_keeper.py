"""Runs one PostgreSQL server while standard input stays open; then stops it and removes its folder.

The process of the tests holds the other end of that pipe. However it ends (by itself, by Ctrl-C, or
killed), the pipe closes, and neither a server nor a folder is left behind. It is started as a script
of its own and must import nothing but the standard library.
"""

import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

_SECONDS_TO_STOP = 10


def keep(folder: Path, identity: str, command: list[str]) -> int:
    """Run `command` until standard input closes or it ends by itself.

    `identity` is "uid:gid" to run it as, or empty for the caller's own.
    """
    with (folder / "server.log").open("wb") as log:
        server = _launch(command, identity, log.fileno())
    while server.poll() is None and not select.select([sys.stdin], [], [], 0.2)[0]:
        pass
    if server.poll() is not None:
        return server.returncode or 1  # the log tells why: whoever started it reads that, then removes it
    _stop(server)
    shutil.rmtree(folder, ignore_errors=True)
    return 0


def _launch(command: list[str], identity: str, log: int) -> subprocess.Popen[bytes]:
    if not identity:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    uid, gid = map(int, identity.split(":"))
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, user=uid, group=gid, extra_groups=[], cwd="/"
    )


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask for a fast shutdown, then an immediate one, then kill."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(request)
        try:
            server.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            continue
        return


if __name__ == "__main__":
    sys.exit(keep(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
