import json

import pytest
from sqlmodel import Session

from kompetanse.actor import Role
from kompetanse.codes.work import Duration, VacancySource, VacancyStatus
from kompetanse.errors import Forbidden
from kompetanse.feeds.entries import FeedDoubt, FeedRefused
from kompetanse.feeds.importing import FeedImport, FeedOutcome, import_feed_entry
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import SkillDemand, VacancyFields, VacancyRecord
from tests.exchange.sources import advertisement, feed_entries
from tests.factories import actor

WITHDRAWN = json.dumps({"uuid": "1", "status": "INACTIVE", "sistEndret": "2026-02-02T08:00:00Z", "ad_content": None})


def vacancy(session: Session, imported: FeedImport) -> VacancyRecord:
    assert imported.vacancy_id is not None
    return vacancies.read(session, actor(), imported.vacancy_id)


def test_an_advertisement_becomes_a_vacancy(session: Session) -> None:
    made = import_feed_entry(session, actor(), advertisement())
    assert made.outcome is FeedOutcome.CREATED
    found = vacancy(session, made).vacancy
    assert (found.title, found.styrk, found.positions, found.duration) == ("Kokk søkes", "5120", 2, Duration.SUBSTITUTE)
    assert (found.source, found.external_id, found.status) == (VacancySource.FEED, "1", VacancyStatus.OPEN)
    assert (found.place, found.postal_code, found.workplace_no) == ("Sistranda", "7260", "5014")
    assert (str(found.deadline), found.percentage_min, found.percentage_max) == ("2026-03-01", 100, 100)
    assert (found.employer_name, found.employer_org_no) == ("UTVÆR KOMMUNE", "974760673")


def test_contacts_and_scripts_are_not_kept_and_words_without_a_column_are(session: Session) -> None:
    text = vacancy(session, import_feed_entry(session, actor(), advertisement())).vacancy.description or ""
    assert "Kari" not in text
    assert "900 12 345" not in text
    assert "alert" not in text
    assert "Oppstart: Snarest" in text
    assert 'href="https://example.no/stilling/1"' in text


@pytest.mark.parametrize("entry", feed_entries(), ids=lambda entry: json.loads(entry)["uuid"][:8])
def test_the_same_entry_again_changes_nothing(session: Session, entry: bytes) -> None:
    first, again = (import_feed_entry(session, actor(), entry) for _ in range(2))
    assert first.outcome in {FeedOutcome.CREATED, FeedOutcome.IGNORED}
    assert again.outcome in {FeedOutcome.UNCHANGED, FeedOutcome.IGNORED}
    assert again.vacancy_id == first.vacancy_id


def test_a_changed_advertisement_changes_what_it_says_and_nothing_else(session: Session) -> None:
    made = vacancy(session, import_feed_entry(session, actor(), advertisement())).vacancy
    own = VacancyFields(unit="Kjøkkenet", skills=[SkillDemand("matlaging")])
    vacancies.change(session, actor(), made.id, 1, own)
    changed = import_feed_entry(session, actor(), advertisement(title="Kokk, 100 %", positioncount="mange"))
    assert (changed.outcome, changed.doubts) == (FeedOutcome.UPDATED, (FeedDoubt.POSITIONS_UNREADABLE,))
    found = vacancy(session, changed)
    assert (found.vacancy.title, found.vacancy.positions, found.vacancy.unit) == ("Kokk, 100 %", 1, "Kjøkkenet")
    assert [one.label for one in found.skills] == ["matlaging"]


def test_a_withdrawn_advertisement_closes_its_vacancy_once(session: Session) -> None:
    made = import_feed_entry(session, actor(), advertisement())
    closed, again = (import_feed_entry(session, actor(), WITHDRAWN) for _ in range(2))
    assert (closed.outcome, again.outcome) == (FeedOutcome.CLOSED, FeedOutcome.UNCHANGED)
    assert vacancy(session, made).vacancy.status is VacancyStatus.CLOSED


def test_a_withdrawal_from_before_the_advertisement_changed_closes_nothing(session: Session) -> None:
    made = import_feed_entry(session, actor(), advertisement())
    before = json.dumps({**json.loads(WITHDRAWN), "sistEndret": "2001-01-01T00:00:00Z"})
    assert import_feed_entry(session, actor(), before).outcome is FeedOutcome.UNCHANGED
    assert vacancy(session, made).vacancy.status is VacancyStatus.OPEN


def test_a_withdrawn_advertisement_that_nobody_knows_is_ignored(session: Session) -> None:
    assert import_feed_entry(session, actor(), WITHDRAWN) == FeedImport(FeedOutcome.IGNORED, None)


def test_a_vacancy_that_was_filled_here_stays_filled(session: Session) -> None:
    made = vacancy(session, import_feed_entry(session, actor(), advertisement())).vacancy
    vacancies.close(session, actor(), made.id, made.version, VacancyStatus.FILLED)
    assert import_feed_entry(session, actor(), advertisement(title="Ny tittel")).outcome is FeedOutcome.UNCHANGED
    assert vacancies.read(session, actor(), made.id).vacancy.status is VacancyStatus.FILLED


def test_an_advertisement_of_another_municipality_says_so(session: Session) -> None:
    elsewhere = [{"country": "NORGE", "city": "OSLO", "postalCode": "0150", "municipal": "OSLO"}]
    found = vacancy(session, import_feed_entry(session, actor(), advertisement(workLocations=elsewhere))).vacancy
    assert (found.municipality_no, found.workplace_no) == ("5014", "0301")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 1000},
        {"description": "<b>" + "y " * 60_000},
        {"employer": {"name": "z" * 500, "orgnr": "1"}},
        {"workLocations": [{"country": "NORGE", "city": "Q" * 300, "postalCode": "72"}]},
        {"workLocations": [{"country": "NORGE", "postalCode": "0002"}]},
        {"positioncount": "9999"},
    ],
)
def test_what_is_too_long_is_cut_and_what_is_no_code_left_out(session: Session, changes: dict[str, object]) -> None:
    assert import_feed_entry(session, actor(), advertisement(**changes)).outcome is FeedOutcome.CREATED
    assert import_feed_entry(session, actor(), advertisement(**changes)).outcome is FeedOutcome.UNCHANGED


@pytest.mark.parametrize(
    "payload", ["", "{", "[]", '{"uuid": 1}', advertisement().replace(b'"uuid": "1"', b'"uuid": ""')]
)
def test_what_is_no_entry_is_refused_with_the_place(session: Session, payload: bytes | str) -> None:
    with pytest.raises(FeedRefused) as refused:
        import_feed_entry(session, actor(), payload)
    assert all(fault.pointer.startswith("/") for fault in refused.value.faults)


@pytest.mark.parametrize("role", [Role.LEADER, Role.DPO, Role.NEIGHBOUR, Role.JOB_SERVICE])
def test_who_may_not_write_vacancies_imports_none(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        import_feed_entry(session, actor(role), advertisement())
