"""The page for two who saved at once: what could be put together is; for the rest somebody chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.conflict_words import said
from api.web.conflicts import BOTH, MINE, THEIRS, Merged, merge, stood_in
from api.web.forms import STOOD, Filled, Typed
from api.web.i18n import gettext
from api.web.labels import label
from api.web.pages import page
from kompetanse.actor import Actor, ActorKind, Operation
from kompetanse.identity import service as identity


@dataclass(frozen=True, slots=True)
class Saved:
    """Who saved meanwhile, as far as it is known, and when."""

    by: UUID | None
    at: datetime | None
    kind: ActorKind = ActorKind.STAFF


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the form was: the page to go back to; and on a person's page, its group and the element that it was in."""

    back: str
    part: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is stored by now: the form as it would be opened now, its version, and who made it so."""

    form: Typed
    version: int
    saved: Saved


def met(form: Typed, now: Standing) -> Merged:
    """What was typed and what is stored by now, together.

    A form that does not say what stood in it when it was opened clashes wherever both say something.
    """
    return merge(stood_in(form) or {}, form, now.form)


def harmless(form: Typed, merged: Merged) -> bool:
    """Whether the merged form can be saved unseen: nobody's words are lost, and nobody guessed what stood there."""
    return not merged.clashes and stood_in(form) is not None


def refused(merged: Merged, now: Standing) -> Typed:
    """The merged form to be shown again, as one that was made from what is stored by now."""
    return Typed({**merged.texts, "version": [str(now.version)], STOOD: [Filled(now.form).stood()]})


def show(request: Request, session: Session, who: Actor, merged: Merged, now: Standing, origin: Origin) -> Response:
    """Ask which text stands, field by field. The form is sent to where the refused one was."""
    inline = bool(origin.place) and "hx-request" in request.headers
    answer = page(
        request,
        "conflict.html",
        412,
        action=request.url.path,
        back=origin.back,
        merged=merged,
        questions=_questions(merged),
        taken=[label(name) for name in merged.from_theirs if name not in _SILENT],
        version=now.version,
        stood=Filled(now.form).stood(),
        saved=now.saved,
        saver=_name(session, who, now.saved),
        inline=inline,
        part=origin.part,
    )
    if inline:
        answer.headers["HX-Retarget"] = f"#{origin.place}"
        answer.headers["HX-Reswap"] = "innerHTML"
        answer.headers["HX-Reselect"] = "#conflict"
    return answer


@dataclass(frozen=True, slots=True)
class Question:
    """A clash as it is asked: what it is about, and the sides to choose from, each with its texts by field."""

    heading: str
    names: tuple[str, ...]
    sides: tuple[tuple[str, Mapping[str, Sequence[str]], Sequence[tuple[str, str]]], ...]


_SILENT = frozenset({"concept", "source_id", "styrk"})
"""Fields that are not named by themselves: they go with the words that they were found by."""


def _questions(merged: Merged) -> list[Question]:
    asked = []
    for clash in merged.clashes:
        sides = [
            (MINE, clash.mine, _told(clash.names, clash.mine)),
            (THEIRS, clash.theirs, _told(clash.names, clash.theirs)),
        ]
        if clash.both is not None:
            both = {clash.names[0]: [clash.both]}
            sides.append((BOTH, both, _told(clash.names, both)))
        heading = ", ".join(dict.fromkeys(label(name) for name in clash.names if name not in _SILENT))
        asked.append(Question(heading or label(clash.names[0]), clash.names, tuple(sides)))
    return asked


def _told(names: Sequence[str], texts: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Field and text, of what is stated; the fields are named where there are several."""
    told = [(name, ", ".join(filter(None, (said(name, text) for text in texts[name])))) for name in names]
    several = len([name for name in names if name not in _SILENT]) > 1
    return [(label(name) if several else "", text) for name, text in told if text]


def _name(session: Session, who: Actor, saved: Saved) -> str:
    """What whoever saved is called."""
    if saved.kind is ActorKind.NEWCOMER:
        return gettext("personen selv")
    if saved.by == who.id:
        return gettext("deg selv, et annet sted")
    if saved.by is None or not who.may(Operation.READ_PROFILES):
        return gettext("noen andre")
    return identity.names_of(session, who, {saved.by}).get(saved.by) or gettext("noen andre")
