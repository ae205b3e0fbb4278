"""Keys of an issuer over HTTP: kept for a while, asked for with restraint, and used on while it is silent."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from kompetanse import clock
from kompetanse.errors import InvalidToken, Unavailable
from kompetanse.identity import issuer_keys
from kompetanse.identity.issuer_keys import KEPT, PAUSE, STALE, USUAL, IssuerKeys, usable_keys
from tests.support.issuer import Issuer, new_key, serve


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with serve() as served:
        yield served


@pytest.fixture
def keys(issuer: Issuer) -> IssuerKeys:
    return IssuerKeys(f"{issuer.url}jwk")


def kid(issuer: Issuer, place: int = 0) -> str:
    found = issuer.keys[place].kid
    assert found
    return found


def later(seconds: float) -> Any:
    return clock.moved(by=timedelta(seconds=seconds))


def test_keys_are_fetched_once_and_kept(issuer: Issuer, keys: IssuerKeys) -> None:
    for _ in range(3):
        assert keys.find(kid(issuer)).as_dict(private=False)["n"] == issuer.keys[0].as_dict(private=False)["n"]
    with later(USUAL - 1):
        keys.find(kid(issuer))
    assert issuer.asked == 1
    with later(USUAL + 1):
        keys.find(kid(issuer))
    assert issuer.asked == 2


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("max-age=300", 300),
        ("public, Max-Age=300, must-revalidate", 300),
        ("s-maxage=5", USUAL),
        ("max-age=0", KEPT.start),
        ("max-age=999999999", KEPT.stop - 1),
        ("no-store", USUAL),
    ],
)
def test_the_issuer_says_how_long_within_bounds(issuer: Issuer, keys: IssuerKeys, said: str, seconds: int) -> None:
    issuer.headers["Cache-Control"] = said
    keys.find(kid(issuer))
    with later(seconds - 2):
        keys.find(kid(issuer))
    assert issuer.asked == 1
    with later(seconds + 1):
        keys.find(kid(issuer))
    assert issuer.asked == 2


def test_a_new_key_is_found_at_once_and_a_withdrawn_one_is_gone(issuer: Issuer, keys: IssuerKeys) -> None:
    old = kid(issuer)
    keys.find(old)
    issuer.rotate(keep=1)
    with later(PAUSE + 1):
        keys.find(kid(issuer))
        keys.find(old)
    issuer.rotate()
    with later(2 * PAUSE + 2):
        keys.find(kid(issuer))
        with pytest.raises(InvalidToken):
            keys.find(old)


def test_invented_ids_do_not_hammer_the_issuer(issuer: Issuer, keys: IssuerKeys) -> None:
    keys.find(kid(issuer))
    for number in range(200):
        with pytest.raises(InvalidToken):
            keys.find(f"invented-{number}")
    assert issuer.asked == 1
    with later(PAUSE + 1):
        for number in range(200):
            with pytest.raises(InvalidToken):
                keys.find(f"invented-{number}")
    assert issuer.asked == 2


@pytest.mark.parametrize("status", [500, 503, 404, 302])
def test_known_keys_are_used_while_the_issuer_is_silent_and_not_forever(
    issuer: Issuer, keys: IssuerKeys, status: int
) -> None:
    keys.find(kid(issuer))
    issuer.status = status
    issuer.headers["Location"] = f"{issuer.url}jwk"
    with later(USUAL + 1):
        keys.find(kid(issuer))
        with pytest.raises(Unavailable):
            keys.find("not known")
    with later(USUAL + STALE - PAUSE):
        keys.find(kid(issuer))
    with later(USUAL + STALE + 1), pytest.raises(Unavailable):
        keys.find(kid(issuer))
    issuer.status = 200
    with later(USUAL + STALE + PAUSE + 2):
        keys.find(kid(issuer))


def test_an_issuer_that_never_answered_is_asked_again_after_a_pause(issuer: Issuer, keys: IssuerKeys) -> None:
    issuer.status = 500
    for _ in range(3):
        with pytest.raises(Unavailable):
            keys.find(kid(issuer))
    assert issuer.asked == 1
    issuer.status = 200
    with later(PAUSE + 1):
        keys.find(kid(issuer))


def test_nobody_at_the_address_is_as_no_answer() -> None:
    with pytest.raises(Unavailable):
        IssuerKeys("http://127.0.0.1:9/jwk").find("any")


def test_whoever_has_a_key_does_not_wait_for_whoever_asks(
    issuer: Issuer, keys: IssuerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.find(kid(issuer))
    begun, answer = threading.Event(), threading.Event()
    real = issuer_keys.fetch

    def slow(url: str) -> Any:
        begun.set()
        assert answer.wait(10)
        return real(url)

    monkeypatch.setattr(issuer_keys, "fetch", slow)
    with later(USUAL + 1):
        asking = threading.Thread(target=keys.find, args=(kid(issuer),))
        asking.start()
        assert begun.wait(10)
        keys.find(kid(issuer))
        with pytest.raises(Unavailable):
            keys.find("not known")
        answer.set()
        asking.join()
    assert issuer.asked == 2


def published(*entries: object) -> bytes:
    return json.dumps({"keys": list(entries)}).encode()


def test_only_keys_that_sign_with_rs256_are_used() -> None:
    good = new_key().as_dict(private=False)
    others: list[object] = [
        OctKey.generate_key(256, {"kid": "o"}).as_dict(private=True),
        ECKey.generate_key("P-256", {"kid": "e"}).as_dict(private=False),
        {**good, "kid": "a", "use": "enc"},
        {**good, "kid": "b", "alg": "RS512"},
        {**good, "kid": "c", "n": good["n"][:100]},
        {**good, "kid": "d", "n": "!"},
        {**good, "kid": None},
        {"kty": "RSA", "kid": "f"},
        {"kty": "AKP", "kid": "g"},
        "not a key",
    ]
    assert set(usable_keys(published(*others, good))) == {good["kid"]}


def test_a_private_key_that_was_published_is_read_as_a_public_one() -> None:
    key = new_key()
    (found,) = usable_keys(published(key.as_dict(private=True))).values()
    assert isinstance(found, RSAKey)
    assert not found.is_private


@pytest.mark.parametrize("document", [b"", b"no", b"[]", b"{}", b'{"keys": []}', b'{"keys": [{"kty": "RSA"}]}'])
def test_what_is_no_set_of_keys_is_as_no_answer(document: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        usable_keys(document)
