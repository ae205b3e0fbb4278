"""Starts servers for a benchmark: one worker each, on a free port, stopped afterwards."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: list[str], environment: dict[str, str] | None = None) -> Iterator[int]:
    """Run `command` with `{port}` replaced, and give the port when it listens."""
    with watched(command, environment) as (port, _):
        yield port


@contextmanager
def watched(command: list[str], environment: dict[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """The same, with the number of the process beside the port."""
    port = free_port()
    words = [word.replace("{port}", str(port)) for word in command]
    server = subprocess.Popen(
        words, env=os.environ | (environment or {}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(server, port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def uvicorn(app: str, *more: str) -> list[str]:
    """One worker of uvicorn, as `kompetanse serve` runs it."""
    options = ["--port", "{port}", "--no-access-log", "--log-level", "warning", "--no-server-header", *more]
    return [sys.executable, "-m", "uvicorn", app, *options]


def gunicorn(app: str) -> list[str]:
    """One worker of gunicorn with threads for the eight connections."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        app,
        "-b",
        "127.0.0.1:{port}",
        "-w",
        "1",
        "-k",
        "gthread",
        "--threads",
        "8",
    ]


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(900):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with {server.returncode}")
        time.sleep(0.1)
    raise RuntimeError("The server did not listen within ninety seconds")
