from collections.abc import Iterator
from pathlib import Path

import pytest

from kompetanse.codes import lists
from tests.codes.klass import Klass, serving


@pytest.fixture
def klass(monkeypatch: pytest.MonkeyPatch) -> Iterator[Klass]:
    """Klass on this machine, past any proxy."""
    monkeypatch.setenv("no_proxy", "*")
    with serving() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder whose lists are read in place of the shipped ones; the shipped ones again afterwards."""
    before = lists._folder
    place = tmp_path / "codes"
    place.mkdir()
    lists.use_folder(place)
    yield place
    lists.use_folder(before)
    lists.forget()
