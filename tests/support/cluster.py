"""pytest plugin: one PostgreSQL for the whole run, also when pytest-xdist spreads it over processes.

The controller starts it and tells each worker where it is; a run in one process starts it when a test
first asks. It ends with the run, whether that passed, failed or was broken off.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.support import postgres
from tests.support.postgres import Cluster
from tests.support.postgres_binaries import PostgresMissing

_CLUSTER = pytest.StashKey[Cluster]()
_ADDRESS = "kompetanse_postgres"


def ensure_cluster(config: pytest.Config) -> Cluster:
    """The run's server: attached to in a worker, started at the first call elsewhere."""
    if _CLUSTER not in config.stash:
        told = getattr(config, "workerinput", {}).get(_ADDRESS)
        config.stash[_CLUSTER] = Cluster(Path(told)) if told else postgres.start()
    return config.stash[_CLUSTER]


@pytest.fixture(scope="session")
def cluster(pytestconfig: pytest.Config) -> Cluster:
    """The run's PostgreSQL; make databases in it with `create_database`."""
    return ensure_cluster(pytestconfig)


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before the workers, which all share it."""
    if hasattr(config, "workerinput") or config.getoption("dist", "no") == "no":
        return
    try:
        ensure_cluster(config)
    except PostgresMissing as missing:
        raise pytest.UsageError(str(missing)) from None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell one worker where the server is."""
    node.workerinput[_ADDRESS] = str(ensure_cluster(node.config).folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this process started."""
    if _CLUSTER in config.stash:
        config.stash[_CLUSTER].stop()
