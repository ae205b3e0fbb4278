"""Two records of one person are merged, and both were asked about one request."""

import pytest
from sqlalchemy import select
from sqlmodel import Session

from kompetanse.codes.contact import AskStage
from kompetanse.contacts import handover, service
from kompetanse.contacts.tables import ContactAsk
from kompetanse.people.merging import merge
from tests.contacts.town import SEALER, accountant, asked, granted, hitra, rasa, requested, said
from tests.factories import actor, agreement


@pytest.mark.parametrize(
    ("kept", "absorbed", "stands"),
    [
        ("yes", "yes", True),
        ("yes", "asked", True),
        ("asked", "yes", True),
        ("yes", "no", False),
        ("no", "yes", False),
        ("no", "no", False),
        ("asked", "asked", False),
        ("yes", "back", False),
        ("back", "yes", False),
        ("back", "asked", False),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_two_answers_by_one_person_the_no_stands(session: Session, kept: str, absorbed: str, stands: bool) -> None:
    both = [rasa(session), accountant(session)]
    agreement(session)
    request = requested(session)
    asks = []
    for made, answer in zip(both, (kept, absorbed), strict=True):
        ask = asked(session, request, made)
        if answer in ("yes", "no", "back"):
            said(session, ask, yes=answer != "no")
        handover.read(session, hitra(), request.id)
        if answer == "back":
            service.withdraw(session, actor(), ask.id, ask.version)
        asks.append(ask.id)
    read = {one.id for one in handover.read(session, hitra(), request.id).granted}
    merge(session, actor(), keep_id=both[0].id, absorb_id=both[1].id, version=both[0].version, sealer=SEALER)
    now = {one.id for one in handover.read(session, hitra(), request.id).granted}
    assert len(now) == stands
    assert {one.id for one in handover.ended(session, hitra())} >= read - now, "what was read and is gone is told"
    rows = session.scalars(select(ContactAsk)).all()
    assert {one.id for one in rows} == set(asks), "neither is lost"
    assert {one.person_id for one in rows} == {both[0].id}
    assert len([one for one in rows if one.ended_at is None]) <= 1
    assert (AskStage.ASKED in {one.stage for one in rows}) is ((kept, absorbed) == ("asked", "asked"))
    (candidate,) = service.candidates(session, actor(), request.id)
    assert candidate.ask is not None
    assert (candidate.ask.id in now) is stands


def test_questions_about_different_requests_all_follow_the_one_who_stays(session: Session) -> None:
    kept, absorbed = rasa(session), accountant(session)
    agreement(session)
    first, second = requested(session), requested(session)
    granted(session, first, kept)
    granted(session, second, absorbed)
    merge(session, actor(), keep_id=kept.id, absorb_id=absorbed.id, version=kept.version, sealer=SEALER)
    for request in (first, second):
        (one,) = handover.read(session, hitra(), request.id).granted
        assert one.record.person.id == kept.id


def test_on_either_database_both_rows_become_one_person_s(session: Session) -> None:
    kept, absorbed = rasa(session), accountant(session)
    agreement(session)
    request = requested(session)
    for made in (kept, absorbed):
        granted(session, request, made)
    merge(session, actor(), keep_id=kept.id, absorb_id=absorbed.id, version=kept.version, sealer=SEALER)
    (one,) = handover.read(session, hitra(), request.id).granted
    assert one.record.person.id == kept.id
