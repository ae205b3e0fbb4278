from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.taxonomy.concepts import LINKABLE, ConceptKind
from kompetanse.taxonomy.semantic import vectors
from kompetanse.taxonomy.semantic.choosing import Chosen
from kompetanse.taxonomy.semantic.nearest import Semantic
from tests.taxonomy.semantic.encoders import MadeUp

BAKE, WELD = "skill:bake", "skill:weld"
CHOSEN = Chosen(
    [BAKE, BAKE, WELD], ["bake", "make bread", "weld"], {"nb": [("sveise", "weld")], "lt": [("suvirinti", "bake")]}
)
MEANINGS = {"å ha brød i ovnen": "bake", "lodde sammen": "weld"}


@pytest.fixture(scope="module")
def semantic(tmp_path_factory: pytest.TempPathFactory) -> Semantic:
    folder: Path = tmp_path_factory.mktemp("vectors")
    vectors.build(CHOSEN, folder, MadeUp())
    return Semantic(vectors.open_vectors(folder, "made up 1"), lambda: MadeUp(MEANINGS))


def nearest(semantic: Semantic, text: str, language: str | None = "en", limit: int = 5) -> list[str]:
    return [uri for uri, _ in semantic.nearest(text, ConceptKind.SKILL, language, limit)]


def test_a_skill_is_found_by_what_a_text_means(semantic: Semantic) -> None:
    assert nearest(semantic, "å ha brød i ovnen") == [BAKE]
    assert nearest(semantic, "lodde sammen") == [WELD]


def test_what_is_near_nothing_finds_nothing(semantic: Semantic) -> None:
    assert nearest(semantic, "hva som helst") == []


@pytest.mark.parametrize("text", ["", "  ", "????", "12 34"])
def test_a_text_without_letters_is_not_even_read(semantic: Semantic, text: str) -> None:
    assert Semantic(semantic.vectors, lambda: pytest.fail("read")).nearest(text, ConceptKind.SKILL, "en", 5) == []


def test_occupations_are_left_to_their_labels(semantic: Semantic) -> None:
    assert semantic.nearest("lodde sammen", ConceptKind.OCCUPATION, "en", 5) == []


def test_a_language_is_read_by_its_own_map_and_an_unknown_one_by_that_of_all(semantic: Semantic) -> None:
    assert nearest(semantic, "sveise", "nb") == nearest(semantic, "sveise", "no") == [WELD]
    assert nearest(semantic, "suvirinti", "lt") == [BAKE]
    assert nearest(semantic, "suvirinti", "nb") == nearest(semantic, "sveise", "en") == []
    assert nearest(semantic, "sveise", None) == nearest(semantic, "sveise", "xx")


def test_a_language_that_nobody_told_is_read_by_the_map_of_all(tmp_path: Path) -> None:
    vectors.build(Chosen([WELD], ["weld"], {"nb": [("sveise", "weld")]}), tmp_path, MadeUp())
    alone = Semantic(vectors.open_vectors(tmp_path, "made up 1"), MadeUp)
    assert nearest(alone, "sveise", None) == nearest(alone, "sveise", "pl") == [WELD]


def test_without_maps_every_language_is_read_as_it_is(tmp_path: Path) -> None:
    vectors.build(Chosen([BAKE], ["bake"], {}), tmp_path, MadeUp())
    alone = Semantic(vectors.open_vectors(tmp_path, "made up 1"), MadeUp)
    assert nearest(alone, "bake", "nb") == nearest(alone, "bake", None) == [BAKE]


@given(st.text(max_size=20), st.sampled_from(LINKABLE), st.sampled_from([None, "nb", "en", "zz"]), st.integers(-1, 3))
def test_hits_are_within_the_limit_nearest_first_and_each_concept_once(
    semantic: Semantic, text: str, kind: ConceptKind, language: str | None, limit: int
) -> None:
    hits = semantic.nearest(text, kind, language, limit)
    assert len({uri for uri, _ in hits}) == len(hits) <= max(limit, 0)
    assert all(0 <= near <= 1 for _, near in hits)
    assert hits == sorted(hits, key=lambda hit: -hit[1])
