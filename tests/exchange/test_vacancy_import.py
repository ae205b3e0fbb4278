from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.codes.imports import ImportKind
from kompetanse.codes.work import Duration, Importance, Shift, VacancySource, VacancyStatus
from kompetanse.errors import Forbidden
from kompetanse.exchange.faults import Reason, TableFault, TableRefused
from kompetanse.exchange.imports import ImportChanged, undo_import
from kompetanse.exchange.service import ImportReport, Sent, copy_with_report, import_file
from kompetanse.placements import service as placements
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import VacancyRecord
from tests.exchange.sheets import xlsx
from tests.exchange.test_service import counts
from tests.factories import actor, person, vacancy

NURSE = {
    "Stilling": "Sykepleier",
    "Enhet": "Hjemmetjenesten",
    "Org.nr": "974 760 673",
    "Beskrivelse": "Vi søker deg.",
    "Krav": "bachelor i sykepleie",
    "Autorisasjon": "autorisert sykepleier",
    "Førerkort": "førerkort B",
    "Språk": "norsk B2, engelsk",
    "Kvalifikasjoner": "sårstell, sårstell",
    "Kan læres": "IT-drift",
    "Erfaring": "2 år",
    "Stillingsprosent": "50-80",
    "Arbeidstid": "kveld og helg",
    "Ansettelse": "Vikariat",
    "Antall": "2",
    "Oppstart": "snarest",
    "Søknadsfrist": "15.01.27",
    "Arbeidssted": "Sistranda",
    "Postnr": "7260",
    "Ref": "24/117",
    "Kontakt": "Kari",
}
COOK = {"Stilling": "Kokk", "Søknadsfrist": "2027-02-01"}


def sheet_of(*rows: dict[str, str]) -> bytes:
    lines = [";".join(NURSE), *(";".join(row.get(heading, "") for heading in NURSE) for row in rows)]
    return "\n".join(lines).encode()


def run(session: Session, content: bytes, *, apply: bool = True, **more: object) -> ImportReport:
    sent = Sent(content, "stillinger.csv", **more)  # type: ignore[arg-type]
    return import_file(session, actor(), ImportKind.VACANCIES, sent, apply=apply)


def read(session: Session, vacancy_id: UUID) -> VacancyRecord:
    return vacancies.read(session, actor(), vacancy_id)


def test_everything_that_a_row_tells_is_written_down(session: Session) -> None:
    report = run(session, sheet_of(NURSE, COOK))
    assert (report.accepted, report.skipped, report.rejected) == (2, 0, ())
    record = read(session, report.records[2])
    one = record.vacancy
    assert (one.title, one.unit, one.employer_org_no, one.styrk) == (
        "Sykepleier",
        "Hjemmetjenesten",
        "974760673",
        "2223",
    )
    assert (one.education_level, one.education_field, one.authorisation) == ("6", "0913", "auth:nurse")
    assert (one.percentage_min, one.percentage_max, one.positions, one.experience_months) == (50, 80, 2, 24)
    assert (one.shifts, one.duration) == ([Shift.EVENING, Shift.WEEKEND], Duration.SUBSTITUTE)
    assert (one.starts_on, one.deadline) == (None, date(2027, 1, 15))
    assert (one.place, one.postal_code, one.workplace_no) == ("Sistranda", "7260", "5014")
    assert (one.source, one.external_id) == (VacancySource.FILE, "24/117")
    assert [(skill.label, skill.importance) for skill in record.skills] == [
        ("sårstell", Importance.ESSENTIAL),
        ("IT-drift", Importance.TRAINABLE),
    ]
    assert [(spoken.language, spoken.minimum) for spoken in record.languages] == [("nor", "B2")]
    assert [held.licence for held in record.licences] == ["driving:B"]
    told = str(one.description).splitlines()
    assert told == ["Vi søker deg.", "Språk: norsk B2, engelsk", "Oppstart: snarest", "Kontakt: Kari"]
    assert [(doubt.column, doubt.reason) for doubt in report.warnings] == [
        ("Språk", Reason.LEVEL_UNCERTAIN),
        ("Oppstart", Reason.VALUE_UNREADABLE),
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(session: Session) -> None:
    before = counts(session)
    dry = run(session, sheet_of(NURSE, COOK, {"Enhet": "Skolen"}), apply=False)
    assert counts(session) == before
    real = run(session, sheet_of(NURSE, COOK, {"Enhet": "Skolen"}))
    assert (dry.accepted, dry.warnings, dry.records) == (real.accepted, real.warnings, {})
    assert [(one.row, one.reason) for one in dry.rejected] == [(4, Reason.RULE_BROKEN)]


@pytest.mark.parametrize(
    ("cells", "detail"),
    [
        ({"Stilling": ""}, "Raden sier ikke hva stillingen heter"),
        ({"Stilling": "x" * 300}, "Navnet på stillingen er for langt"),
        ({"Stilling": "Kokk", "Oppstart": "1.2.2027", "Slutt": "1.1.2027"}, "Arbeidet slutter før det begynner"),
        ({"Stilling": "Kokk", "Beskrivelse": "x" * 60_000}, "Beskrivelsen er for lang"),
    ],
)
def test_a_row_that_breaks_a_rule_is_rejected_in_bokmal(session: Session, cells: dict[str, str], detail: str) -> None:
    headings = ["Stilling", "Enhet", "Beskrivelse", "Oppstart", "Slutt"]
    row = {"Enhet": "Kjøkkenet", **cells}
    content = ";".join(headings) + "\n" + ";".join(row.get(one, "") for one in headings) + "\n"
    report = run(session, content.encode())
    assert [(one.row, one.detail) for one in report.rejected] == [(2, detail)]
    assert report.rejected[0].hint


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Org.nr", "123456789"), ("STYRK", "99"), ("Postnr", "Frøya"), ("Stillingsprosent", "mye"), ("Antall", "noen"),
        ("Søknadsfrist", "mars 2027"), ("Arbeidstid", "av og til"), ("Ansettelse", "avtales"), ("Erfaring", "lang"),
        ("Alder", "7"), ("Førerkort", "dykking i saltvann"), ("Enhet", "x" * 200),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_kept_as_a_remark(session: Session, heading: str, cell: str) -> None:
    report = run(session, f"Stilling;{heading}\nKokk;{cell}\n".encode())
    assert [(one.column, bool(one.hint)) for one in report.warnings] == [(heading, True)]
    assert read(session, report.records[2]).vacancy.description == f"{heading}: {cell}"


def test_a_file_that_is_imported_twice_writes_nothing_twice(session: Session) -> None:
    first = run(session, sheet_of(NURSE, COOK))
    again = run(session, sheet_of(NURSE, COOK))
    assert (again.accepted, again.skipped, again.import_id) == (0, 2, None)
    assert [one.record_ids for one in again.duplicates] == [(first.records[2],), (first.records[3],)]
    told = run(session, sheet_of(NURSE, COOK), despite_duplicates=True)
    assert (told.accepted, told.skipped) == (1, 1)  # a number of one's own is one vacancy's


def test_rows_that_are_the_same_vacancy_are_pointed_out(session: Session) -> None:
    report = run(session, sheet_of(COOK, {**COOK, "Antall": "2"}))
    assert [(one.row, one.record_ids) for one in report.duplicates] == [(3, ())]
    assert report.accepted == 1


def test_a_vacancy_that_has_ended_is_no_duplicate(session: Session) -> None:
    ended = vacancy(session, title="Kokk", deadline=date(2027, 2, 1)).vacancy
    assert run(session, sheet_of(COOK), apply=False).skipped == 1
    vacancies.close(session, actor(), ended.id, ended.version, VacancyStatus.CLOSED)
    assert run(session, sheet_of(COOK), apply=False).skipped == 0


def test_vacancies_of_a_file_are_undone_unless_somebody_was_referred(session: Session) -> None:
    before = counts(session)
    report = run(session, sheet_of(NURSE, COOK))
    assert report.import_id is not None
    undo_import(session, actor(), report.import_id)
    after = counts(session)
    assert (after.pop("import_run"), after.pop("imported_row"), after.pop("column_mapping")) == (1, 2, 0)
    assert all(before[table] == count for table, count in after.items())
    again = run(session, sheet_of(NURSE, COOK))
    assert again.import_id is not None
    placements.refer(session, actor(), vacancy_id=again.records[3], person_id=person(session).id)
    with pytest.raises(ImportChanged) as refused:
        undo_import(session, actor(), again.import_id)
    assert [(one.row, one.what) for one in refused.value.changed] == [(3, ("referral",))]


def test_a_change_of_a_vacancy_keeps_its_import(session: Session) -> None:
    report = run(session, sheet_of(COOK))
    assert report.import_id is not None
    vacancies.change(session, actor(), report.records[2], 1, {"title": "Kjøkkensjef"})
    with pytest.raises(ImportChanged) as refused:
        undo_import(session, actor(), report.import_id)
    assert refused.value.changed[0].what == ("vacancy",)


def test_a_workbook_with_days_and_numbers_is_read(session: Session) -> None:
    content = xlsx({"Ledige": [["Stilling", "Stilling %", "Frist", "Antall"], ["Renholder", 0.8, 46419.0, 3.0]]})
    one = read(session, run(session, content).records[2]).vacancy
    assert (one.percentage_min, one.deadline, one.positions) == (80, date(2027, 2, 1), 3)


def test_a_copy_says_what_is_wrong(session: Session) -> None:
    copy = copy_with_report(session, actor(), ImportKind.VACANCIES, Sent(sheet_of(COOK, {"Enhet": "Skolen"}), "x.csv"))
    assert "MÅ RETTES: Raden sier ikke hva stillingen heter" in copy.content.decode()


def test_a_file_without_titles_is_refused(session: Session) -> None:
    with pytest.raises(TableRefused) as refused:
        run(session, b"Enhet;Postnr\nSkolen;7260\n")
    assert refused.value.reason is TableFault.MISSING_COLUMN


def test_markup_in_a_description_is_made_safe_with_the_remarks_below(session: Session) -> None:
    content = b"Stilling;Beskrivelse;Merke\nKokk;<p onclick='x()'>Vi</p><script>y()</script>;<b>1</b>\n"
    told = str(read(session, run(session, content).records[2]).vacancy.description)
    assert told == "<p>Vi</p><p>Merke: &lt;b&gt;1&lt;/b&gt;</p>"


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.JOB_SERVICE])
def test_only_those_who_import_may(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        import_file(session, actor(role), ImportKind.VACANCIES, Sent(sheet_of(COOK), "x.csv"), apply=False)


def test_years_of_two_digits_lie_ahead(session: Session) -> None:
    year = clock.today().year % 100 + 1
    report = run(session, f"Stilling;Frist\nKokk;31.12.{year}\n".encode())
    assert read(session, report.records[2]).vacancy.deadline == date(2000 + year, 12, 31)


def test_what_a_vacancy_needs_is_not_what_somebody_lacks(session: Session) -> None:
    caretaker = {
        "Stilling": "Vaktmester",
        "Førerkort": "Trenger førerkort B",
        "Kvalifikasjoner": "skal ta imot gjester",
    }
    report = run(session, sheet_of(caretaker))
    assert report.warnings == ()
    record = read(session, report.records[2])
    assert [one.licence for one in record.licences] == ["driving:B"]
    assert [one.label for one in record.skills] == ["skal ta imot gjester"]
