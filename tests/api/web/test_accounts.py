import re
from collections.abc import Callable

import pytest
from sqlmodel import select

from kompetanse.actor import Role
from kompetanse.identity.tables import ApiClient, StaffAccount
from tests.api.web.conftest import ORIGIN, PASSWORD, Browser
from tests.factories import HITRA

Visitors = Callable[..., Browser]
NEW = {"name": "Nils Ny", "email": "nils@froya.example", "roles": ["coordinator"]}


@pytest.fixture
def administrator(visitor: Visitors) -> Browser:
    """The administrator at work."""
    return visitor(Role.ADMINISTRATOR, email="admin@froya.example")


def secret(html: str) -> str:
    """What a page shows once."""
    found = re.search(r"Passord eller hemmelighet</dt><dd><span[^>]*>([^<]+)<", html)
    assert found is not None
    return str(found[1])


def log_in(browser: Browser, email: str, password: str) -> int:
    form = {"email": email, "password": password}
    return int(browser.client.post("/log-in", data=form, headers=ORIGIN, follow_redirects=False).status_code)


def row(browser: Browser, text: str) -> str:
    """The row of the tables that holds a text."""
    rows: list[str] = re.findall(r"<tr>.*?</tr>", browser.get("/accounts").text, re.DOTALL)
    return next(one for one in rows if text in one)


def test_an_account_is_made_with_a_password_that_is_shown_once_and_works(administrator: Browser) -> None:
    made = administrator.post("/accounts", **NEW)
    assert made.status_code == 200
    password = secret(made.text)
    assert "Koordinator" in row(administrator, "nils@froya.example")
    assert password not in administrator.get("/accounts").text
    assert log_in(administrator, "nils@froya.example", password) == 303


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": " "}, "Skriv et navn"),
        ({"email": "nils"}, "Dette er ikke en e-postadresse"),
        ({"roles": []}, "Velg minst én rolle"),
        ({"roles": ["neighbour"]}, "Velg minst én rolle"),
        ({"roles": ["hr"]}, "hører til en enhet"),
    ],
)
def test_what_is_wrong_with_an_account_is_told_by_field(
    administrator: Browser, changed: dict[str, object], told: str
) -> None:
    refused = administrator.post("/accounts", **{**NEW, **changed})
    assert refused.status_code == 422
    assert told in refused.text


def test_an_address_has_one_account(administrator: Browser) -> None:
    administrator.post("/accounts", **NEW)
    again = administrator.post("/accounts", **NEW)
    assert again.status_code == 409
    assert "har en konto fra før" in again.text


def test_an_account_is_closed_opened_and_given_another_password(administrator: Browser) -> None:
    first = secret(administrator.post("/accounts", **NEW).text)
    path = re.search(r"/accounts/[0-9a-f-]{36}(?=/close)", row(administrator, "nils@froya.example"))
    assert path is not None
    assert administrator.post(f"{path[0]}/close").status_code == 303
    assert "Stengt" in row(administrator, "nils@froya.example")
    administrator.post(f"{path[0]}/open")
    second = secret(administrator.post(f"{path[0]}/password").text)
    assert first != second
    assert log_in(administrator, "nils@froya.example", first) == 401
    assert log_in(administrator, "nils@froya.example", second) == 303


def test_nobody_closes_her_own_account(administrator: Browser) -> None:
    with administrator.state.database.session("5014") as session:
        own = session.exec(select(StaffAccount)).one().id
    assert "/close" not in row(administrator, "admin@froya.example")
    assert administrator.post(f"/accounts/{own}/close").status_code == 409


def test_a_system_gets_a_key_that_is_shown_once_and_stops_at_once(administrator: Browser) -> None:
    made = administrator.post("/accounts/clients", name="Hitra", roles=["neighbour"], recipient_no=HITRA)
    with administrator.state.database.session("5014") as session:
        client_id = session.exec(select(ApiClient)).one().client_id
    grant = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret(made.text)}
    assert administrator.client.post("/api/v1/oauth/token", data=grant).status_code == 200
    assert "Hitra" in row(administrator, client_id)
    assert administrator.post(f"/accounts/clients/{client_id}/stop").status_code == 303
    assert administrator.client.post("/api/v1/oauth/token", data=grant).status_code == 401
    assert "Stanset" in row(administrator, client_id)


def test_a_neighbours_key_names_its_municipality(administrator: Browser) -> None:
    refused = administrator.post("/accounts/clients", name="Hitra", roles=["neighbour"])
    assert refused.status_code == 422
    assert "Velg kommune for en nabokommune" in refused.text


def test_everybody_changes_her_own_password(coordinator: Browser) -> None:
    better = "en helt annen setning"
    wrong = coordinator.post("/password", current="feil passord her", password=better, repeated=better)
    assert "ikke passordet du har nå" in wrong.text
    unlike = coordinator.post("/password", current=PASSWORD, password=better, repeated=better + "!")
    assert "De to er ikke like" in unlike.text
    short = coordinator.post("/password", current=PASSWORD, password="kort", repeated="kort")
    assert "12 til 256 tegn" in short.text
    for refused in (wrong, unlike, short):
        assert refused.status_code == 422
        assert better not in refused.text
    done = coordinator.post("/password", current=PASSWORD, password=better, repeated=better)
    assert done.status_code == 303
    assert coordinator.get("/people").status_code == 200  # this session goes on
    assert log_in(coordinator, "kari@froya.example", PASSWORD) == 401
    assert log_in(coordinator, "kari@froya.example", better) == 303


def test_only_the_administrator_has_the_page(coordinator: Browser) -> None:
    assert coordinator.get("/accounts").status_code == 403
    assert coordinator.post("/accounts", **NEW).status_code == 403
    assert 'href="/accounts"' not in coordinator.get("/").text
