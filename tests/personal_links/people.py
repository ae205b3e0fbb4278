"""Somebody with a link, somebody on her device, and the clock."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor
from kompetanse.personal_links import door, service
from kompetanse.personal_links.door import Opened
from kompetanse.personal_links.service import Made
from kompetanse.sealing import Sealer
from tests.conftest import SECRET
from tests.factories import actor

SEALER = Sealer(SECRET.encode())
DAYS = 7


def invited(session: Session, person_id: UUID, who: Actor | None = None, language: str = "uk") -> Made:
    """A link for somebody."""
    return service.make(session, who or actor(), SEALER, person_id, language=language, days=DAYS)


def let_in(session: Session, person_id: UUID) -> str:
    """The token of a device that somebody was let in with."""
    opened = door.open_by_link(session, invited(session, person_id).secret, "test")
    assert isinstance(opened, Opened)
    return opened.token


def herself(session: Session, person_id: UUID) -> Actor:
    """Somebody as she acts on her own pages."""
    return door.holder(session, let_in(session, person_id), 90, "test").actor


def later(monkeypatch: pytest.MonkeyPatch, **by: float) -> None:
    """Let some time pass."""
    then = clock.now() + timedelta(**by)
    monkeypatch.setattr(clock, "now", lambda: then)
