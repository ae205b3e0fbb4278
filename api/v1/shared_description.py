"""The neighbour's side of the interface, described by itself."""

from typing import Any

from fastapi import APIRouter, Request

from api.openapi import for_neighbours

router = APIRouter(prefix="/shared", tags=["sharing"])


@router.get("/openapi.json", include_in_schema=False)
def describe(request: Request) -> dict[str, Any]:
    """The OpenAPI document of what neighbours use, and of nothing else. Open to everybody, as the whole one is."""
    return for_neighbours(request.app.openapi())
