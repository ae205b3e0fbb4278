"""`kompetanse webhooks …`"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kompetanse.cli import app
from kompetanse.database import Database
from tests.conftest import SECRET
from tests.contacts.registry import agree, publish_answer, subscribe
from tests.support.receiver import Receiver, serve

Command = Callable[..., Result]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with serve() as served:
        yield served


@pytest.fixture
def kompetanse(
    database: Database, receiver: Receiver, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Runs a command on a database in which Hitra is subscribed."""
    monkeypatch.setenv("KOMPETANSE_DATABASE_URL", database_url)
    monkeypatch.setenv("KOMPETANSE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KOMPETANSE_SECRET_KEY", SECRET)
    monkeypatch.setenv("KOMPETANSE_WEBHOOK_ALLOW_LOCAL", "true")
    agree(database)
    subscribe(database, receiver.url)
    return lambda *arguments: CliRunner().invoke(app, ["webhooks", *arguments])


def test_what_is_due_is_sent_and_counted(kompetanse: Command, database: Database, receiver: Receiver) -> None:
    publish_answer(database)
    assert "1 delivered, 0 to be sent again" in kompetanse("deliver").stdout
    assert "0 delivered" in kompetanse("deliver").stdout
    assert len(receiver.received) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_watching_goes_on_until_it_is_stopped(
    kompetanse: Command, database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def sleep(_: float) -> None:
        looks.append(len(receiver.received))
        if len(looks) == 2:
            raise KeyboardInterrupt
        publish_answer(database)

    monkeypatch.setattr(time, "sleep", sleep)
    result = kompetanse("deliver", "--watch")
    assert (result.exit_code, looks) == (0, [0, 1])
    assert result.stdout.splitlines() == ["1 delivered, 0 to be sent again, 0 given up."]
