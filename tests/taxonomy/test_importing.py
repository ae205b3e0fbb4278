from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from kompetanse.taxonomy.concepts import Need
from kompetanse.taxonomy.download import open_download
from kompetanse.taxonomy.importing import Imported, import_download
from kompetanse.taxonomy.tables import (
    BroaderConcept,
    ConceptLabel,
    OccupationSkill,
    StoredConcept,
    TaxonomyRelease,
)
from tests.taxonomy.downloads import (
    BAKER,
    BAKING,
    COOK,
    COOKING,
    FILES,
    NURSE,
    NURSES,
    OCCUPATIONS_EN,
    folder,
    occupation,
)

Take = Callable[..., Imported]


@pytest.fixture
def take(session: Session, tmp_path: Path) -> Take:
    """Imports a download that is made of some rows."""

    def run(name: str = "v1.0", files: object = FILES, **changed: object) -> Imported:
        return import_download(session, open_download(folder(tmp_path / name, files, **changed)))  # type: ignore[arg-type]

    return run


def names(session: Session, uri: str, language: str) -> list[str]:
    found = select(ConceptLabel).where(ConceptLabel.uri == uri, ConceptLabel.language == language)
    return [one.text for one in session.exec(found.order_by(col(ConceptLabel.position)))]


def test_everything_of_a_download_is_stored(session: Session, take: Take) -> None:
    done = take()
    assert (done.added, done.changed, done.retired) == (6, 0, 0)
    assert names(session, NURSE, "nb") == ["sykepleier", "pleier"]
    assert session.get_one(StoredConcept, COOKING).code == "S5"
    assert {(one.uri, one.broader) for one in session.exec(select(BroaderConcept))} == {
        (NURSE, NURSES),
        (BAKING, COOKING),
    }
    assert session.get_one(OccupationSkill, (COOK, BAKING)).need is Need.OPTIONAL
    release = session.exec(select(TaxonomyRelease)).one()
    assert (release.version, release.languages, release.concepts, release.labels) == ("1.0", ["en", "nb"], 6, 11)


def test_the_same_again_does_nothing(session: Session, take: Take) -> None:
    take()
    again = take("v1.0-again")
    assert again.release is None
    assert len(session.exec(select(TaxonomyRelease)).all()) == 1


def test_a_language_that_comes_later_leaves_the_others_and_replaces_its_own(session: Session, take: Take) -> None:
    take()
    polish = {"occupations_pl.csv": (occupation(NURSE, "2221", "pielęgniarka"), occupation(COOK, "5120", "kucharz"))}
    done = take("v1.0-pl", polish)
    assert (done.added, done.changed, done.retired) == (0, 0, 0)
    assert names(session, NURSE, "pl") == ["pielęgniarka"]
    assert names(session, NURSE, "en") == ["nurse", "ward nurse"]
    assert session.get(OccupationSkill, (COOK, BAKING)) is not None
    take("v1.1-en", occupations_en=(occupation(NURSE, "2221", "registered nurse"), OCCUPATIONS_EN[1]))
    assert names(session, NURSE, "en") == ["registered nurse"]
    assert names(session, NURSE, "pl") == ["pielęgniarka"]


def test_what_a_newer_version_lacks_is_retired_with_its_name_and_may_come_back(session: Session, take: Take) -> None:
    take()
    only_nurse = {"occupations_en": OCCUPATIONS_EN[:1], "occupations_no": FILES["occupations_no.csv"][:1]}
    done = take("v1.1", **only_nurse)
    assert done.retired == 1
    assert session.get_one(StoredConcept, COOK).retired
    assert names(session, COOK, "nb") == ["kokk"]
    assert done.replaced == {}
    back = take("v1.2", occupations_en=(*OCCUPATIONS_EN, occupation(BAKER, "7512", "baker")))
    assert (back.added, back.changed) == (1, 1)
    assert not session.get_one(StoredConcept, COOK).retired


@pytest.mark.parametrize(
    "changed",
    [
        {"occupations_no": (), "replacements": ({"conceptUri": COOK, "replacedBy": BAKER},)},
        {"occupations_no": (), "occupations_en": (
            OCCUPATIONS_EN[0], occupation(COOK, "5120", "cook", status="obsolete", replacedBy=BAKER),
            occupation(BAKER, "7512", "baker"),
        )},
        {"occupations_no": (FILES["occupations_no.csv"][0], occupation(BAKER, "7512", "kokk"))},
    ],
    ids=["named in a file", "named in a column", "of the same name"],
)  # fmt: skip
def test_a_successor_is_followed(session: Session, take: Take, changed: dict[str, object]) -> None:
    take()
    newer = {"occupations_en": (OCCUPATIONS_EN[0], occupation(BAKER, "7512", "baker")), **changed}
    kept = {name: rows for name, rows in FILES.items() if newer.get(name.removesuffix(".csv")) != ()}
    done = take("v1.1", kept, **{name: rows for name, rows in newer.items() if rows})
    assert done.replaced == {COOK: BAKER}
    assert session.get_one(StoredConcept, COOK).replaced_by == BAKER


def test_two_of_the_same_name_are_no_successor(session: Session, take: Take) -> None:
    take()
    two = (OCCUPATIONS_EN[0], occupation(BAKER, "7512", "cook"), occupation(f"{BAKER}2", "7512", "cook"))
    kept = {name: rows for name, rows in FILES.items() if name != "occupations_no.csv"}
    assert take("v1.1", kept, occupations_en=two).replaced == {}


def test_progress_is_told(session: Session, tmp_path: Path) -> None:
    told: list[str] = []
    download = open_download(folder(tmp_path / "v1.0"))
    import_download(session, download, progress=lambda what, done, total: told.append(f"{what} {done < total}"))
    assert {"Reading files True", "Storing names True"} <= set(told)
