"""Reads over HTTP, as ratios to a bare FastAPI route and to Django REST framework in the same run."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.load import Measured, measure
from tests.bench.registry import Registry, fill
from tests.bench.results import Results, Row
from tests.bench.servers import gunicorn, serving, uvicorn
from tests.support import postgres

ROUNDS, SECONDS = 5, 2.0
LIST = "/api/v1/people?limit=50&norwegian_at_least=B1&occupation=8"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured thing: medians over the rounds, and what it is held against."""

    name: str
    per_second: float
    p50: float
    p99: float
    to_bare: float
    target: float | None = None
    to_drf: float | None = None

    @property
    def met(self) -> bool:
        """Whether every target of this figure is met."""
        steady = self.target is None or self.to_drf is None or self.p99 <= 2.5 * self.p50
        enough = self.to_drf is None or self.to_drf >= 4.0
        return steady and enough and (self.target is None or self.to_bare >= self.target)

    @property
    def row(self) -> Row:
        """The figure as it is printed."""
        cells = (
            self.name,
            f"{self.per_second:,.0f}",
            f"{self.p50:.1f}",
            f"{self.p99:.1f}",
            f"{self.to_bare:.3f}",
            "" if self.target is None else f"{self.target:.2f}",
            "" if self.to_drf is None else f"{self.to_drf:.1f}",
        )
        return Row(cells, None if self.target is None else self.met)


COLUMNS = ("", "per second", "p50 ms", "p99 ms", "to bare", "target", "to DRF")


def run() -> list[Results]:
    """Everything on SQLite and on a durable PostgreSQL; the servers take turns, so that noise hits all alike."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        figures += _measured("SQLite", fill(f"sqlite:///{Path(folder) / 'bench.db'}"), {})
    with postgres.start(durable=True) as cluster:
        cluster.create_database("bench")
        figures += _measured("PostgreSQL", fill(cluster.url("bench")), {"BENCH_SOCKET": str(cluster.folder)})
    return [Results("One worker, 8 connections", COLUMNS, [figure.row for figure in figures])]


def _measured(label: str, registry: Registry, more: dict[str, str]) -> list[Figure]:
    authorised = {"Authorization": f"Bearer {registry.token}"}
    profiles = [f"/api/v1/people/{person_id}/profile" for person_id in registry.people]
    by_drf = [f"/people/{person_id}" for person_id in registry.people]
    taken: dict[str, list[Measured]] = {"bare": [], "profile": [], "list": [], "drf": []}
    with _servers(registry, more) as (bare, own, drf):
        for path in (profiles[:50], [LIST]):
            measure(own, path, authorised, seconds=0.5)  # the first answers compile statements
        for _ in range(ROUNDS):
            taken["bare"].append(measure(bare, ["/constant"], {}, seconds=SECONDS))
            taken["profile"].append(measure(own, profiles, authorised, seconds=SECONDS))
            taken["list"].append(measure(own, [LIST], authorised, seconds=SECONDS))
            taken["drf"].append(measure(drf, by_drf, {}, seconds=SECONDS))
    failed = {name: sum(one.failures for one in runs) for name, runs in taken.items()}
    if any(failed.values()):
        raise RuntimeError(f"Some answers were no 200: {failed}")
    ratios = {name: _ratio(runs, taken["bare"]) for name, runs in taken.items()}
    return [
        _figure(f"{label}: a constant (= 1)", taken["bare"], 1.0),
        _figure(
            f"{label}: profile by id, authorised and audited",
            taken["profile"],
            ratios["profile"],
            0.15,
            _ratio(taken["profile"], taken["drf"]),
        ),
        _figure(f"{label}: list of 50, two filters, audited", taken["list"], ratios["list"], 0.05),
        _figure(f"{label}: profile by Django REST framework, neither", taken["drf"], ratios["drf"]),
    ]


@contextmanager
def _servers(registry: Registry, more: dict[str, str]) -> Iterator[tuple[int, int, int]]:
    environment = {**registry.environment, **more, "BENCH_DATABASE_URL": registry.url}
    with ExitStack() as stack:
        yield (
            stack.enter_context(serving(uvicorn("tests.bench.bare:app"), environment)),
            stack.enter_context(serving(uvicorn("api.app:create_app", "--factory"), environment)),
            stack.enter_context(serving(gunicorn("tests.bench.drf:app"), environment)),
        )


def _ratio(runs: list[Measured], yardstick: list[Measured]) -> float:
    """The median of the ratios, round by round."""
    return median(one.per_second / other.per_second for one, other in zip(runs, yardstick, strict=True))


def _figure(
    name: str, runs: list[Measured], to_bare: float, target: float | None = None, to_drf: float | None = None
) -> Figure:
    per_second, p50, p99 = (median(getattr(one, what) for one in runs) for what in ("per_second", "p50", "p99"))
    return Figure(name, per_second, p50, p99, to_bare, target, to_drf)
