"""Whether the server lives."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import text

from api.dependencies import StateDep
from api.problems import responses
from kompetanse.database import EVERYWHERE

router = APIRouter(tags=["system"])


class Health(BaseModel):
    """That the server answers."""

    status: Literal["ok"] = "ok"


@router.get("/healthz")
def health() -> Health:
    """Whether the process lives."""
    return Health()


@router.get("/readyz", responses=responses(503))
def ready(state: StateDep) -> Health:
    """Whether the process can serve: the database answers."""
    with state.database.session(EVERYWHERE, write=False) as session:
        session.connection().execute(text("SELECT 1"))
    return Health()
