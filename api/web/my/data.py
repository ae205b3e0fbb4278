"""Her data as files: a CV, a JSON Resume, and everything that is stored."""

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web import catalogues
from api.web.forms import Filled, filled
from api.web.my.dependencies import MayReadOwn, OwnFormDep, OwnSessionDep
from api.web.my.pages import own_page
from api.web.speech import speech_of
from kompetanse.codes.consent_texts import LANGUAGES, TAGS
from kompetanse.errors import NotFound
from kompetanse.self_service import service

router = APIRouter(prefix="/data")


@router.get("")
def show(request: Request, _who: MayReadOwn) -> Response:
    """What she can take with her."""
    form = Filled(filled(language=catalogues.iso_639_3(speech_of(request).shown)))
    choices = [(code, name, TAGS[code]) for code, name in LANGUAGES.items()]
    return own_page(request, "data.html", form=form, cv_languages=choices)


@router.post("/{kind}")
def download(kind: str, form: OwnFormDep, who: MayReadOwn, session: OwnSessionDep) -> Response:
    """The file. It is asked for by POST, so that no history of a browser hands it out again."""
    match kind:
        case "cv":
            language = form.raw("language")
            made = service.curriculum(session, who, language if language in LANGUAGES else "nob")
            return _file(made, "application/pdf", "cv.pdf")
        case "resume":
            return _json(service.json_resume(session, who), "resume.json")
        case "everything":
            return _json(service.everything(session, who), "my-data.json")
        case _:
            raise NotFound("file")


def _json(made: dict[str, object], name: str) -> Response:
    return _file(json.dumps(made, ensure_ascii=False, indent=2).encode(), "application/json", name)


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
