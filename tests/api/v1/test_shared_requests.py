"""Vacancies and requests for contact over REST, as a neighbour's system sends them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from api import beat
from kompetanse.actor import Role
from kompetanse.people.tables import Person
from tests.api.v1.conftest import OPENING, SHARED, WISH, Asking, Town
from tests.contacts import town
from tests.factories import FROYA, agreement, person

Make = Callable[..., Asking]
VACANCIES, REQUESTS = f"{SHARED}/vacancies", f"{SHARED}/contact-requests"


def agreed(froya: Town, **terms: Any) -> None:
    with froya.session() as session:
        agreement(session, **terms)


def rasa(froya: Town) -> Person:
    with froya.session() as session:
        return town.rasa(session)


def says(coordinator: Asking, request: dict[str, Any], who: Person, *, yes: bool, **more: Any) -> dict[str, Any]:
    """Asks somebody and keeps her answer."""
    address = f"/api/v1/contact-requests/{request['id']}/asks"
    ask = coordinator.post(address, {"person_id": str(who.id)}).json()["ask"]
    answer = coordinator.post(f"{address}/{ask['id']}/answer", {"version": ask["version"], "yes": yes, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_vacancy_is_posted_and_listed_with_the_coarse_answer(froya: Town, hitra: Asking) -> None:
    froya.accountants(town.ALIKE)
    made = hitra.vacancy()
    assert set(made) == {"id", "title", "received_at", "found"}
    assert (made["title"], made["found"]) == ("Regnskapsfører", "5_or_more")
    other = hitra.vacancy(title="Fisker", languages=[{"language": "nor", "minimum": "C2"}])
    assert other["found"] == "fewer_than_5"
    assert hitra.get(VACANCIES).json()["items"] == [other, made]
    assert {"request_match neighbour_vacancy", "list neighbour_vacancy"} <= set(froya.audited())


def test_a_vacancy_that_breaks_its_contract_or_a_rule_is_told(froya: Town, hitra: Asking) -> None:
    agreed(froya, budget=1)
    for body in (
        {},
        {"title": " "},
        {"title": "x", "surprise": 1},
        {**OPENING, "percentage_min": 90, "percentage_max": 1},
    ):
        answer = hitra.post(VACANCIES, body)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), body
        assert answer.json()["errors"]
    hitra.vacancy()
    spent = hitra.post(VACANCIES, OPENING)
    assert (spent.status_code, spent.json()["type"]) == (429, "urn:kompetanse:problem:budget-spent")


def test_one_key_posts_one_vacancy_and_costs_once(froya: Town, hitra: Asking) -> None:
    agreed(froya, budget=1)
    answers = [hitra.post(VACANCIES, OPENING, **{"Idempotency-Key": "one"}) for _ in range(3)]
    assert {one.status_code for one in answers} == {201}
    assert len({one.text for one in answers}) == 1
    other = hitra.post(VACANCIES, {**OPENING, "title": "Annet"}, **{"Idempotency-Key": "one"})
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "Idempotency-Key")
    assert len(hitra.get(VACANCIES).json()["items"]) == 1


def test_a_budget_is_not_outrun_by_many_at_once(froya: Town, hitra: Asking) -> None:
    agreed(froya, budget=2)
    with ThreadPoolExecutor(5) as several:
        answers = list(several.map(lambda _: hitra.post(VACANCIES, OPENING).status_code, range(5)))
    assert sorted(answers) == [201, 201, 429, 429, 429]


def test_a_request_waits_until_its_day_and_is_found_by_its_address(froya: Town, hitra: Asking) -> None:
    agreed(froya, answer_days=3, grant_days=7)
    vacancy = hitra.vacancy()
    answer = hitra.post(REQUESTS, {**WISH, "vacancy_id": vacancy["id"], "sections": ["work", "languages"]})
    made = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, f"{REQUESTS}/{made['id']}")
    assert (made["status"], made["contacts"], made["sections"]) == ("waiting", [], ["work", "languages"])
    assert hitra.get(answer.headers["location"]).json() == made
    assert hitra.get(REQUESTS).json()["items"] == [made]
    assert {"request_contact contact_request", "list contact_request", "read contact_request"} <= set(froya.audited())


def test_what_cannot_be_asked_for_is_told(froya: Town, hitra: Asking) -> None:
    froya.accountants()
    vacancy_id = hitra.vacancy()["id"]
    faulty: list[dict[str, Any]] = [
        {}, {"vacancy_id": vacancy_id, "class_handle": "x"}, {"vacancy_id": "x"},
        {"vacancy_id": vacancy_id, "title": " "},
        {"vacancy_id": vacancy_id, "contact_email": None}, {"vacancy_id": vacancy_id, "sections": ["all"]},
        {"vacancy_id": vacancy_id, "sections": []}, {"vacancy_id": vacancy_id, "contact_email": "nobody"},
        {"vacancy_id": vacancy_id, "title": "x" * 201}, {"vacancy_id": vacancy_id, "person_id": str(uuid4())},
    ]  # fmt: skip
    for body in faulty:
        answer = hitra.post(REQUESTS, {**WISH, **body})
        assert (answer.status_code, bool(answer.json()["errors"])) == (422, True), body
    for body in ({"vacancy_id": str(uuid4())}, {"class_handle": "0" * 32}, {"class_handle": "æøå"}):
        assert hitra.post(REQUESTS, {**WISH, **body}).status_code == 404, body
    assert hitra.get(f"{REQUESTS}/{uuid4()}").status_code == 404
    assert hitra.get(REQUESTS).json()["items"] == []


def test_who_said_yes_stands_in_the_request_and_nobody_else(froya: Town, hitra: Asking, coordinator: Asking) -> None:
    made = rasa(froya)
    agreed(froya)
    request = hitra.request()
    says(coordinator, request, made, yes=True, sections=["work"])
    (contact,) = hitra.contacts(request)
    assert (contact["given_name"], contact["family_name"]) == ("Rasa", "Kazlauskienė")
    assert contact["contacts"] == [{"kind": "phone", "value": "+4790000001"}]
    assert contact["contact_languages"] == ["lit"]
    assert set(contact["profile"]) == {"work"}
    assert contact["delete_by"] == request["delete_by"]
    assert str(made.id) not in str(contact)
    assert "1985" not in str(contact)
    (listed,) = hitra.get(REQUESTS).json()["items"]
    assert listed["contacts"] == [], "the list hands nobody over"


def test_a_repeated_request_hands_over_nobody_who_took_it_back(froya: Town, hitra: Asking, coordinator: Asking) -> None:
    made = rasa(froya)
    agreed(froya)
    body = {**WISH, "vacancy_id": hitra.vacancy()["id"]}
    key = {"Idempotency-Key": "again"}
    request = hitra.post(REQUESTS, body, **key).json()
    says(coordinator, request, made, yes=True)
    again = hitra.post(REQUESTS, body, **key).json()
    assert (again["id"], len(again["contacts"])) == (request["id"], 1)
    with froya.session() as session:
        town.consent(session, made.id, granted=False)
    assert hitra.post(REQUESTS, body, **key).json() == request
    (stone,) = hitra.get(f"{SHARED}/tombstones").json()["tombstones"]
    assert (stone["kind"], stone["id"]) == ("contact", again["contacts"][0]["id"])


def test_a_neighbour_finds_nothing_of_another(froya: Town, hitra: Asking, asking: Make) -> None:
    agreed(froya)
    agreed(froya, recipient_no="5055")
    other = asking(Role.NEIGHBOUR, "5055")
    request, vacancy = hitra.request(), hitra.vacancy()
    assert other.get(REQUESTS).json()["items"] == other.get(VACANCIES).json()["items"] == []
    assert other.get(f"{REQUESTS}/{request['id']}").status_code == 404
    assert other.post(REQUESTS, {**WISH, "vacancy_id": vacancy["id"]}).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_an_agreement_nothing_is_taken_in(froya: Town, hitra: Asking) -> None:
    for path, body in ((VACANCIES, OPENING), (REQUESTS, {**WISH, "class_handle": "x"})):
        assert hitra.post(path, body).status_code == 403
    assert "request_match neighbour_vacancy" not in froya.audited()


class Watch:
    """A clock that runs only when somebody works or sleeps."""

    def __init__(self, work: float) -> None:
        self.now, self.work = 100.0, work

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds

    def busy(self) -> str:
        self.now += self.work
        return "made"

    def refused(self) -> str:
        self.busy()
        raise LookupError


@pytest.mark.parametrize("work", [0.0, 0.001, 0.2, 0.4999, 0.5, 0.7, 1.3])
def test_what_is_given_and_what_is_refused_come_on_the_same_beat(monkeypatch: pytest.MonkeyPatch, work: float) -> None:
    took = []
    for use in ("busy", "refused"):
        watch = Watch(work)
        monkeypatch.setattr(beat, "time", watch)
        try:
            assert beat.on_the_beat(getattr(watch, use)) == "made"
        except LookupError:
            assert use == "refused"
        took.append(watch.now - 100)
    assert took[0] == pytest.approx(took[1])
    beats = took[0] / beat.STEP
    assert beats == pytest.approx(round(beats), abs=1e-6)
    assert work <= took[0] + 1e-9
    assert took[0] < work + beat.STEP + 1e-9


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_answer_about_people_comes_on_the_beat(
    froya: Town, hitra: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    froya.accountants()
    slept: list[float] = []
    monkeypatch.setattr("api.beat.time.sleep", slept.append)
    vacancy = hitra.vacancy()
    request = hitra.request(vacancy_id=vacancy["id"])
    hitra.post(REQUESTS, {**WISH, "class_handle": "0" * 32})
    hitra.get(f"{REQUESTS}/{request['id']}")
    hitra.get(f"{REQUESTS}/{uuid4()}")
    assert len(slept) == 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_waits_for_the_beat_of_another(froya: Town, hitra: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    agreed(froya)

    def write(_: float) -> None:
        with froya.state.database.session(FROYA) as session:
            person(session)
            session.flush()

    monkeypatch.setattr("api.beat.time.sleep", write)
    hitra.request()
