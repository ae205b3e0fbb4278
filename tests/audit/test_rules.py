"""The hash chain: whatever is edited, removed, put in or moved shows, and where."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.audit.rules import GENESIS, Event, Link, chain, first_break

WHEN = datetime(2026, 3, 2, 12, 30, 15, 123456, UTC)
texts = st.text(max_size=12)
events = st.builds(
    Event,
    municipality_no=st.just("5014"),
    occurred_at=st.datetimes(timezones=st.just(UTC)),
    actor_id=st.uuids(),
    actor_kind=texts,
    purpose=texts,
    action=texts,
    record_type=texts,
    record_ids=st.lists(texts, max_size=3).map(tuple),
    fields=st.lists(texts, max_size=3).map(tuple),
    request_id=texts,
)
trails = st.lists(events, min_size=1, max_size=6).map(lambda them: chain(them, 0, GENESIS))


def event(action: str = "read") -> Event:
    return Event("5014", WHEN, UUID(int=1), "staff", "register", action, "person", ("a",), ("born",), "r")


@given(trails)
def test_a_chain_as_it_was_written_is_whole(trail: list[Link]) -> None:
    assert first_break(trail) is None
    assert first_break(iter(trail), (len(trail), trail[-1].hash)) is None


def test_an_empty_chain_is_whole() -> None:
    assert first_break([]) is None
    assert first_break([], (0, GENESIS)) is None


@given(trails, st.data())
def test_an_event_taken_out_shows_where_it_was(trail: list[Link], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(trail) - 1))
    rest = trail[:gone] + trail[gone + 1 :]
    assert first_break(rest, (len(trail), trail[-1].hash)) == gone + 1


@given(trails, events, st.data())
def test_an_event_put_in_shows_where_it_is(trail: list[Link], false: Event, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(trail)))
    forged = Link(false, place + 1, GENESIS, GENESIS)
    assert first_break([*trail[:place], forged, *trail[place:]], (len(trail), trail[-1].hash)) == place + 1


@given(trails, events, st.data())
def test_an_edited_event_shows(trail: list[Link], other: Event, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(trail) - 1))
    edited = replace(trail[place], event=other)
    broken = first_break([*trail[:place], edited, *trail[place + 1 :]])
    assert broken == (None if other == trail[place].event else place + 1)


def test_every_field_is_covered() -> None:
    (link,) = chain([event()], 0, GENESIS)
    other = {
        "municipality_no": "5056",
        "occurred_at": WHEN.replace(microsecond=0),
        "actor_id": UUID(int=2),
        "record_ids": ("b",),
        "fields": (),
    }
    for name in Event.__dataclass_fields__:
        edited = replace(link.event, **{name: other.get(name, "other")})  # type: ignore[arg-type]
        assert first_break([replace(link, event=edited)]) == 1, name


def test_rewriting_an_event_with_a_fresh_hash_breaks_the_next() -> None:
    trail = chain([event("read"), event("change"), event("read")], 0, GENESIS)
    (forged,) = chain([event("list")], 1, trail[0].hash)
    assert first_break([trail[0], forged, trail[2]]) == 3


def test_rewriting_the_last_event_or_cutting_it_off_differs_from_the_end_that_was_noted() -> None:
    trail = chain([event("read"), event("change")], 0, GENESIS)
    end = (2, trail[1].hash)
    (forged,) = chain([event("list")], 1, trail[0].hash)
    assert first_break([trail[0], forged], end) == 3
    assert first_break(trail[:1], end) == 2


def test_words_cannot_be_moved_between_fields_under_one_hash() -> None:
    one = replace(event(), record_ids=("a", "b"), fields=())
    other = replace(event(), record_ids=("a",), fields=("b",))
    assert chain([one], 0, GENESIS)[0].hash != chain([other], 0, GENESIS)[0].hash
