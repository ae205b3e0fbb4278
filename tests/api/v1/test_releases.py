"""Releases over REST: seen beforehand, made once a quarter, reported on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import update

from kompetanse import clock
from kompetanse.actor import Role
from kompetanse.sharing.periods import begins_on, period_name, period_of
from kompetanse.sharing.tables import ReleaseClass
from tests.api.v1.conftest import Asking, Town
from tests.contacts import town
from tests.factories import agreement

RELEASES = "/api/v1/releases"
QUARTER = period_name(period_of(clock.today()))


def people(froya: Town) -> None:
    with froya.session() as session:
        for _ in range(town.ALIKE):
            town.accountant(session)
        agreement(session, k=5)


def test_a_release_is_seen_beforehand_made_once_and_reported_on(
    froya: Town, coordinator: Asking, asking: Callable[..., Asking]
) -> None:
    people(froya)
    assert coordinator.get(RELEASES).json() == {"items": [], "broken": [], "next_on": clock.today().isoformat()}
    draft = coordinator.get(f"{RELEASES}/draft").json()
    assert (draft["period"], draft["k"], len(draft["classes"])) == (QUARTER, 5, 1)
    (shown,) = draft["classes"]
    assert {name for name, value in shown.items() if value} == {"occupation", "norwegian", "education", "size_band"}
    coarser = coordinator.get(f"{RELEASES}/draft?k=11").json()
    assert (coarser["k"], coarser["classes"], coarser["report"]["described"]) == (11, [], 0)
    assert coordinator.get(RELEASES).json()["items"] == [], "looking keeps nothing"
    made = coordinator.post(RELEASES)
    assert (made.status_code, made.json()["period"], made.json()["report"]) == (201, QUARTER, draft["report"])
    again = coordinator.post(RELEASES)
    assert (again.status_code, again.json()["type"]) == (409, "urn:kompetanse:problem:conflict")
    listed = asking(Role.DPO).get(RELEASES).json()
    assert listed["items"] == [made.json()]
    assert listed["next_on"] == begins_on(period_of(clock.today()) + 1).isoformat()
    assert {"preview_classes release", "release_classes release", "list release"} <= set(froya.audited())


def test_two_who_release_at_once_make_one(froya: Town, coordinator: Asking) -> None:
    people(froya)
    with ThreadPoolExecutor(3) as several:
        answers = list(several.map(lambda _: coordinator.post(RELEASES).status_code, range(3)))
    assert sorted(answers) == [201, 409, 409]
    listed = coordinator.get(RELEASES).json()
    assert (len(listed["items"]), listed["broken"]) == (1, [])


def test_a_report_holds_counts_and_names_nobody(froya: Town, coordinator: Asking) -> None:
    people(froya)
    report = coordinator.post(RELEASES).json()["report"]
    assert report["k_reached"] >= 5
    assert report["prosecutor_risk"] <= 0.2
    assert report["described"] + sum(report["undescribed"].values()) == report["people"] == town.ALIKE
    assert "Prøve" not in str(report)


def test_a_row_that_somebody_changed_is_named(froya: Town, coordinator: Asking) -> None:
    people(froya)
    coordinator.post(RELEASES)
    assert coordinator.get(RELEASES).json()["broken"] == []
    with froya.session() as session:
        session.execute(update(ReleaseClass).values(norwegian="any"))
    assert coordinator.get(RELEASES).json()["broken"] == [QUARTER]


def test_k_below_the_floor_is_refused_and_who_may_not_release_does_not(
    froya: Town, coordinator: Asking, asking: Callable[..., Asking], hitra: Asking
) -> None:
    for k in ("4", "1001", "x"):
        assert coordinator.get(f"{RELEASES}/draft?k={k}").status_code == 422
    for who in (asking(Role.DPO), asking(Role.ADMINISTRATOR)):
        assert who.get(f"{RELEASES}/draft").status_code == 200
        assert who.post(RELEASES).status_code == 403
    for path in (RELEASES, f"{RELEASES}/draft"):
        assert hitra.get(path).status_code == 403
