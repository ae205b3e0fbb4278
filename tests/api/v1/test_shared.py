"""What a neighbour reads over REST: classes, skill groups and tombstones."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kompetanse import clock
from kompetanse.actor import Role, system_actor
from kompetanse.sharing import publishing
from kompetanse.sharing.periods import begins_on, period_name, period_of
from tests.api.v1.conftest import SHARED, Asking, Town
from tests.contacts import town
from tests.factories import FROYA, agreement, person

Make = Callable[..., Asking]
QUARTER = period_name(period_of(clock.today()))


def kinds(froya: Town) -> None:
    """Two classes: accountants with higher education, and some of whom little is known."""
    with froya.session() as session:
        for _ in range(town.ALIKE):
            town.consent(session, person(session).id)
    froya.accountants()


def test_classes_are_told_with_their_handles_and_until_when(froya: Town, hitra: Asking) -> None:
    froya.accountants()
    answer = hitra.get(f"{SHARED}/classes")
    body = answer.json()
    assert (body["municipality_no"], body["k"], body["release"], body["next"]) == ("5014", 5, QUARTER, None)
    assert body["stands_until"] == begins_on(period_of(clock.today()) + 1).isoformat()
    (one,) = body["classes"]
    told = {name for name, value in one.items() if value is not None}
    assert told == {"handle", "occupation", "norwegian", "education", "size_band"}
    assert one["size_band"] in ("5–9", "10–19")
    assert "link" not in answer.headers
    assert "read_classes agreement" in froya.audited()


def test_classes_are_filtered_by_what_they_tell(froya: Town, hitra: Asking) -> None:
    kinds(froya)
    every = hitra.classes()
    assert len(every) == 2
    (accounting,) = (one for one in every if one["occupation"].startswith("3313"))
    for query in ("occupation=33", "norwegian=B2", f"education={accounting['education']}"):
        assert hitra.get(f"{SHARED}/classes?{query}").json()["classes"] == [accounting], query
    for query in ("occupation=9", "norwegian=B", "education=none"):
        assert hitra.get(f"{SHARED}/classes?{query}").json()["classes"] == []
    for wrong in ("occupation=x", "limit=0", "limit=501", f"norwegian={'x' * 13}", f"cursor={'x' * 65}"):
        assert hitra.get(f"{SHARED}/classes?{wrong}").status_code == 422, wrong


def test_pages_follow_each_other_with_the_filter(froya: Town, hitra: Asking) -> None:
    kinds(froya)
    first = hitra.get(f"{SHARED}/classes?limit=1&education=6")
    assert first.json()["next"] is None
    first = hitra.get(f"{SHARED}/classes?limit=1")
    address = first.headers["link"].removesuffix('>; rel="next"').removeprefix("<")
    second = hitra.get(address)
    assert "link" not in second.headers
    assert first.json()["classes"] + second.json()["classes"] == hitra.classes()
    unknown = hitra.get(f"{SHARED}/classes?cursor={'0' * 32}")
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "cursor")


@pytest.mark.parametrize("path", ["classes", "skill-groups"])
def test_what_is_unchanged_is_not_sent_again(froya: Town, hitra: Asking, path: str) -> None:
    froya.accountants()
    first = hitra.get(f"{SHARED}/{path}")
    assert first.headers["cache-control"] == "private, no-cache"
    same = hitra.get(f"{SHARED}/{path}", **{"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    other = hitra.get(f"{SHARED}/{path}", **{"If-None-Match": '"something else"'})
    assert (other.status_code, other.json()) == (200, first.json())


def test_before_the_first_release_there_is_nothing(froya: Town, hitra: Asking) -> None:
    with froya.session() as session:
        agreement(session, k=7)
    body = hitra.get(f"{SHARED}/classes").json()
    assert (body["k"], body["release"], body["stands_until"], body["classes"]) == (7, None, None, [])
    assert hitra.get(f"{SHARED}/skill-groups").json()["groups"] == []
    assert hitra.get(f"{SHARED}/tombstones").json()["tombstones"] == []


def test_skill_groups_are_of_the_municipality_and_name_no_skill(froya: Town, hitra: Asking) -> None:
    froya.accountants()
    body = hitra.get(f"{SHARED}/skill-groups").json()
    assert body["groups"]
    for one in body["groups"]:
        assert set(one) == {"groups", "size_band"}
        assert 1 <= len(one["groups"]) <= 2


def test_a_class_that_fell_is_a_tombstone_and_the_release_ends_what_came_before(froya: Town, hitra: Asking) -> None:
    people = froya.accountants()
    (before,) = hitra.classes()
    with froya.session() as session:
        for one in people[4:]:
            town.consent(session, one.id, granted=False)
    assert hitra.classes() == []
    stones = hitra.get(f"{SHARED}/tombstones").json()["tombstones"]
    assert [(one["kind"], one["id"]) for one in stones] == [("release", QUARTER), ("class", before["handle"])]
    assert stones[1]["ended_on"] == clock.today().isoformat()
    assert {"withdraw_classes release", "read_tombstones agreement"} <= set(froya.audited())


REFUSED: list[Any] = [
    (Role.NEIGHBOUR, "5055"), (Role.COORDINATOR, None), (Role.ADMINISTRATOR, None), (Role.DPO, None),
    (Role.JOB_SERVICE, None),
]  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_has_no_agreement_or_another_role_reads_nothing(froya: Town, asking: Make) -> None:
    froya.accountants()
    for role, recipient_no in REFUSED:
        for path in ("classes", "skill-groups", "tombstones", "vacancies", "contact-requests"):
            assert asking(role, recipient_no).get(f"{SHARED}/{path}").status_code == 403, (role, path)


def test_an_agreement_that_is_over_or_revoked_tells_nothing_at_all(
    froya: Town, hitra: Asking, administrator: Asking
) -> None:
    froya.accountants()
    request = hitra.request()
    (made,) = administrator.get("/api/v1/agreements").json()["items"]
    paths = [
        "classes",
        "skill-groups",
        "tombstones",
        "vacancies",
        "contact-requests",
        f"contact-requests/{request['id']}",
    ]
    assert {hitra.get(f"{SHARED}/{one}").status_code for one in paths} == {200}
    assert administrator.delete(f"/api/v1/agreements/{made['id']}", 1).status_code == 200
    assert {hitra.get(f"{SHARED}/{one}").status_code for one in paths} == {403}


def test_a_new_quarter_has_new_handles(froya: Town, hitra: Asking, coordinator: Asking) -> None:
    froya.accountants()
    (before,) = hitra.classes()
    with froya.session() as session, clock.moved(by=timedelta(days=100)):
        publishing.release(session, system_actor(FROYA), froya.state.sealer)
    (after,) = hitra.classes()
    assert {**after, "handle": ""} == {**before, "handle": ""}
    assert after["handle"] != before["handle"]
    wish = {"title": "x", "contact_name": "y", "contact_phone": "1", "class_handle": before["handle"]}
    assert hitra.post(f"{SHARED}/contact-requests", wish).status_code == 404
    assert coordinator.get("/api/v1/contact-requests").json()["items"] == []
