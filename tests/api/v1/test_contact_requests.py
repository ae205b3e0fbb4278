"""Requests for contact over REST, for the municipality that is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest

from kompetanse.actor import Role
from tests.api.v1.conftest import Asking, Town
from tests.contacts import town
from tests.factories import agreement

REQUESTS = "/api/v1/contact-requests"


@pytest.fixture
def rasa(froya: Town) -> UUID:
    """Rasa's id; somebody else shares too, and Hitra has an agreement."""
    with froya.session() as session:
        agreement(session)
        town.accountant(session)
        return town.rasa(session).id


def candidate(coordinator: Asking, address: str, who: UUID) -> dict[str, Any]:
    (found,) = (one for one in coordinator.get(f"{address}/candidates").json()["items"] if one["person_id"] == str(who))
    return dict(found)


def test_a_request_comes_in_a_person_is_asked_and_answers(
    froya: Town, hitra: Asking, coordinator: Asking, rasa: UUID
) -> None:
    request = hitra.request()
    (received,) = coordinator.get(REQUESTS).json()["items"]
    assert (received["id"], received["recipient_no"], received["stage"]) == (request["id"], "5056", "received")
    assert (received["contact_name"], received["contact_email"]) == ("Hilde Hitterdal", "hilde@hitra.example")
    address = f"{REQUESTS}/{request['id']}"
    before = candidate(coordinator, address, rasa)
    assert (before["given_name"], before["ask"]) == ("Rasa", None)
    asked = coordinator.post(f"{address}/asks", {"person_id": str(rasa)})
    ask = asked.json()["ask"]
    assert (asked.status_code, ask["stage"], ask["language"]) == (201, "asked", "lt")
    assert asked.json()["path"].startswith("/answer/")
    assert asked.json()["path"].removeprefix("/answer/") not in coordinator.get(f"{address}/candidates").text
    assert coordinator.get(REQUESTS).json()["items"][0]["stage"] == "asking"
    answered = coordinator.post(f"{address}/asks/{ask['id']}/answer", {"version": 1, "yes": True, "sections": ["work"]})
    assert (answered.json()["stage"], answered.json()["sections"]) == ("yes", ["work"])
    assert candidate(coordinator, address, rasa)["ask"] == answered.json()
    assert hitra.contacts(request)
    assert candidate(coordinator, address, rasa)["ask"]["handed_over_at"] is not None
    taken = coordinator.delete(f"{address}/asks/{ask['id']}", 2)
    assert (taken.status_code, taken.json()["stage"]) == (200, "withdrawn")
    assert hitra.contacts(request) == []
    steps = [one for one in froya.audited() if one.split()[1] in ("contact_request", "contact_ask", "person")]
    for step in (
        "request_contact contact_request", "list contact_request", "list_candidates person", "ask contact_ask",
        "grant contact_ask", "hand_over person", "withdraw contact_ask",
    ):  # fmt: skip
        assert step in steps


def test_what_cannot_be_asked_or_answered_is_told(hitra: Asking, coordinator: Asking, rasa: UUID) -> None:
    address, other = (f"{REQUESTS}/{hitra.request()['id']}" for _ in range(2))
    asks = f"{address}/asks"
    assert coordinator.post(asks, {"person_id": str(uuid4())}).status_code == 404
    assert coordinator.post(f"{REQUESTS}/{uuid4()}/asks", {"person_id": str(rasa)}).status_code == 404
    for body in ({}, {"person_id": "x"}, {"person_id": str(rasa), "language": "xx"}, {"person_id": str(rasa), "x": 1}):
        assert coordinator.post(asks, body).status_code == 422, body
    ask = coordinator.post(asks, {"person_id": str(rasa)}).json()["ask"]
    no = {"version": 1, "yes": False}
    assert coordinator.post(f"{other}/asks/{ask['id']}/answer", no).status_code == 404, "of another request"
    assert coordinator.delete(f"{other}/asks/{ask['id']}", 1).status_code == 404
    assert coordinator.post(f"{asks}/{uuid4()}/answer", no).status_code == 404
    assert coordinator.post(f"{asks}/{ask['id']}/answer", {**no, "version": 2}).status_code == 412
    assert coordinator.post(f"{asks}/{ask['id']}/answer", {"version": 1}).status_code == 422
    assert coordinator.delete(f"{asks}/{ask['id']}").status_code == 428
    assert coordinator.delete(f"{asks}/{ask['id']}", 7).status_code == 412
    assert coordinator.post(f"{asks}/{ask['id']}/answer", no).status_code == 200
    assert coordinator.post(f"{asks}/{ask['id']}/answer", {**no, "version": 2}).status_code == 409
    assert coordinator.delete(f"{asks}/{ask['id']}", 2).status_code == 409
    assert coordinator.post(asks, {"person_id": str(rasa)}).status_code == 409


def test_two_who_ask_or_answer_at_once_leave_one_question_and_one_answer(
    hitra: Asking, coordinator: Asking, rasa: UUID
) -> None:
    address = f"{REQUESTS}/{hitra.request()['id']}"
    asks = f"{address}/asks"
    with ThreadPoolExecutor(3) as several:
        asked = list(several.map(lambda _: coordinator.post(asks, {"person_id": str(rasa)}).status_code, range(3)))
    assert 201 in asked
    assert set(asked) <= {201, 409}
    ask = candidate(coordinator, address, rasa)["ask"]

    def answer(yes: bool) -> int:
        body = {"version": ask["version"], "yes": yes}
        return coordinator.post(f"{asks}/{ask['id']}/answer", body).status_code

    with ThreadPoolExecutor(4) as several:
        answered = sorted(several.map(answer, [True, False] * 2))
    assert answered == [200, 412, 412, 412]


def test_a_request_is_closed_and_the_neighbour_sees_no_difference(
    hitra: Asking, coordinator: Asking, rasa: UUID
) -> None:
    request = hitra.request()
    address = f"{REQUESTS}/{request['id']}"
    assert coordinator.delete(address).status_code == 428
    assert coordinator.delete(address, 2).status_code == 412
    assert coordinator.delete(f"{REQUESTS}/{uuid4()}", 1).status_code == 404
    assert coordinator.delete(address, 1).json()["stage"] == "closed"
    assert coordinator.post(f"{address}/asks", {"person_id": str(rasa)}).status_code == 409
    assert hitra.get(f"/api/v1/shared/contact-requests/{request['id']}").json() == request


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_else_sees_who_could_be_asked(hitra: Asking, rasa: UUID, asking: Callable[..., Asking]) -> None:
    address = f"{REQUESTS}/{hitra.request()['id']}"
    for who in (hitra, asking(Role.ADMINISTRATOR), asking(Role.DPO), asking(Role.LEADER)):
        for answer in (
            who.get(REQUESTS), who.get(f"{address}/candidates"), who.post(f"{address}/asks", {"person_id": str(rasa)}),
            who.delete(address, 1),
        ):  # fmt: skip
            assert answer.status_code == 403
