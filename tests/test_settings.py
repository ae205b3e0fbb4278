"""Defaults are safe, and secrets are never guessed."""

import stat
from pathlib import Path

import pytest

from kompetanse.settings import Settings


def test_the_embedded_default_makes_a_secret_once_and_keeps_it_to_its_owner(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, _env_file=None)
    made = settings.secret()
    assert len(made) >= 32
    assert Settings(data_dir=tmp_path, _env_file=None).secret() == made
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_server_database_needs_a_secret_of_its_own(tmp_path: Path) -> None:
    settings = Settings(database_url="postgresql+psycopg://db/kompetanse", data_dir=tmp_path, _env_file=None)
    with pytest.raises(ValueError, match="KOMPETANSE_SECRET_KEY"):
        settings.secret()


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 characters"):
        Settings(secret_key="short", data_dir=tmp_path, _env_file=None).secret()


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMPETANSE_SESSION_HOURS", "3")
    assert Settings(_env_file=None).session_hours == 3


def test_a_secret_is_not_printed_with_the_settings() -> None:
    secret = "a secret that nobody should read in a log"
    assert secret not in repr(Settings(secret_key=secret, _env_file=None))
