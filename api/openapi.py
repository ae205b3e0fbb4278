"""A part of the interface's OpenAPI document that stands alone, for those who see no more than that part."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]

_SHARED, _TOKEN = "/api/v1/shared/", "/api/v1/oauth/token"

NEIGHBOURS = """
What a neighbouring municipality reads of another, and asks it for, while an agreement between them stands.

* **Log in**: OAuth 2.0 client credentials at `/api/v1/oauth/token`, or a token of Maskinporten as it is; send it as
  `Authorization: Bearer`.
* **Classes** each describe at least k registered people, checked against every earlier release to every recipient.
* **Errors** are `application/problem+json` (RFC 9457) with a stable `type`.
* **Tombstones** say what you must delete: read them every day.
"""


def for_neighbours(whole: Document) -> dict[str, Any]:
    """The neighbour's side alone: what lies under `/api/v1/shared`, and the token endpoint.

    Args:
        whole: the OpenAPI 3.1 document of all routes.
    """
    paths = {path: item for path, item in whole["paths"].items() if path.startswith(_SHARED) or path == _TOKEN}
    info = {**whole["info"], "title": f"{whole['info']['title']} for neighbours", "description": NEIGHBOURS}
    return _alone({**whole, "info": info, "paths": paths})


def _alone(document: Document) -> dict[str, Any]:
    """The document with the schemas that its paths lead to, and no other."""
    schemas: Document = document["components"]["schemas"]
    used: set[str] = set()
    found = set(_referred(document["paths"].values()))
    while found:
        used |= found
        found = set(_referred(schemas[name] for name in found)) - used
    kept = {name: schema for name, schema in schemas.items() if name in used}
    return {**document, "components": {**document["components"], "schemas": kept}}


def _referred(parts: Iterable[Any]) -> Iterator[str]:
    """Names of the schemas that parts of a document refer to, at whatever depth."""
    for part in parts:
        match part:
            case {"$ref": str(reference)}:
                yield reference.rpartition("/")[2]
            case Mapping():
                yield from _referred(part.values())
            case list():
                yield from _referred(part)
