"""Age, country and arrival in classes: off, until every agreement asks, the risk was shown, and the person said yes."""

from collections.abc import Iterable
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Role, system_actor
from kompetanse.codes.consent import ClassAttribute, ConsentForm, ConsentPurpose, OwnSection
from kompetanse.database import Database
from kompetanse.people import consents
from kompetanse.people.tables import Person
from kompetanse.sharing import agreements, describing, publishing, service
from kompetanse.sharing.agreements import AgreementFields, Unseen
from kompetanse.sharing.queries import shareable_people
from kompetanse.sharing.tables import Agreement
from tests.factories import FROYA, HITRA, actor, agreement
from tests.sharing.pooled_towns import HEIM, SEALER, K, later, read
from tests.sharing.test_service import fill, hitra

ADMIN = actor(Role.ADMINISTRATOR)
AGE = [ClassAttribute.AGE]
EVERYTHING = list(ClassAttribute)


def people(session: Session) -> list[UUID]:
    return [one for one, _ in session.execute(shareable_people(FROYA, clock.today()))]


def say(session: Session, ids: Iterable[UUID], *, granted: bool = True, recipient_no: str | None = None) -> None:
    for person_id in ids:
        consents.record_consent(
            session, actor(), person_id, purpose=ConsentPurpose.SHARE_WITH_NEIGHBOURS, granted=granted,
            form=ConsentForm.ORAL, section=OwnSection.BACKGROUND, recipient_no=recipient_no, language="lit",
        )  # fmt: skip


def fingerprint(session: Session, attributes: list[ClassAttribute]) -> str:
    return publishing.draft(session, system_actor(FROYA), attributes=attributes).report.fingerprint


def turn_on(session: Session, attributes: list[ClassAttribute], one: Agreement | None = None) -> Agreement:
    """Ask for attributes in the agreement with Hitra, having looked at the risk."""
    found = one or next(kept for kept in agreements.agreements(session, ADMIN) if kept.recipient_no == HITRA)
    seen = fingerprint(session, attributes)
    fields = AgreementFields(attributes=attributes)
    return agreements.change(session, ADMIN, found.id, found.version, fields, seen=seen)


def released(session: Session) -> list[object]:
    publishing.release(session, system_actor(FROYA), SEALER)
    return [one for _, one in service.shared_view(session, hitra(), SEALER).classes]


def told(classes: Iterable[object], name: str) -> set[str | None]:
    return {getattr(one, name) for one in classes}


def test_an_agreement_tells_of_no_more_before_the_risk_of_it_was_shown(session: Session) -> None:
    fill(session)
    (kept,) = agreements.agreements(session, ADMIN)
    for seen in (None, "", fingerprint(session, EVERYTHING)):
        with pytest.raises(Unseen):
            agreements.change(session, ADMIN, kept.id, kept.version, AgreementFields(attributes=AGE), seen=seen)
    assert (kept.attributes, kept.version) == ([], 1)
    with pytest.raises(Unseen):
        agreement(session, recipient_no=HEIM, attributes=AGE)
    assert len(agreements.agreements(session, ADMIN)) == 1
    changed = turn_on(session, AGE)
    _, (newest, *_) = agreements.read(session, ADMIN, changed.id)
    assert newest.terms["attributes"] == ["age"]
    assert set(newest.terms["risk_report"]["loss"]) == {"occupation", "norwegian", "education", "age"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_report_that_is_no_longer_true_has_to_be_shown_again(session: Session) -> None:
    fill(session)
    (kept,) = agreements.agreements(session, ADMIN)
    seen = fingerprint(session, AGE)
    say(session, people(session)[:40])
    with pytest.raises(Unseen):
        agreements.change(session, ADMIN, kept.id, kept.version, AgreementFields(attributes=AGE), seen=seen)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_less_needs_no_report_and_neither_does_the_same(session: Session) -> None:
    fill(session)
    kept = turn_on(session, EVERYTHING)
    for attributes in (EVERYTHING, AGE, []):
        fields = AgreementFields(attributes=list(attributes))
        kept = agreements.change(session, ADMIN, kept.id, kept.version, fields)
    assert kept.attributes == []


def test_classes_tell_of_what_every_agreement_asks_for(session: Session) -> None:
    fill(session)
    say(session, people(session))
    session.execute(update(Person).values(born="1984-05-03"))
    other = agreement(session, recipient_no=HEIM, k=K)
    turn_on(session, EVERYTHING)
    assert told(publishing.classes_of(publishing.draft(session, system_actor(FROYA)).proposal.release), "age") == {None}
    turn_on(session, AGE, other)
    classes = released(session)
    assert {*told(classes, "country"), *told(classes, "arrival"), *told(classes, "municipality")} == {None}
    assert None not in told(classes, "age")
    assert told(classes, "age") - {"any"}


def test_of_whoever_has_not_said_yes_to_just_that_it_is_not_stated(session: Session) -> None:
    fill(session)
    turn_on(session, EVERYTHING)
    said_yes, said_no, hitra_no, *_ = everybody = people(session)
    say(session, [said_yes, said_no, hitra_no])
    say(session, [said_no], granted=False)
    say(session, [hitra_no], granted=False, recipient_no=HITRA)
    session.execute(update(Person).values(born="1984-05", country_of_origin="LT", arrived_in_norway="2022"))
    profiles = describing.shareable(session, FROYA, [HITRA])
    known = {
        one for one in everybody if (profiles[one].age, profiles[one].country, profiles[one].arrival) != (None,) * 3
    }
    assert known == {said_yes}
    assert (profiles[said_yes].country, profiles[said_yes].arrival) == ("LT", 2022)
    session.execute(update(Person).values(born="2999", arrived_in_norway="2999"))
    slip = describing.shareable(session, FROYA, [HITRA])[said_yes]
    assert (slip.age, slip.arrival) == (None, None)


def test_the_general_yes_is_not_one_and_the_answer_keeps_the_text_that_she_saw(session: Session) -> None:
    fill(session)
    (one, *_) = people(session)
    say(session, [one])
    newest, *_ = consents.consents_of(session, actor(), one)
    assert newest.wording is not None
    assert "amžiaus" in newest.wording
    assert not {"background"} & set(consents.sections_shared([newest], HITRA, clock.today()))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_turned_on_later_is_told_of_the_newly_described_and_turned_off_it_is_gone(database: Database) -> None:
    with database.session(FROYA) as session:
        fill(session)
        assert told(released(session), "age") == {None}
        say(session, people(session))
        turn_on(session, AGE)
    with clock.moved(to=later(1)):
        with database.session(FROYA) as session:
            say(session, people(session))
            publishing.release(session, system_actor(FROYA), SEALER)
        ages = {one.age for _, one in read(database, FROYA, HITRA).classes}
        assert "any" in ages, "classes that said nothing of it never come to say more"
        with database.session(FROYA) as session:
            (kept,) = agreements.agreements(session, ADMIN)
            agreements.change(session, ADMIN, kept.id, kept.version, AgreementFields(attributes=[]))
    with clock.moved(to=later(2)):
        with database.session(FROYA) as session:
            publishing.release(session, system_actor(FROYA), SEALER)
            assert publishing.broken(session, system_actor(FROYA), SEALER) == []
        assert {one.age for _, one in read(database, FROYA, HITRA).classes} <= {None}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_agreement_that_is_entered_anew_asks_for_nothing_more_by_itself(session: Session) -> None:
    fill(session)
    kept = turn_on(session, EVERYTHING)
    revoked = agreements.revoke(session, ADMIN, kept.id, kept.version)
    assert revoked.attributes
    assert agreement(session, k=K).attributes == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_class_that_tells_of_age_falls_when_that_yes_is_taken_back(database: Database) -> None:
    with database.session(FROYA) as session:
        fill(session)
        say(session, people(session))
        session.execute(update(Person).values(born="1984-05-03"))
        turn_on(session, AGE)
        publishing.release(session, system_actor(FROYA), SEALER)
    assert "40–44" in {one.age for _, one in read(database, FROYA, HITRA).classes}
    with database.session(FROYA) as session:
        say(session, people(session), granted=False)
    assert {one.age for _, one in read(database, FROYA, HITRA).classes} <= {"any", "not stated"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_asked_for_twice_is_kept_once(session: Session) -> None:
    fill(session)
    assert turn_on(session, [ClassAttribute.COUNTRY, *AGE, *AGE]).attributes == ["age", "country"]
