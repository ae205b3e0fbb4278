"""Access tokens: only ours, only whole, only in their time."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from kompetanse import clock
from kompetanse.errors import Unauthenticated
from kompetanse.identity.tokens import Tokens
from kompetanse.sealing import derive_key

SECRET = b"a secret of tests, long enough for all"
tokens = Tokens(SECRET, minutes=15)


def claims(**other: Any) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    whole = {"iss": "kompetanse", "aud": "kompetanse", "sub": "c", "iat": now, "exp": now + 60, "jti": "x", **other}
    return {name: value for name, value in whole.items() if value is not None}


def signed(body: dict[str, Any], secret: bytes = SECRET, use: str = "tokens", algorithm: str = "HS256") -> str:
    key = OctKey.import_key(derive_key(secret, use))
    return jwt.encode({"alg": algorithm}, body, key, algorithms=[algorithm])


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def test_a_token_tells_whose_it_is_and_when_it_ends() -> None:
    token, seconds = tokens.issue("coordinator-1")
    client_id, ends = tokens.client_id(token)
    assert (client_id, seconds) == ("coordinator-1", 900)
    assert 0 <= ends - clock.now().timestamp() <= 900
    assert tokens.issue("coordinator-1")[0] != token


def test_a_token_ends_after_its_minutes() -> None:
    token, _ = tokens.issue("c")
    with clock.moved(by=timedelta(minutes=14, seconds=50)):
        assert tokens.client_id(token)[0] == "c"
    with clock.moved(by=timedelta(minutes=15, seconds=1)), pytest.raises(Unauthenticated):
        tokens.client_id(token)


def test_our_own_signature_is_what_the_forgeries_below_lack() -> None:
    assert tokens.client_id(signed(claims()))[0] == "c"


@pytest.mark.parametrize(
    "forged",
    [
        signed(claims(), secret=SECRET[::-1]),
        signed(claims(), use="seal"),
        signed(claims(), algorithm="HS512"),
        signed(claims(iss="somebody")),
        signed(claims(aud="somebody")),
        signed(claims(sub=None)),
        signed(claims(exp=None)),
        signed(claims(jti=None)),
        signed(claims(iat=int(clock.now().timestamp()) + 3600)),
        f"{encoded({'alg': 'none'})}.{encoded(claims())}.",
        f"{encoded({'alg': 'HS256'})}.{encoded(claims())}.",
        f"{encoded({'alg': 'HS256', 'crit': None})}.{encoded(claims())}.x",
        "a.b.c",
        "not a token",
        "",
        "æøå.æøå.æøå",
    ],
    ids=lambda token: token[:12] or "empty",
)
def test_what_is_not_ours_is_refused_without_saying_why(forged: str) -> None:
    with pytest.raises(Unauthenticated) as caught:
        tokens.client_id(forged)
    assert str(caught.value) == "The token is not valid; ask for a new one"


def test_a_changed_claim_breaks_the_signature() -> None:
    head, _, signature = tokens.issue("c")[0].split(".")
    with pytest.raises(Unauthenticated):
        tokens.client_id(f"{head}.{encoded(claims(sub='administrator'))}.{signature}")
