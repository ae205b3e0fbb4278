import pytest
from sqlmodel import Session

from kompetanse.codes.imports import ImportKind
from kompetanse.codes.residence import HouseholdRole
from kompetanse.exchange.faults import Reason
from kompetanse.exchange.imports import ImportChanged, undo_import
from kompetanse.exchange.service import ImportReport, Sent, import_file
from kompetanse.people import households
from kompetanse.people.service import archive
from kompetanse.people.tables import Person
from tests.exchange.test_service import counts
from tests.factories import HITRA, actor, person

SHEET = (
    "Husstand;Husstandsnavn;Etternavn;Fornavn;Født;Rolle\n"
    "H1;Familien Žukauskas;Žukauskienė;Rasa;1986;voksen\n"
    "H1;;Žukauskas;Jonas;1985;ektefelle\n"
    "H2;;Berg;Nils;;\n"
)


@pytest.fixture
def people(session: Session) -> list[Person]:
    return [
        person(session, family_name="Žukauskienė", given_name="Rasa", born="1986-10-28"),
        person(session, family_name="Žukauskas", given_name="Jonas", born="1985"),
        person(session, family_name="Berg", given_name="Nils", born="1990"),
    ]


def run(session: Session, content: str = SHEET, *, apply: bool = True) -> ImportReport:
    return import_file(session, actor(), ImportKind.HOUSEHOLDS, Sent(content.encode(), "hus.csv"), apply=apply)


def test_registered_people_live_together_as_the_rows_say(session: Session, people: list[Person]) -> None:
    report = run(session)
    assert (report.accepted, report.households, report.rejected, report.warnings) == (3, 2, (), ())
    home = households.household_of(session, actor(), people[0].id)
    assert home is not None
    assert home.name == "Familien Žukauskas"
    assert [(one.person_id, one.role) for one in home.members] == [
        (people[0].id, HouseholdRole.ADULT),
        (people[1].id, HouseholdRole.PARTNER),
    ]
    alone = households.household_of(session, actor(), people[2].id)
    assert alone is not None
    assert (alone.name, report.records[4]) == ("Berg", alone.id)


def test_a_dry_run_forms_none(session: Session, people: list[Person]) -> None:
    before = counts(session)
    assert run(session, apply=False).households == 2
    assert counts(session) == before


def test_a_file_that_is_imported_twice_forms_none_twice(session: Session, people: list[Person]) -> None:
    first = run(session)
    again = run(session)
    assert (again.accepted, again.skipped, again.import_id) == (0, 3, None)
    assert again.duplicates[0].record_ids == (first.records[2],)


@pytest.mark.parametrize(
    ("row", "detail"),
    [
        (";;Berg;Nils;;", "Raden sier ikke hvilken husstand den hører til"),
        ("H9;;;;;", "Raden har ikke noe navn"),
        ("H9;;Haile;Sara;1979;", "Ingen som heter dette, er registrert"),
        ("H9;;Berg;Nils;1950;", "Ingen som heter dette, er registrert"),
        ("H9;;Tvilling;Lik;;", "Flere registrerte ligner"),
        ("H9;;Berg;Nils;1990;", "Samme person som i rad 4"),
        ("H9;;Annet;Bo;;", "Personen bor i en annen husstand"),
        ("H9;;Borte;Per;;", "Ingen som heter dette, er registrert"),
        ("H9;;Hitra;Kari;;", "Ingen som heter dette, er registrert"),
    ],
)
def test_whom_a_row_cannot_mean_is_told(session: Session, people: list[Person], row: str, detail: str) -> None:
    for birth in ("1990", "1991"):
        person(session, family_name="Tvilling", given_name="Lik", born=birth)
    elsewhere = person(session, family_name="Annet", given_name="Bo")
    households.form_household(session, actor(), name="Annet", members=[(elsewhere.id, HouseholdRole.ADULT)])
    gone = person(session, family_name="Borte", given_name="Per")
    archive(session, actor(), gone.id, gone.version)
    report = run(session, f"{SHEET}{row}\n", apply=False)
    assert [(one.row, one.reason, one.detail) for one in report.rejected] == [(5, Reason.RULE_BROKEN, detail)]
    assert report.rejected[0].hint
    assert report.accepted == 3


def test_another_municipalitys_people_are_not_found(session: Session) -> None:
    assert run(session, apply=False).accepted == 0
    assert (
        import_file(
            session, actor(municipality_no=HITRA), ImportKind.HOUSEHOLDS, Sent(SHEET.encode(), "x"), apply=False
        ).accepted
        == 0
    )


def test_households_are_undone_unless_somebody_moved(session: Session, people: list[Person]) -> None:
    before = counts(session)
    report = run(session)
    assert report.import_id is not None
    undo_import(session, actor(), report.import_id)
    after = counts(session)
    assert (after["household"], after["household_member"]) == (before["household"], before["household_member"])
    assert after["person"] == before["person"]
    again = run(session)
    assert again.import_id is not None
    households.leave(session, actor(), people[1].id)
    with pytest.raises(ImportChanged) as refused:
        undo_import(session, actor(), again.import_id)
    assert [(one.row, one.what) for one in refused.value.changed] == [(2, ("household",)), (3, ("household",))]


def test_what_a_household_has_no_place_for_is_told(session: Session, people: list[Person]) -> None:
    sheet = "Husstand;Etternavn;Fornavn;Bil\nH1;Berg;Nils;ja\nH1;Žukauskas;Jonas;\n"
    report = run(session, sheet)
    assert [(one.row, one.column, one.value, one.reason) for one in report.warnings] == [
        (2, "Bil", "ja", Reason.COLUMN_UNKNOWN)
    ]
