"""Agreements between municipalities: entered, changed, revoked; every version of the terms is kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.codes.consent import ShareSection
from kompetanse.database import Database
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Stale, UnknownCode
from kompetanse.ids import new_id
from kompetanse.sharing import agreements
from kompetanse.sharing.agreements import MOST_BYTES, Document
from kompetanse.sharing.tables import Agreement
from tests.factories import FROYA, HITRA, actor, agreement

ADMIN = actor(Role.ADMINISTRATOR)
HITRA_ASKS = actor(Role.NEIGHBOUR, recipient_no=HITRA)
PDF = Document("avtale.pdf", "application/pdf", b"%PDF-1.7 signed")


def faults(session: Session, **terms: Any) -> set[str]:
    with pytest.raises(Invalid) as refused:
        agreement(session, **terms)
    return {one.pointer for one in refused.value.faults}


def stands(session: Session) -> bool:
    try:
        agreements.standing_with(session, HITRA_ASKS)
    except Forbidden:
        return False
    return True


def test_an_agreement_stands_from_its_first_day_to_its_last(session: Session) -> None:
    today = clock.today()
    agreement(session, starts_on=today + timedelta(days=1), ends_on=today + timedelta(days=2))
    seen = []
    for days in range(4):
        with clock.moved(by=timedelta(days=days)):
            seen.append(stands(session))
    assert seen == [False, True, True, False]


def test_every_version_of_the_terms_is_kept(session: Session) -> None:
    made = agreement(session, k=10, purpose="Formidling")
    agreements.change(session, ADMIN, made.id, 1, {"k": 20, "sections": [ShareSection.WORK]})
    agreements.revoke(session, ADMIN, made.id, 2)
    again = agreement(session, starts_on=date(2026, 1, 1), k=5)
    assert (again.id, again.version, again.revoked_at) == (made.id, 4, None)
    found, records = agreements.read(session, ADMIN, made.id)
    assert found is made
    assert [(one.version, one.terms["k"]) for one in records] == [(4, 5), (3, 20), (2, 20), (1, 10)]
    assert [one.terms["revoked_at"] is None for one in records] == [True, False, True, True]
    assert records[0].terms["sections"] == ["work"], "terms that are not named stay"
    assert {one.recorded_by for one in records[1:3]} == {ADMIN.id}
    assert agreements.agreements(session, ADMIN) == [made]


def test_revoked_is_at_once(session: Session) -> None:
    made = agreement(session)
    assert stands(session)
    agreements.revoke(session, ADMIN, made.id, made.version)
    assert not stands(session)
    with pytest.raises(Conflict):
        agreements.revoke(session, ADMIN, made.id, made.version)
    with pytest.raises(Conflict):
        agreements.change(session, ADMIN, made.id, made.version, {"k": 6})


def test_there_is_one_agreement_with_a_neighbour(session: Session) -> None:
    agreement(session)
    with pytest.raises(Conflict):
        agreement(session)
    agreement(session, recipient_no="5055")
    assert [one.recipient_no for one in agreements.agreements(session, ADMIN)] == ["5055", "5056"]


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({"k": 4}, "/k"),
        ({"ends_on": date(2019, 12, 31)}, "/ends_on"),
        ({"answer_days": 0}, "/answer_days"),
        ({"answer_days": 91}, "/answer_days"),
        ({"grant_days": 366}, "/grant_days"),
        ({"budget": -1}, "/budget"),
        ({"budget": 1001}, "/budget"),
        ({"purpose": "x" * 501}, "/purpose"),
        ({"signed_there": "x" * 201}, "/signed_there"),
        ({"recipient_no": FROYA}, "/recipient_no"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_terms_that_break_a_rule_are_told(session: Session, terms: dict[str, Any], pointer: str) -> None:
    assert faults(session, **terms) == {pointer}
    assert agreements.agreements(session, ADMIN) == []


def test_a_first_day_is_needed_and_cannot_be_taken_away(session: Session) -> None:
    with pytest.raises(Invalid):
        agreements.agree(session, ADMIN, recipient_no=HITRA, fields={"k": 5})
    with pytest.raises(Invalid):
        agreements.agree(session, ADMIN, recipient_no=HITRA, fields={"starts_on": None})  # type: ignore[typeddict-item]
    made = agreement(session)
    with pytest.raises(Invalid):
        agreements.change(session, ADMIN, made.id, 1, {"starts_on": None})  # type: ignore[typeddict-item]
    with pytest.raises(Invalid):
        agreements.change(session, ADMIN, made.id, 1, {"ends_on": date(2019, 1, 1)})
    assert (made.version, made.starts_on) == (1, date(2020, 1, 1))


def test_a_municipality_that_is_none_is_told(session: Session) -> None:
    with pytest.raises(UnknownCode):
        agreement(session, recipient_no="9999")


def test_stale_and_unknown_are_told(session: Session) -> None:
    made = agreement(session)
    for use, wrong in ((agreements.revoke, ()), (agreements.change, ({"k": 6},))):
        with pytest.raises(Stale):
            use(session, ADMIN, made.id, 2, *wrong)
        with pytest.raises(NotFound):
            use(session, ADMIN, new_id(), 1, *wrong)
    for find in (
        lambda: agreements.read(session, ADMIN, new_id()),
        lambda: agreements.attach(session, ADMIN, new_id(), PDF),
    ):
        with pytest.raises(NotFound):
            find()


def test_the_signed_document_is_kept_beside_the_terms(session: Session) -> None:
    made = agreement(session)
    kept = agreements.attach(session, ADMIN, made.id, PDF)
    assert (kept.document, kept.document_type, kept.version) == (PDF.content, "application/pdf", 1)
    assert kept.document_sha256 is not None
    assert len(kept.document_sha256) == 64


@pytest.mark.parametrize(
    "document",
    [
        Document("a.html", "text/html", b"<script>"),
        Document("a.pdf", "application/pdf", b""),
        Document("a.pdf", "application/pdf", bytes(MOST_BYTES + 1)),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_no_document_is_refused(session: Session, document: Document) -> None:
    made = agreement(session)
    with pytest.raises(Invalid):
        agreements.attach(session, ADMIN, made.id, document)


def test_who_may_not_does_not(session: Session) -> None:
    made: Agreement = agreement(session)
    manages = {Role.ADMINISTRATOR, Role.SYSTEM}
    for role in set(Role) - manages:
        who = actor(role, recipient_no=HITRA)
        for use in (
            lambda who=who: agreement(session, recipient_no="5055", who=who),
            lambda who=who: agreements.change(session, who, made.id, 1, {"k": 6}),
            lambda who=who: agreements.revoke(session, who, made.id, 1),
            lambda who=who: agreements.attach(session, who, made.id, PDF),
        ):
            with pytest.raises(Forbidden):
                use()
    for role in set(Role) - manages - {Role.COORDINATOR, Role.DPO}:
        with pytest.raises(Forbidden):
            agreements.read(session, actor(role), made.id)
        with pytest.raises(Forbidden):
            agreements.agreements(session, actor(role))


def test_another_municipality_s_agreements_are_not_there(database: Database) -> None:
    with database.session(FROYA) as session:
        made = agreement(session)
    stranger = actor(Role.ADMINISTRATOR, municipality_no="5055")
    with database.session("5055") as session:
        assert agreements.agreements(session, stranger) == []
        with pytest.raises(NotFound):
            agreements.read(session, stranger, made.id)
        with pytest.raises(NotFound):
            agreements.revoke(session, stranger, made.id, 1)
