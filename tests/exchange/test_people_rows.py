from collections import Counter
from datetime import date

import pytest

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.exchange.cells.consents import Answer, ConsentAnswer
from kompetanse.exchange.cells.work import PercentageRange
from kompetanse.exchange.faults import Reason, RowRejected
from kompetanse.exchange.people_entries import ConsentEntry, PersonEntry
from kompetanse.exchange.people_rows import parse_people, read_people
from kompetanse.exchange.rows import Tally
from tests.exchange.sources import OWN, Spreadsheet, spreadsheets

TODAY = date(2026, 1, 15)


def rows_of(content: bytes | str) -> list[PersonEntry | RowRejected]:
    encoded = content.encode() if isinstance(content, str) else content
    return list(parse_people(read_people(encoded), today=TODAY))


def entries_of(content: bytes | str) -> list[PersonEntry]:
    return [row for row in rows_of(content) if isinstance(row, PersonEntry)]


def rejected_of(content: bytes | str) -> list[RowRejected]:
    return [row for row in rows_of(content) if isinstance(row, RowRejected)]


def reasons(entry: PersonEntry) -> list[Reason]:
    return [warning.reason for warning in entry.warnings]


@pytest.mark.parametrize("sheet", spreadsheets(), ids=lambda sheet: sheet.filename)
def test_every_row_of_every_file_is_accounted_for(sheet: Spreadsheet) -> None:
    tally = Tally()
    rows = list(parse_people(read_people(sheet.content, sheet.filename), today=TODAY, tally=tally))
    assert len(rows) == tally.accepted + tally.rejected
    assert tally == Tally(sheet.blank, sheet.accepted, sheet.warned, sheet.rejected)


@pytest.mark.parametrize("sheet", spreadsheets(), ids=lambda sheet: sheet.filename)
def test_every_rejection_says_where_and_how_to_mend_it(sheet: Spreadsheet) -> None:
    for rejection in rejected_of(sheet.content):
        assert rejection.row > 1
        assert rejection.hint
        assert rejection.detail
        assert not rejection.value or rejection.value not in str(rejection)


def test_a_form_in_latin_1() -> None:
    teacher, cook, again = entries_of(OWN[0].content)
    assert (teacher.row, teacher.family_name, teacher.given_name, teacher.born) == (
        4,
        "Ångström",
        "Bjørg",
        "1981-05-03",
    )
    assert teacher.citizenships == ("SE",)
    assert teacher.country_of_origin is None
    swedish, norwegian = teacher.languages
    assert (swedish.code, swedish.mother_tongue) == ("swe", True)
    assert (norwegian.interaction, norwegian.writing) == (Cefr.B2, Cefr.B1)
    assert teacher.experiences[0].months == 120
    assert teacher.consents == (
        ConsentEntry(ConsentPurpose.SHARE_WITH_NEIGHBOURS, ConsentAnswer(Answer.YES, None, date(2015, 2, 1))),
    )
    assert teacher.arrived_in_municipality == "2013-03"
    assert cook.consents[0].answer == ConsentAnswer(Answer.YES, ConsentForm.ORAL)
    assert (cook.arrived_in_municipality, reasons(cook)) == (None, [Reason.LETTERS_LOST])
    assert again.consents[0].answer.answer is Answer.WITHDRAWN


def test_a_row_that_repeats_another_is_never_imported_twice() -> None:
    repeated = next(row for row in rejected_of(OWN[0].content) if row.reason is Reason.ROW_REPEATED)
    assert (repeated.row, "rad 4" in repeated.detail) == (8, True)


def test_the_same_person_with_other_cells_is_pointed_out() -> None:
    again = entries_of(OWN[0].content)[2]
    assert reasons(again) == [Reason.POSSIBLE_DUPLICATE]
    assert "rad 4" in again.warnings[0].detail


def test_an_export_in_utf_8() -> None:
    ana, li = entries_of(OWN[1].content)
    assert (ana.family_name, ana.given_name, ana.household_key) == ("Silva", "Ana Maria", "H1")
    assert [contact.value for contact in ana.contacts] == ["+4790012345", "ana@example.no"]
    assert ana.experiences[0].styrk == "3313"
    assert ana.languages[0].mother_tongue is True
    assert ana.languages[1].listening is Cefr.B1
    assert ana.consents == (ConsentEntry(ConsentPurpose.EXPORT_TO_JOB_SERVICE, ConsentAnswer(Answer.YES)),)
    assert ana.notes == ("norsknivaa: B1/B2",)
    assert li.consents == ()
    assert reasons(li) == [Reason.OCCUPATION_CODE_UNKNOWN]
    assert li.notes == ("styrk: 9999",)


def test_a_date_that_the_calendar_does_not_have_rejects_the_row_with_its_place() -> None:
    (rejection,) = rejected_of(OWN[1].content)
    assert (rejection.row, rejection.column, rejection.value) == (3, "fodselsdato", "31.02.1990")
    assert rejection.reason is Reason.DATE_IMPOSSIBLE


def test_a_workbook_with_dates_and_shares_as_numbers() -> None:
    nils, sara = entries_of(OWN[2].content)
    assert (nils.born, nils.arrived_in_municipality) == ("1984-05-17", "2014-04-01")
    assert nils.contacts[0].value == "+4790012345"
    assert nils.percentage == PercentageRange(80, 80)
    assert (sara.born, sara.percentage, sara.notes) == ("1979-05-12", None, ("Stilling %: deltid",))


def test_a_row_with_too_many_or_too_few_cells_is_rejected_and_the_next_is_read() -> None:
    rows = rows_of("Etternavn;Fornavn;Ønsker\nBerg;Nils;kontor; regnskap\nHaile;Sara\nLi;Wei;;\n")
    assert [type(row) for row in rows] == [RowRejected, RowRejected, PersonEntry]
    assert [row.reason for row in rows if isinstance(row, RowRejected)] == [Reason.ROW_SHAPE, Reason.ROW_SHAPE]


def test_a_row_without_a_name_is_rejected_and_one_with_half_a_name_marked() -> None:
    rows = rows_of("Etternavn;Fornavn;Land\n;;Polen\nBerg;;Polen\n")
    assert isinstance(rows[0], RowRejected)
    assert rows[0].reason is Reason.NAME_MISSING
    assert isinstance(rows[1], PersonEntry)
    assert reasons(rows[1]) == [Reason.NAME_PART_MISSING]


def test_what_no_field_holds_is_kept_in_the_notes() -> None:
    (entry,) = entries_of("Navn;Land;Samtykke nav;Skostørrelse\nNils Berg;Atlantis;ja, kanskje;42\n")
    assert entry.notes == ("Land: Atlantis", "Samtykke nav: ja, kanskje", "Skostørrelse: 42")
    assert (entry.citizenships, entry.consents) == (None, ())
    assert reasons(entry) == [Reason.COUNTRY_UNKNOWN, Reason.CONSENT_UNCLEAR]


def test_a_national_number_in_the_wrong_place_is_shown_to_nobody() -> None:
    (rejection,) = rejected_of("Navn;Født\nNils Berg;010190 12345\n")
    (entry,) = entries_of("Navn;Merket;Fnr\nNils Berg;010190 12345;02013299990\n")
    seen = f"{rejection.value}{rejection}{entry.notes}{entry.warnings}{entry!r}"
    assert "12345" not in seen
    assert "99990" not in seen


def test_columns_that_few_files_have() -> None:
    (entry,) = entries_of(
        "Navn;Fnr;Fødeland;Tolk;Yrke;STYRK;Kom til Norge;Merknad;Mobil;Telefon\n"
        "Nils Berg;020132 99997;Syria;ja;regnskap 3 år;3313;2015;Ring etter kl. 15;90012345;900 12 346\n"
    )
    assert entry.national_id is not None
    assert entry.national_id.digits == "02013299997"
    assert (entry.country_of_origin, entry.citizenships, entry.needs_interpreter) == ("SY", None, True)
    assert [(one.title, one.styrk, one.months) for one in entry.experiences] == [("regnskap", "3313", 36)]
    assert (entry.arrived_in_norway, entry.notes) == ("2015", ("Ring etter kl. 15",))
    assert [contact.value for contact in entry.contacts] == ["+4790012345", "+4790012346"]


def test_consent_to_one_purpose_is_none_to_another() -> None:
    (entry,) = entries_of("Navn;Samtykke deling;Samtykke NAV\nNils Berg;ja;\n")
    assert [consent.purpose for consent in entry.consents] == [ConsentPurpose.SHARE_WITH_NEIGHBOURS]


def test_every_file_keeps_its_facts() -> None:
    """Facts of particular rows of the municipality's files; of our own where those are not at hand."""
    files = {sheet.filename: entries_of(sheet.content) for sheet in spreadsheets()}
    paper = {entry.row: entry for entry in files.get("kartlegging_2014_latin1.csv", [])}
    export = {entry.row: entry for entry in files.get("eksport_gammelt_system_utf8.csv", [])}
    workbook = {entry.row: entry for entry in files.get("kartlegging_arbeidsbok.xlsx", [])}
    if not paper:
        assert [entry.row for entry in files["skjema_latin1.csv"]] == [4, 5, 9]
        return
    assert (paper[4].born, paper[5].born, paper[6].born, paper[7].born) == (
        "1962",
        "1982-12-01",
        "1980-10-28",
        "1965-03-17",
    )
    assert (paper[4].arrived_in_municipality, paper[6].arrived_in_municipality) == (None, "2014-06")
    assert paper[4].wants_to_leave == "fisken"
    assert paper[7].consents[0].answer.form is ConsentForm.ORAL
    assert paper[5].consents == ()
    assert [skill.label for skill in paper[4].skills] == ["sveising", "montasje"]
    assert export[3].consents[0].answer.answer is Answer.WITHDRAWN
    assert export[7].languages[0].mother_tongue is True
    assert export[7].languages[1].writing is Cefr.A1
    assert export[7].percentage is None
    assert (workbook[5].born, workbook[6].percentage) == ("1984-05-17", PercentageRange(80, 80))
    assert Counter(bool(entry.citizenships) for entries in (paper, export, workbook) for entry in entries.values()) == {
        True: 402
    }
