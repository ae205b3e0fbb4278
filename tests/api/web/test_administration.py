"""The administrator's first page, and what she changes of an account."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import select

from kompetanse.actor import Role
from kompetanse.identity.tables import StaffAccount
from tests import factories
from tests.api.web.conftest import Browser
from tests.factories import FROYA

Visitors = Callable[..., Browser]


@pytest.fixture
def administrator(visitor: Visitors) -> Browser:
    return visitor(Role.ADMINISTRATOR, email="admin@froya.example")


def account(browser: Browser, email: str) -> StaffAccount:
    with browser.state.database.session(FROYA) as session:
        return session.exec(select(StaffAccount).where(StaffAccount.email == email)).one()


def test_the_page_says_how_everything_stands_before_anything_is_there(administrator: Browser) -> None:
    html = administrator.get("/administration").text
    for told in ("1 kan logge inn", "0 systemer har tilgang", "0 avtaler gjelder", "som de kom", "0 egne ord"):
        assert told in html, told
    for told in ("er ikke hentet ennå", "ingen filer er lest inn", "ingen fil er laget", "ingen er laget"):
        assert told in html, told


def test_the_page_counts_what_is_there(administrator: Browser) -> None:
    with administrator.state.database.session(FROYA) as session:
        factories.agreement(session)
    administrator.post("/accounts/clients", name="Portalen", roles=["coordinator"])
    administrator.post("/accounts", name="Nils Ny", email="nils@froya.example", roles=["coordinator"])
    administrator.post(f"/accounts/{account(administrator, 'nils@froya.example').id}/close")
    html = administrator.get("/administration").text
    for told in ("1 kan logge inn", "1 stengt", "1 system har tilgang", "1 avtale gjelder"):
        assert told in html, told


def test_pages_of_others_are_told_of_and_not_linked(administrator: Browser) -> None:
    html = administrator.get("/administration").text
    assert 'href="/sharing"' in html
    assert 'href="/vacancies/feed"' not in html
    assert "Siden er koordinatorens" in html


def test_accounts_tell_when_they_were_used_last(administrator: Browser) -> None:
    administrator.post("/accounts", name="Nils Ny", email="nils@froya.example", roles=["coordinator"])
    html = administrator.get("/accounts").text
    rows = {one[1]: one[0] for one in re.finditer(r"<tr>.*?([a-z]+@froya.example).*?</tr>", html, re.DOTALL)}
    assert "Aldri" in rows["nils@froya.example"]
    assert "kl." in rows["admin@froya.example"]


def test_an_account_gets_another_name_and_other_roles(administrator: Browser) -> None:
    administrator.post("/accounts", name="Nils Ny", email="nils@froya.example", roles=["coordinator"])
    nils = account(administrator, "nils@froya.example")
    assert 'value="coordinator" checked' in administrator.get(f"/accounts/{nils.id}/edit").text
    path = f"/accounts/{nils.id}/edit"
    assert administrator.post(path, name="Nils Nå", roles=["leader", "hr"], unit="Hamna").status_code == 303
    changed = account(administrator, "nils@froya.example")
    assert (changed.name, changed.roles, changed.unit) == ("Nils Nå", ["hr", "leader"], "Hamna")
    for wrong, told in (({"name": " ", "roles": ["leader"]}, "Skriv et navn"), ({"name": "Nils"}, "minst én rolle")):
        refused = administrator.post(path, **wrong)
        assert refused.status_code == 422
        assert told in refused.text


def test_nobody_takes_her_own_role(administrator: Browser) -> None:
    own = account(administrator, "admin@froya.example")
    refused = administrator.post(f"/accounts/{own.id}/edit", name="Kari", roles=["leader"])
    assert refused.status_code == 409
    assert "ta fra deg selv rollen" in refused.text
    assert administrator.post(f"/accounts/{own.id}/edit", name="Kari", roles=["administrator"]).status_code == 303


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DPO, Role.LEADER])
def test_others_are_refused(visitor: Visitors, role: Role) -> None:
    browser = visitor(role)
    own = account(browser, "kari@froya.example")
    assert browser.get("/administration").status_code == 403
    assert browser.get(f"/accounts/{own.id}/edit").status_code == 403
    assert browser.post(f"/accounts/{own.id}/edit", name="X", roles=["administrator"]).status_code == 403
