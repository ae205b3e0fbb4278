"""A person's own data over REST."""

from collections.abc import Callable

from kompetanse.actor import Role
from tests.api.v1.conftest import Asking, Town
from tests.factories import person_id


def test_a_cv_a_resume_and_everything_are_handed_out(
    froya: Town, coordinator: Asking, asking: Callable[..., Asking]
) -> None:
    with froya.session() as session:
        newcomer = person_id(session, given_name="Rasa", family_name="Kazlauskienė")
    address = f"/api/v1/people/{newcomer}/own-data"
    everything = coordinator.get(address)
    assert everything.json()["person"]["given_name"] == "Rasa"
    assert everything.headers["cache-control"] == "no-store"
    assert coordinator.get(f"{address}/resume").json()["basics"]["name"] == "Rasa Kazlauskienė"
    cv = coordinator.get(f"{address}/cv?language=lit")
    assert (cv.headers["content-type"], cv.content[:5]) == ("application/pdf", b"%PDF-")
    assert coordinator.get(f"{address}/cv?language=tir").status_code == 422
    assert asking(Role.DPO).get(address).status_code == 403
    assert coordinator.get("/api/v1/people/0193a1b2-0000-7000-8000-000000000001/own-data").status_code == 404
    assert froya.audited().count("hand_out person") == 3
