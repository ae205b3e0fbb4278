"""Pooling agreements over REST."""

from collections.abc import Callable
from uuid import uuid4

from kompetanse.actor import Role
from tests.api.v1.conftest import Asking, Town
from tests.factories import HITRA

POOLING = "/api/v1/pooling"
TERMS = {"others": [HITRA], "starts_on": "2026-01-01", "purpose": "Finere grupper"}


def test_a_pool_is_entered_waits_for_the_other_and_is_left(froya: Town, administrator: Asking) -> None:
    assert administrator.get(POOLING).json() == {"items": []}
    answer = administrator.post(POOLING, TERMS)
    made = answer.json()
    assert answer.status_code == 201
    assert (made["parties"], made["missing"], made["stands"]) == (["5014", HITRA], [HITRA], False)
    assert administrator.post(POOLING, TERMS).status_code == 409
    left = administrator.delete(f"{POOLING}/{made['id']}")
    assert (left.status_code, left.json()["revoked_at"] is None, left.json()["stands"]) == (200, False, False)
    assert administrator.get(POOLING).json() == {"items": [left.json()]}
    assert administrator.delete(f"{POOLING}/{made['id']}").status_code == 409
    assert administrator.delete(f"{POOLING}/{uuid4()}").status_code == 404
    done = [one for one in froya.audited() if one.endswith(" pooling_agreement")]
    assert set(done) == {"create pooling_agreement", "revoke pooling_agreement"}


def test_what_is_no_pool_is_refused_and_so_is_who_may_not(
    froya: Town, administrator: Asking, asking: Callable[..., Asking]
) -> None:
    faulty: list[dict[str, object]] = [
        {"others": []}, {"others": ["5014"]}, {"others": ["9999"]}, {"ends_on": "2025-01-01"}, {"k": 5},
    ]  # fmt: skip
    for wrong in faulty:
        assert administrator.post(POOLING, {**TERMS, **wrong}).status_code == 422, wrong
    assert asking(Role.COORDINATOR).post(POOLING, TERMS).status_code == 403
    assert asking(Role.LEADER).get(POOLING).status_code == 403
