from pathlib import Path

import pytest

from kompetanse.errors import Invalid
from kompetanse.taxonomy.concepts import ConceptKind, Need
from kompetanse.taxonomy.download import FaultKind, open_download
from tests.taxonomy.downloads import (
    BAKING,
    COOK,
    COOKING,
    FIRST_AID,
    NURSE,
    NURSES,
    OCCUPATIONS_EN,
    folder,
    occupation,
    zipped,
)

REAL = Path(__file__).parents[3] / "shared/data/esco"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return folder(tmp_path / "ESCO dataset - v1.2.0 - classification - csv")


def test_a_download_says_what_there_is_and_what_belongs_together(made: Path) -> None:
    download = open_download(made)
    found = download.read()
    assert download.version == "1.2.0"
    assert found.languages == ["en", "nb"]
    assert found.concepts == {
        NURSE: (ConceptKind.OCCUPATION, "2221"),
        COOK: (ConceptKind.OCCUPATION, "5120"),
        FIRST_AID: (ConceptKind.SKILL, None),
        BAKING: (ConceptKind.SKILL, None),
        NURSES: (ConceptKind.OCCUPATION_GROUP, "2221"),
        COOKING: (ConceptKind.SKILL_GROUP, "S5"),
    }
    assert found.labels[NURSE, "nb"] == ("sykepleier", "pleier")
    assert found.broader == {(NURSE, NURSES), (BAKING, COOKING)}
    assert found.needs == {(NURSE, FIRST_AID): Need.ESSENTIAL, (COOK, BAKING): Need.OPTIONAL}


def test_what_points_nowhere_is_left_out_and_counted(made: Path) -> None:
    nameless = (*OCCUPATIONS_EN, occupation(f"{NURSE}2", "2221", " "))
    found = open_download(folder(made.parent / "faults", occupations_en=nameless)).read()
    assert found.faults == {
        ("broaderRelations", FaultKind.DANGLING): 1,
        ("occupationSkillRelations", FaultKind.UNKNOWN_CONCEPT): 1,
        ("occupations_en.csv", FaultKind.NO_NAME): 1,
    }


def test_a_zip_is_read_like_its_folder(made: Path) -> None:
    packed = open_download(zipped(made.parent / "ESCO v1.2.zip", made))
    assert packed.read() == open_download(made).read()
    assert packed.version == "1.2"
    assert packed.fingerprint() == open_download(made).fingerprint()


def test_another_download_has_another_fingerprint(made: Path) -> None:
    fewer = folder(made.parent / "fewer", occupations_en=OCCUPATIONS_EN[:1])
    assert open_download(made).fingerprint() != open_download(fewer).fingerprint()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("occupations_en.csv", b"title;isco\nnurse;2221\n", "no column"),
        ("occupations_en.csv", "conceptUri,iscoGroup,preferredLabel\nx,2221,sykepleiér".encode("latin-1"), "utf-8"),
        ("occupationSkillRelations.csv", b"occupationUri,relationType,skillUri\nx,perhaps,y\n", "perhaps"),
    ],
)
def test_a_file_that_is_not_as_esco_makes_it_is_named(made: Path, name: str, content: bytes, told: str) -> None:
    (made / name).write_bytes(content)
    with pytest.raises(Invalid, match=name.lower()) as refused:
        open_download(made).read()
    assert told in refused.value.faults[0].detail
    assert refused.value.faults[0].hint


def test_what_is_no_download_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n")
    (tmp_path / "broken.zip").write_bytes(b"PK not really")
    for path in (tmp_path, tmp_path / "broken.zip"):
        with pytest.raises(Invalid) as refused:
            open_download(path)
        assert refused.value.faults[0].hint


@pytest.mark.parametrize("separator", ["\n", " | "])
def test_names_are_parted_as_any_version_parts_them_and_each_is_there_once(tmp_path: Path, separator: str) -> None:
    names = separator.join(["ward  nurse", "nurse", "ward nurse", ""])
    row = {"conceptUri": NURSE, "iscoGroup": "2221", "preferredLabel": "nurse", "altLabels": names}
    found = open_download(folder(tmp_path / "one", {"occupations_en.csv": [row]})).read()
    assert found.labels[NURSE, "en"] == ("nurse", "ward nurse")


def test_what_is_read_holds_together_whatever_the_files_hold(made: Path) -> None:
    """On the official download where it is beside the checkout, else on one that is made like it."""
    found = open_download(REAL if REAL.is_dir() else made).read()
    assert all(code for kind, code in found.concepts.values() if kind is ConceptKind.OCCUPATION)
    assert {uri for uri, _ in found.labels} == found.concepts.keys()
    assert {uri for pair in (*found.broader, *found.needs) for uri in pair} <= found.concepts.keys()
    assert found.faults["occupationSkillRelations", FaultKind.UNKNOWN_CONCEPT] == (3036 if REAL.is_dir() else 1)
