"""What neighbours are told, and that it is nothing about anybody."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.contacts import outbox
from kompetanse.contacts.outbox import CONTENTS, Event, contents
from kompetanse.database import Database
from kompetanse.ids import new_id
from tests.contacts.registry import agree, deliveries, publish, subscribe
from tests.factories import FROYA, HITRA

RECEIVER = "http://localhost:9/"
ABOUT_SOMEBODY = re.compile(r"person|name|born|birth|phone|mail|address|note|text|title|count|size|number$")


@pytest.fixture
def hitra(database: Database) -> None:
    agree(database)
    subscribe(database, RECEIVER)
    subscribe(database, f"{RECEIVER}other")


@pytest.mark.usefixtures("hitra")
def test_every_webhook_of_the_neighbour_gets_the_event_in_the_form_of_the_specification(database: Database) -> None:
    publish(database, period=8107)
    found = deliveries(database)
    assert len({one.webhook_id for one in found}) == len(found) == 2
    message = found[0].body
    assert message["type"] == found[0].event == "release.published"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", message["timestamp"])
    assert message["data"] == {"municipality_no": FROYA, "period": 8107}


@pytest.mark.usefixtures("hitra")
def test_nobody_else_is_told(database: Database) -> None:
    agree(database, "5055")
    with database.session(FROYA) as session:
        outbox.emit(session, FROYA, "5055", Event.RELEASE_PUBLISHED, {"period": 8107})
    with database.session(HITRA) as session:
        outbox.emit(session, HITRA, HITRA, Event.RELEASE_PUBLISHED, {"period": 8107})
    assert deliveries(database) == []


@pytest.mark.usefixtures("hitra")
def test_what_is_rolled_back_is_told_to_nobody(database: Database) -> None:
    with pytest.raises(RuntimeError), database.session(FROYA) as session:
        outbox.emit(session, FROYA, HITRA, Event.RELEASE_PUBLISHED, {"period": 8107})
        session.flush()
        raise RuntimeError
    assert deliveries(database) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("event", "body"),
    [
        (Event.RELEASE_PUBLISHED, {"person_id": new_id()}),
        (Event.CONTACT_ANSWERED, {"request_id": new_id(), "name": "Ewa"}),
        (Event.CONTACT_ANSWERED, {"state": "Ewa Nowak said yes"}),
        (Event.CONTACT_ANSWERED, {"state": "ewa@example.no"}),
        (Event.CONTACT_ANSWERED, {"request_id": new_id(), "state": "no"}),
        (Event.CLASS_WITHDRAWN, {"class_handle": ""}),
        (Event.PING, {"state": "here"}),
    ],
)
def test_a_body_holds_nothing_but_what_its_event_may(database: Database, event: Event, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="message of") as refused:
        publish(database, event, **body)
    assert "Ewa" not in str(refused.value)


def test_no_event_may_hold_a_word_about_anybody() -> None:
    assert CONTENTS.keys() == set(Event)
    assert not [name for names in CONTENTS.values() for name in names if ABOUT_SOMEBODY.search(name)]


@given(st.sampled_from(Event), st.dictionaries(st.sampled_from(["period", "state", "request_id", "x"]), st.text()))
def test_whatever_is_accepted_is_of_the_table_and_has_no_text(event: Event, body: dict[str, str]) -> None:
    try:
        data = contents(event, body)
    except ValueError:
        return
    assert data.keys() <= CONTENTS[event]
    assert not re.search(r"[\s@æøåÆØÅ]", json.dumps(list(data.values()), ensure_ascii=False, separators=(",", ":")))
