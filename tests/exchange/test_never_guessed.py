"""What nobody would notice until it did harm: cells and columns that could be taken for something they do not say."""

import pytest
from sqlmodel import Session

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.codes.imports import ImportKind
from kompetanse.competence.service import read_profile
from kompetanse.competence.tables import PersonLanguage
from kompetanse.exchange.faults import Reason, TableFault, TableRefused
from kompetanse.exchange.service import ImportReport, Sent, copy_with_report, import_file
from kompetanse.people import consents
from kompetanse.people import service as people
from kompetanse.sealing import Sealer
from tests.exchange.sheets import xlsx
from tests.factories import actor

EXPORT, SHARE = ConsentPurpose.EXPORT_TO_JOB_SERVICE, ConsentPurpose.SHARE_WITH_NEIGHBOURS

SEALER = Sealer(b"a secret for tests that opens nothing")
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


TWO_ROWS = [
    ["Kartlegging"],
    ["Etternavn", "Fornavn", "Norsk", "", "Samtykke", "", "Merknad"],
    ["", "", "Muntlig", "Skriftlig", "NAV", "nabo", ""],
    ["Haile", "Sara", "B1", "A1", "ja", "nei", "hei"],
]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("folk.csv", "\n".join(map(";".join, [row + [""] * (7 - len(row)) for row in TWO_ROWS])).encode()),
        ("folk.xlsx", xlsx({"Ark1": TWO_ROWS})),
    ],
)
def test_a_heading_that_is_merged_over_several_is_read_with_the_words_below_it(
    session: Session, name: str, content: bytes
) -> None:
    report = import_file(session, actor(), ImportKind.PEOPLE, Sent(content, name), apply=True)
    assert (list(report.records), report.rejected) == ([4], ())
    norwegian = languages(session, report, 4)["nor"]
    assert (norwegian.interaction, norwegian.writing) == (Cefr.B1, Cefr.A1)
    stands = consents.standing(session, actor(), report.records[4])
    assert [bool(one and one.granted) for one in map(stands.get, (EXPORT, SHARE))] == [True, False]
    copy = copy_with_report(session, actor(), ImportKind.PEOPLE, Sent(content, name))
    again = import_file(session, actor(), ImportKind.PEOPLE, Sent(copy.content, copy.name), apply=False)
    assert [one.field for one in again.columns[1:]] == [one.field for one in report.columns]


@pytest.mark.parametrize("below", ["; ;litt;;;;", ";;A2;A1;;;", "Berg;Anna;;muntlig;;;"])
def test_a_row_that_could_be_somebody_is_no_header(session: Session, below: str) -> None:
    text = f"Etternavn;Fornavn;Norsk;;Samtykke;;Merknad\n{below}\nHaile;Sara;B1;;;;\n"
    report = import_file(session, actor(), ImportKind.PEOPLE, Sent(text.encode(), "folk.csv"), apply=False)
    assert report.columns[2].heading == "Norsk"
    assert report.accepted + len(report.rejected) == 2


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


@pytest.mark.parametrize("heading", ["Flyktning", "Språk", "Andre språk"])
def test_a_yes_is_not_japanese(session: Session, heading: str) -> None:
    report = read(session, heading, "Ja", "ja", "JA")
    assert not languages(session, report)
    assert people.read(session, actor(), report.records[2]).person.notes == f"{heading}: Ja"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Norsk", "ingen"), ("Norsk", "0"), ("Norsk", "nei"), ("Språk", "snakker ikke norsk"), ("Språk", "ikke norsk")],
)
def test_a_language_that_is_denied_is_not_hers(session: Session, heading: str, cell: str) -> None:
    report = read(session, heading, cell)
    assert not languages(session, report)
    assert [one.reason for one in report.warnings] == [Reason.NOT_HELD]
    assert people.read(session, actor(), report.records[2]).person.notes == f"{heading}: {cell}"


@pytest.mark.parametrize("cell", ["litt", "ikke testet", "B1 ikke bestått", "muntlig, ikke skriftlig"])
def test_a_language_without_a_level_is_hers(session: Session, cell: str) -> None:
    assert set(languages(session, read(session, "Norsk", cell))) == {"nor"}


def test_an_answer_in_the_column_of_norwegian_is_no_code_of_a_language(session: Session) -> None:
    assert set(languages(session, read(session, "Norsk", "ja"))) == {"nor"}


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        ("førerkort B", {"driving:B"}),
        ("mistet førerkortet", set()),
        ("førerkort B - utløpt", set()),
        ("skal ta lappen", set()),
        ("førerkort?", set()),
        ("truck T1, tar lappen", {"truck:T1"}),
    ],
)
def test_a_licence_is_hers_only_when_she_has_it_now(session: Session, cell: str, held: set[str]) -> None:
    report = read(session, "Førerkort", cell)
    found = read_profile(session, actor(), report.records[2]).licences
    assert {one.licence for one in found} == held
    if len(held) < 1 + cell.count(","):
        (doubt,) = report.warnings
        assert (doubt.reason, doubt.row, doubt.column) == (Reason.NOT_HELD, 2, "Førerkort")
        assert cell in str(people.read(session, actor(), report.records[2]).person.notes)


def test_a_programming_language_is_no_driving_licence(session: Session) -> None:
    profile = read_profile(session, actor(), read(session, "Ferdigheter", "C++, excel, C#").records[2])
    assert not profile.licences
    assert {one.label for one in profile.skills} == {"C++", "excel", "C#"}


def test_what_somebody_will_learn_is_no_skill(session: Session) -> None:
    report = read(session, "Ferdigheter", "excel, vil lære sveising")
    assert [one.label for one in read_profile(session, actor(), report.records[2]).skills] == ["excel"]
    assert "vil lære sveising" in str(people.read(session, actor(), report.records[2]).person.notes)


@pytest.mark.parametrize(
    ("cell", "jobs"),
    [
        ("ingen", []),
        ("0", []),
        ("10 år", []),
        ("arbeidsledig", []),
        ("1 1/2 år kokk", [("kokk", 18)]),
        ("lærer i 5 år", [("lærer", 60)]),
        ("snekker, 2 års erfaring", [("snekker", 24)]),
        ("5 års erfaring som sjåfør", [("sjåfør", 60)]),
        ("jobbet som kokk 3 år", [("kokk", 36)]),
        ("40 år gammel baker", [("40 år gammel baker", None)]),
        ("kokk, 10 år", [("kokk", 120)]),
    ],
)
def test_what_is_no_occupation_is_kept_in_words(session: Session, cell: str, jobs: list[tuple[str, int]]) -> None:
    report = read(session, "Yrke", cell)
    found = read_profile(session, actor(), report.records[2]).experiences
    assert [(one.title, one.months) for one in found] == jobs
    if not jobs:
        assert [one.reason for one in report.warnings] == [Reason.OCCUPATION_UNNAMED]
        assert people.read(session, actor(), report.records[2]).person.notes == f"Yrke: {cell}"


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [("37,5", (None, None)), ("1-50", (None, None)), ("deltid 50 %", (50, 50)), ("Heltid (100%)", (100, 100))],
)
def test_hours_are_no_percentage(session: Session, cell: str, wanted: tuple[int | None, int | None]) -> None:
    report = read(session, "Stilling %", cell)
    profile = read_profile(session, actor(), report.records[2])
    assert (profile.percentage_min, profile.percentage_max) == wanted
    if wanted == (None, None):
        assert people.read(session, actor(), report.records[2]).person.notes == f"Stilling %: {cell}"


@pytest.mark.parametrize("last", ["Sum;;;3", "Totalt:;2;;", ";;;Antall personer: 3", "Gjennomsnitt;;;37,5"])
def test_a_row_of_totals_is_nobody(session: Session, last: str) -> None:
    text = f"Etternavn;Fornavn;Født;Merknad\nHaile;Sara;1988;\n;;;\n{last}\n"
    report = import_file(session, actor(), ImportKind.PEOPLE, Sent(text.encode(), "folk.csv"), apply=True)
    assert list(report.records) == [2]
    (refused,) = report.rejected
    assert (refused.row, refused.reason) == (4, Reason.ROW_OF_TOTALS)
    assert refused.hint


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ImportKind.VACANCIES, "Stilling;Enhet;Antall\nKokk;Kjøkken;2\nSum;;2\n"),
        (ImportKind.COURSES, "Kurs;Arrangør;Pris\nNorsk B1;Frøya VO;0\nTotalt;;0\n"),
    ],
)
def test_nor_is_it_a_vacancy_or_a_course(session: Session, kind: ImportKind, text: str) -> None:
    report = import_file(session, actor(), kind, Sent(text.encode(), "ark.csv"), apply=True)
    assert (list(report.records), [one.reason for one in report.rejected]) == ([2], [Reason.ROW_OF_TOTALS])


def test_somebody_who_is_called_like_a_total_is_somebody(session: Session) -> None:
    text = "Etternavn;Fornavn;Født\nSum;Li;1990\nTotal;Marie;\n"
    report = import_file(session, actor(), ImportKind.PEOPLE, Sent(text.encode(), "folk.csv"), apply=False)
    assert (report.accepted, report.rejected) == (2, ())


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1250", "Wiśniewska;Małgorzata"),
        ("cp1250", "Żukowski;Jan"),
        ("cp1257", "Žukauskienė;Rasa"),
        ("cp1251", "Коваленко;Олена"),
        ("mac-roman", "Sørås;Bjørn"),
        ("cp850", "Sørås;Bjørn"),
    ],
)
def test_a_file_in_letters_of_elsewhere_is_refused_and_no_name_is_spoilt(
    session: Session, encoding: str, name: str
) -> None:
    text = f"Etternavn;Fornavn;Tlf\nBerg;Anna;90012345\n{name};90012346\n"
    with pytest.raises(TableRefused) as refused:
        import_file(session, actor(), ImportKind.PEOPLE, Sent(text.encode(encoding), "folk.csv"), apply=True)
    assert (refused.value.reason, refused.value.row) == (TableFault.ENCODING, 3)
    assert "CSV UTF-8" in refused.value.hint


def test_icelanders_albanians_and_signs_are_read_from_windows_1252(session: Session) -> None:
    for name in ("Þórsdóttir;Guðrún", "Hoxhë;Besë", "Lefèvre;Zoë"):
        text = f"Etternavn;Fornavn;Merknad\n{name};½ stilling, 3 m², £5, Øyværet\nÆøå;Åse;\n"
        sent = Sent(text.encode("cp1252"), "folk.csv")
        report = import_file(session, actor(), ImportKind.PEOPLE, sent, apply=True)
        person = people.read(session, actor(), report.records[2]).person
        assert f"{person.family_name};{person.given_name}" == name
        assert person.notes == "½ stilling, 3 m², £5, Øyværet"


@pytest.mark.parametrize("cell", ["ja", "kode 6", "7", "Strengt fortrolig", "x"])
def test_a_secret_address_is_kept_secret_from_the_beginning(session: Session, cell: str) -> None:
    report = read(session, "Adressesperre;Postnr;Adresse", f"{cell};7260;Storgata 1", "nei;7260;Storgata 2", ";7260;")
    kept, open_one, silent = (people.read(session, actor(), report.records[row]).person for row in (2, 3, 4))
    assert (kept.protected_address, kept.postal_code, kept.notes) == (True, None, None)
    assert (open_one.protected_address, open_one.postal_code) == (False, "7260")
    assert (silent.protected_address, silent.postal_code) == (False, "7260")
    assert [one.row for one in report.warnings] == [2]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("90012345.0", "+4790012345"),
        ("+48501029914.0", "+48501029914"),
        ("48 501 029 914", "+48501029914"),
        ("900 12 345 (mor)", None),
    ],
)
def test_a_phone_number_is_right_or_kept_in_words(session: Session, cell: str, number: str | None) -> None:
    report = read(session, "Telefon", cell)
    found = people.read(session, actor(), report.records[2])
    assert [one.value for one in found.contacts] == ([number] if number else [])
    assert found.person.notes == (None if number else f"Telefon: {cell}")


def test_two_phone_numbers_in_a_cell(session: Session) -> None:
    report = read(session, "Telefon", "90012345 90012346")
    found = people.read(session, actor(), report.records[2]).contacts
    assert [one.value for one in found] == ["+4790012345", "+4790012346"]


@pytest.mark.parametrize("born", ["12.03.1985 00:00:00", "1985-03-12 00:00:00.000", "31118.0", "12.3.1985 0:00"])
def test_births_that_went_through_a_database_are_read(session: Session, born: str) -> None:
    text = f"Etternavn;Fornavn;Født (dd.mm.åååå)\nHaile;Sara;{born}\n"
    report = import_file(session, actor(), ImportKind.PEOPLE, Sent(text.encode(), "folk.csv"), apply=True)
    assert people.read(session, actor(), report.records[2]).person.born == "1985-03-12"


@pytest.mark.parametrize("heading", ["Fødselsnr", "Skonummer"])
def test_a_personal_number_without_its_first_nought_is_read_and_never_shown(session: Session, heading: str) -> None:
    number = "02013299997"
    text = f"Etternavn;Fornavn;{heading}\nHaile;Sara;{number[1:]}\n"
    sent = Sent(text.encode(), "folk.csv", sealer=SEALER)
    report = import_file(session, actor(), ImportKind.PEOPLE, sent, apply=True)
    person = people.read(session, actor(), report.records[2]).person
    assert (person.national_id_kind is not None) == (heading == "Fødselsnr")
    assert number[1:] not in str(person.notes)
    assert number[1:] not in str(report)


def test_a_name_that_could_be_divided_otherwise_is_told(session: Session) -> None:
    text = "Navn;Født\nNguyen Van An;1990\nMaria del Carmen Lopez;1980\n"
    report = import_file(session, actor(), ImportKind.PEOPLE, Sent(text.encode(), "folk.csv"), apply=False)
    assert [(one.row, one.reason) for one in report.warnings] == [(2, Reason.NAME_GUESSED), (3, Reason.NAME_GUESSED)]


@pytest.mark.parametrize("content", [b"<html><table><tr><td>Etternavn", b"\xef\xbb\xbf<?xml version='1.0'?><Workbook>"])
def test_a_page_that_is_called_a_workbook_says_how_to_make_it_one(session: Session, content: bytes) -> None:
    with pytest.raises(TableRefused) as refused:
        import_file(session, actor(), ImportKind.PEOPLE, Sent(content, "folk.xls"), apply=False)
    assert refused.value.reason is TableFault.NOT_A_TABLE
    assert "XLSX" in refused.value.hint


def test_who_has_no_birth_anywhere_is_not_said_to_have_the_same(session: Session) -> None:
    text = "Etternavn;Fornavn\nHaile;Sara\n"
    for _ in range(2):
        report = import_file(session, actor(), ImportKind.PEOPLE, Sent(text.encode(), "folk.csv"), apply=True)
    assert report.duplicates[0].detail == (
        "Er trolig registrert fra før: navnet er det samme, og ingen fødselsdato er kjent"
    )


@pytest.mark.parametrize(
    ("cell", "codes"), [("polsk", ["PL"]), ("Syrisk/svensk", ["SY", "SE"]), ("ukrainsk", ["UA"]), ("arabisk", None)]
)
def test_a_nationality_is_read_from_an_adjective_that_tells_of_one_country(
    session: Session, cell: str, codes: list[str] | None
) -> None:
    report = read(session, "Nasjonalitet", cell)
    person = people.read(session, actor(), report.records[2]).person
    assert person.citizenships == codes
    assert person.notes == (None if codes else f"Nasjonalitet: {cell}")


@pytest.mark.parametrize("cell", ["2 voksne, 3 barn", "4 personer", "Enslig"])
def test_families_of_the_same_kind_are_not_one_household(session: Session, cell: str) -> None:
    report = read(session, "Husstand", cell, cell, "H3")
    assert report.households == 1
    assert [(one.row, one.column, one.value) for one in report.warnings] == [
        (2, "Husstand", cell),
        (3, "Husstand", cell),
    ]
    assert people.read(session, actor(), report.records[2]).person.notes == f"Husstand: {cell}"


@pytest.mark.parametrize("heading", ["Kom til Norge (år)", "Kom til Norge dato", "Kom til landet"])
def test_who_came_to_norway_came_not_to_the_municipality(session: Session, heading: str) -> None:
    person = people.read(session, actor(), read(session, heading, "2015").records[2]).person
    assert (person.arrived_in_norway, person.arrived_in_municipality) == ("2015", None)


def test_columns_that_are_counted_are_all_read(session: Session) -> None:
    report = read(session, "Mobil 1;Mobil 2;Språk 1;Språk 2;Født 2", "90012345;90012346;polsk;norsk A2;1990")
    assert [one.value for one in people.read(session, actor(), report.records[2]).contacts] == [
        "+4790012345",
        "+4790012346",
    ]
    assert set(languages(session, report)) == {"pol", "nor"}
    assert meanings(report)["Født 2"] == "", "of what can be there once, the second is something else"


def test_separators_that_excel_left_out_behind_empty_cells_are_no_fault(session: Session) -> None:
    rows = ["Haile;Sara;1988;polsk", "Berg;Anna;1990;norsk", "", "Kowalska;Ewa;1975;;kommer i mai", "Li;Bo;1970;polsk"]
    text = "\n".join(["Etternavn;Fornavn;Født;Språk;Merknad", *rows]) + "\n"
    report = import_file(session, actor(), ImportKind.PEOPLE, Sent(text.encode(), "folk.csv"), apply=True)
    assert (list(report.records), report.rejected) == ([2, 3, 5, 6], ())
    assert set(languages(session, report, 3)) == {"nor"}
    assert people.read(session, actor(), report.records[5]).person.notes == "kommer i mai"


@pytest.mark.parametrize(
    "parts",
    [
        ["Haile;Sara;1988;polsk", "norsk;hei"],
        ["Haile;Sara;1988;", "polsk;", ";hei"],
        ["Haile;Sara", "Aster;1988;polsk;hei"],
        ["Haile;Sara;1988;polsk", "", "norsk;hei"],
    ],
)
def test_a_row_that_a_line_break_divides_is_nobody(session: Session, parts: list[str]) -> None:
    text = "\n".join(["Etternavn;Fornavn;Født;Språk;Merknad", *parts, "Berg;Anna;1990;norsk;ho"])
    report = import_file(session, actor(), ImportKind.PEOPLE, Sent(text.encode(), "folk.csv"), apply=True)
    assert list(report.records) == [2 + len(parts)]
    assert len(report.rejected) == len([*filter(None, parts)])


def test_a_secret_address_of_somebody_who_is_registered_is_told(session: Session) -> None:
    read(session, "Adressesperre", "nei", "nei")
    report = read(session, "Adressesperre", "kode 6", "nei")
    kept, other = report.duplicates
    assert "Raden sier adressesperre" in kept.hint
    assert "adressesperre" not in other.hint


@pytest.mark.parametrize(
    ("cell", "level", "completed"),
    [
        ("grunnskole 5 år", "1", None),
        ("grunnskole 9 år", "2", None),
        ("grunnskole", "2", None),
        ("går på videregående", "4", False),
        ("skal ta fagbrev", "4", False),
        ("holder på med bachelor", "6", False),
        ("bachelor", "6", None),
        ("bachelor, går på norskkurs", "6", None),
        ("videregående, skal ta fagbrev", "4", None),
    ],
)
def test_an_education_is_no_more_than_it_is(session: Session, cell: str, level: str, completed: bool | None) -> None:
    (found,) = read_profile(session, actor(), read(session, "Utdanning", cell).records[2]).educations
    assert (found.level, found.completed, found.title) == (level, completed, cell)
