"""A vacancy feed that costs its server next to nothing: sixty thousand advertisements, counted out and not stored."""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

ADS = 60_000
ON_A_PAGE = 1_000
ONE_IN = 100
"""Of so many advertisements one is for work on Frøya."""

_AT = "2026-02-01T08:00:00Z"
_HERE = {"country": "NORGE", "city": "SISTRANDA", "postalCode": "7260", "municipal": "FRØYA"}
_THERE = {"country": "NORGE", "city": "OSLO", "postalCode": "0150", "municipal": "OSLO"}
_TEXT = "<p>Vi s&oslash;ker <b>kokk</b> til kj&oslash;kkenet.</p><ul><li>Fagbrev</li><li>Norsk B1</li></ul>" * 20

Message = MutableMapping[str, Any]


def _entry(place: Mapping[str, str]) -> bytes:
    content = {
        "title": "Kokk NUMBER",
        "jobtitle": "Kokk",
        "description": _TEXT,
        "workLocations": [place],
        "contactList": [{"name": "Kari Leder", "email": "kari@example.no", "phone": "900 12 345"}],
        "categoryList": [{"categoryType": "STYRK08NAV", "code": "5120.03", "name": "Kokk"}],
        "employer": {"name": "UTVÆR KOMMUNE", "orgnr": "974760673"},
        "applicationDue": "2026-03-01T23:59",
        "expires": "2026-03-02T00:00:00Z",
        "extent": "Heltid",
        "engagementtype": "Fast",
        "positioncount": "1",
    }
    return json.dumps({"uuid": "NUMBER", "status": "ACTIVE", "sistEndret": _AT, "ad_content": content}).encode()


_ENTRIES = (_entry(_HERE), _entry(_THERE))


def _page(number: int) -> bytes:
    ids = range(number * ON_A_PAGE, min((number + 1) * ON_A_PAGE, ADS))
    more = ids.stop < ADS
    line = {"status": "ACTIVE", "title": "Kokk", "businessName": "", "municipal": "?", "sistEndret": _AT}
    items = [
        {"id": str(one), "url": f"/api/v1/feedentry/{one}", "date_modified": _AT, "_feed_entry": line} for one in ids
    ]
    url = f"/api/v1/feed/{number + 1}" if more else None
    return json.dumps({"id": str(number), "next_url": url, "items": items}).encode()


def answer(path: str) -> bytes:
    """What stands behind a path."""
    where, _, name = path.rpartition("/")
    if where.endswith("feedentry"):
        return _ENTRIES[bool(int(name) % ONE_IN)].replace(b"NUMBER", name.encode())
    return _page(int(name) if name.isdigit() else 0)


async def app(
    scope: Mapping[str, Any],
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """The feed as a bare ASGI application."""
    if scope["type"] != "http":
        return
    body = answer(scope["path"])
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
