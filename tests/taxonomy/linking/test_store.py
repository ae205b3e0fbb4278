from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.taxonomy.concepts import LINKABLE, ConceptKind
from kompetanse.taxonomy.linking.linker import Linker
from kompetanse.taxonomy.linking.store import FORMAT, NotBuilt, build, open_linker
from tests.taxonomy.linking.shelves import RELATIONS, labels, small

MEMORY = small()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Linker:
    folder = tmp_path_factory.mktemp("index")
    build(labels(), folder, RELATIONS)
    return open_linker(folder)


@given(text=st.text(alphabet="abcdefiklmnoprstuvyøåęł?/ ", max_size=20), kind=st.sampled_from(LINKABLE))
def test_a_stored_linker_answers_as_the_one_in_memory(stored: Linker, text: str, kind: ConceptKind) -> None:
    near = ["occupation:welder"]
    assert stored.search(text, kind, near=near) == MEMORY.search(text, kind, near=near)
    assert stored.complete(text, kind) == MEMORY.complete(text, kind)
    assert stored.link(text, kind) == MEMORY.link(text, kind)


def test_building_anew_replaces_the_whole_and_leaves_nothing_behind(tmp_path: Path) -> None:
    build(labels(), tmp_path)
    before = open_linker(tmp_path)
    build((label for label in labels() if label.language == "pl"), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [f"labels-{FORMAT}.index"]
    assert before.link("kokk", ConceptKind.OCCUPATION) is not None
    assert open_linker(tmp_path).link("kokk", ConceptKind.OCCUPATION) is None


def test_a_build_that_fails_leaves_the_old_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(labels(), tmp_path)
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        build([], tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [f"labels-{FORMAT}.index"]
    assert open_linker(tmp_path).link("kokk", ConceptKind.OCCUPATION) is not None


@pytest.mark.parametrize("content", [None, b"", b"something else altogether"])
def test_what_is_no_index_is_said_to_be_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / f"labels-{FORMAT}.index").write_bytes(content)
    with pytest.raises(NotBuilt):
        open_linker(tmp_path)
