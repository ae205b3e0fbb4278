"""Sends advertisements to NAV's import interface, and reads its receipts.

Interface: github.com/navikt/pam-import-api (`POST …/api/v1/transfers/{providerId}`, `DELETE …/{reference}`). Sending
the same again is harmless: NAV answers SKIPPED.
"""

import io
import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import quote

import httpx2
from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from kompetanse import __version__
from kompetanse.errors import Unavailable
from kompetanse.feeds.documents import documents
from kompetanse.feeds.rules import ReceiptStatus

_SECONDS = 30.0
_STREAM = "application/x-json-stream"


class NavReceipt(BaseModel):
    """What NAV answers for one advertisement: RECEIVED, SKIPPED (it has it already) or ERROR with a message."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    status: ReceiptStatus
    message: str | None = None


class NavImport:
    """NAV's import interface, for one provider.

    Args:
        address: without `/api/v1/transfers`.
        provider_id, token: as NAV gave them.
    """

    def __init__(self, address: str, provider_id: str, token: str) -> None:
        self._transfers = f"{address.rstrip('/')}/api/v1/transfers/{quote(provider_id, safe='')}"
        self._http = httpx2.Client(
            headers={"Authorization": f"Bearer {token}", "User-Agent": f"Kompetanse/{__version__}", "Accept": _STREAM},
            timeout=_SECONDS,
            follow_redirects=False,
            trust_env=address.startswith("https:"),  # without TLS it is on this machine: no proxy reads it
        )

    def __enter__(self) -> "NavImport":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def send(self, advertisements: Sequence[Mapping[str, JsonValue]]) -> list[NavReceipt]:
        """Send some; a receipt for each, in their order.

        Raises:
            Unavailable: it does not answer, refuses the token, or gives other than a receipt for each.
        """
        body = "\n".join(json.dumps(one, ensure_ascii=False) for one in advertisements).encode()
        answer = self._ask("POST", self._transfers, body)
        found = [one for one in map(_receipt, documents(io.StringIO(answer.text))) if one is not None]
        if len(found) != len(advertisements):
            raise Unavailable("NAV's import gave other than a receipt for each advertisement; send them again")
        return found

    def stop(self, reference: str) -> NavReceipt:
        """Take an advertisement down; one that NAV does not have is down already. Raises Unavailable."""
        answer = self._ask("DELETE", f"{self._transfers}/{quote(reference, safe='')}", None)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return NavReceipt(status=ReceiptStatus.SKIPPED, message="NOT_FOUND")
        found = next(map(_receipt, documents(io.StringIO(answer.text))), None)
        if found is None:
            raise Unavailable("NAV's import gave no receipt; stop it again")
        return found

    def _ask(self, method: str, url: str, body: bytes | None) -> httpx2.Response:
        try:
            answer = self._http.request(method, url, content=body, headers={"Content-Type": _STREAM})
        except httpx2.HTTPError:
            raise Unavailable("NAV's import could not be reached; try again later") from None
        if answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise Unavailable("NAV's import refused the token; see KOMPETANSE_NAV_IMPORT_TOKEN")
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.is_redirect:
            raise Unavailable("NAV's import answered with an error; try again later")
        return answer


def _receipt(document: object) -> NavReceipt | None:
    try:
        return NavReceipt.model_validate(document)
    except ValidationError:
        return None
