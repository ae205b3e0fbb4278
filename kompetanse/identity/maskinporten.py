"""Tokens of Maskinporten, the issuer by which Norwegian organisations call each other's APIs (RFC 7519, RFC 7515).

The token itself may be sent as bearer token until it ends, as Maskinporten's clients do: they keep it for its two
minutes. Exchanged for a token of ours (`kompetanse.identity.organisations`) it is good once.
"""

from dataclasses import dataclass

from joserfc import jwt
from joserfc.jwk import GuestProtocol, RSAKey
from joserfc.jws import JWSRegistry

from kompetanse import clock
from kompetanse.errors import InvalidToken
from kompetanse.identity.claims import Consumer, Terms, read_claims
from kompetanse.identity.issuer_keys import IssuerKeys
from kompetanse.identity.tokens import NOT_A_TOKEN
from kompetanse.settings import Settings

# One algorithm, and never the one that the token would like; headers that nobody knows are ignored (RFC 7515 § 4).
_SIGNATURES = JWSRegistry(algorithms=["RS256"], strict_check_header=False)


@dataclass(frozen=True, slots=True)
class Maskinporten:
    """Reads tokens of one issuer on given terms."""

    terms: Terms
    keys: IssuerKeys

    def read(self, token: str) -> Consumer:
        """For whom a token speaks, and what it opens.

        Raises:
            InvalidToken: forged, ended, or not for us.
            InsufficientScope, Forbidden: good, but its scopes open no municipality here, or several.
            Unavailable: the issuer's keys could not be fetched.
        """
        try:
            decoded = jwt.decode(token, self._key, registry=_SIGNATURES)
        except NOT_A_TOKEN as error:
            raise InvalidToken("The token is not valid; ask for a new one") from error
        return read_claims(decoded.claims, self.terms, clock.now().timestamp())

    def _key(self, token: GuestProtocol) -> RSAKey:
        """The issuer's key that the header names; keys and addresses in it (`jwk`, `jku`, `x5u`) are not read."""
        kid = token.headers().get("kid")
        if not isinstance(kid, str):
            raise InvalidToken("The token is not valid; ask for a new one")
        return self.keys.find(kid)


def open_maskinporten(settings: Settings) -> Maskinporten | None:
    """The reader of this deployment; None where no municipality has a scope."""
    if not settings.maskinporten_scopes:
        return None
    scopes = {scope: municipality_no for municipality_no, scope in settings.maskinporten_scopes.items()}
    terms = Terms(settings.maskinporten_issuer, scopes, settings.maskinporten_audience)
    return Maskinporten(terms, IssuerKeys(f"{settings.maskinporten_issuer}jwk"))
