"""What a token of Maskinporten must say, and for whom it then speaks; knows no keys, no clock and no database.

Sources: RFC 7519 (claims), RFC 9700 (what an API must check), and Digdir's documentation of Maskinporten's tokens:
`consumer` is the organisation whose right it is and is always there, `supplier` the one that it has delegated the call
to, both as ISO 6523; `client_id` is no ground for access.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.errors import ClaimError, ExpiredTokenError
from joserfc.jwt import ClaimsOption, JWTClaimsRegistry
from stdnum.no import orgnr

from kompetanse.errors import Forbidden, InsufficientScope, InvalidToken

LEEWAY = 10
"""Seconds that two clocks may differ, as Maskinporten itself grants."""

LONGEST = 3600
"""Seconds that a token may live. Scopes in Maskinporten allow an hour at most; two minutes are usual."""

_AUTHORITY = "iso6523-actorid-upis"
_IDENTIFIER = re.compile(r"0192:([0-9]{9})")
"""ISO 6523 with 0192, the Norwegian register of units (Enhetsregisteret)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What tokens are accepted on.

    `issuer` with its slash; `scopes` from a scope to the number of the municipality that it opens; `audience` None
    where tokens name none.
    """

    issuer: str
    scopes: Mapping[str, str]
    audience: str | None = None


@dataclass(frozen=True, slots=True)
class Consumer:
    """An organisation that Maskinporten vouches for, and what it asks for.

    `municipality_no` is whose records its scope opens; `supplier_no` who calls on its behalf, None when it calls
    itself; `ends` in seconds since 1970.
    """

    organisation_no: str
    supplier_no: str | None
    municipality_no: str
    token_id: str
    ends: float


def read_claims(claims: Mapping[str, Any], terms: Terms, now: float) -> Consumer:
    """For whom a token speaks whose signature was found good; `now` in seconds since 1970.

    Raises:
        InvalidToken: it is not of this issuer, not for us, ended or of no organisation.
        InsufficientScope, Forbidden: its scopes open no municipality here, or several.
    """
    _check(claims, terms, now)
    if claims["exp"] - claims["iat"] > LONGEST:
        raise InvalidToken(f"The token lives longer than {LONGEST} seconds")
    return Consumer(
        organisation_no=_organisation(claims, "consumer"),
        supplier_no=_organisation(claims, "supplier") if claims.get("supplier") is not None else None,
        municipality_no=_municipality(claims.get("scope"), terms),
        token_id=claims["jti"],
        ends=float(claims["exp"]),
    )


def _check(claims: Mapping[str, Any], terms: Terms, now: float) -> None:
    """The registered claims. The token is signed by the issuer, so what is wrong with it may be told."""
    wanted: dict[str, ClaimsOption] = {name: {"essential": True} for name in ("exp", "iat", "jti")}
    wanted["iss"] = {"essential": True, "value": terms.issuer}
    if terms.audience is not None:
        wanted["aud"] = {"essential": True, "value": terms.audience}
    try:
        JWTClaimsRegistry(now=int(now), leeway=LEEWAY, **wanted).validate(dict(claims))
    except ExpiredTokenError as error:
        raise InvalidToken("The token has ended; get a new one from Maskinporten") from error
    except ClaimError as error:
        raise InvalidToken(f"The token's claim {error.claim} is missing or not what it must be") from error


def _organisation(claims: Mapping[str, Any], name: str) -> str:
    """The organisation number of `consumer` or `supplier`. Raises InvalidToken."""
    claim = claims.get(name)
    identifier = claim.get("ID") if isinstance(claim, Mapping) and claim.get("authority") == _AUTHORITY else None
    found = _IDENTIFIER.fullmatch(identifier) if isinstance(identifier, str) else None
    if found is None or not orgnr.is_valid(found[1]):
        raise InvalidToken(f"The token's claim {name} is no Norwegian organisation (0192: and nine digits)")
    return found[1]


def _municipality(scope: object, terms: Terms) -> str:
    """The municipality that the scopes open (RFC 6749 § 3.3: words with spaces between)."""
    granted = scope.split(" ") if isinstance(scope, str) else []
    opened = {terms.scopes[one] for one in granted if one in terms.scopes}
    if not opened:
        raise InsufficientScope("The token has no scope that opens anything here")
    if len(opened) > 1:
        raise Forbidden("The token's scopes open several municipalities; get a token for one at a time")
    return opened.pop()
