"""The page on which one entry of a profile is changed."""

from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from api.web.forms import Filled
from api.web.names import name_lists
from api.web.pages import page
from api.web.profile_page import choices, concept_names, entry_name, sources_of
from api.web.profile_rows import row_form
from kompetanse.actor import Actor
from kompetanse.competence import service as competence
from kompetanse.competence.proposals import activities
from kompetanse.competence.service import ProfilePart
from kompetanse.errors import NotFound


def show(
    request: Request,
    session: Session,
    who: Actor,
    person_id: UUID,
    part: ProfilePart,
    part_id: UUID,
    refused: Filled | None = None,
) -> Response:
    """The form of an entry, as it stands or as it was refused. Raises NotFound."""
    found = competence.read_person_profile(session, who, person_id)
    row = next((one for one in found.profile.part(part) if one.id == part_id), None)
    if row is None:
        raise NotFound(f"entry under {part.value}")
    concepts = concept_names(session, found.profile, refused)
    form = refused or Filled(row_form(part, row, concepts))
    inline = "hx-request" in request.headers
    answer = page(
        request,
        "people/entry.html",
        422 if refused else 200,
        person=found.record.person,
        part=part.value,
        entry_id=part_id,
        version=form.value("version") or found.profile.version,
        what=entry_name(row),
        form=Filled(form.typed, form.complaints, f"entry-{part_id}"),
        inline=inline,
        concepts=concepts,
        activities=activities(session, who),
        sources=sources_of(found.profile),
        **choices(),
        **name_lists(),
    )
    if inline and refused:
        answer.headers["HX-Retarget"] = f"#place-{part_id}"
        answer.headers["HX-Reswap"] = "innerHTML"
        answer.headers["HX-Reselect"] = ".entry-form"
    return answer
