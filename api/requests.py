"""Around every request: an id, a log line without personal data, and an answer when something breaks."""

import time
import traceback
from uuid import uuid4

import structlog
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger("kompetanse.request")


class RequestContext:
    """ASGI middleware. Logs the route's template, never the path or query, and of errors never the text."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid4().hex
        scope["request_id"] = request_id
        started, status = time.perf_counter(), 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [*message.get("headers", []), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, note_status)
        except Exception as error:  # the last net: the client gets a problem, the log the place and no values
            log.error("failed", request_id=request_id, error=type(error).__name__, at=frames(error))
            if status == 500:
                await _broken(request_id)(scope, receive, note_status)
        finally:
            log.info(
                "request",
                request_id=request_id,
                method=scope["method"],
                route=_template(scope),
                status=status,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )


def _template(scope: Scope) -> str:
    """The route with its prefix, which the router that matched does not know: as much of the path as it leaves over."""
    route = str(getattr(scope.get("route"), "path", "unrouted"))
    if route == "unrouted" or ":path}" in route:
        return route
    path = str(scope["path"])
    return "/".join(path.split("/")[: path.count("/") - route.count("/") + 1]) + route


def frames(error: BaseException) -> list[str]:
    """Where an error was raised, without what it says."""
    return [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)[-6:]]


def _broken(request_id: str) -> JSONResponse:
    problem = {
        "type": "urn:kompetanse:problem:internal",
        "title": "Internal Server Error",
        "status": 500,
        "detail": f"Something broke on our side. Name this when you report it: {request_id}",
    }
    return JSONResponse(problem, 500, media_type="application/problem+json")
