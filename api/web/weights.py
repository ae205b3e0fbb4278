"""The weights of matching: what each means, its bounds, what stands, what another choice would do, and the history."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.dependencies import FormDep, MayTuneMatching, WebSessionDep
from api.web.faults import complaints
from api.web.forms import Filled, Typed, filled
from api.web.i18n import gettext
from api.web.pages import go, page
from api.web.reading import Reader
from api.web.weight_words import MEANINGS
from kompetanse.actor import Actor, Operation
from kompetanse.errors import Invalid
from kompetanse.identity import service as identity
from kompetanse.matching import tuning
from kompetanse.matching.service import standing_weights
from kompetanse.matching.weights import DEFAULT, LEAST_FACTOR, MOST_FACTOR, Weights, tuned

router = APIRouter(prefix="/matching/weights")

PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Choice:
    """One weight: its field, what it means, its default, and between what it may be."""

    name: str
    field: str
    meaning: str
    default: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A weight that was changed: its field, and what stood and stands in it."""

    field: str
    before: str
    after: str


def _field(name: str) -> str:
    """What the field of a weight is called: some weights are called as other fields are."""
    return f"weight_{name}"


def _choice(name: str) -> Choice:
    usual: float = getattr(DEFAULT, name)
    return Choice(name, _field(name), MEANINGS[name], usual, usual * LEAST_FACTOR, usual * MOST_FACTOR)


CHOICES = tuple(_choice(name) for name in MEANINGS)


@router.get("")
def show(request: Request, who: MayTuneMatching, session: WebSessionDep) -> Response:
    """The weights as they stand."""
    standing = tuning.latest(session, who)
    form = _form(standing_weights(session, who), standing.version if standing else 0)
    return _page(request, session, who, Filled(form))


@router.post("")
def tune(request: Request, form: FormDep, who: MayTuneMatching, session: WebSessionDep) -> Response:
    """Show what other weights would do, or let them stand from now on."""
    try:
        values = _values(form)
        if form.raw("do") == PREVIEW:
            return _page(request, session, who, Filled(form), values)
        tuning.save(session, who, form.version(), values, form.text("note"))
    except Invalid as error:
        return _page(request, session, who, Filled(form, complaints(error.faults)))
    return go("/matching/weights", "weights-saved")


def _values(form: Typed) -> dict[str, float]:
    """The weights that are typed and differ from the default.

    Raises:
        Invalid: what is no number, or out of bounds; each fault points at the weight's field.
    """
    reader = Reader(form)
    read = {one.name: reader.decimal(one.field) for one in CHOICES}
    reader.refuse()
    values = {one.name: value for one in CHOICES if (value := read[one.name]) not in {None, one.default}}
    try:
        tuned(values)
    except Invalid as error:
        raise Invalid(
            *(replace(one, pointer=f"/{_field(one.pointer.removeprefix('/values/'))}") for one in error.faults)
        ) from None
    return values


def _form(weights: Weights, version: int) -> Typed:
    stand = {one.field: _written(getattr(weights, one.name)) for one in CHOICES}
    return filled(version=version, note=None, **stand)


def _page(
    request: Request, session: Session, who: Actor, form: Filled, values: Mapping[str, float] | None = None
) -> Response:
    """`values` are the weights whose effect is asked for."""
    standing, tunings = standing_weights(session, who), tuning.history(session, who)
    proposed = None if values is None else tuned(values)
    return page(
        request,
        "matching/weights.html",
        422 if form.complaints else 200,
        form=form,
        choices=CHOICES,
        standing=standing,
        written=_written,
        proposed=proposed,
        changes=differences(standing, proposed) if proposed else [],
        effect=None if values is None else tuning.effect(session, who, values),
        history=[
            (one, differences(_stored(before.weights if before else {}), _stored(one.weights)))
            for one, before in zip(tunings, (*tunings[1:], None), strict=False)
        ],
        names=_names(session, who, {one.changed_by for one in tunings}),
    )


def _names(session: Session, who: Actor, ids: set[UUID]) -> dict[UUID, str]:
    """Who tuned: colleagues' names for whoever may know them, and oneself."""
    known = identity.names_of(session, who, ids) if who.may(Operation.READ_PROFILES) else {}
    return {**known, who.id: gettext("deg")}


def differences(before: Weights, after: Weights) -> list[Difference]:
    """The weights that differ."""
    pairs = ((one.field, getattr(before, one.name), getattr(after, one.name)) for one in CHOICES)
    return [Difference(field, _written(old), _written(new)) for field, old, new in pairs if old != new]


def _stored(values: Mapping[str, float]) -> Weights:
    """Weights as they stood once, within bounds or not: the bounds may have been others."""
    known: dict[str, Any] = {name: value for name, value in values.items() if name in MEANINGS}
    return replace(DEFAULT, **known)


def _written(value: float) -> str:
    """A weight as it is typed, with a decimal comma where it has decimals."""
    return f"{value:g}".replace(".", ",")
