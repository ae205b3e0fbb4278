"""Sealed numbers open for their own record only, and are found without being opened."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.sealing import Sealer, derive_key

SECRET = b"a secret of tests, long enough for all"
sealer = Sealer(SECRET)


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_was_sealed_opens_again_with_its_context(text: str, context: str) -> None:
    assert sealer.unseal(sealer.seal(text, context), context) == text


def test_the_seal_hides_the_text_and_is_never_the_same_twice() -> None:
    one, other = sealer.seal("02013299997", "a"), sealer.seal("02013299997", "a")
    assert one != other
    assert b"02013299997" not in one + other


def test_a_seal_moved_to_another_record_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        sealer.unseal(sealer.seal("02013299997", "a"), "b")


def test_a_seal_of_another_secret_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        sealer.unseal(Sealer(SECRET[::-1]).seal("02013299997", "a"), "a")


@given(st.integers(min_value=0, max_value=38), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_does_not_open(position: int, change: int) -> None:
    sealed = bytearray(sealer.seal("02013299997", "a"))
    sealed[position] ^= change
    with pytest.raises(InvalidTag):
        sealer.unseal(bytes(sealed), "a")


def test_equal_numbers_are_found_within_a_municipality_and_not_across() -> None:
    assert sealer.fingerprint("02013299997", "5014") == sealer.fingerprint("02013299997", "5014")
    assert sealer.fingerprint("02013299997", "5014") != sealer.fingerprint("02013299997", "5056")
    assert sealer.fingerprint("02013299997", "5014") != sealer.fingerprint("30108299939", "5014")


def test_a_fingerprint_cannot_be_made_without_the_secret() -> None:
    assert sealer.fingerprint("1", "5014") != Sealer(SECRET[::-1]).fingerprint("1", "5014")


def test_no_key_serves_two_purposes() -> None:
    assert len({derive_key(SECRET, use) for use in ("seal", "fingerprint", "tokens")}) == 3
