"""Olena on her own phone, let in by a link that the coordinator made on a page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.state import State
from kompetanse.personal_links import service
from tests.api.web.conftest import ORIGIN, Browser
from tests.factories import FROYA, actor

TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')


@dataclass(slots=True)
class Phone:
    """A browser of somebody's own."""

    client: TestClient
    person_id: UUID

    def get(self, path: str = "/my/", **headers: str) -> Response:
        """Open a page; follows to where it leads."""
        return self.client.get(path, headers=headers)

    def post(self, path: str, **fields: object) -> Response:
        """Send a form as her page would, with the token of her device unless `csrf` is another."""
        token = fields.pop("csrf", None)
        form = {"csrf_token": self.token() if token is None else token, **fields}
        return self.client.post(path, data=form, headers=ORIGIN, follow_redirects=False)

    def token(self) -> str:
        """The token that her forms carry."""
        found = TOKEN.search(self.get("/my/leaving").text)
        return found[1] if found else ""

    def version(self, path: str = "/my/profile") -> str:
        """The version that a page's form is of."""
        found = VERSION.search(self.get(path).text)
        assert found, path
        return found[1]


def secret_for(state: State, person_id: UUID, language: str = "nb") -> tuple[str, str]:
    """The secret of a new link for somebody, and the code."""
    with state.database.session(FROYA) as session:
        made = service.make(session, actor(), state.sealer, person_id, language=language, days=7)
        return made.secret, str(made.code)


@pytest.fixture
def let_in(client: TestClient, state: State) -> Callable[..., Phone]:
    """Lets somebody in on a phone of her own."""

    def open_link(person_id: UUID, language: str = "nb") -> Phone:
        phone = Phone(TestClient(client.app, raise_server_exceptions=False), person_id)
        secret, _ = secret_for(state, person_id, language)
        answer = phone.client.post(f"/my/open/{secret}", headers=ORIGIN, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/my/")
        return phone

    return open_link


@pytest.fixture
def olena(coordinator: Browser, let_in: Callable[..., Phone]) -> Phone:
    """Olena, whom the coordinator registered, on her phone."""
    return let_in(coordinator.register(given_name="Olena", family_name="Shevchenko", contact_languages=["ukr"]))
