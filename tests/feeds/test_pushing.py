import io
import json
import zipfile
from dataclasses import replace

import pytest
from sqlmodel import Session

from kompetanse.actor import ActorKind, Role
from kompetanse.codes.work import Shift, VacancySource, VacancyStatus
from kompetanse.database import Database
from kompetanse.errors import Forbidden, Invalid
from kompetanse.feeds import pushing, service
from kompetanse.feeds.rules import ReceiptStatus
from kompetanse.feeds.tables import Intake
from kompetanse.feeds.transfer import TransferError
from kompetanse.paging import PageRequest
from kompetanse.vacancies import service as vacancies
from tests.exchange.sources import SHARED, advertisement
from tests.factories import FROYA, actor
from tests.feeds.ads import stored, transfer

EMPLOYER = replace(actor(Role.EMPLOYER), kind=ActorKind.CLIENT)
OTHER = replace(actor(Role.EMPLOYER), kind=ActorKind.CLIENT)


def stream(*ads: dict[str, object]) -> bytes:
    return "\n".join(json.dumps(ad) for ad in ads).encode()


def pushed(session: Session, *ads: dict[str, object], who: object = EMPLOYER) -> list[pushing.Receipt]:
    return pushing.push(session, who, stream(*ads), sender="Webcruiter", keep=[FROYA])  # type: ignore[arg-type]


def test_an_employers_advertisement_is_received_skipped_changed_and_stopped(session: Session) -> None:
    [made] = pushed(session, transfer())
    assert (made.status, made.error, made.reference, len(made.digest)) == (ReceiptStatus.RECEIVED, None, "r1", 32)
    [found] = stored(session)
    assert (found.title, found.source, found.status) == ("Kokk søkes", VacancySource.FILE, VacancyStatus.OPEN)
    assert found.shifts == [Shift.DAY, Shift.EVENING, Shift.WEEKEND]
    assert "alert" not in (found.description or "")
    assert service.contacts_of(session, actor(), found.id)[0].name == "Kari Leder"
    [same] = pushed(session, transfer())
    assert (same.status, same.message) == (ReceiptStatus.SKIPPED, "Content already exists, skipping")
    [changed] = pushed(session, transfer(title="Kokk, 100 %"))
    assert (changed.status, changed.vacancy_id) == (ReceiptStatus.RECEIVED, made.vacancy_id)
    stopped = pushing.stop(session, EMPLOYER, "r1", sender="Webcruiter")
    assert (stopped.status, stopped.message) == (ReceiptStatus.RECEIVED, "STOPPED")
    assert (found.title, found.status, found.description) == ("Kokk, 100 %", VacancyStatus.CLOSED, None)
    assert service.contacts_of(session, actor(), found.id) == []


def test_one_that_is_wrong_keeps_no_other_out(session: Session) -> None:
    content = b"\n".join([stream(transfer(reference="1")), b"{", stream(transfer(title=None)), stream(transfer())])
    receipts = pushing.push(session, EMPLOYER, content, sender="Webcruiter")
    assert [one.error for one in receipts] == [None, TransferError.PARSE_ERROR, TransferError.MISSING_PARAMETER, None]
    assert len(stored(session)) == 2


def test_references_are_each_senders_own(session: Session) -> None:
    pushed(session, transfer())
    pushed(session, transfer(title="En annen kokk"), who=OTHER)
    assert [one.title for one in stored(session)] == ["En annen kokk", "Kokk søkes"]
    assert pushing.stop(session, OTHER, "r2", sender="x").error is TransferError.NOT_FOUND
    pushing.stop(session, OTHER, "r1", sender="x")
    assert {one.title: one.status.value for one in stored(session)} == {
        "En annen kokk": "closed",
        "Kokk søkes": "open",
    }


def test_work_elsewhere_is_skipped_and_work_nobody_can_place_is_kept(session: Session) -> None:
    oslo, unknown = [{"postalCode": "0150"}], [{"municipal": "?"}]
    [skipped, kept] = pushed(session, transfer(locationList=oslo), transfer(reference="2", locationList=unknown))
    assert (skipped.status, kept.status) == (ReceiptStatus.SKIPPED, ReceiptStatus.RECEIVED)
    assert len(stored(session)) == 1


def test_a_stopped_advertisement_may_be_told_in_the_stream_and_pushed_again(session: Session) -> None:
    pushed(session, transfer())
    [stopped] = pushed(session, {"reference": "r1", "status": "STOPPED"})
    assert stopped.message == "STOPPED"
    [again] = pushed(session, transfer())
    assert again.status is ReceiptStatus.RECEIVED
    assert sorted(one.status.value for one in stored(session)) == ["closed", "open"]


def test_the_trail_and_the_list_name_who_pushed(session: Session) -> None:
    pushed(session, transfer(), transfer(reference="2", title=None))
    [intake] = service.list_intakes(session, actor(), PageRequest(9)).items
    assert (intake.sender, intake.came, intake.unreadable) == ("Webcruiter", 1, 1)
    told = service.list_changes(session, actor(), intake.id, PageRequest(9)).items
    assert [(one.kind.value, one.fields) for one in told] == [
        ("came", []),
        ("unreadable", ["MISSING_PARAMETER", "title"]),
    ]
    events = session.info["audit_pending"]
    assert {event.actor_id for event in events if event.action == "create"} == {EMPLOYER.id}


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.EMPLOYER, Role.COORDINATOR, Role.SYSTEM}])
def test_who_may_not_push_pushes_nothing(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        pushed(session, transfer(), who=actor(role, unit="Skolen"))


def test_an_employer_sees_no_vacancies_and_imports_no_files(session: Session) -> None:
    with pytest.raises(Forbidden):
        service.list_intakes(session, EMPLOYER, PageRequest(9))
    with pytest.raises(Forbidden):
        pushing.import_file(session, EMPLOYER, "a.json", stream(transfer()))


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_nothing_is_refused(database: Database, content: bytes) -> None:
    with database.session(FROYA) as session, pytest.raises(Invalid):
        pushing.push(session, EMPLOYER, content, sender="x")


def test_what_is_no_utf8_is_a_parse_error(session: Session) -> None:
    [receipt] = pushing.push(session, EMPLOYER, "Kokk søkes".encode("latin-1"), sender="x")
    assert receipt.error is TransferError.PARSE_ERROR


def zipped(**files: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return written.getvalue()


def test_a_file_may_hold_entries_pages_and_transfers_or_all_of_them_zipped(session: Session) -> None:
    line = {"status": "INACTIVE", "title": "...", "businessName": "", "municipal": "?"}
    item = {"id": "1", "url": "/e/1", "date_modified": "2026-02-02T08:00:00Z", "_feed_entry": line}
    page = json.dumps({"id": "p", "next_url": None, "items": [item]}).encode()
    everything = zipped(a_json=advertisement(), b_ndjson=stream(transfer()), c_txt=b"x", z_json=page)
    done = pushing.import_file(session, actor(), "alt.zip", everything)
    assert (done.came, done.went, done.unreadable, done.sender) == (2, 1, 0, "alt.zip")
    again = pushing.import_file(session, actor(), "b.ndjson", stream(transfer()))  # another coordinator's
    assert (again.came, again.unchanged) == (0, 1)


@pytest.mark.parametrize(
    "content",
    [zipped(a_json=b" " * 60_000_000), zipped(a_json=b"{}" * 5_000)[:-30] + b"x" * 30, zipped(a_json=b"{}\n" * 6_000)],
)
def test_archives_that_harm_are_refused_and_leave_nothing(database: Database, content: bytes) -> None:
    with database.session(FROYA) as session:
        try:
            pushing.import_file(session, actor(), "a.zip", content)
        except Invalid:
            assert not session.new
        else:
            assert stored(session) == []


def test_the_job_services_own_files_go_in(session: Session) -> None:
    folder = SHARED / "nav"
    if not folder.exists():  # the same, of files of our own
        assert pushing.import_file(session, actor(), "a.json", stream(transfer())).came == 1
        return
    done: dict[str, Intake] = {}
    for path in sorted(folder.rglob("*.json")):
        done[path.name] = pushing.import_file(session, actor(), path.name, path.read_bytes())
    assert sum(one.came for one in done.values()) == 20
    assert {name for name, one in done.items() if one.unreadable} == {
        "transfer-ads-missing.json",
        "transfer-ads-parse-error.json",
    }
    assert all(vacancies.read(session, actor(), one.id) for one in stored(session))
