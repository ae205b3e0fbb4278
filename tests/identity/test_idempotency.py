"""A request with a key is done once."""

import pytest
from sqlmodel import Session

from kompetanse.errors import Invalid
from kompetanse.identity.idempotency import once
from kompetanse.ids import new_id
from tests.factories import actor


def test_the_same_request_makes_one_thing_and_names_it_again(session: Session) -> None:
    who = actor()
    made = once(session, who, "key", "hash", new_id)
    session.flush()
    assert once(session, who, "key", "hash", new_id) == made


def test_one_key_cannot_stand_for_two_requests(session: Session) -> None:
    who = actor()
    once(session, who, "key", "hash", new_id)
    session.flush()
    with pytest.raises(Invalid) as caught:
        once(session, who, "key", "other", new_id)
    assert caught.value.faults[0].pointer == "Idempotency-Key"


def test_another_actor_s_key_of_the_same_name_is_another(session: Session) -> None:
    assert once(session, actor(), "key", "hash", new_id) != once(session, actor(), "key", "hash", new_id)


def test_what_could_not_be_made_can_be_tried_again_with_its_key(session: Session) -> None:
    who = actor()

    def refuse() -> None:
        raise Invalid

    with pytest.raises(Invalid):
        once(session, who, "key", "hash", refuse)  # type: ignore[arg-type]
    assert once(session, who, "key", "hash", new_id) == once(session, who, "key", "hash", new_id)
