from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session

from kompetanse.database import Database
from kompetanse.taxonomy import current, service
from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.download import open_download
from kompetanse.taxonomy.importing import import_download
from kompetanse.taxonomy.lexicon import starter_linker
from kompetanse.taxonomy.starter import starter
from tests import factories
from tests.factories import FROYA
from tests.taxonomy.downloads import BAKER, COOK, FILES, NURSE, OCCUPATIONS_EN, folder, occupation

PLUGH = {**OCCUPATIONS_EN[0], "preferredLabel": "plughologist"}
NEWER = (PLUGH, OCCUPATIONS_EN[1], occupation(BAKER, "7512", "xyzzyist"))


@pytest.fixture(autouse=True)
def _few_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of all the starter lists takes seconds to build; one word of them says as much here."""
    few = tuple(one for one in starter().labels if one.text == "slaugytoja")
    monkeypatch.setattr("kompetanse.taxonomy.starter.starter", lambda: replace(starter(), labels=few))


@pytest.fixture
def session(database_url: str, tmp_path: Path) -> Iterator[Session]:
    """A session of a machine with a folder for what can be made anew."""
    database = Database(database_url, tmp_path / "derived")
    with database.session(FROYA) as opened:
        yield opened
    database.dispose()


@pytest.fixture
def derived(session: Session) -> Path:
    found: Path = session.info["derived"]
    return found


def take(session: Session, path: Path, **changed: object) -> None:
    import_download(session, open_download(folder(path, FILES, **changed)))  # type: ignore[arg-type]


def means(session: Session, title: str) -> str | None:
    linked = service.lexicon(session, factories.actor()).occupation(title)
    return linked.uri if linked else None


def indexes(derived: Path) -> list[str]:
    return sorted(one.name for one in (derived / "linker").iterdir() if one.is_dir())


def test_where_nothing_is_imported_the_starter_lists_answer(session: Session, derived: Path) -> None:
    assert current.linker(derived) is current.linker(None) is starter_linker()
    assert means(session, "slaugytoja")
    assert current.prepare(session, derived)
    assert current.linker(derived) is not starter_linker()
    assert means(session, "slaugytoja")


def test_an_import_is_indexed_once_and_answers_beside_the_starter_lists(
    session: Session, derived: Path, tmp_path: Path
) -> None:
    take(session, tmp_path / "v1.0", occupations_en=(PLUGH, OCCUPATIONS_EN[1]))
    assert means(session, "plughologist") is None
    before = means(session, "slaugytoja")
    assert current.prepare(session, derived)
    assert means(session, "plughologist") == NURSE
    assert means(session, "slaugytoja") == before  # the lists' own names go on serving
    assert not current.prepare(session, derived)
    assert current.linker(derived) is current.linker(derived)
    assert len(indexes(derived)) == 1
    assert not current.prepare(session, None)


def test_a_newer_import_takes_the_place_of_the_older_one(session: Session, derived: Path, tmp_path: Path) -> None:
    take(session, tmp_path / "v1.0")
    current.prepare(session, derived)
    old, older = current.linker(derived), indexes(derived)
    take(session, tmp_path / "v1.1", occupations_en=NEWER)
    assert current.prepare(session, derived)
    assert means(session, "xyzzyist") == BAKER
    assert set(indexes(derived)).isdisjoint(older)
    assert old.search("nurse", ConceptKind.OCCUPATION)  # who has the old one open goes on reading it


def test_a_retired_concept_is_not_proposed_any_more(session: Session, derived: Path, tmp_path: Path) -> None:
    cook = occupation(COOK, "5120", "xyzzyist")
    take(session, tmp_path / "v1.0", occupations_en=(OCCUPATIONS_EN[0], cook))
    current.prepare(session, derived)
    assert means(session, "xyzzyist") == COOK
    only = {"occupations_en": OCCUPATIONS_EN[:1], "occupations_no": (occupation(NURSE, "2221", "sykepleier"),)}
    take(session, tmp_path / "v1.1", **only)
    current.prepare(session, derived)
    assert means(session, "xyzzyist") is None


def test_an_index_that_was_cut_off_or_taken_away_is_made_anew_and_the_lists_answer_meanwhile(
    session: Session, derived: Path, tmp_path: Path
) -> None:
    take(session, tmp_path / "v1.0", occupations_en=NEWER)
    current.prepare(session, derived)
    (name,) = indexes(derived)
    for file in (derived / "linker" / name).iterdir():
        file.unlink()
    current._opened.cache_clear()  # as in a process that begins
    assert means(session, "xyzzyist") is None
    assert means(session, "sykepleier")
    assert current.prepare(session, derived)
    assert means(session, "xyzzyist") == BAKER
    (derived / "linker" / "current").unlink()
    assert means(session, "xyzzyist") is None
    assert not current.prepare(session, derived)
    assert means(session, "xyzzyist") == BAKER
