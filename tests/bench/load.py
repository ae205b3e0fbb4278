"""A small closed-loop HTTP load generator: N keep-alive connections, each sends when it was answered."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import cast

import uvloop


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run gave. Times in milliseconds."""

    per_second: float
    p50: float
    p99: float
    failures: int


class _Connection(asyncio.Protocol):
    """One connection that asks, waits for the whole answer, notes the time, and asks again."""

    def __init__(self, requests: Iterator[bytes], until: float, done: "asyncio.Future[None]") -> None:
        self.requests, self.until, self.done = requests, until, done
        self.times: list[float] = []
        self.failures = 0
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none of asyncio's classes
        self._ask()

    def _ask(self) -> None:
        self.asked = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        lower = head.lower()
        length = int(lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        if len(body) < length:
            return
        now = time.perf_counter()
        self.times.append(now - self.asked)
        self.failures += b" 200 " not in head[:16]
        self.buffer = b""
        if now < self.until:
            self._ask()
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def _run(port: int, requests: list[bytes], connections: int, seconds: float) -> Measured:
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    protocols: list[_Connection] = []
    for number in range(connections):
        own = cycle(requests[number::connections] or requests)
        protocol = _Connection(own, started + seconds, loop.create_future())
        protocols.append(protocol)
        await loop.create_connection(lambda p=protocol: p, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*(protocol.done for protocol in protocols))
    times = sorted(t for protocol in protocols for t in protocol.times)
    took = time.perf_counter() - started
    return Measured(
        per_second=len(times) / took,
        p50=times[len(times) // 2] * 1000,
        p99=times[int(len(times) * 0.99)] * 1000,
        failures=sum(protocol.failures for protocol in protocols),
    )


def measure(
    port: int, paths: list[str], headers: dict[str, str], *, connections: int = 8, seconds: float = 3
) -> Measured:
    """Ask for `paths` in turn on every connection for `seconds`."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    requests = [f"GET {path} HTTP/1.1\r\nHost: bench\r\n{lines}\r\n".encode() for path in paths]
    return uvloop.run(_run(port, requests, connections, seconds))
