"""Releases as the registry makes and keeps them, and what a neighbour reads of them."""

from collections import Counter
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from kompetanse import clock
from kompetanse.actor import SYSTEM_ID, Role, system_actor
from kompetanse.codes.consent import ConsentForm, ConsentPurpose, ShareSection
from kompetanse.database import Database
from kompetanse.demo.generator import Maker
from kompetanse.errors import Conflict, Forbidden
from kompetanse.people import consents
from kompetanse.people.tables import Consent, Person
from kompetanse.sealing import Sealer
from kompetanse.sharing import falling, publishing, service, storing
from kompetanse.sharing.classes import SizeBand
from kompetanse.sharing.periods import begins_on, period_of
from kompetanse.sharing.queries import shareable_people
from kompetanse.sharing.tables import ReleaseClass, ReleaseMember
from tests.factories import FROYA, HITRA, actor, agreement

PEOPLE = 300
K = 5
TODAY = clock.today()
SEALER = Sealer(b"a secret for tests, 32 bytes long!")
PROTECTED: dict[str, object] = {"protected_address": True, "postal_code": None}


def fill(session: Session, k: int = K) -> None:
    maker = Maker(Random(7), FROYA, SYSTEM_ID, TODAY)
    for batch in maker.batches(PEOPLE):
        for table, rows in batch.rows.items():
            session.connection().execute(insert(table), rows)
    agreement(session, k=k)
    session.flush()


def hitra(recipient_no: str = HITRA) -> Any:
    return actor(Role.NEIGHBOUR, recipient_no=recipient_no)


def released(session: Session) -> service.SharedView:
    publishing.release(session, system_actor(FROYA), SEALER)
    return service.shared_view(session, hitra(), SEALER)


def withdraw(session: Session, ids: list[UUID]) -> None:
    sharing = col(Consent.purpose) == ConsentPurpose.SHARE_WITH_NEIGHBOURS
    session.execute(update(Consent).where(sharing, col(Consent.person_id).in_(ids)).values(granted=False))


def test_classes_describe_no_more_people_than_consent_and_at_least_k_each(session: Session) -> None:
    fill(session)
    view = released(session)
    people = len(session.execute(shareable_people(FROYA, TODAY)).all())
    least = {SizeBand.FROM_5: 5, SizeBand.FROM_10: 10, SizeBand.FROM_20: 20, SizeBand.FROM_50: 50}
    assert view.classes
    assert K <= sum(least[one.size_band] for _, one in view.classes) <= people
    assert view.stands_until == begins_on(period_of(TODAY) + 1)


def test_before_the_first_release_there_is_nothing_to_read(session: Session) -> None:
    fill(session)
    view = service.shared_view(session, hitra(), SEALER)
    assert (view.period, view.classes, view.groups) == (None, (), ())


def test_there_is_one_release_a_quarter_and_none_on_demand(session: Session) -> None:
    fill(session)
    first = released(session)
    with pytest.raises(Conflict):
        publishing.release(session, system_actor(FROYA), SEALER)
    with clock.moved(to=clock.now().replace(year=clock.now().year + 1)):
        later = released(session)
    assert later.period is not None
    assert first.period is not None
    assert later.period > first.period
    assert not {handle for handle, _ in first.classes} & {handle for handle, _ in later.classes}


def test_nobody_without_a_standing_consent_is_described(session: Session) -> None:
    fill(session)
    withdraw(session, [person for person, _ in session.execute(shareable_people(FROYA, TODAY))])
    assert released(session).classes == []


def test_who_withdraws_takes_her_class_down_when_too_few_are_left_and_it_stays_down(database: Database) -> None:
    with database.session(FROYA) as session:
        fill(session)
        before = released(session)
        gone = sorted(session.scalars(select(col(ReleaseMember.member_id))))[4:]
        withdraw(session, gone)
    falling.tend(database, FROYA)
    with database.session(FROYA) as session:
        assert service.shared_view(session, hitra(), SEALER).classes == []
        _, fallen = service.withdrawn(session, hitra(), SEALER)
        assert {one.handle for one in fallen} == {handle for handle, _ in before.classes}
        session.execute(update(Consent).where(col(Consent.person_id).in_(gone)).values(granted=True))
    falling.tend(database, FROYA)
    with database.session(FROYA, write=False) as session:
        assert service.shared_view(session, hitra(), SEALER).classes == [], "what was seen gone never comes back"


@pytest.mark.parametrize("hidden", [PROTECTED, {"archived_at": clock.now()}])
def test_protected_and_archived_people_are_never_described(session: Session, hidden: dict[str, object]) -> None:
    fill(session)
    session.execute(update(Person).values(**hidden))
    assert released(session).classes == []


def test_two_recipients_see_the_same_classes_by_other_names(session: Session) -> None:
    fill(session)
    agreement(session, recipient_no="5055", k=20)
    ours, theirs = released(session), service.shared_view(session, hitra("5055"), SEALER)
    assert [one for _, one in ours.classes] == [one for _, one in theirs.classes]
    assert (ours.k, theirs.k) == (20, 20), "made with the largest k that anybody was promised"
    assert not {handle for handle, _ in ours.classes} & {handle for handle, _ in theirs.classes}


def test_without_an_agreement_that_stands_nothing_is_read(session: Session) -> None:
    fill(session)
    released(session)
    for read in (service.shared_view, service.withdrawn):
        with pytest.raises(Forbidden):
            read(session, hitra("5055"), SEALER)


def test_a_section_that_is_kept_back_is_not_stated_and_a_neighbour_who_is_refused_gets_nobody(session: Session) -> None:
    fill(session)
    before = publishing.draft(session, system_actor(FROYA)).report.people
    people = [person for person, _ in session.execute(shareable_people(FROYA, TODAY))]
    for person_id in people[:20]:
        consents.record_consent(
            session, actor(), person_id, purpose=ConsentPurpose.SHARE_WITH_NEIGHBOURS, granted=False,
            form=ConsentForm.ORAL, recipient_no=HITRA,
        )  # fmt: skip
    assert publishing.draft(session, system_actor(FROYA)).report.people == before - 20
    for person_id in people[20:]:
        consents.record_consent(
            session, actor(), person_id, purpose=ConsentPurpose.SHARE_WITH_NEIGHBOURS, granted=False,
            form=ConsentForm.ORAL, section=ShareSection.EDUCATION,
        )  # fmt: skip
    assert {one.education for _, one in released(session).classes} <= {"not stated", "any"}


def test_the_ledger_is_kept_as_it_was_made_and_a_changed_row_is_noticed(session: Session) -> None:
    fill(session)
    draft = publishing.draft(session, system_actor(FROYA)).proposal.release
    released(session)
    (kept,) = storing.history(session, FROYA)
    told = [(one.labels, one.band, dict(one.members)) for one in kept.classes]
    assert told == [(one.labels, one.band, dict(one.members)) for one in draft.classes]
    assert kept.hierarchies == draft.hierarchies
    assert publishing.broken(session, system_actor(FROYA), SEALER) == []
    session.execute(update(ReleaseClass).values(norwegian="any"))
    session.expire_all()
    assert publishing.broken(session, system_actor(FROYA), SEALER) == [kept.period]


def test_the_report_says_what_the_release_reaches(session: Session) -> None:
    fill(session)
    report = publishing.draft(session, system_actor(FROYA)).report
    sizes = Counter(
        len(set(one.members.values()))
        for one in publishing.draft(session, system_actor(FROYA)).proposal.release.classes
    )
    assert report.k_reached == min(sizes)
    assert report.k_promised == K
    assert report.candidates_reached is not None
    assert report.candidates_reached >= K
    assert report.prosecutor_risk == pytest.approx(1 / report.candidates_reached, abs=1e-5)
    assert report.described + sum(report.undescribed.values()) == report.people
    assert all(0 <= loss <= 1 for loss in report.loss.values())
    assert 0 < report.km_share <= 1


@pytest.mark.parametrize("role", [Role.LEADER, Role.HR, Role.NEIGHBOUR, Role.JOB_SERVICE])
def test_who_may_not_release_or_read_releases_does_not(session: Session, role: Role) -> None:
    who = actor(role, recipient_no=HITRA)
    for use in (
        lambda: publishing.draft(session, who),
        lambda: publishing.release(session, who, SEALER),
        lambda: publishing.releases(session, who),
        lambda: publishing.broken(session, who, SEALER),
        lambda: service.standing_classes(session, who),
    ):
        with pytest.raises(Forbidden):
            use()


def test_a_leaver_who_brings_no_class_down_costs_no_write(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.session(FROYA) as session:
        fill(session)
        released(session)
        withdraw(session, [session.scalars(select(col(ReleaseMember.member_id))).first()])  # type: ignore[list-item]
    opened: list[bool] = []
    real = Database.session

    def noted(self: Database, municipality_no: str, *, write: bool = True) -> Any:
        opened.append(write)
        return real(self, municipality_no, write=write)

    monkeypatch.setattr(Database, "session", noted)
    falling.tend(database, FROYA)
    assert opened == [False]
