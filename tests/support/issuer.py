"""An issuer of tokens over HTTP that speaks as Maskinporten does, with keys that can be rotated and an off switch.

It publishes its keys, and gives a token to a client whose key is registered (RFC 7523).
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from kompetanse import clock

HITRA_ORGANISATION, SUPPLIER_ORGANISATION = "938772924", "991825827"
SCOPE = "froya:kompetanse/klasser.read"


def organisation(number: str) -> dict[str, str]:
    """An organisation as Maskinporten's claims name it (ISO 6523)."""
    return {"authority": "iso6523-actorid-upis", "ID": f"0192:{number}"}


@dataclass(slots=True)
class Issuer:
    """What the issuer is and does at this moment. `url` ends with a slash, as Maskinporten's does.

    `registered` is the key of the one client that can ask for tokens.
    """

    url: str = ""
    keys: list[RSAKey] = field(default_factory=lambda: [new_key()])
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    registered: RSAKey | None = None

    def rotate(self, *, keep: int = 0) -> None:
        """Sign with a new key; `keep` of the old ones stay published."""
        self.keys = [new_key(), *self.keys[:keep]]

    def claims(self, **other: Any) -> dict[str, Any]:
        """The claims of a good token; what is given replaces them, and None removes."""
        now = int(clock.now().timestamp())
        whole = {
            "iss": self.url,
            "scope": SCOPE,
            "client_id": "a-client-of-hitra",
            "token_type": "Bearer",
            "consumer": organisation(HITRA_ORGANISATION),
            "iat": now,
            "exp": now + 120,
            "jti": uuid4().hex,
            **other,
        }
        return {name: value for name, value in whole.items() if value is not None}

    def token(self, key: RSAKey | None = None, algorithm: str = "RS256", **claims: Any) -> str:
        """A signed token, good unless a claim says otherwise."""
        key = key or self.keys[0]
        header = {"alg": algorithm, "kid": key.kid}
        return jwt.encode(header, self.claims(**claims), key, algorithms=[algorithm])

    def exchange(self, form: str) -> dict[str, Any] | None:
        """The answer to a signed grant of the client; None when it is not good."""
        sent = {name: values[0] for name, values in parse_qs(form).items()}
        if self.registered is None or sent["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return None
        grant = jwt.decode(sent["assertion"], self.registered, algorithms=["RS256"]).claims
        good = grant["aud"] == self.url and 0 < grant["exp"] - grant["iat"] <= 120 and grant["jti"]
        token = self.token(scope=grant["scope"], client_id=grant["iss"])
        return {"access_token": token, "token_type": "Bearer", "expires_in": 119} if good else None


def new_key() -> RSAKey:
    """A private key with an id."""
    return RSAKey.generate_key(2048, {"kid": uuid4().hex, "use": "sig", "alg": "RS256"})


@contextmanager
def serve() -> Iterator[Issuer]:
    """An issuer that publishes its keys on a port of this machine."""
    issuer = Issuer()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += 1
            found = self.path == "/jwk"
            body = json.dumps(KeySet(list(issuer.keys)).as_dict(private=False)).encode() if found else b""
            self.answer(issuer.status if found else 404, body)

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = issuer.exchange(form) if self.path == "/token" else None
            self.answer(200 if given else 400, json.dumps(given or {"error": "invalid_grant"}).encode())

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            for name, value in {**issuer.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    issuer.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
