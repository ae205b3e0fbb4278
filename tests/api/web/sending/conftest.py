"""A server whose operator has set up a mail server and an SMS gateway, which take what they are sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kompetanse.settings import Settings
from tests.conftest import SECRET
from tests.support.mail_server import MailServer, serve_mail
from tests.support.receiver import Receiver, serve

PHONE, MAIL = "+4790000123", "olena@posten.example"
HOME = "https://testserver"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with serve_mail() as server:
        yield server


@pytest.fixture
def gateway() -> Iterator[Receiver]:
    with serve() as receiver:
        yield receiver


@pytest.fixture
def settings(database_url: str, tmp_path: Path, mail: MailServer, gateway: Receiver) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key=SECRET,
        data_dir=tmp_path,
        public_url=HOME,
        mail_host="localhost",
        mail_port=mail.port,
        mail_security="none",
        mail_from="Frøya kommune <ikke-svar@froya.example>",
        sms_url=gateway.url,
        sms_token="hemmelig",
        sms_sender="Kommunen",
        _env_file=None,
    )
