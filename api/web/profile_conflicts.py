"""What is done when somebody else saved a profile, or a person's record, while a form of it was filled in."""

from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import conflict_page, entry_page, profile_page
from api.web.conflict_page import Saved, Standing, harmless, met, refused
from api.web.conflicts import Merged
from api.web.faults import complaints
from api.web.forms import Filled, Typed
from api.web.profile_forms import TERMS, part_fields, wish_fields, wishes_form
from api.web.profile_page import concept_names, saved
from api.web.profile_rows import row_form
from kompetanse.actor import Actor
from kompetanse.competence import history, parts
from kompetanse.competence import service as competence
from kompetanse.competence.parts import Row
from kompetanse.competence.service import ProfileDocument, ProfilePart
from kompetanse.errors import Invalid, NotFound, Stale


def change_terms(request: Request, session: Session, who: Actor, person_id: UUID, form: Typed) -> Response:
    """Save the wishes that are single values together with what was saved meanwhile, or ask which stands."""
    profile = competence.read_profile(session, who, person_id)
    now = Standing(wishes_form(profile), profile.version, _saved(session, who, profile, form, None))
    merged = met(form, now)
    if not harmless(form, merged):
        return _ask(request, session, who, person_id, merged, now, TERMS, TERMS)
    try:
        competence.change_wishes(session, who, person_id, now.version, wish_fields(merged.typed))
    except Invalid as error:
        return profile_page.show(request, session, who, person_id, Filled(refused(merged, now), complaints(error.faults), TERMS))
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
        return _ask(request, session, who, person_id, merged, now, part, str(part_id))
    try:
        fields = part_fields(part, merged.typed)
        competence.change_part(session, who, person_id, now.version, part, part_id, fields)
    except Invalid as error:
        return entry_page.show(request, session, who, person_id, part, part_id, Filled(refused(merged, now), complaints(error.faults)))
    return saved(person_id, part, "merged-with" if now.saved.at else "saved")


def add_entry(
    request: Request, session: Session, who: Actor, person_id: UUID, part: ProfilePart, form: Typed
) -> Response:
    """Add an entry although the profile was changed meanwhile: nothing of anybody's is lost by it.

    But for a language or licence that somebody else stated meanwhile: adding it states it anew, so it is asked first.
    """
    profile = competence.read_profile(session, who, person_id)
    fields = part_fields(part, form)
    column = parts.IDENTIFYING[part] if part in parts.STATED_ANEW else None
    twin = next((one for one in profile.part(part) if column and getattr(one, column) == dict(fields)[column]), None)
    if twin is not None and history.last_since(session, who, person_id, form.version(), twin.id):
        now = _entry_now(session, who, profile, part, twin, form)
        return _ask(request, session, who, person_id, met(form, now), now, part, part.value)
    competence.add_part(session, who, person_id, profile.version, part, fields)
    return saved(person_id, part, "added")


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
    return Standing(stands, profile.version, _saved(session, who, profile, form, row.id))


def _saved(session: Session, who: Actor, profile: ProfileDocument, form: Typed, entry_id: UUID | None) -> Saved:
    change = history.last_since(session, who, profile.person_id, form.version(), entry_id)
    return Saved(change.actor_id, change.changed_at, change.actor_kind) if change else Saved(None, None)


def _ask(
    request: Request, session: Session, who: Actor, person_id: UUID, merged: Merged, now: Standing, part: str, place: str
) -> Response:
    back = f"/people/{person_id}"
    return conflict_page.show(request, session, who, merged, now, back=back, part=part, place=f"place-{place}")

