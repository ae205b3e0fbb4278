from unittest.mock import patch

import pytest
from sqlalchemy import func, select, text
from sqlmodel import Session, SQLModel, col

from kompetanse.actor import Actor, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.imports import ImportKind
from kompetanse.codes.work import Strength
from kompetanse.competence.service import read_profile
from kompetanse.database import Database
from kompetanse.errors import Forbidden
from kompetanse.exchange import rows
from kompetanse.exchange.apply import PeopleWriter
from kompetanse.exchange.faults import Reason, TableFault, TableRefused
from kompetanse.exchange.limits import Limits
from kompetanse.exchange.service import ImportReport, Sent, import_file
from kompetanse.model import METADATA
from kompetanse.people import consents, households
from kompetanse.people import service as people
from kompetanse.people.tables import Household, HouseholdMember, Person
from kompetanse.sealing import Sealer
from tests.exchange.sources import Spreadsheet, spreadsheets
from tests.factories import FROYA, HITRA, actor, person

SEALER = Sealer(b"a secret for tests that opens nothing")
RASA = {
    "Etternavn": "Žukauskienė",
    "Fornavn": "Rasa",
    "Født": "28.10.1986",
    "Land": "Litauen",
    "Mobil": "+47 900 12 345",
    "E-post": "rasa(at)example.no",
    "Språk": "litauisk (morsmål), norsk B1 muntlig, A2 skriftlig",
    "Yrke": "buhalterė (2009-2015)",
    "Utdanning": "bachelor regnskap",
    "Kompetanse": "excel, sårstell",
    "Førerkort": "førerkort B",
    "Ønsker": "vil ut av fisken",
    "Interesser": "strikking",
    "Stilling %": "50-80",
    "Familie": "gift",
    "Samtykke NAV": "ja 12.3.2014",
    "Samtykke deling": "muntlig nei",
    "Tolk": "nei",
    "Husstand": "H3",
    "Kom til Norge": "2015",
    "Kom til kommunen": "mars 2016",
    "Merknad": "Ringer selv",
}
JONAS = {"Etternavn": "Žukauskas", "Fornavn": "Jonas", "Født": "1985", "Samtykke deling": "trukket", "Husstand": "H3"}
EGLE = {"Etternavn": "Žukauskaitė", "Fornavn": "Eglė", "Født": "2010", "Husstand": "H3"}


def sheet_of(*people: dict[str, str]) -> str:
    lines = [";".join(RASA), *(";".join(one.get(header, "") for header in RASA) for one in people)]
    return "\n".join(lines) + "\n"


FULL = sheet_of(RASA, JONAS)
UNREADABLE = {Reason.ROW_REPEATED, Reason.NAME_MISSING, Reason.NAME_UNREADABLE, Reason.DATE_IMPOSSIBLE}


def run(
    session: Session, source: str | bytes, *, apply: bool = True, who: Actor | None = None, **more: object
) -> ImportReport:
    content = source.encode() if isinstance(source, str) else source
    sent = Sent(content, "folk.csv", **more)  # type: ignore[arg-type]
    return import_file(session, who or actor(), ImportKind.PEOPLE, sent, apply=apply)


def counts(session: Session, *, audited: bool = False) -> dict[str, int]:
    tables = [table for table in METADATA.sorted_tables if audited or not table.name.startswith("audit")]
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_everything_that_a_row_tells_is_registered(session: Session) -> None:
    who = actor()
    report = run(session, FULL, who=who)
    assert (report.accepted, report.skipped, report.rejected, report.households) == (2, 0, (), 1)
    rasa = people.read(session, who, report.records[2])
    assert (rasa.person.family_name, rasa.person.born, rasa.person.citizenships) == (
        "Žukauskienė",
        "1986-10-28",
        ["LT"],
    )
    assert (rasa.person.arrived_in_norway, rasa.person.arrived_in_municipality) == ("2015", "2016-03")
    assert rasa.person.needs_interpreter is False
    assert [contact.value for contact in rasa.contacts] == ["+4790012345", "rasa@example.no"]
    assert str(rasa.person.notes).splitlines() == ["Ringer selv", "Familie: gift"]
    profile = read_profile(session, who, rasa.person.id)
    assert (profile.version, profile.percentage_min, profile.percentage_max) == (1, 50, 80)
    assert profile.wishes_as_spoken == "vil ut av fisken"
    assert [(job.styrk, job.started) for job in profile.experiences] == [("3313", "2009")]
    assert [(one.language, one.mother_tongue, one.interaction, one.writing) for one in profile.languages] == [
        ("lit", True, None, None),
        ("nor", None, "B1", "A2"),
    ]
    assert [one.level for one in profile.educations] == ["6"]
    assert len(profile.skills) == 2
    assert [one.licence for one in profile.licences] == ["driving:B"]
    assert [one.label for one in profile.interests] == ["strikking"]
    assert {(one.styrk, one.strength) for one in profile.wished_occupations} == {
        ("8160", Strength.NEVER),
        ("7511", Strength.NEVER),
    }


def test_consents_say_how_little_is_known_of_them(session: Session) -> None:
    who = actor()
    report = run(session, FULL, who=who)
    stands = consents.standing(session, who, report.records[2])
    export, share = stands[ConsentPurpose.EXPORT_TO_JOB_SERVICE], stands[ConsentPurpose.SHARE_WITH_NEIGHBOURS]
    assert export is not None
    assert share is not None
    assert (export.granted, export.form, str(export.given_on)) == (True, ConsentForm.ORAL, "2014-03-12")
    assert (export.text_version, export.recorded_by) == ("imported", who.id)
    assert (share.granted, share.given_on) == (False, None)
    assert stands[ConsentPurpose.AMBASSADOR] is None
    withdrawn = consents.standing(session, who, report.records[3])[ConsentPurpose.SHARE_WITH_NEIGHBOURS]
    assert withdrawn is not None
    assert withdrawn.granted is False


def test_rows_with_one_key_live_together(session: Session) -> None:
    who = actor()
    report = run(session, FULL, who=who)
    home = households.household_of(session, who, report.records[2])
    assert home is not None
    assert [member.person_id for member in home.members] == [report.records[2], report.records[3]]
    assert session.scalars(select(col(Household.source_key))).all() == ["H3"]


def test_a_newcomer_joins_the_household_that_the_file_came_with_before(session: Session) -> None:
    first = run(session, FULL)
    second = run(session, sheet_of(RASA, JONAS, EGLE))
    assert (second.accepted, second.skipped, second.households) == (1, 2, 0)
    home = households.household_of(session, actor(), second.records[4])
    assert home is not None
    assert {member.person_id for member in home.members} == {*first.records.values(), second.records[4]}


def test_the_same_key_in_another_file_is_another_household(session: Session) -> None:
    run(session, FULL)
    other = run(session, "Etternavn,Fornavn,Født,Husstand\nBerg,Nils,1990,H3\n")
    assert other.households == 1
    assert session.scalar(select(func.count()).select_from(Household)) == 2


@pytest.mark.parametrize("sheet", spreadsheets(), ids=lambda sheet: sheet.filename)
def test_every_file_is_imported_once(session: Session, sheet: Spreadsheet) -> None:
    first = run(session, sheet.content)
    assert (first.accepted, first.blank, len(first.rejected)) == (sheet.accepted, sheet.blank, sheet.rejected)
    assert {one.reason for one in first.rejected} <= UNREADABLE
    before = counts(session)
    again = run(session, sheet.content)
    assert (again.accepted, again.skipped, again.records) == (0, sheet.accepted, {})
    assert counts(session) == before


@pytest.mark.parametrize("sheet", spreadsheets(), ids=lambda sheet: sheet.filename)
def test_a_dry_run_changes_nothing_and_reports_the_same(database: Database, sheet: Spreadsheet) -> None:
    with database.session(FROYA, write=False) as session:
        before = counts(session, audited=True)
        dry = run(session, sheet.content, apply=False)
    with database.session(FROYA) as session:
        assert counts(session, audited=True) == before
        real = run(session, sheet.content)
    assert (dry.applied, dry.records, real.applied) == (False, {}, True)
    assert (dry.accepted, dry.skipped, dry.blank, dry.households) == (
        real.accepted,
        real.skipped,
        real.blank,
        real.households,
    )
    assert dry.warnings == real.warnings


def test_a_dry_run_that_points_at_people_is_in_the_audit_trail(database: Database) -> None:
    with database.session(FROYA) as session:
        registered = person(session, family_name="Berg", given_name="Nils", born="1990")
    with database.session(FROYA, write=False) as session:
        report = run(session, "Etternavn,Fornavn,Født\nBerg,Nils,1990\n", apply=False)
    assert [one.record_ids for one in report.duplicates] == [(registered.id,)]
    with database.session(FROYA) as session:
        last = session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
        assert last is not None
        assert (last.action, last.record_ids) == ("find_duplicates", [str(registered.id)])


def test_an_import_leaves_one_event_with_the_ids(database: Database) -> None:
    with database.session(FROYA) as session:
        report = run(session, FULL)
    with database.session(FROYA) as session:
        events = session.scalars(select(AuditEvent)).all()
    assert [event.action for event in events] == ["import"]
    assert set(events[0].record_ids) == set(map(str, report.records.values()))


def test_whoever_is_likely_registered_is_imported_only_when_told(session: Session) -> None:
    person(session, family_name="Zukauskiene", given_name="Rasa", born="1986-10-28")
    kept = run(session, FULL, apply=False)
    assert ([one.row for one in kept.duplicates], kept.accepted, kept.skipped) == ([2], 1, 1)
    told = run(session, FULL, despite_duplicates=True)
    assert ([one.row for one in told.duplicates], told.accepted, told.skipped) == ([2], 2, 0)


def test_another_municipalitys_people_are_nobodys_duplicates(database: Database) -> None:
    hitra = actor(municipality_no=HITRA)
    with database.session(HITRA) as session:
        run(session, FULL, who=hitra)
    with database.session(FROYA) as session:
        assert run(session, FULL).accepted == 2


def test_national_numbers_are_sealed_and_belong_to_one(session: Session) -> None:
    file = "Etternavn,Fornavn,Fødselsnummer\nBerg,Nils,02013299997\n"
    without = run(session, file, apply=False)
    assert [warning.reason for warning in without.warnings] == [Reason.NATIONAL_ID_LEFT_OUT]
    report = run(session, file, sealer=SEALER)
    assert report.warnings == ()
    assert people.reveal_national_id(session, actor(), report.records[2], SEALER) == "02013299997"
    other = run(
        session, "Etternavn,Fornavn,Fødselsnummer\nHaile,Sara,020132 99997\n", sealer=SEALER, despite_duplicates=True
    )
    assert (other.accepted, other.skipped, other.duplicates[0].reason) == (0, 1, Reason.NUMBER_REGISTERED)
    assert other.duplicates[0].record_ids == (report.records[2],)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"hei", FULL.encode()[:-3] + b'"'])
def test_a_file_that_is_no_table_is_refused_and_nothing_written(session: Session, content: bytes) -> None:
    before = counts(session)
    with pytest.raises(TableRefused) as refused:
        run(session, content)
    assert refused.value.faults[0].pointer == "/file"
    assert refused.value.faults[0].hint
    assert counts(session) == before


def test_a_file_that_is_too_large_is_refused(session: Session) -> None:
    with pytest.raises(TableRefused) as refused:
        run(session, FULL, limits=Limits(file_bytes=100))
    assert refused.value.reason is TableFault.TOO_LARGE


def test_an_error_on_the_way_leaves_nothing_even_if_the_transaction_goes_on(database: Database) -> None:
    with database.session(FROYA) as session:
        person(session, family_name="Først")
        before = counts(session)
        with (
            patch.object(PeopleWriter, "form_households", side_effect=OSError("the disk is full")),
            pytest.raises(OSError, match="full"),
        ):
            run(session, FULL)
        assert counts(session) == before
    with database.session(FROYA) as session:
        assert counts(session) == before
        assert [event.action for event in session.scalars(select(AuditEvent))] == ["create"]


def test_a_file_of_which_there_is_too_much_to_say_is_refused_and_not_held(session: Session) -> None:
    with patch.object(rows, "MOST_TOLD", 10), pytest.raises(TableRefused) as refused:
        run(session, "Etternavn;Fornavn\n" + "A;B\n" * 12)
    assert refused.value.reason is TableFault.TOO_MANY_FAULTS
    assert counts(session)["person"] == 0


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.SYSTEM}])
def test_only_coordinators_import(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        run(session, FULL, who=actor(role))


def test_text_that_looks_like_sql_or_markup_is_only_text(session: Session) -> None:
    name = "<b>O'Neil</b>"
    report = run(session, f'Etternavn,Fornavn,Merknad\nHansen,Per,"{name}; DROP TABLE person"\n')
    record = people.read(session, actor(), report.records[2])
    assert record.person.notes == f"{name}; DROP TABLE person"


def test_every_row_is_the_municipalitys_own(session: Session) -> None:
    run(session, FULL)
    for table in (Person, Household, HouseholdMember):
        assert _municipalities(session, table) == {FROYA}


def _municipalities(session: Session, table: type[SQLModel]) -> set[str]:
    return set(session.scalars(select(text("municipality_no")).select_from(table)))
