"""Signatures and waits, as the Standard Webhooks specification has them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.contacts.signing import JITTER, WAITS, Outcome, new_secret, outcome, signature, wait


def test_a_signature_is_that_of_the_libraries() -> None:
    """The example in the tests of the specification's own libraries."""
    body = b'{"test": 2432232314}'
    signed = signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_no_two_secrets_are_the_same() -> None:
    assert len({new_secret() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("status", "attempts", "expected"),
    [
        (200, 1, Outcome.DELIVERED),
        (204, 10, Outcome.DELIVERED),
        (302, 1, Outcome.AGAIN),
        (404, 1, Outcome.AGAIN),
        (500, 9, Outcome.AGAIN),
        (None, 9, Outcome.AGAIN),
        (500, 10, Outcome.GIVEN_UP),
        (None, 11, Outcome.GIVEN_UP),
        (410, 1, Outcome.GONE),
    ],
)
def test_what_an_answer_means(status: int | None, attempts: int, expected: Outcome) -> None:
    assert outcome(status, attempts) is expected


@given(st.integers(1, 20), st.floats(0, 1))
def test_waits_grow_and_jitter_only_lengthens(attempts: int, chance: float) -> None:
    waited = wait(attempts, chance)
    assert WAITS[0] <= wait(attempts, 0) <= waited <= wait(attempts, 0) * (1 + JITTER) + timedelta(microseconds=1)
    assert wait(attempts, 1) <= wait(attempts + 1, 1)


def test_a_message_is_tried_for_some_three_days() -> None:
    assert timedelta(days=3) <= sum(WAITS, timedelta()) <= timedelta(days=3.5)
