"""The whole way: Hitra lacks an accountant, and gets Rasa's name by her yes alone, until she takes it back."""

import re
from collections.abc import Callable
from random import Random
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import insert

from kompetanse import clock
from kompetanse.actor import SYSTEM_ID, Role
from kompetanse.demo.generator import Maker
from tests.api.v1.conftest import SHARED, WISH, Asking, Town
from tests.contacts import town
from tests.factories import FROYA

SAME_ORIGIN = {"Origin": "http://testserver"}
NAMES = ("Rasa", "Kazlausk", "+4790000001")
STEPS = (
    "release_classes release", "read_classes agreement", "request_match neighbour_vacancy",
    "request_contact contact_request", "list_candidates person", "ask contact_ask", "read contact_ask",
    "grant contact_ask", "hand_over person", "withdraw contact_ask", "read_tombstones agreement",
)  # fmt: skip


def settled(froya: Town) -> str:
    """Frøya: invented newcomers, and Rasa among accountants who are alike. Rasa's id."""
    with froya.session() as session:
        for batch in Maker(Random(3), FROYA, SYSTEM_ID, clock.today()).batches(60):
            for table, rows in batch.rows.items():
                session.connection().execute(insert(table), rows)
        rasa = town.rasa(session)
    froya.accountants(town.ALIKE)
    return str(rasa.id)


def nothing_of_rasa(hitra: Asking, request: dict[str, Any]) -> None:
    paths = [
        "classes",
        "skill-groups",
        "tombstones",
        "vacancies",
        "contact-requests",
        f"contact-requests/{request['id']}",
    ]
    for path in paths:
        text = hitra.get(f"{SHARED}/{path}").text
        assert not [name for name in NAMES if name in text], path


def test_hitra_gets_rasa_s_name_only_by_her_yes_and_until_she_takes_it_back(
    froya: Town, client: TestClient, hitra: Asking, coordinator: Asking, asking: Callable[..., Asking]
) -> None:
    rasa_id = settled(froya)

    # Hitra finds accounting, B1–B2, higher education.
    classes = hitra.get(f"{SHARED}/classes?occupation=33").json()["classes"]
    (accounting,) = (one for one in classes if one["occupation"].startswith("3313"))
    assert accounting["norwegian"] in ("B2", "B")
    assert accounting["education"] in ("6", "high")

    # It posts its vacancy, hears that enough fit, and asks for contact.
    assert hitra.vacancy()["found"] == "5_or_more"
    request = hitra.request(class_handle=accounting["handle"])
    nothing_of_rasa(hitra, request)

    # Frøya's coordinator sees who it could be, asks Rasa, and gives her a link.
    address = f"/api/v1/contact-requests/{request['id']}"
    found = coordinator.get(f"{address}/candidates").json()["items"]
    assert len(found) > town.ALIKE
    assert rasa_id in {one["person_id"] for one in found}
    link = coordinator.post(f"{address}/asks", {"person_id": rasa_id}).json()["path"]
    nothing_of_rasa(hitra, request)

    # Rasa reads in Lithuanian what Hitra would see, and says yes to some of it.
    page = client.get(link).text
    assert 'lang="lt"' in page
    assert "Hitra" in page
    assert "Hilde Hitterdal" in page
    yes = {"answer": "yes", "version": "1", "sections": ["work", "languages"]}
    assert client.post(link, data=yes, follow_redirects=False).status_code == 403, "from another page"
    nothing_of_rasa(hitra, request)
    assert client.post(link, data=yes, headers=SAME_ORIGIN, follow_redirects=False).status_code == 303

    # Now Hitra reads her name, how to reach her, and the two sections; Rasa sees that it did.
    (contact,) = hitra.contacts(request)
    assert (contact["given_name"], contact["contacts"][0]["value"]) == ("Rasa", "+4790000001")
    assert set(contact["profile"]) == {"work", "languages"}
    assert contact["profile"]["work"][0]["title"] == "buhalterė"
    assert clock.today().strftime("%d.%m.%Y") in client.get(link).text

    # She takes it back by the same link: Hitra sees nothing more, and is told what to delete.
    version = re.search(r'name="version" value="(\d+)"', client.get(link).text)
    assert version is not None
    taken = {"answer": "withdraw", "version": version[1]}
    assert client.post(link, data=taken, headers=SAME_ORIGIN, follow_redirects=False).status_code == 303
    nothing_of_rasa(hitra, request)
    stones = hitra.get(f"{SHARED}/tombstones").json()["tombstones"]
    assert [one["id"] for one in stones if one["kind"] == "contact"] == [contact["id"]]
    assert hitra.get(f"{SHARED}/contact-requests/{request['id']}").json() == request
    assert hitra.post(f"{SHARED}/contact-requests", {**WISH, "class_handle": accounting["handle"]}).status_code == 201

    # Every step stands in the audit log, and the log is whole.
    done = froya.audited()
    assert [one for one in STEPS if one not in done] == []
    assert asking(Role.DPO).get("/api/v1/audit/verification").json()["whole"]
