"""Sealing of what must not be read from a stolen database: national numbers.

AES-256-GCM (NIST SP 800-38D) under keys derived from the master secret with HKDF (RFC 5869), one key a use.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12


def derive_key(secret: bytes, use: str) -> bytes:
    """A 32-byte key for one use, so that no key serves two purposes."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"kompetanse:{use}".encode()).derive(secret)


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals and opens short texts bound to a context (the record they belong to)."""

    secret: bytes

    def seal(self, text: str, context: str) -> bytes:
        """Encrypt `text`; it opens only with the same context."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(derive_key(self.secret, "seal")).encrypt(nonce, text.encode(), context.encode())

    def unseal(self, sealed: bytes, context: str) -> str:
        """Decrypt what `seal` made. Raises cryptography's InvalidTag when it was tampered with."""
        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        return AESGCM(derive_key(self.secret, "seal")).decrypt(nonce, body, context.encode()).decode()

    def fingerprint(self, text: str, context: str) -> str:
        """A keyed digest by which equal texts are found without opening any (a blind index)."""
        key = derive_key(self.secret, "fingerprint")
        return hmac.new(key, f"{context}\0{text}".encode(), hashlib.sha256).hexdigest()
