"""Agreements over REST."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from kompetanse.actor import Role
from tests.api.v1.conftest import Asking, Town

AGREEMENTS = "/api/v1/agreements"
TERMS = {"recipient_no": "5056", "starts_on": "2026-01-01", "k": 10}


def test_an_agreement_is_entered_changed_and_revoked(froya: Town, administrator: Asking) -> None:
    answer = administrator.post(AGREEMENTS, TERMS)
    made = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert answer.headers["location"] == f"{AGREEMENTS}/{made['id']}"
    assert (made["k"], made["answer_days"], made["grant_days"], made["budget"]) == (10, 14, 90, 20)
    address = answer.headers["location"]
    assert administrator.get(address).json() == made
    changed = administrator.patch(address, {"k": 20, "purpose": "Formidling"}, 1)
    assert (changed.headers["etag"], changed.json()["k"], changed.json()["budget"]) == ('"2"', 20, 20)
    revoked = administrator.delete(address, 2)
    assert (revoked.status_code, revoked.json()["version"], revoked.json()["revoked_at"] is None) == (200, 3, False)
    assert administrator.get(AGREEMENTS).json()["items"] == [revoked.json()]
    again = administrator.post(AGREEMENTS, TERMS)
    assert (again.status_code, again.json()["id"], again.json()["version"]) == (201, made["id"], 4)
    done = [one for one in froya.audited() if one.endswith(" agreement")]
    assert done == ["create agreement", "change agreement", "revoke agreement", "create agreement"]


def test_what_cannot_be_agreed_is_told(froya: Town, administrator: Asking) -> None:
    faulty: list[dict[str, Any]] = [
        {"k": 4}, {"k": None}, {"starts_on": None}, {"recipient_no": "5014"}, {"recipient_no": "9999"},
        {"recipient_no": "x"},
        {"ends_on": "2025-01-01"}, {"answer_days": 0}, {"grant_days": 366}, {"budget": 1001}, {"purpose": "x" * 501},
        {"sections": ["all"]}, {"pooled": True}, {"revoked_at": None},
    ]  # fmt: skip
    for terms in faulty:
        answer = administrator.post(AGREEMENTS, {**TERMS, **terms})
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), terms
    assert administrator.post(AGREEMENTS, TERMS).status_code == 201
    assert administrator.post(AGREEMENTS, TERMS).status_code == 409


def test_a_change_names_the_version_and_what_is_revoked_is_not_changed(froya: Town, administrator: Asking) -> None:
    address = administrator.post(AGREEMENTS, TERMS).headers["location"]
    for wrong in ({"starts_on": None}, {"k": 4}, {"ends_on": "2025-01-01"}, {"recipient_no": "5055"}):
        assert administrator.patch(address, wrong, 1).status_code == 422, wrong
    assert administrator.patch(address, {"k": 6}).status_code == 428
    assert administrator.delete(address).status_code == 428
    assert administrator.patch(address, {"k": 6}, 2).status_code == 412
    assert administrator.delete(address, 2).status_code == 412
    assert administrator.delete(address, 1).status_code == 200
    assert administrator.patch(address, {"k": 6}, 2).status_code == 409
    assert administrator.delete(address, 2).status_code == 409
    nobody = f"{AGREEMENTS}/{uuid4()}"
    for answer in (
        administrator.get(nobody),
        administrator.patch(nobody, {"k": 6}, 1),
        administrator.delete(nobody, 1),
    ):
        assert answer.status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_reads_does_not_write(froya: Town, administrator: Asking, asking: Callable[..., Asking]) -> None:
    address = administrator.post(AGREEMENTS, TERMS).headers["location"]
    for role in (Role.COORDINATOR, Role.DPO):
        reader = asking(role)
        assert reader.get(address).status_code == 200
        assert reader.post(AGREEMENTS, TERMS).status_code == 403
        assert reader.delete(address, 1).status_code == 403


def test_classes_tell_of_more_once_the_risk_of_it_was_shown(froya: Town, administrator: Asking) -> None:
    address = administrator.post(AGREEMENTS, TERMS).headers["location"]
    unseen = administrator.patch(address, {"attributes": ["age"]}, 1)
    assert (unseen.status_code, unseen.json()["type"]) == (409, "urn:kompetanse:problem:risk-report-not-seen")
    draft = administrator.get("/api/v1/releases/draft?attributes=age").json()
    assert "age" in draft["report"]["loss"]
    changed = administrator.patch(address, {"attributes": ["age"], "risk_report": draft["fingerprint"]}, 1)
    assert (changed.status_code, changed.json()["attributes"]) == (200, ["age"])
    assert administrator.patch(address, {"attributes": ["shoe_size"]}, 2).status_code == 422
    assert administrator.patch(address, {"attributes": []}, 2).json()["attributes"] == []
