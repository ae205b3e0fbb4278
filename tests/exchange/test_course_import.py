from datetime import date

import pytest
from sqlmodel import Session

from kompetanse.codes.imports import ImportKind
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses import service as courses
from kompetanse.courses.tables import CourseOffer
from kompetanse.exchange.course_cells import kind_of
from kompetanse.exchange.faults import Reason
from kompetanse.exchange.imports import ImportChanged, undo_import
from kompetanse.exchange.service import ImportReport, Sent, import_file
from kompetanse.taxonomy.lexicon import UNLINKED
from tests.exchange.test_service import counts
from tests.factories import actor

K = CourseOfferKind
HEADINGS = "Kurs;Type;Fører til;Nivå;Arrangør;Starter;Uker;Pris;Sted;Nettside;Kontakt"
NORWEGIAN = "Norskkurs;Språkkurs;;A2-B1;Voksenopplæringen;15.01.27;10 uker;kr 1 500,-;Sistranda;https://example.no/k;"


def run(session: Session, *rows: str, apply: bool = True, **more: object) -> ImportReport:
    sent = Sent("\n".join([HEADINGS, *rows]).encode(), "kurs.csv", **more)  # type: ignore[arg-type]
    return import_file(session, actor(), ImportKind.COURSES, sent, apply=apply)


def stored(session: Session, report: ImportReport, row: int = 2) -> CourseOffer:
    return courses.read(session, actor(), report.records[row])


def test_everything_that_a_row_tells_is_written_down(session: Session) -> None:
    report = run(session, NORWEGIAN)
    one = stored(session, report)
    assert (one.title, one.kind, one.key, one.from_level, one.to_level) == ("Norskkurs", K.LANGUAGE, "nor", "A2", "B1")
    assert (one.provider, one.starts_on, one.weeks) == ("Voksenopplæringen", date(2027, 1, 15), 10)
    assert (one.price_nok, one.place, one.url) == (1500, "Sistranda", "https://example.no/k")
    assert report.warnings == ()


@pytest.mark.parametrize(
    ("title", "kind", "key", "levels"),
    [
        ("Norskkurs A1 til A2", K.LANGUAGE, "nor", ("A1", "A2")),
        ("Norskprøve B2", K.TEST, "nor", (None, "B2")),
        ("Truckførerkurs T4", K.LICENCE, "truck:T4", (None, None)),
        ("Fagbrev som helsefagarbeider", K.EDUCATION, "092", (None, "4")),
        ("Generell godkjenning av høyere utdanning", K.RECOGNITION, None, (None, None)),
        ("Autorisasjon som helsefagarbeider", K.AUTHORISATION, "auth:healthcare-worker", (None, None)),
        ("Hekling for alle", K.SKILL, f"{UNLINKED}hekling for alle", (None, None)),
    ],
)
def test_the_title_tells_what_no_column_says(
    session: Session, title: str, kind: K, key: str | None, levels: tuple[str | None, str | None]
) -> None:
    one = stored(session, run(session, f"{title};;;;;;;;;;"))
    assert (one.kind, (one.from_level, one.to_level)) == (kind, levels)
    assert one.key == key


@pytest.mark.parametrize(
    ("row", "detail"),
    [
        (";Språkkurs;norsk;B1;;;;;;;", "Raden sier ikke hva tilbudet heter"),
        ("Kurs;Språkkurs;klingonsk;B1;;;;;;;", "Raden sier ikke hva tilbudet fører til"),
        ("Norsk;Språkkurs;;B1-A2;;;;;;;", "Nivået etterpå mangler, eller er ikke høyere enn nivået før"),
        ("Norsk;Språkkurs;;;;;;;;;", "Nivået etterpå mangler, eller er ikke høyere enn nivået før"),
        ("Sveising;Ferdighet;;;;;;;;http://example.no;", "Nettsiden er ingen adresse"),
    ],
)
def test_a_row_that_breaks_a_rule_is_rejected_in_bokmal(session: Session, row: str, detail: str) -> None:
    report = run(session, row)
    assert [(one.row, one.reason, one.detail) for one in report.rejected] == [(2, Reason.RULE_BROKEN, detail)]
    assert report.rejected[0].hint


def test_what_no_field_holds_is_kept_as_notes(session: Session) -> None:
    report = run(session, "Sveising;Ferdighet;;;;snart;lenge;mye;;;Kari")
    assert {one.column: one.reason for one in report.warnings} == {
        "Starter": Reason.VALUE_UNREADABLE,
        "Uker": Reason.VALUE_UNREADABLE,
        "Pris": Reason.VALUE_UNREADABLE,
    }
    assert stored(session, report).notes == "Starter: snart\nUker: lenge\nPris: mye\nKontakt: Kari"


def test_columns_of_notes_are_kept_as_they_stand_before_what_is_unknown(session: Session) -> None:
    sheet = "Kurs;Kontakt;Merknad;Beskrivelse\nNorskkurs A2;Kari;For deltakere;\nNorskkurs B1;;; Kveld  og helg \n"
    sent = Sent(sheet.encode(), "kurs.csv")
    report = import_file(session, actor(), ImportKind.COURSES, sent, apply=True)
    assert stored(session, report).notes == "For deltakere\nKontakt: Kari"
    assert stored(session, report, 3).notes == "Kveld  og helg"
    assert report.warnings == ()


def test_more_than_the_notes_hold_is_rejected_and_not_cut(session: Session) -> None:
    report = run(session, f"Sveising;Ferdighet;;;;;;;;;{'x' * 4000}")
    assert [one.detail for one in report.rejected] == ["Merknadene er for lange"]


def test_a_kind_that_nobody_said_is_told(session: Session) -> None:
    assert [one.reason for one in run(session, "Strikking;;;;;;;gratis;;;").warnings] == [Reason.KIND_GUESSED]


def test_a_file_that_is_imported_twice_writes_nothing_twice(session: Session) -> None:
    first = run(session, NORWEGIAN)
    again = run(session, NORWEGIAN)
    assert (again.accepted, again.skipped) == (0, 1)
    assert again.duplicates[0].record_ids == (first.records[2],)
    assert run(session, NORWEGIAN, despite_duplicates=True).accepted == 1


def test_courses_of_a_file_are_undone_unless_they_were_changed(session: Session) -> None:
    before = counts(session)
    report = run(session, NORWEGIAN, "Sveising;Ferdighet;;;;;;;;;")
    assert report.import_id is not None
    undo_import(session, actor(), report.import_id)
    assert counts(session)["course_offer"] == before["course_offer"]
    again = run(session, NORWEGIAN)
    assert again.import_id is not None
    courses.retire(session, actor(), again.records[2], 1)
    with pytest.raises(ImportChanged) as refused:
        undo_import(session, actor(), again.import_id)
    assert refused.value.changed[0].what == ("course_offer",)


def test_a_boats_test_is_no_test_of_a_language() -> None:
    assert kind_of("Båtførerprøven") is K.LICENCE
    assert kind_of("Fagprøve i helsearbeiderfaget") is K.EDUCATION
