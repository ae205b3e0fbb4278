"""A pasted text becomes suggestions for a profile; the chosen ones become entries. The text is kept nowhere."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.lists import fold
from kompetanse.competence import service
from kompetanse.competence.accepting import Given
from kompetanse.competence.extracting.extraction import Suggestion, extract
from kompetanse.competence.fields import PartFields, ProfilePart
from kompetanse.competence.parts import Row, check
from kompetanse.competence.service import PersonProfile, ProfileDocument
from kompetanse.errors import FieldFault, Invalid
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.lexicon import text_key

__all__ = ["LONGEST", "Chosen", "Suggestion", "Suggestions", "accept", "propose", "propose_from_text"]

LONGEST = 50_000
"""Letters of a text: some twenty pages, more than any CV."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a text adds to the profile of somebody, which is that of this version."""

    found: PersonProfile
    items: tuple[Suggestion, ...]

    @property
    def version(self) -> int:
        """The profile's version."""
        return self.found.profile.version


@dataclass(frozen=True, slots=True)
class Chosen:
    """A suggestion that was accepted, as it is or changed."""

    part: ProfilePart
    fields: PartFields


def propose_from_text(session: Session, actor: Actor, person_id: UUID, text: str) -> Suggestions:
    """What a text says that a newcomer can and wants, and her profile does not say yet. Nothing is stored.

    Raises:
        Invalid: there is no text, or too much. NotFound.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    if not text.strip():
        raise Invalid(FieldFault("/text", "Nothing is written", "Paste a CV, or write what the person tells"))
    if len(text) > LONGEST:
        raise Invalid(FieldFault("/text", "Too long", f"Send at most {LONGEST} characters at a time"))
    return propose(session, actor, person_id, lambda given: extract(text, given))


def propose(
    session: Session, actor: Actor, person_id: UUID, read: Callable[[Given], Iterable[Suggestion]]
) -> Suggestions:
    """What somebody reads out of a source and her profile does not say yet. Nothing is stored. Raises NotFound."""
    actor = actor.doing(Operation.MAP_COMPETENCE)
    found = service.read_person_profile(session, actor, person_id)
    audit.record(session, actor, "extract", "profile", [person_id])
    known = {key for part in ProfilePart for row in found.profile.part(part) for key in _said_by(part, row)}
    new = tuple(one for one in read(_given(session, actor)) if not known.intersection(_keys(one)))
    return Suggestions(found, new)


def accept(session: Session, actor: Actor, person_id: UUID, version: int, chosen: Sequence[Chosen]) -> ProfileDocument:
    """Add what was chosen, all of it or nothing, as one change with its history.

    Raises:
        Invalid: nothing is chosen, or an entry breaks a rule: its part and place there begin the pointer, as in
        "/skills/0/label". Conflict: a skill is there. Stale. NotFound.
    """
    actor = actor.doing(Operation.MAP_COMPETENCE)
    if not chosen:
        raise Invalid(FieldFault("/chosen", "No suggestion is chosen", "Choose at least one suggestion"))
    given = _given(session, actor)
    places: Counter[ProfilePart] = Counter()
    for one in chosen:
        where = f"/{one.part.attribute}/{places[one.part]}"
        places[one.part] += 1
        try:
            check(one.part, one.fields, given)
        except Invalid as error:
            raise Invalid(*(replace(fault, pointer=f"{where}{fault.pointer}") for fault in error.faults)) from None
    return service.add_parts(session, actor, person_id, version, [(one.part, one.fields) for one in chosen])[0]


def _given(session: Session, actor: Actor) -> Given:
    return Given(clock.today(), taxonomy.lexicon(session, actor))


def _keys(one: Suggestion) -> set[tuple[str, ...]]:
    """What a suggestion states, to be compared with what a profile states."""
    said = one.fields
    match one.part:
        case ProfilePart.LANGUAGES:
            return {(one.part, str(said.get("language")), _tells_how_well(said))}
        case ProfilePart.LICENCES:
            return {(one.part, str(said.get("licence")), str(said.get("holds")))}
        case ProfilePart.WISHES:
            return {(one.part, str(said.get("kind")), str(said.get("value")))}
        case ProfilePart.EXPERIENCES:
            when = str(said.get("started") or "")[:4]
            return {(one.part, what, when) for what in (one.concept, _words(said.get("title"))) if what}
        case _:
            words = _words(said.get("title") or said.get("label"))
            return {(one.part, what) for what in (one.concept, words) if what}


def _said_by(part: ProfilePart, row: Row) -> set[tuple[str, ...]]:
    """What an entry states.

    A job is the same one as a suggestion of its year, or of no year. A language with a level is the same as any
    suggestion of it: accepting that would write over what is known.
    """
    said = row.model_dump(mode="json")
    match part:
        case ProfilePart.LANGUAGES:
            return {(part, said["language"], how_well) for how_well in {"", _tells_how_well(said)}}
        case ProfilePart.LICENCES:
            return {(part, said["licence"], str(said["holds"]))}
        case ProfilePart.WISHES:
            return {(part, said["kind"], str(said["value"]))}
        case ProfilePart.EXPERIENCES:
            whats = [what for what in (said["concept"], _words(said["title"])) if what]
            return {(part, what, when) for what in whats for when in {(said["started"] or "")[:4], ""}}
        case _:
            named = (said.get("concept"), said.get("key"), _words(said.get("title") or said.get("label")))
            return {(part, str(what)) for what in named if what}


def _tells_how_well(said: Mapping[str, object]) -> str:
    """Whether a language is stated with a level or as a mother tongue."""
    names = ("mother_tongue", "listening", "reading", "interaction", "production", "writing")
    return "how well" if any(said.get(name) for name in names) else ""


def _words(text: object) -> str | None:
    return text_key(fold(str(text))) if text else None
