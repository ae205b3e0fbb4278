"""The pages as a browser without JavaScript meets them: log in, follow links, send forms."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.state import State
from kompetanse.actor import Role, system_actor
from kompetanse.identity import service as identity
from kompetanse.people import service as people
from kompetanse.people.rules import PersonFields
from tests.factories import FROYA

PASSWORD = "en setning som bare jeg skriver"
ORIGIN = {"Origin": "http://testserver"}


@dataclass(slots=True)
class Browser:
    """Somebody in front of the pages."""

    client: TestClient
    state: State

    def get(self, path: str) -> Response:
        """Open a page."""
        return self.client.get(path)

    def post(self, path: str, **fields: object) -> Response:
        """Send a form as the page at hand would, with its token unless `csrf` is another."""
        token = fields.pop("csrf", None)
        form = {"csrf_token": self.token() if token is None else token, **fields}
        return self.client.post(path, data=form, headers=ORIGIN, follow_redirects=False)

    def upload(self, name: str, content: bytes, to: str = "/import", /, **fields: str) -> Response:
        """Send the import form, or another, with a file; follows to the page that tells how it went."""
        form = {"csrf_token": self.token(), **fields}
        return self.client.post(to, data=form, files={"file": (name, content)}, headers=ORIGIN)

    def token(self) -> str:
        """The token that this session's forms carry."""
        found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', self.get("/").text)
        return found[1] if found else ""

    def register(self, municipality_no: str = FROYA, **fields: object) -> UUID:
        """A newcomer, registered beside the pages."""
        stated = {"given_name": "Rasa", "family_name": "Kazlauskienė", **fields}
        with self.state.database.session(municipality_no) as session:
            record = people.register(
                session,
                system_actor(municipality_no),
                PersonFields(**stated),  # type: ignore[typeddict-item]
                despite_duplicates=True,
            )
        return record.person.id


@pytest.fixture
def visitor(client: TestClient, state: State) -> Callable[..., Browser]:
    """Makes a browser in which somebody with these roles is logged in; nobody when none is named.

    Somebody of another municipality sits in front of a browser of her own.
    """

    def log_in(
        *roles: Role, unit: str | None = None, email: str = "kari@froya.example", municipality_no: str = FROYA
    ) -> Browser:
        own = client if municipality_no == FROYA else TestClient(client.app)
        browser = Browser(own, state)
        if roles:
            with state.database.session(municipality_no) as session:
                identity.add_account(
                    session,
                    system_actor(municipality_no),
                    email=email,
                    name="Kari Koordinator",
                    password=PASSWORD,
                    roles=list(roles),
                    unit=unit,
                )
            answer = own.post(
                "/log-in", data={"email": email, "password": PASSWORD}, headers=ORIGIN, follow_redirects=False
            )
            assert answer.status_code == 303, answer.text
        return browser

    return log_in


@pytest.fixture
def coordinator(visitor: Callable[..., Browser]) -> Browser:
    """A browser in which the coordinator is logged in."""
    return visitor(Role.COORDINATOR)
