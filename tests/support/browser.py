"""Finds the browser of the tests, and installs one where it is missing: `python -m tests.support.browser`."""

import os
import shutil
import subprocess
import sys
from functools import cache

LAUNCH_ARGS = (
    "--no-sandbox",  # Chromium refuses its sandbox to root, which tests in a container are
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

OVERRIDE = "KOMPETANSE_TEST_CHROMIUM"
_SYSTEM_BROWSERS = ("chromium", "google-chrome")
_ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
_MISSING = (
    "The page tests need Chromium: run `apt-get install chromium` or `.venv/bin/playwright install chromium`, "
    f"or set {OVERRIDE} to its path."
)


@cache
def chromium_path() -> str | None:
    """The browser to give Playwright as `executable_path`, or None when there is none.

    The machine's own comes first; Playwright's is asked for in a process of its own, because its
    synchronous interface cannot be opened twice in one.
    """
    named = os.environ.get(OVERRIDE)
    found = named or next(filter(None, map(shutil.which, _SYSTEM_BROWSERS)), None)
    if found is None:
        answer = subprocess.run([sys.executable, "-c", _ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
        found = answer.stdout.strip()
    return found if found and os.access(found, os.X_OK) else None


def ensure_browser() -> str | None:
    """Install a browser if none is there; its path, or None when it could not be had."""
    found = chromium_path()
    for command in () if found else _installers():
        print(f"Installing a browser for the page tests: {' '.join(command)}", flush=True)  # noqa: T201
        subprocess.run(command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, check=False)
        chromium_path.cache_clear()
        found = chromium_path()
        if found:
            break
    return found


def _installers() -> list[list[str]]:
    """The ways to a browser that this user has, best first."""
    own = [sys.executable, "-m", "playwright", "install", "chromium"]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return [own]
    return [
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"],
        [*own, "--with-deps"],
    ]


if __name__ == "__main__":
    sys.exit(None if ensure_browser() else _MISSING)
