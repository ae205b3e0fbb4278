"""A CV's source becomes suggestions for a profile. The source is kept nowhere."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from sqlmodel import Session

from kompetanse.actor import Actor
from kompetanse.competence import suggesting
from kompetanse.competence.accepting import Given
from kompetanse.competence.extracting.extraction import extract
from kompetanse.competence.extracting.suggestions import overlapping
from kompetanse.competence.fields import EducationFields, ProfilePart
from kompetanse.competence.suggesting import LONGEST, Suggestion, Suggestions
from kompetanse.errors import FieldFault, Invalid
from kompetanse.exchange.cv_files import europass, json_resume, skills_passport
from kompetanse.exchange.cv_files.told import Told

_EUROPASS: Sequence[tuple[Callable[[str], bool], Callable[[str], Told]]] = (
    (europass.is_europass, europass.read),
    (skills_passport.is_skills_passport, skills_passport.read),
)
"""Its two formats, each with what knows it."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a source says as text, and what of it the profile does not say yet."""

    text: str
    found: Suggestions


def propose(session: Session, actor: Actor, person_id: UUID, source: str) -> Read:
    """What a CV says that a newcomer can and wants, and her profile does not say yet. Nothing is stored.

    `source` is plain text, a Europass document or a JSON Resume. What stands in fields is suggested as it stands; the
    prose between them is read as any text.

    Raises:
        Invalid: there is nothing, too much, or a Europass that cannot be read. NotFound.
    """
    told = _told(source)
    if told is None:
        return Read(source, suggesting.propose_from_text(session, actor, person_id, source))
    return Read(told.text, suggesting.propose(session, actor, person_id, lambda given: _everything(told, given)))


def _told(source: str) -> Told | None:
    """A source of fields as text with suggestions; None where it is plain text."""
    if len(source) > LONGEST:
        return None  # refused as any text that is too long
    for reads, read in _EUROPASS:
        if reads(source):
            try:
                return read(source)
            except ValueError as error:
                hint = "Save it anew at europass.eu, or send the PDF"
                raise Invalid(FieldFault("/text", "A broken Europass", hint)) from error
    return json_resume.read(source) if json_resume.is_json_resume(source) else None


def _everything(told: Told, given: Given) -> list[Suggestion]:
    """What stands in fields, linked, and what the prose between them says."""
    read = extract(told.text, given)
    seen: set[tuple[object, ...]] = set()
    stated = []
    for one in told.suggestions:
        linked = _levelled(_linked(one, given), read)
        if linked.key not in seen:
            seen.add(linked.key)
            stated.append(linked)
    prose = (one for one in read if one.key not in seen and not overlapping(one, told.suggestions))
    return sorted((*stated, *prose), key=lambda one: (one.start, one.end))


def _levelled(one: Suggestion, read: Iterable[Suggestion]) -> Suggestion:
    """An education with the level that its words say, where no field says it: "Bachelor"."""
    if one.part is not ProfilePart.EDUCATIONS or one.fields.get("level"):
        return one
    within = (said for said in read if said.part is one.part and one.start <= said.start and said.end <= one.end)
    level = next((said.fields["level"] for said in within if said.fields.get("level")), None)  # type: ignore[typeddict-item]
    fields = cast(EducationFields, {**one.fields, "level": level})
    return replace(one, fields=fields) if level else one


def _linked(one: Suggestion, given: Given) -> Suggestion:
    """A suggestion with the concept that its words name, where they name one."""
    said = str(one.fields.get("title") or one.fields.get("label") or "")
    match one.part:
        case ProfilePart.EXPERIENCES | ProfilePart.WISHED_OCCUPATIONS:
            concept = given.lexicon.occupation(said)
        case ProfilePart.SKILLS:
            concept = given.lexicon.skill(said)
        case _:
            return one
    return one if concept is None else replace(one, concept=concept.uri, name=concept.name())
