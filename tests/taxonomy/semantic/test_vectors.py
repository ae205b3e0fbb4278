from pathlib import Path

import numpy as np
import pytest

from kompetanse.taxonomy.semantic import vectors
from kompetanse.taxonomy.semantic.choosing import Chosen
from tests.taxonomy.semantic.encoders import DIMENSIONS, MadeUp

CHOSEN = Chosen(
    uris=["skill:a", "skill:b"],
    names=["bake", "weld"],
    pairs={"lt": [("kepejas", "baker"), ("suvirintojas", "welder")], "nb": [("baker", "baker"), ("sveiser", "welder")]},
)


def test_what_was_encoded_is_read_again_as_it_was(tmp_path: Path) -> None:
    encoder = MadeUp()
    vectors.build(CHOSEN, tmp_path, encoder)
    opened = vectors.open_vectors(tmp_path, encoder.name)
    assert opened.uris == CHOSEN.uris
    assert np.array_equal(opened.names, MadeUp().encode(CHOSEN.names))
    assert opened.languages == ["lt", "nb", vectors.ANY_LANGUAGE]
    assert opened.maps.shape == (3, DIMENSIONS + 1, DIMENSIONS)
    assert opened.names.dtype == opened.maps.dtype == np.float32


def test_each_text_is_encoded_once(tmp_path: Path) -> None:
    encoder = MadeUp()
    vectors.build(CHOSEN, tmp_path, encoder)
    assert sorted(encoder.encoded) == ["bake", "baker", "kepejas", "suvirintojas", "sveiser", "weld", "welder"]


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    chosen = Chosen(["skill"] * 300, [str(number) for number in range(300)], {})
    vectors.build(chosen, tmp_path, MadeUp(), lambda done, total: told.append((done, total)))
    assert told == [(0, 300), (128, 300), (256, 300), (300, 300)]


def test_a_build_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    vectors.build(CHOSEN, tmp_path, MadeUp())

    def break_off(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vectors.build(CHOSEN, tmp_path, MadeUp(name="made up 2"), break_off)
    assert vectors.open_vectors(tmp_path, "made up 1").uris == CHOSEN.uris
    assert [one.name for one in tmp_path.iterdir()] == [vectors.path(tmp_path).name]


def test_a_disk_that_is_full_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(OSError, match="No space"):
        vectors.build(CHOSEN, tmp_path, MadeUp())
    assert list(tmp_path.iterdir()) == []


def test_a_new_model_takes_the_place_of_the_old(tmp_path: Path) -> None:
    for name in ("made up 1", "made up 2"):
        vectors.build(CHOSEN, tmp_path, MadeUp(name=name))
    with pytest.raises(vectors.NotBuilt, match="made up 2"):
        vectors.open_vectors(tmp_path, "made up 1")
    assert vectors.open_vectors(tmp_path, "made up 2").model == "made up 2"


@pytest.mark.parametrize("spoilt", ["about.json", "names.npy"])
def test_vectors_that_are_not_there_or_spoilt_are_not_built(tmp_path: Path, spoilt: str) -> None:
    with pytest.raises(vectors.NotBuilt):
        vectors.open_vectors(tmp_path, "made up 1")
    vectors.build(CHOSEN, tmp_path, MadeUp())
    (vectors.path(tmp_path) / spoilt).write_text("?")
    with pytest.raises(vectors.NotBuilt):
        vectors.open_vectors(tmp_path, "made up 1")
