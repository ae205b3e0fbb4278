from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from kompetanse.actor import Actor, Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.codes.residence import HouseholdRole
from kompetanse.competence import service as competence
from kompetanse.competence.fields import SkillFields
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, NotFound
from kompetanse.exchange.imports import ImportChanged, list_imports, read_import, undo_import
from kompetanse.paging import PageRequest
from kompetanse.people import consents, households
from kompetanse.people import service as people
from kompetanse.people.merging import merge
from kompetanse.people.rules import PersonFields
from kompetanse.placements import service as placements
from tests.exchange.sources import Spreadsheet, spreadsheets
from tests.exchange.test_service import EGLE, FULL, JONAS, RASA, SEALER, counts, run, sheet_of
from tests.factories import FROYA, HITRA, actor, person, vacancy


def imported(session: Session, content: str | bytes = FULL, who: Actor | None = None) -> tuple[UUID, dict[int, UUID]]:
    report = run(session, content, sealer=SEALER, who=who)
    assert report.import_id is not None
    return report.import_id, report.records


@pytest.mark.parametrize("sheet", spreadsheets(), ids=lambda sheet: sheet.filename)
def test_undoing_leaves_everything_as_it_was(session: Session, sheet: Spreadsheet) -> None:
    person(session)
    before = counts(session)
    import_id, created = imported(session, sheet.content)
    assert undo_import(session, actor(), import_id).created == len(created)
    after = counts(session)
    assert (after.pop("import_run"), after.pop("imported_row")) == (1, len(created))
    assert {**after, "import_run": 0, "imported_row": 0} == before
    assert run(session, sheet.content, sealer=SEALER).accepted == len(created)


def test_an_import_says_who_when_and_how_many_and_nothing_of_the_file(session: Session) -> None:
    who = actor()
    broken = {**JONAS, "Født": "31.02.1990", "Fornavn": "Feil"}
    import_id, _ = imported(session, sheet_of(RASA, broken, JONAS), who=who)
    (made,) = list_imports(session, who, PageRequest()).items
    assert (made.id, made.imported_by, made.created, made.rejected, made.households) == (import_id, who.id, 2, 1, 1)
    assert "folk.csv" not in str(made.model_dump())
    assert read_import(session, who, import_id).can_be_undone


def test_the_same_file_is_known_again_until_its_import_is_undone(session: Session) -> None:
    import_id, _ = imported(session)
    (made,) = list_imports(session, actor(), PageRequest()).items
    assert run(session, FULL, apply=False).imported_before == made.imported_at
    undo_import(session, actor(), import_id)
    assert run(session, FULL, apply=False).imported_before is None


def test_a_dry_run_and_a_file_of_known_people_are_no_import(session: Session) -> None:
    assert run(session, FULL, apply=False).import_id is None
    imported(session)
    assert run(session, FULL).import_id is None
    assert len(list_imports(session, actor(), PageRequest()).items) == 1


def changed_record(session: Session, person_id: UUID) -> None:
    people.change(session, actor(), person_id, 1, PersonFields(notes="Flyttet"))


def archived(session: Session, person_id: UUID) -> None:
    people.archive(session, actor(), person_id, 1)


def mapped(session: Session, person_id: UUID) -> None:
    version = competence.read_profile(session, actor(), person_id).version
    competence.add_skill(session, actor(), person_id, version, SkillFields(label="gartner"))


def consented(session: Session, person_id: UUID) -> None:
    purpose, form = ConsentPurpose.AMBASSADOR, ConsentForm.WRITTEN
    consents.record_consent(session, actor(), person_id, purpose=purpose, granted=True, form=form)


def referred(session: Session, person_id: UUID) -> None:
    placements.refer(session, actor(), vacancy_id=vacancy(session).vacancy.id, person_id=person_id)


def moved_out(session: Session, person_id: UUID) -> None:
    households.leave(session, actor(), person_id)


def became_a_child(session: Session, person_id: UUID) -> None:
    home = households.household_of(session, actor(), person_id)
    assert home is not None
    households.join(session, actor(), home.id, person_id, HouseholdRole.CHILD)


def lives_with_others(session: Session, person_id: UUID) -> None:
    moved_out(session, person_id)
    households.form_household(session, actor(), name="Ny", members=[(person_id, HouseholdRole.ADULT)])


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (changed_record, "person"),
        (archived, "person"),
        (mapped, "profile"),
        (consented, "consent"),
        (referred, "referral"),
        (moved_out, "household_member"),
        (became_a_child, "household_member"),
        (lives_with_others, "household_member"),
    ],
)
def test_what_was_changed_since_is_named_and_nothing_undone(
    session: Session, change: Callable[[Session, UUID], None], what: str
) -> None:
    import_id, created = imported(session)
    change(session, created[3])
    before = counts(session)
    with pytest.raises(ImportChanged) as refused:
        undo_import(session, actor(), import_id)
    assert [(one.row, one.record_id) for one in refused.value.changed] == [(3, created[3])]
    assert what in refused.value.changed[0].what
    assert refused.value.faults[0].pointer == "/rows/3"
    assert counts(session) == before
    view = read_import(session, actor(), import_id)
    assert (view.changed, view.can_be_undone) == (refused.value.changed, False)


def test_a_record_that_was_merged_away_is_a_change(session: Session) -> None:
    import_id, created = imported(session)
    kept = person(session)
    merge(session, actor(), keep_id=kept.id, absorb_id=created[2], version=1, sealer=SEALER)
    with pytest.raises(ImportChanged):
        undo_import(session, actor(), import_id)


def test_later_imports_are_undone_before_those_they_built_on_or_alone(session: Session) -> None:
    first, created = imported(session)
    second, _ = imported(session, sheet_of(RASA, JONAS, EGLE))
    home = households.household_of(session, actor(), created[2])
    assert home is not None
    assert len(home.members) == 3
    undo_import(session, actor(), second)
    left = households.household_of(session, actor(), created[2])
    assert left is not None
    assert (len(left.members), left.version > home.version) == (2, True)
    undo_import(session, actor(), first)
    assert counts(session)["household"] == 0


def test_a_household_that_others_live_in_stays(session: Session) -> None:
    import_id, created = imported(session)
    other = person(session)
    home = households.household_of(session, actor(), created[2])
    assert home is not None
    households.join(session, actor(), home.id, other.id, HouseholdRole.OTHER)
    undo_import(session, actor(), import_id)
    left = households.household_of(session, actor(), other.id)
    assert left is not None
    assert [member.person_id for member in left.members] == [other.id]


def test_an_import_is_undone_once(session: Session) -> None:
    import_id, _ = imported(session)
    undo_import(session, actor(), import_id)
    with pytest.raises(Conflict, match="undone already"):
        undo_import(session, actor(), import_id)
    view = read_import(session, actor(), import_id)
    assert (view.can_be_undone, view.changed) == (False, ())


def test_the_trail_tells_of_the_undoing(database: Database) -> None:
    with database.session(FROYA) as session:
        import_id, created = imported(session)
    with database.session(FROYA) as session:
        undo_import(session, actor(), import_id)
    with database.session(FROYA) as session:
        events = session.scalars(select(AuditEvent).order_by(col(AuditEvent.seq))).all()
    assert [(one.action, one.record_type) for one in events] == [
        ("import", "person"),
        ("undo", "import"),
        ("remove", "person"),
    ]
    assert events[1].record_ids == [str(import_id)]
    assert set(events[2].record_ids) == set(map(str, created.values()))


def test_another_municipalitys_imports_are_not_there(database: Database) -> None:
    with database.session(HITRA) as session:
        import_id, _ = imported(session, who=actor(municipality_no=HITRA))
    with database.session(FROYA) as session:
        assert list_imports(session, actor(), PageRequest()).items == []
        for ask in (read_import, undo_import):
            with pytest.raises(NotFound):
                ask(session, actor(), import_id)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.SYSTEM}])
def test_only_those_who_import_undo(session: Session, role: Role) -> None:
    import_id, _ = imported(session)
    for ask in (read_import, undo_import):
        with pytest.raises(Forbidden):
            ask(session, actor(role), import_id)
    with pytest.raises(Forbidden):
        list_imports(session, actor(role), PageRequest())
