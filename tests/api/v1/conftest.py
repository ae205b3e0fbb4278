"""A small town that shares, and neighbours who ask over HTTP, for the tests of sharing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, select

from api.state import State
from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.people.tables import Person
from tests.contacts import town
from tests.factories import FROYA, HITRA

Headers = dict[str, str]
SHARED = "/api/v1/shared"
OPENING = {
    "title": "Regnskapsfører",
    "skills": [{"label": "regnskap"}],
    "languages": [{"language": "nor", "minimum": "B1"}],
}
WISH = {"title": "Regnskapsfører", "contact_name": "Hilde Hitterdal", "contact_email": "hilde@hitra.example"}


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who asks over HTTP with her own token."""

    client: TestClient
    headers: Headers

    def get(self, path: str, **more: str) -> Response:
        return self.client.get(path, headers={**self.headers, **more})

    def post(self, path: str, body: Any = None, **more: str) -> Response:
        return self.client.post(path, json=body, headers={**self.headers, **more})

    def patch(self, path: str, body: Any, version: int | None = None) -> Response:
        return self.client.patch(path, json=body, headers=self._matching(version))

    def delete(self, path: str, version: int | None = None) -> Response:
        return self.client.delete(path, headers=self._matching(version))

    def _matching(self, version: int | None) -> Headers:
        return self.headers if version is None else {**self.headers, "If-Match": f'"{version}"'}

    def classes(self) -> list[dict[str, Any]]:
        return list(self.get(f"{SHARED}/classes").json()["classes"])

    def vacancy(self, **fields: Any) -> dict[str, Any]:
        """A vacancy that she posts."""
        answer = self.post(f"{SHARED}/vacancies", {**OPENING, **fields})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def request(self, **named: Any) -> dict[str, Any]:
        """Her request for contact: by a posted vacancy, where no class is named."""
        named = named or {"vacancy_id": self.vacancy()["id"]}
        answer = self.post(f"{SHARED}/contact-requests", {**WISH, **named})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def contacts(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return list(self.get(f"{SHARED}/contact-requests/{request['id']}").json()["contacts"])


@dataclass(frozen=True, slots=True)
class Town:
    """Frøya of the tests, past its interface."""

    state: State

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.state.database.session(FROYA) as opened:
            yield opened

    def accountants(self, number: int = town.ALIKE) -> list[Person]:
        """So many who share, an agreement with Hitra, and a release."""
        with self.session() as session:
            return town.accountants(session, number, self.state.sealer)

    def audited(self) -> list[str]:
        """Every step in the audit trail, oldest first."""
        with self.state.database.session(FROYA, write=False) as session:
            events = session.exec(select(AuditEvent).order_by(AuditEvent.seq))  # type: ignore[arg-type]
            return [f"{one.action} {one.record_type}" for one in events]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers on a beat that nobody waits for."""
    monkeypatch.setattr("api.beat.STEP", 0.001)


@pytest.fixture
def froya(state: State, quick: None) -> Town:
    return Town(state)


@pytest.fixture
def asking(client: TestClient, bearer: Callable[..., Headers]) -> Callable[..., Asking]:
    """Makes whoever asks: a role of Frøya's own, or a neighbour."""

    def make(role: Role, recipient_no: str | None = None) -> Asking:
        return Asking(client, bearer(role, recipient_no=recipient_no))

    return make


@pytest.fixture
def hitra(asking: Callable[..., Asking]) -> Asking:
    return asking(Role.NEIGHBOUR, HITRA)


@pytest.fixture
def coordinator(asking: Callable[..., Asking]) -> Asking:
    return asking(Role.COORDINATOR)


@pytest.fixture
def administrator(asking: Callable[..., Asking]) -> Asking:
    return asking(Role.ADMINISTRATOR)
