"""Short-lived access tokens of API clients: signed JWTs (RFC 7519, profile of RFC 9068) by joserfc."""

import secrets
from dataclasses import dataclass

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from kompetanse import clock
from kompetanse.errors import InvalidToken
from kompetanse.sealing import derive_key

NOT_A_TOKEN = (JoseError, ValueError, TypeError)
"""What joserfc raises at texts that are no good token; TypeError where a header is of another type than it trusts."""

_ALGORITHM = "HS256"
_ISSUER = "kompetanse"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes and reads access tokens. The issuer is also the only reader, hence a symmetric key."""

    secret: bytes
    minutes: int

    def issue(self, client_id: str) -> tuple[str, int]:
        """A token for a client, and its life in seconds."""
        issued = int(clock.now().timestamp())
        claims = {
            "iss": _ISSUER,
            "aud": _ISSUER,
            "sub": client_id,
            "iat": issued,
            "exp": issued + self.minutes * 60,
            "jti": secrets.token_hex(8),
        }
        return jwt.encode({"alg": _ALGORITHM, "typ": "at+jwt"}, claims, self._key()), self.minutes * 60

    def client_id(self, token: str) -> tuple[str, float]:
        """Whose token it is, and when it ends (seconds since 1970).

        Raises:
            InvalidToken: forged, expired or not ours; which of them is told to nobody.
        """
        registry = jwt.JWTClaimsRegistry(
            now=lambda: int(clock.now().timestamp()),
            iss={"essential": True, "value": _ISSUER},
            aud={"essential": True, "value": _ISSUER},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            jti={"essential": True},
        )
        try:
            decoded = jwt.decode(token, self._key(), algorithms=[_ALGORITHM])
            registry.validate(decoded.claims)
        except NOT_A_TOKEN as error:
            raise InvalidToken("The token is not valid; ask for a new one") from error
        return str(decoded.claims["sub"]), float(decoded.claims["exp"])

    def _key(self) -> OctKey:
        return OctKey.import_key(derive_key(self.secret, "tokens"))
