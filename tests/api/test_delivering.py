"""The thread that sends webhooks beside the requests."""

import threading

import pytest
from sqlalchemy.exc import OperationalError

from api.delivering import WebhookSender
from kompetanse.contacts.delivering import Tally
from kompetanse.database import Database
from tests.contacts.registry import SEALER


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_that_is_away_for_a_while_ends_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    looks: list[bool] = []
    enough = threading.Event()

    def deliver(*_: object, local: bool) -> Tally:
        looks.append(local)
        if len(looks) == 1:
            raise OperationalError("SELECT hemmelig", {}, Exception("hemmelig"))
        enough.set()
        return Tally(again=1)

    monkeypatch.setattr("api.delivering.EVERY", 0.01)
    monkeypatch.setattr("api.delivering.deliver_due", deliver)
    sender = WebhookSender(database, SEALER, local=False)
    sender.start()
    assert enough.wait(10)
    sender.stop()
    assert not any(looks)
    assert "hemmelig" not in "".join(capfd.readouterr())


def test_one_that_never_began_can_be_stopped() -> None:
    WebhookSender(Database("sqlite://"), SEALER, local=False).stop()
