"""A person's own data, to be handed to her."""

import json
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.dependencies import FormDep, MayHandOut, WebSessionDep
from api.web.forms import Filled, filled
from api.web.pages import page
from kompetanse.codes.consent_texts import LANGUAGES
from kompetanse.errors import NotFound
from kompetanse.own_data import service
from kompetanse.people import service as people

router = APIRouter(prefix="/people/{person_id}/own-data")


@router.get("")
def show(request: Request, person_id: UUID, who: MayHandOut, session: WebSessionDep) -> Response:
    """What can be handed out."""
    found = people.read(session, who, person_id)
    choices = [(code, LANGUAGES[code]) for code in service.LANGUAGES]
    spoken = [one for one in found.person.contact_languages or () if one in service.LANGUAGES]
    form = Filled(filled(language=next(iter(spoken), "nob")))
    return page(request, "people/own_data.html", person=found.person, form=form, languages=choices)


@router.post("/{kind}")
def hand_out(person_id: UUID, kind: str, form: FormDep, who: MayHandOut, session: WebSessionDep) -> Response:
    """The file. It is asked for by POST, so that no history of a browser hands it out again."""
    match kind:
        case "cv":
            language = form.raw("language") or "nob"
            return _file(service.curriculum(session, who, person_id, language), "application/pdf", "cv.pdf")
        case "resume":
            made = service.json_resume(session, who, person_id)
        case "everything":
            made = service.everything(session, who, person_id)
        case _:
            raise NotFound("file")
    content = json.dumps(made, ensure_ascii=False, indent=2).encode()
    return _file(content, "application/json", "resume.json" if kind == "resume" else "alt.json")


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
