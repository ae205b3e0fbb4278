"""Pages are sent compressed: a person's page is a seventh of its size then."""

import gzip

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEAST = 1000
_LEVEL = 6


class CompressedPages:
    """ASGI middleware: whole HTML pages as gzip, for browsers that take it.

    Starlette's own would hold back what a page that is sent bit by bit has to say (`streaming.py`), and slow down
    exports. Secrets in a page are masked anew each time (`sessions.masked`), so that a length tells nothing of them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or "gzip" not in Headers(scope=scope).get("Accept-Encoding", ""):
            await self.app(scope, receive, send)
            return
        start: Message | None = None

        async def compressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(Headers(raw=message["headers"])):
                start = message  # told with its body, whose length it tells
                return
            if start is not None:
                begun, start = start, None
                if not message.get("more_body") and len(message.get("body", b"")) >= _LEAST:
                    message = _shrink(begun, message)
                await send(begun)
            await send(message)

        await self.app(scope, receive, compressed)


def _is_page(headers: Headers) -> bool:
    return headers.get("Content-Type", "").startswith("text/html") and "Content-Encoding" not in headers


def _shrink(start: Message, body: Message) -> Message:
    small = gzip.compress(body["body"], _LEVEL, mtime=0)
    headers = MutableHeaders(raw=start["headers"])
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(small))
    headers.add_vary_header("Accept-Encoding")
    return {**body, "body": small}
