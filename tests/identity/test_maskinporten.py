"""Tokens of Maskinporten, from a real issuer over HTTP: what opens, and every forgery that must not."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws, jwt
from joserfc.jwk import RSAKey

from kompetanse import clock
from kompetanse.errors import InvalidToken, Unavailable
from kompetanse.identity.issuer_keys import PAUSE
from kompetanse.identity.maskinporten import Maskinporten, open_maskinporten
from kompetanse.settings import Settings
from tests.factories import FROYA
from tests.support.issuer import HITRA_ORGANISATION, SCOPE, Issuer, new_key, serve

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ é\x00"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with serve() as served:
        yield served


@pytest.fixture(scope="module")
def reader(issuer: Issuer) -> Maskinporten:
    opened = open_maskinporten(settings(issuer))
    assert opened is not None
    return opened


def settings(issuer: Issuer, **other: Any) -> Settings:
    stated = {"maskinporten_issuer": issuer.url, "maskinporten_scopes": {FROYA: SCOPE}, **other}
    return Settings(_env_file=None, **stated)


def encoded(part: object) -> str:
    content = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def mac(key: bytes, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A token signed with a text as secret, as somebody would who takes the public key for one."""
    signed = f"{encoded(header)}.{encoded(claims)}"
    return f"{signed}.{encoded(hmac.new(key, signed.encode(), hashlib.sha256).digest())}"


def refused(reader: Maskinporten, token: str) -> None:
    with pytest.raises(InvalidToken):
        reader.read(token)


def test_a_good_token_tells_for_whom_it_speaks_and_may_be_sent_again(issuer: Issuer, reader: Maskinporten) -> None:
    token = issuer.token()
    for _ in range(3):
        consumer = reader.read(token)
        assert (consumer.organisation_no, consumer.municipality_no) == (HITRA_ORGANISATION, FROYA)


def test_without_scopes_there_is_no_maskinporten() -> None:
    assert open_maskinporten(Settings(_env_file=None)) is None


def test_a_token_ends(issuer: Issuer, reader: Maskinporten) -> None:
    token = issuer.token()
    with clock.moved(by=timedelta(seconds=125)):
        reader.read(token)
    with clock.moved(by=timedelta(seconds=131)):
        refused(reader, token)


def test_an_audience_is_asked_for_where_it_is_configured(issuer: Issuer) -> None:
    reader = open_maskinporten(settings(issuer, maskinporten_audience="https://kompetanse.example/"))
    assert reader is not None
    reader.read(issuer.token(aud="https://kompetanse.example/"))
    refused(reader, issuer.token(aud="https://other.example/"))
    refused(reader, issuer.token())


def test_an_issuer_without_its_slash_is_another_issuer(issuer: Issuer, reader: Maskinporten) -> None:
    refused(reader, issuer.token(iss=issuer.url.rstrip("/")))


def test_keys_are_rotated_without_anybody_noticing() -> None:
    with serve() as issuer:
        reader = open_maskinporten(settings(issuer))
        assert reader is not None
        old = issuer.token()
        reader.read(old)
        issuer.rotate(keep=1)
        with clock.moved(by=timedelta(seconds=PAUSE + 1)):
            reader.read(issuer.token())
            reader.read(old)


def test_a_key_that_the_issuer_does_not_publish_signs_nothing(issuer: Issuer, reader: Maskinporten) -> None:
    stranger, ours = new_key(), issuer.keys[0]
    refused(reader, issuer.token(stranger))
    named = RSAKey.import_key(stranger.as_dict(private=True), {"kid": str(ours.kid)})
    refused(reader, issuer.token(named))


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
def test_the_same_key_with_another_algorithm_signs_nothing(issuer: Issuer, algorithm: str) -> None:
    key = RSAKey.import_key({k: v for k, v in issuer.keys[0].as_dict(private=True).items() if k != "alg"})
    reader = open_maskinporten(settings(issuer))
    assert reader is not None
    refused(reader, issuer.token(key, algorithm))


def test_the_public_key_is_no_secret(issuer: Issuer, reader: Maskinporten) -> None:
    """Algorithm confusion: HS256 with what everybody knows (RFC 8725 § 2.1)."""
    key, header = issuer.keys[0], {"alg": "HS256", "kid": issuer.keys[0].kid}
    texts = (json.dumps(key.as_dict(private=False)), str(key.as_dict(private=False)["n"]))
    for secret in (key.as_pem(private=False), key.as_der(private=False), *(text.encode() for text in texts)):
        refused(reader, mac(secret, header, issuer.claims()))
        refused(reader, mac(secret, {**header, "alg": "RS256"}, issuer.claims()))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, 7, ["RS256"], {"a": 1}])
def test_a_token_that_says_how_it_wants_to_be_checked_is_refused(
    issuer: Issuer, reader: Maskinporten, algorithm: object
) -> None:
    header = encoded({"alg": algorithm, "kid": issuer.keys[0].kid})
    for signature in ("", encoded(b"x" * 256), issuer.token().rpartition(".")[2]):
        refused(reader, f"{header}.{encoded(issuer.claims())}.{signature}")


def test_keys_and_addresses_in_the_header_are_not_followed(issuer: Issuer, reader: Maskinporten) -> None:
    with serve() as stranger:
        key = stranger.keys[0]
        for more in ({"jwk": key.as_dict(private=False)}, {"jku": f"{stranger.url}jwk"}, {"x5u": f"{stranger.url}jwk"}):
            for kid in (key.kid, issuer.keys[0].kid):
                refused(reader, jwt.encode({"alg": "RS256", "kid": kid, **more}, issuer.claims(), key))
        assert stranger.asked == 0


@pytest.mark.parametrize("kid", [None, "", 7, "unknown"])
def test_a_token_names_the_key_that_signed_it(issuer: Issuer, reader: Maskinporten, kid: object) -> None:
    head = encoded({"alg": "RS256"} | ({"kid": kid} if kid is not None else {}))
    _, body, signature = issuer.token().split(".")
    refused(reader, f"{head}.{body}.{signature}")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"7", b"no", b"\xff", b'"text"'])
def test_a_signature_over_what_is_no_claims_is_refused(issuer: Issuer, reader: Maskinporten, body: bytes) -> None:
    key = issuer.keys[0]
    refused(reader, jws.serialize_compact({"alg": "RS256", "kid": str(key.kid)}, body, key))


def test_headers_that_nobody_knows_are_ignored_and_critical_ones_are_not(issuer: Issuer, reader: Maskinporten) -> None:
    key = issuer.keys[0]
    header = {"alg": "RS256", "kid": key.kid}
    parts = [encoded({**header, "new": "thing"}), encoded(issuer.claims())]
    reader.read(signed(key, parts))
    refused(reader, signed(key, [encoded({**header, "new": "thing", "crit": ["new"]}), parts[1]]))


def signed(key: RSAKey, parts: list[str]) -> str:
    text = ".".join(parts)
    return f"{text}.{encoded(key.private_key.sign(text.encode(), PKCS1v15(), SHA256()))}"  # type: ignore[union-attr]


def test_without_the_issuer_s_keys_nobody_can_say(issuer: Issuer) -> None:
    reader = open_maskinporten(settings(issuer, maskinporten_issuer="http://127.0.0.1:9/"))
    assert reader is not None
    with pytest.raises(Unavailable):
        reader.read(issuer.token())


def test_a_token_that_is_changed_in_any_place_is_refused(issuer: Issuer, reader: Maskinporten) -> None:
    token = issuer.token()

    @given(place=st.integers(0, len(token) - 1), letter=st.sampled_from(LETTERS))
    def changed(place: int, letter: str) -> None:
        if letter != token[place]:
            refused_or_unknown(reader, token[:place] + letter + token[place + 1 :])

    @given(place=st.integers(0, len(token)), letter=st.sampled_from(LETTERS))
    def lengthened(place: int, letter: str) -> None:
        refused_or_unknown(reader, token[:place] + letter + token[place:])

    @given(place=st.integers(0, len(token) - 1))
    def shortened(place: int) -> None:
        refused_or_unknown(reader, token[:place] + token[place + 1 :])

    changed()
    lengthened()
    shortened()


def test_every_last_letter_but_its_own_breaks_the_signature(issuer: Issuer, reader: Maskinporten) -> None:
    """Some bits of the last letter mean nothing in base64url; they are no room for a second token."""
    token = issuer.token()
    for letter in LETTERS:
        if letter != token[-1]:
            refused(reader, token[:-1] + letter)


def refused_or_unknown(reader: Maskinporten, token: str) -> None:
    """Refused, or not to be judged because the key id is another one now; never read."""
    with pytest.raises((InvalidToken, Unavailable)):
        reader.read(token)


@pytest.mark.parametrize("deep", [100, 300, 90_000])
def test_neither_depth_nor_length_breaks_the_reader(reader: Maskinporten, deep: int) -> None:
    nest = encoded(b'{"alg":"RS256","kid":' + b"[" * deep + b"]" * deep + b"}")
    refused(reader, f"{nest}.{nest}.{nest}")


@given(st.text(alphabet=LETTERS, max_size=80))
def test_no_text_breaks_the_reader(reader: Maskinporten, text: str) -> None:
    refused(reader, text)


@given(
    st.dictionaries(
        st.sampled_from(["alg", "kid", "typ", "crit", "b64", "jwk", "jku", "x5c", "enc"]),
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.text(max_size=5), max_size=2),
        max_size=4,
    )
)
def test_no_header_breaks_the_reader(reader: Maskinporten, header: dict[str, Any]) -> None:
    refused(reader, f"{encoded({'alg': 'RS256', 'kid': 'x', **header})}.{encoded({})}.{encoded(b'x')}")
