"""What a neighbour reads, through the service and over REST, from a registry like Frøya's."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from api.state import State
from kompetanse import clock
from kompetanse.actor import SYSTEM_ID, Role, system_actor
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.demo.generator import Maker
from kompetanse.errors import Forbidden
from kompetanse.people.tables import Consent, Person
from kompetanse.sharing import service
from kompetanse.sharing.classes import SizeBand
from kompetanse.sharing.queries import shareable_people
from kompetanse.sharing.tables import Agreement
from tests.factories import FROYA, HITRA, actor

PEOPLE = 300
K = 5
PROTECTED: dict[str, object] = {"protected_address": True, "postal_code": None}


def fill(session: Session, k: int = K) -> None:
    maker = Maker(Random(7), FROYA, SYSTEM_ID, date(2026, 6, 1))
    for batch in maker.batches(PEOPLE):
        for table, rows in batch.rows.items():
            session.connection().execute(insert(table), rows)
    service.agree(session, system_actor(FROYA), recipient_no=HITRA, k=k, starts_on=date(2026, 1, 1))
    session.flush()


def hitra() -> Any:
    return actor(Role.NEIGHBOUR, recipient_no=HITRA)


def withdraw(session: Session, ids: list[UUID]) -> None:
    sharing = col(Consent.purpose) == ConsentPurpose.SHARE_WITH_NEIGHBOURS
    session.execute(update(Consent).where(sharing, col(Consent.person_id).in_(ids)).values(granted=False))


def test_classes_describe_no_more_people_than_consent_and_at_least_k_each(session: Session) -> None:
    fill(session)
    view = service.shared_classes(session, hitra())
    people = len(session.execute(shareable_people(FROYA, clock.today())).all())
    least = {SizeBand.FROM_5: 5, SizeBand.FROM_10: 10, SizeBand.FROM_20: 20, SizeBand.FROM_50: 50}
    assert view.classes
    assert K <= sum(least[c.size_band] for c in view.classes) <= people


def test_nobody_without_a_standing_consent_is_described(session: Session) -> None:
    fill(session)
    shareable = [person for person, _ in session.execute(shareable_people(FROYA, clock.today()))]
    withdraw(session, shareable)
    assert service.shared_classes(session, hitra()).classes == ()


def test_withdrawal_takes_effect_at_once(session: Session) -> None:
    """When all but four units withdraw, what is left describes nobody."""
    fill(session)
    units = Counter(
        household or person for person, household in session.execute(shareable_people(FROYA, clock.today()))
    )
    kept = set(list(units)[:4])
    gone = [
        p for p, household in session.execute(shareable_people(FROYA, clock.today())) if (household or p) not in kept
    ]
    withdraw(session, gone)
    assert service.shared_classes(session, hitra()).classes == ()


@pytest.mark.parametrize("hidden", [PROTECTED, {"archived_at": clock.now()}])
def test_protected_and_archived_people_are_never_described(session: Session, hidden: dict[str, object]) -> None:
    fill(session)
    session.execute(update(Person).values(**hidden))
    assert service.shared_classes(session, hitra()).classes == ()


def test_a_neighbour_without_an_agreement_that_stands_is_refused(session: Session) -> None:
    fill(session)
    with pytest.raises(Forbidden):
        service.shared_classes(session, actor(Role.NEIGHBOUR, recipient_no="5001"))
    agreement = session.exec(select(Agreement)).one()
    agreement.ends_on = clock.today() - timedelta(days=1)
    session.flush()
    with pytest.raises(Forbidden):
        service.shared_classes(session, hitra())


def test_all_recipients_get_the_classes_of_the_strictest_promise(session: Session) -> None:
    fill(session, k=5)
    service.agree(session, system_actor(FROYA), recipient_no="5055", k=20, starts_on=date(2026, 1, 1))
    session.flush()
    own, other = (service.shared_classes(session, actor(Role.NEIGHBOUR, recipient_no=no)) for no in (HITRA, "5055"))
    assert own == other
    assert own.k == 20
    assert {c.size_band for c in own.classes} <= {SizeBand.FROM_20, SizeBand.FROM_50}


def test_only_the_neighbour_role_reads_classes(session: Session) -> None:
    for role in (Role.COORDINATOR, Role.LEADER, Role.HR, Role.DPO, Role.ADMINISTRATOR, Role.JOB_SERVICE):
        with pytest.raises(Forbidden):
            service.shared_classes(session, actor(role, unit="Økonomi"))


def test_what_leaves_over_rest_holds_no_id_no_date_no_count_and_no_text(
    client: TestClient, state: State, bearer: Callable[..., dict[str, str]]
) -> None:
    with state.database.session(FROYA) as session:
        fill(session)
    answer = client.get("/api/v1/shared/classes", headers=bearer(Role.NEIGHBOUR, recipient_no=HITRA))
    assert answer.status_code == 200
    text = json.dumps(answer.json(), ensure_ascii=False)
    assert not re.search(r"[0-9a-f]{8}-?[0-9a-f]{4}", text)
    assert not re.search(r"\d{4}-\d{2}", text)
    assert {key for c in answer.json()["classes"] for key in c} == {"occupation", "norwegian", "education", "size_band"}
    with state.database.session(FROYA, write=False) as session:
        for family_name in session.exec(select(Person.family_name).distinct()):
            assert family_name not in text


def test_an_unchanged_answer_is_not_sent_again(
    client: TestClient, state: State, bearer: Callable[..., dict[str, str]]
) -> None:
    with state.database.session(FROYA) as session:
        fill(session)
    headers = bearer(Role.NEIGHBOUR, recipient_no=HITRA)
    first = client.get("/api/v1/shared/classes", headers=headers)
    again = client.get("/api/v1/shared/classes", headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_filter_selects_whole_published_classes(
    client: TestClient, state: State, bearer: Callable[..., dict[str, str]]
) -> None:
    """Were classes made anew from a filtered population, two filters could be taken from each other."""
    with state.database.session(FROYA) as session:
        fill(session)
    headers = bearer(Role.NEIGHBOUR, recipient_no=HITRA)
    everything = client.get("/api/v1/shared/classes", headers=headers).json()["classes"]
    some = client.get("/api/v1/shared/classes?occupation=8", headers=headers).json()["classes"]
    assert some == [c for c in everything if c["occupation"].startswith("8")]
    assert some
