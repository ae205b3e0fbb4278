"""What a token of Maskinporten must say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.errors import DomainError, Forbidden, InsufficientScope, InvalidToken
from kompetanse.identity.claims import LEEWAY, LONGEST, Consumer, Terms, read_claims
from tests.factories import FROYA, HITRA
from tests.support.issuer import HITRA_ORGANISATION, SUPPLIER_ORGANISATION, organisation

NOW = 1_800_000_000
ISSUER, SCOPE, OTHER = "https://maskinporten.no/", "froya:kompetanse/klasser.read", "hitra:kompetanse/klasser.read"
TERMS = Terms(ISSUER, {SCOPE: FROYA, OTHER: HITRA})
WITH_AUDIENCE = Terms(ISSUER, {SCOPE: FROYA}, "https://kompetanse.example/")
GOOD: dict[str, Any] = {
    "iss": ISSUER,
    "scope": SCOPE,
    "consumer": organisation(HITRA_ORGANISATION),
    "iat": NOW,
    "exp": NOW + 120,
    "jti": "one",
}


def read(terms: Terms = TERMS, now: float = NOW, **other: Any) -> Consumer:
    claims = {name: value for name, value in {**GOOD, **other}.items() if value is not None}
    return read_claims(claims, terms, now)


def test_the_consumer_is_whom_the_token_speaks_for_and_its_scope_says_where() -> None:
    assert read() == Consumer(HITRA_ORGANISATION, None, FROYA, "one", NOW + 120.0)
    assert read(scope=f"openid {OTHER}").municipality_no == HITRA


def test_a_supplier_is_told_apart_from_the_consumer() -> None:
    consumer = read(supplier=organisation(SUPPLIER_ORGANISATION), delegation_source="https://www.altinn.no/")
    assert (consumer.organisation_no, consumer.supplier_no) == (HITRA_ORGANISATION, SUPPLIER_ORGANISATION)


def test_who_holds_the_client_is_not_looked_at() -> None:
    assert read(client_id="of somebody else", client_orgno="964982597", sub="somebody") == read()


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://maskinporten.no"},
        {"iss": "https://test.maskinporten.no/"},
        {"iss": "https://Maskinporten.no/"},
        {"iss": [ISSUER]},
        {"iss": None},
        {"exp": None},
        {"iat": None},
        {"jti": None},
        {"jti": ""},
        {"jti": 7},
        {"exp": str(NOW + 120)},
        {"exp": True},
        {"exp": float("nan")},
        {"exp": NOW - LEEWAY},
        {"exp": NOW + LONGEST + 1},
        {"iat": NOW + LEEWAY + 1},
        {"nbf": NOW + LEEWAY + 1},
        {"consumer": None},
        {"consumer": f"0192:{HITRA_ORGANISATION}"},
        {"consumer": {"authority": "iso6523-actorid-upis"}},
        {"consumer": {"ID": f"0192:{HITRA_ORGANISATION}"}},
        {"consumer": {"authority": "somebody", "ID": f"0192:{HITRA_ORGANISATION}"}},
        {"consumer": [organisation(HITRA_ORGANISATION)]},
        {"consumer": organisation("938772925")},
        {"consumer": organisation("938 772 924")},
        {"consumer": organisation("٩٣٨٧٧٢٩٢٤")},
        {"consumer": organisation(f"{HITRA_ORGANISATION}\n")},
        {"consumer": {"authority": "iso6523-actorid-upis", "ID": f"9908:{HITRA_ORGANISATION}"}},
        {"supplier": organisation("1")},
        {"supplier": {}},
    ],
    ids=str,
)
def test_what_is_not_said_as_it_must_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidToken):
        read(**wrong)


@pytest.mark.parametrize("scope", [None, "", "froya:kompetanse", f"{SCOPE}x", SCOPE.upper(), f"x{SCOPE}", [SCOPE]])
def test_another_scope_opens_nothing(scope: object) -> None:
    with pytest.raises(InsufficientScope):
        read(scope=scope)


def test_a_token_for_several_municipalities_opens_none() -> None:
    with pytest.raises(Forbidden, match="one at a time"):
        read(scope=f"{SCOPE} {OTHER}")


def test_clocks_may_differ_by_little() -> None:
    assert read(now=NOW + 120 + LEEWAY - 1) == read(now=NOW - LEEWAY)
    with pytest.raises(InvalidToken, match="ended"):
        read(now=NOW + 120 + LEEWAY)


@pytest.mark.parametrize("audience", [None, "unspecified", ["https://other.example/"], [], 3])
def test_where_an_audience_is_configured_a_token_for_others_is_refused(audience: object) -> None:
    with pytest.raises(InvalidToken, match="aud"):
        read(WITH_AUDIENCE, aud=audience)


@pytest.mark.parametrize("audience", ["https://kompetanse.example/", ["x", "https://kompetanse.example/"]])
def test_our_audience_is_found_alone_and_among_others(audience: object) -> None:
    assert read(WITH_AUDIENCE, aud=audience) == read()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*GOOD, "aud", "nbf", "supplier"]), ANYTHING, max_size=3))
def test_claims_of_any_shape_are_read_or_refused_and_never_break(other: dict[str, Any]) -> None:
    try:
        consumer = read_claims({**GOOD, **other}, TERMS, NOW)
    except DomainError:
        return
    assert consumer.municipality_no in {FROYA, HITRA}
    assert consumer.ends <= NOW + LEEWAY + LONGEST
