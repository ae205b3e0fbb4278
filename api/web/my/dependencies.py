"""What a newcomer's pages ask for in their signatures. Who she is comes from her device's cookie and nothing else."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlmodel import Session

from api.dependencies import SAFE_METHODS, StateDep
from api.web.dependencies import CookiesDep, OpenFormDep
from api.web.forms import Typed
from api.web.sessions import CSRF_FIELD, Visitor
from kompetanse.actor import Actor, Operation
from kompetanse.database import EVERYWHERE
from kompetanse.errors import Unauthenticated
from kompetanse.people.narrowing import narrow
from kompetanse.personal_links import door


def get_herself(request: Request, state: StateDep, cookies: CookiesDep) -> Visitor:
    """Who looks at the page, by the device's cookie. Raises Unauthenticated."""
    token = cookies.read(request)
    if token is None:
        raise Unauthenticated("A link is needed to come in")
    request_id = request.scope.get("request_id", "")
    with state.database.session(EVERYWHERE, write=False) as session:
        found = door.holder(session, token, state.settings.personal_device_days, request_id)
    if found.unnoted:
        with state.database.session(EVERYWHERE) as session:
            door.note_use(session, token)
    visitor = Visitor(found.actor, found.first_name, cookies.csrf_token(token))
    request.state.visitor = visitor
    return visitor


HerselfDep = Annotated[Visitor, Depends(get_herself)]


def may(operation: Operation) -> Any:  # noqa: ANN401 - FastAPI's Depends has no narrower type
    """She, if her role grants the operation. Part of a page's signature, and found there by a test."""

    async def guard(visitor: HerselfDep) -> Actor:
        return visitor.actor.doing(operation)

    guard.operation = operation  # type: ignore[attr-defined]
    return Depends(guard)


MayReadOwn = Annotated[Actor, may(Operation.READ_OWN)]
MayChangeOwn = Annotated[Actor, may(Operation.CHANGE_OWN)]
MayAnswerOwn = Annotated[Actor, may(Operation.ANSWER_OWN)]


async def get_own_form(visitor: HerselfDep, cookies: CookiesDep, typed: OpenFormDep) -> Typed:
    """A form of hers. Raises ForgedForm when it is not of her device."""
    cookies.check_csrf(visitor, typed.text(CSRF_FIELD))
    return typed


OwnFormDep = Annotated[Typed, Depends(get_own_form)]


def get_own_session(request: Request, state: StateDep, visitor: HerselfDep) -> Iterator[Session]:
    """The request's transaction, in her municipality and of her rows alone; committed before the page is sent."""
    write = request.method not in SAFE_METHODS
    with state.database.session(visitor.actor.municipality_no, write=write) as session:
        narrow(session, visitor.actor.id)
        yield session


OwnSessionDep = Annotated[Session, Depends(get_own_session, scope="function")]
