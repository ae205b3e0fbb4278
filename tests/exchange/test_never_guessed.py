"""What nobody would notice until it did harm: cells and columns that could be taken for something they do not say."""

import pytest
from sqlmodel import Session

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.imports import ImportKind
from kompetanse.competence.service import read_profile
from kompetanse.competence.tables import PersonLanguage
from kompetanse.exchange.service import ImportReport, Sent, import_file
from tests.factories import actor

PEOPLE = ("Haile;Sara;1988", "Berg;Anna;1990", "Kowalska;Ewa;1975")


def read(session: Session, headings: str, *cells: str) -> ImportReport:
    """Import a file of three people with these columns beside name and birth."""
    lines = [f"Etternavn;Fornavn;Født;{headings}", *(f"{who};{more}" for who, more in zip(PEOPLE, cells, strict=False))]
    sent = Sent("\n".join(lines).encode(), "folk.csv")
    return import_file(session, actor(), ImportKind.PEOPLE, sent, apply=True)


def languages(session: Session, report: ImportReport, row: int = 2) -> dict[str, PersonLanguage]:
    profile = read_profile(session, actor(), report.records[row])
    return {one.language: one for one in profile.languages}


def meanings(report: ImportReport) -> dict[str, str]:
    return {one.heading: one.field for one in report.columns[3:]}


def test_levels_of_a_language_that_only_the_heading_names_are_not_levels_of_norwegian(session: Session) -> None:
    report = read(session, "Engelsk", "C1", "B2", "C2")
    assert meanings(report) == {"Engelsk": ""}
    assert not languages(session, report)


@pytest.mark.parametrize("heading", ["Saksnr", "Utdannet i"])
def test_numbers_and_countries_could_be_anything(session: Session, heading: str) -> None:
    cells = {"Saksnr": ["20150123", "20150124", "22150125"], "Utdannet i": ["Polen", "Litauen", "Ukraina"]}[heading]
    assert meanings(read(session, heading, *cells)) == {heading: ""}


@pytest.mark.parametrize("headings", ["Norsk;Norsk, muntlig;Norsk skriftlig", "Norsk muntlig;Norsk (skriftlig);Norsk"])
def test_spoken_and_written_norwegian_in_columns_of_their_own(session: Session, headings: str) -> None:
    cells = {"Norsk": "A2", "Norsk, muntlig": "B1", "Norsk muntlig": "B1"}
    report = read(session, headings, ";".join(cells.get(heading, "A1") for heading in headings.split(";")))
    norwegian = languages(session, report)["nor"]
    assert {norwegian.listening, norwegian.interaction, norwegian.production} == {Cefr.B1}
    assert {norwegian.reading, norwegian.writing} == {Cefr.A1}


def test_a_column_of_spoken_norwegian_says_nothing_of_the_written(session: Session) -> None:
    norwegian = languages(session, read(session, "Norsk muntlig", "B1"))["nor"]
    assert (norwegian.interaction, norwegian.reading, norwegian.writing) == (Cefr.B1, None, None)


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("under A1", None),
        ("skal ta B1", None),
        ("går på B1-kurs", None),
        ("mål: B1", None),
        ("A2 (mål B1)", Cefr.A2),
        ("A2, skal ta B1", Cefr.A2),
        ("bestått B1", Cefr.B1),
    ],
)
def test_a_level_that_lies_ahead_is_none_and_is_kept_in_words(session: Session, cell: str, level: Cefr | None) -> None:
    assert languages(session, read(session, "Norsk", cell))["nor"].interaction is level


def test_an_answer_in_the_column_of_norwegian_is_no_code_of_a_language(session: Session) -> None:
    assert set(languages(session, read(session, "Norsk", "ja"))) == {"nor"}
