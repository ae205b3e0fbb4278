"""What is done when somebody else saved a profile, or a person's record, while a form of it was filled in."""

from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import conflict_page, entry_page, profile_page
from api.web.conflict_page import Origin, Saved, Standing, harmless, met, refused
from api.web.faults import complaints
from api.web.forms import Filled, Typed
from api.web.profile_forms import TERMS, part_fields, wish_fields, wishes_form
from api.web.profile_page import concept_names, saved
from api.web.profile_rows import row_form
from kompetanse.actor import Actor
from kompetanse.competence import history, parts
from kompetanse.competence import service as competence
from kompetanse.competence.parts import Row
from kompetanse.competence.service import PartFields, ProfileDocument, ProfilePart
from kompetanse.errors import Invalid, NotFound, Stale


def change_terms(request: Request, session: Session, who: Actor, person_id: UUID, form: Typed) -> Response:
    """Save the wishes that are single values together with what was saved meanwhile, or ask which stands."""
    profile = competence.read_profile(session, who, person_id)
    now = Standing(wishes_form(profile), profile.version, saved_meanwhile(session, who, profile, form, None))
    merged = met(form, now)
    if not harmless(form, merged):
        return conflict_page.show(request, session, who, merged, now, _origin(person_id, TERMS, TERMS))
    try:
        competence.change_wishes(session, who, person_id, now.version, wish_fields(merged.typed))
    except Invalid as error:
        form_again = Filled(refused(merged, now), complaints(error.faults), TERMS)
        return profile_page.show(request, session, who, person_id, form_again)
    return saved(person_id, TERMS, "merged-with")


def change_entry(
    request: Request, session: Session, who: Actor, person_id: UUID, part: ProfilePart, part_id: UUID, form: Typed
) -> Response:
    """Save an entry together with what was saved of it meanwhile, or ask which stands. Raises NotFound: it is gone."""
    profile = competence.read_profile(session, who, person_id)
    row = next((one for one in profile.part(part) if one.id == part_id), None)
    if row is None:
        raise NotFound(f"entry under {part.value}")
    now = _entry_now(session, who, profile, part, row, form)
    merged = met(form, now)
    if not harmless(form, merged):
        return conflict_page.show(request, session, who, merged, now, _origin(person_id, part, str(part_id)))
    try:
        fields = part_fields(part, merged.typed)
        competence.change_part(session, who, person_id, now.version, part, part_id, fields)
    except Invalid as error:
        form_again = Filled(refused(merged, now), complaints(error.faults))
        return entry_page.show(request, session, who, person_id, part, part_id, form_again)
    return saved(person_id, part, "merged-with" if now.saved.at else "saved")


def add_entry(
    request: Request, session: Session, who: Actor, person_id: UUID, part: ProfilePart, form: Typed
) -> Response:
    """Add an entry although the profile was changed meanwhile: nothing of anybody's is lost by it.

    But for a language or licence that somebody else stated meanwhile: adding it states it anew, so it is asked first.
    """
    profile = competence.read_profile(session, who, person_id)
    fields = part_fields(part, form)
    if added_already(session, who, profile, part, fields, form.version()):
        return saved(person_id, part, "added")
    twin = twin_of(profile, part, fields)
    if twin is not None and history.last_since(session, who, person_id, form.version(), twin.id):
        now = _entry_now(session, who, profile, part, twin, form)
        return conflict_page.show(request, session, who, met(form, now), now, _origin(person_id, part, part))
    competence.add_part(session, who, person_id, profile.version, part, fields)
    return saved(person_id, part, "added")


def twin_of(profile: ProfileDocument, part: ProfilePart, fields: PartFields) -> Row | None:
    """The entry that would be stated anew by adding another: a language or licence that the profile has."""
    column = parts.IDENTIFYING[part] if part in parts.STATED_ANEW else None
    return next((one for one in profile.part(part) if column and getattr(one, column) == dict(fields)[column]), None)


def added_already(
    session: Session, who: Actor, profile: ProfileDocument, part: ProfilePart, fields: PartFields, version: int
) -> bool:
    """Whether the same person sent the same a moment ago, and the network lost the answer."""
    said = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    for row in profile.part(part):
        stands = row.model_dump()
        if any(stands.get(name, value) != value for name, value in said.items() if name not in {"concept", "styrk"}):
            continue
        change = history.last_since(session, who, profile.person_id, version, row.id)
        if change is not None and change.before is None and change.actor_id == who.id:
            return True
    return False


def remove_entry(session: Session, who: Actor, person_id: UUID, part: ProfilePart, part_id: UUID, form: Typed) -> None:
    """Take an entry out although the profile was changed meanwhile, if the entry itself was not. Raises Stale."""
    profile = competence.read_profile(session, who, person_id)
    if history.last_since(session, who, person_id, form.version(), part_id):
        raise Stale("The entry was changed since you read it; read it again")
    competence.remove_part(session, who, person_id, profile.version, part, part_id)


def _entry_now(
    session: Session, who: Actor, profile: ProfileDocument, part: ProfilePart, row: Row, form: Typed
) -> Standing:
    stands = row_form(part, row, concept_names(session, profile))
    return Standing(stands, profile.version, saved_meanwhile(session, who, profile, form, row.id))


def saved_meanwhile(
    session: Session, who: Actor, profile: ProfileDocument, form: Typed, entry_id: UUID | None
) -> Saved:
    """Who changed an entry, or the single values, since the form was opened."""
    change = history.last_since(session, who, profile.person_id, form.version(), entry_id)
    return Saved(change.actor_id, change.changed_at, change.actor_kind) if change else Saved(None, None)


def _origin(person_id: UUID, part: str, place: str) -> Origin:
    return Origin(f"/people/{person_id}", part, f"place-{place}")
