"""Both databases, the app and the browser, as every test finds them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import settings as hypothesis_settings
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session

from api.app import create_app
from api.state import State
from kompetanse import audit, migrations
from kompetanse.actor import Role, system_actor
from kompetanse.database import Database
from kompetanse.identity import service as identity
from kompetanse.settings import Settings
from tests.factories import FROYA
from tests.support import postgres
from tests.support.lending import Lender

SECRET = "a secret for tests only, which opens nothing"

pytest_plugins = ["tests.support.cluster"]

hypothesis_settings.register_profile("untimed", deadline=None)  # a machine that is busy proves nothing wrong
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Argon2id as in earnest, but with little work: thousands of tests log in."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
        patch.setattr(identity, "_hasher", cheap)
        patch.setattr(identity, "_NOBODY", cheap.hash("nobody"))
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite file, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    migrations.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def lender(cluster: postgres.Cluster) -> Iterator[Lender]:
    """Lends this worker's tests an empty, migrated PostgreSQL database."""
    name = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    cluster.create_database(name)
    migrations.upgrade(cluster.url(name))
    opened = Lender(cluster, template=name)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database; the test runs once on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "kompetanse.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    lender: Lender = request.getfixturevalue("lender")
    yield lender.cluster.url(lender.lend())
    lender.take_back()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database that writes its audit events."""
    opened = Database(database_url)
    audit.install(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session in Frøya; committed when the test ends well."""
    with database.session(FROYA) as opened:
        yield opened


@pytest.fixture
def dead_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every proxy that the environment names is at a port where nobody answers."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a server on the fresh database."""
    return Settings(
        database_url=database_url,
        secret_key=SECRET,
        data_dir=tmp_path,
        _env_file=None,
    )


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """The real app, without a log-in."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def state(client: TestClient) -> State:
    """What the app under test holds."""
    found: State = client.app.state.kompetanse  # type: ignore[attr-defined]
    return found


@pytest.fixture
def bearer(client: TestClient, state: State) -> Callable[..., dict[str, str]]:
    """Makes the headers of an API client with given roles, through the real token endpoint."""

    def headers(
        *roles: Role, municipality_no: str = FROYA, recipient_no: str | None = None, unit: str | None = None
    ) -> dict[str, str]:
        with state.database.session(municipality_no) as opened:
            issued, secret = identity.issue_client(
                opened,
                system_actor(municipality_no),
                name="test",
                roles=list(roles or (Role.COORDINATOR,)),
                recipient_no=recipient_no,
                unit=unit,
            )
        form = {"grant_type": "client_credentials", "client_id": issued.client_id, "client_secret": secret}
        answer = client.post("/api/v1/oauth/token", data=form)
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    return headers
