"""From a neighbour's need to a person, on pages: Hitra tries a vacancy and asks, Frøya asks Rasa, Rasa answers."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from kompetanse.actor import Role, system_actor
from kompetanse.codes.consent import ConsentForm, ConsentPurpose
from kompetanse.contacts import announcing
from kompetanse.people import consents
from tests.api.web.conftest import ORIGIN, Browser
from tests.factories import FROYA, HITRA, agreement

CONTACT = {
    "title": "Regnskapsfører",
    "contact_name": "Hilde",
    "contact_phone": "72444000",
    "sections": ["work", "skills"],
}
SEALED = re.compile(r'name="ask_id" value="([^"]+)"><input type="hidden" name="version" value="(\d+)"')


def consent(browser: Browser, person_id: UUID, *, granted: bool = True) -> None:
    with browser.state.database.session(FROYA) as session:
        consents.record_consent(
            session,
            system_actor(FROYA),
            person_id,
            purpose=ConsentPurpose.SHARE_WITH_NEIGHBOURS,
            granted=granted,
            form=ConsentForm.ORAL,
        )


@pytest.fixture
def kari(coordinator: Browser) -> Browser:
    """Frøya's coordinator, logged in."""
    return coordinator


@pytest.fixture
def rasa(kari: Browser) -> UUID:
    """Twelve accountants who consent, Rasa among them; an agreement with Hitra, and the first release."""
    found = []
    for number in range(12):
        name = {"given_name": "Rasa", "family_name": "Kazlauskienė"} if number == 0 else {"given_name": f"Nr {number}"}
        person_id = kari.register(FROYA, may_work=True, contact_languages=["lit"], **name)
        kari.post(f"/people/{person_id}/profile/experiences", version="0", title="regnskapsfører", kind="paid")
        kari.post(f"/people/{person_id}/profile/skills", version="1", label="regnskap")
        consent(kari, person_id)
        found.append(person_id)
    with kari.state.database.session(FROYA) as session:
        agreement(session, k=5)
        announcing.release(session, system_actor(FROYA), kari.state.sealer)
    return found[0]


@pytest.fixture
def kare(rasa: UUID, visitor: Callable[..., Browser]) -> Browser:
    """Hitra's coordinator, logged in."""
    return visitor(Role.COORDINATOR, municipality_no=HITRA, email="kare@hitra.example")


def requested(kare: Browser) -> str:
    """The path of a request for contact about the one class."""
    handle = re.search(r"contact\?handle=([0-9a-f]+)", kare.get(f"/neighbours/{FROYA}").text)
    assert handle
    answer = kare.post(f"/neighbours/{FROYA}/contact", handle=handle[1], **CONTACT)
    assert answer.status_code == 303
    return answer.headers["location"].partition("?")[0]


def asked(kari: Browser, person_id: UUID, language: str = "lt") -> tuple[str, str]:
    """The page of the request at home, and the path of the link that a person is given."""
    path = re.search(r'href="(/sharing/requests/[0-9a-f-]+)"', kari.get("/sharing/requests").text)
    assert path
    html = kari.post(f"{path[1]}/ask", person_id=str(person_id), language=language).text
    link = re.search(r'value="[^"]*(/answer/[^"]+)"', html)
    assert link
    return path[1], link[1]


def test_a_neighbour_gets_a_name_only_after_a_yes_and_loses_it_when_it_is_taken_back(
    kare: Browser, kari: Browser, rasa: UUID
) -> None:
    request = requested(kare)
    home, link = asked(kari, rasa)
    assert "Ingen har sagt ja ennå" in kare.get(request).text
    page = kare.get(link).text
    assert "Hitra savivaldybė" in page
    assert 'lang="lt"' in page
    assert 'dir="rtl"' in kare.get(f"{link}?language=ar").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    said = kare.client.post(link, data={"version": version[1], "answer": "yes", "sections": ["work"]}, headers=ORIGIN)
    assert "Jūs sutikote" in said.text
    html = kare.get(request).text
    assert "Rasa Kazlauskienė" in html
    assert "regnskapsfører" in html
    assert "regnskap</li>" not in html, "she chose not to show her skills"
    assert "atidarė" in kare.get(link).text, "she sees that it was opened"
    assert "naboen åpnet det" in kari.get(f"/people/{rasa}").text
    found = SEALED.search(kari.get(home).text)
    assert found
    assert kari.post(f"{home}/withdraw", ask_id=found[1], version=found[2]).status_code == 303
    assert "Kazlauskienė" not in kare.get(request).text


def test_an_answer_in_conversation_is_kept_and_a_no_tells_nothing(kare: Browser, kari: Browser, rasa: UUID) -> None:
    request = requested(kare)
    home, link = asked(kari, rasa, "nb")
    found = SEALED.search(kari.get(home).text)
    assert found
    kari.post(f"{home}/answer", ask_id=found[1], version=found[2], yes="no")
    assert "Nei" in kari.get(home).text
    assert "Du har sagt nei" in kari.get(link).text
    html = kare.get(request).text
    assert "Ingen har sagt ja ennå" in html
    assert "Venter på svar" in html


def test_a_link_that_opens_nothing_is_no_page(coordinator: Browser) -> None:
    assert coordinator.get("/answer/nothing-like-it").status_code == 404
    assert (
        coordinator.client.post(
            "/answer/nothing-like-it", data={"answer": "yes", "version": "1"}, headers=ORIGIN
        ).status_code
        == 404
    )


def test_a_vacancy_is_tried_and_only_few_or_many_is_told(kare: Browser) -> None:
    path = f"/neighbours/{FROYA}"
    assert kare.post(f"{path}/vacancy", title="").status_code == 422
    assert kare.post(f"{path}/vacancy", title="Regnskapsfører", skills_essential="regnskap").status_code == 303
    assert kare.post(f"{path}/vacancy", title="Kirurg", styrk="2212", authorisation="auth:doctor").status_code == 303
    html = kare.get(path).text
    assert "5 eller flere passer" in html
    assert "Færre enn 5 passer" in html
    assert "Kazlauskienė" not in html


def test_a_request_for_contact_says_what_is_missing(kare: Browser) -> None:
    answer = kare.post(f"/neighbours/{FROYA}/contact", handle="x", title="", contact_name="")
    assert answer.status_code == 422
    for text in ("Skriv noe her", "Skriv en telefon eller e-post"):
        assert text in answer.text


def test_without_an_agreement_nothing_of_a_neighbour_is_seen(visitor: Callable[..., Browser]) -> None:
    kare = visitor(Role.COORDINATOR, municipality_no=HITRA, email="kare@hitra.example")
    assert "Ingen deler med oss ennå" in kare.get("/neighbours").text
    for path in ("", "/requests/01a21571-a440-70f6-8218-8171e189d6b5"):
        assert kare.get(f"/neighbours/{FROYA}{path}").status_code == 403
    assert kare.post(f"/neighbours/{FROYA}/vacancy", title="Kokk").status_code == 403
    assert kare.get("/neighbours/9999").status_code in {404, 422}


def test_agreements_are_entered_changed_and_ended_by_the_administrator(visitor: Callable[..., Browser]) -> None:
    admin = visitor(Role.ADMINISTRATOR)
    refused = admin.post("/sharing/agreements/new", recipient_no=HITRA, k="3", starts_on="")
    assert refused.status_code == 422
    made = admin.post("/sharing/agreements/new", recipient_no=HITRA, k="10", starts_on="2026-01-01", sections=["work"])
    assert made.status_code == 303
    path = made.headers["location"].partition("?")[0]
    assert admin.post(path, version="1", k="12", starts_on="2026-01-01").status_code == 303
    assert 'value="12"' in admin.get(path).text
    assert "Gjelder nå" in admin.get("/sharing").text
    assert admin.post(f"{path}/revoke", version="2").status_code == 303
    assert "Avsluttet" in admin.get(path).text


@pytest.mark.parametrize("role", [Role.LEADER, Role.HR])
def test_who_has_no_part_in_sharing_sees_none_of_it(visitor: Callable[..., Browser], role: Role) -> None:
    other = visitor(role, unit="Økonomi")
    shared = ("/sharing", "/sharing/draft", "/sharing/draft/classes", "/sharing/requests", "/sharing/agreements/new")
    for path in (*shared, "/neighbours"):
        assert other.get(path).status_code == 403


def test_a_vacancy_that_is_no_id_is_refused_and_nothing_breaks(kare: Browser) -> None:
    assert kare.post(f"/neighbours/{FROYA}/contact", vacancy="garbage", **CONTACT).status_code == 422
