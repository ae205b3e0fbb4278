from collections.abc import Callable

from kompetanse.actor import Role
from tests.api.web.conftest import Browser


def test_her_own_data_is_handed_out_from_her_page(coordinator: Browser) -> None:
    person_id = coordinator.register(contact_languages=["lit", "nor"])
    assert f'href="/people/{person_id}/own-data"' in coordinator.get(f"/people/{person_id}").text
    page = coordinator.get(f"/people/{person_id}/own-data").text
    assert '<option value="lit" selected>' in page, "her own language comes first"
    cv = coordinator.post(f"/people/{person_id}/own-data/cv", language="lit")
    assert (cv.status_code, cv.headers["content-type"], cv.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert 'filename="cv.pdf"' in cv.headers["content-disposition"]
    assert coordinator.post(f"/people/{person_id}/own-data/resume").json()["basics"]["name"] == "Rasa Kazlauskienė"
    assert (
        coordinator.post(f"/people/{person_id}/own-data/everything").json()["person"]["family_name"] == "Kazlauskienė"
    )
    assert coordinator.post(f"/people/{person_id}/own-data/other").status_code == 404


def test_who_may_not_hand_out_sees_no_such_page(visitor: Callable[..., Browser]) -> None:
    leader = visitor(Role.LEADER)
    person_id = leader.register()
    assert leader.get(f"/people/{person_id}/own-data").status_code == 403
