"""The browser of the tests is found, and starts as the tests start it."""

import subprocess
from pathlib import Path

import pytest

from tests.support import browser


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    browser.chromium_path.cache_clear()


def test_the_browser_that_was_found_draws_a_page(tmp_path: Path) -> None:
    found = browser.chromium_path()
    assert found is not None
    page = tmp_path / "page.html"
    script = "document.getElementById('a').textContent = 'Frøya'"
    page.write_text(f"<meta charset=utf-8><p id=a></p><script>{script}</script>")
    command = [found, "--headless", *browser.LAUNCH_ARGS, f"--user-data-dir={tmp_path}", "--dump-dom", page.as_uri()]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert '<p id="a">Frøya</p>' in answer.stdout


def test_a_named_browser_comes_before_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own-chromium"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setenv(browser.OVERRIDE, str(own))
    assert browser.chromium_path() == str(own)


def test_a_browser_that_is_not_there_is_not_reported_as_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.OVERRIDE, str(tmp_path / "missing"))
    assert browser.chromium_path() is None
