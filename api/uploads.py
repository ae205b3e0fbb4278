"""One uploaded file of a form, bounded while it arrives: a large one is refused before it fills the disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.types import Message

from api.dependencies import ActorDep, StateDep
from kompetanse.errors import FieldFault, Invalid
from kompetanse.exchange.limits import MEGABYTE
from kompetanse.exchange.mapping import NOTHING_STATED, Stated

_FORM_BYTES = 64 * 1024
"""What the form takes beside the file: boundaries, headers, a few short fields."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The file's name and content, and what was said of its columns."""

    filename: str
    content: bytes = field(repr=False)
    mapping: Stated = field(default=NOTHING_STATED, repr=False)


async def get_upload(request: Request, state: StateDep, _: ActorDep) -> Upload:
    """The form's `file`. The actor comes first, so that nobody unknown can send one.

    Raises:
        HTTPException: 413 when it is larger than the settings allow.
        Invalid: there is no file, or `mapping` is no JSON object of texts.
    """
    most = state.settings.max_upload_megabytes * MEGABYTE
    if int(request.headers.get("content-length", 0)) > most + _FORM_BYTES:
        raise _too_large(most)
    bounded = Request(request.scope, _Counted(request, most + _FORM_BYTES).receive)
    async with bounded.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Invalid(FieldFault("/file", "No file was sent", "Send it as multipart/form-data, as `file`"))
        content = await file.read()
        mapping = form.get("mapping")
    if len(content) > most:
        raise _too_large(most)
    stated = Stated.of_json(mapping) if isinstance(mapping, str) and mapping.strip() else NOTHING_STATED
    return Upload(file.filename or "", content, stated)


async def get_body(request: Request, state: StateDep, _: ActorDep) -> bytes:
    """The body as it was sent. The actor comes first, so that nobody unknown can send one.

    Raises:
        HTTPException: 413 when it is larger than the settings allow.
    """
    most = state.settings.max_upload_megabytes * MEGABYTE
    bounded = Request(request.scope, _Counted(request, most).receive)
    return await bounded.body()


BodyDep = Annotated[bytes, Depends(get_body)]


@dataclass(slots=True)
class _Counted:
    """The request's body, cut off when it is longer than it may be (one that does not say its length)."""

    request: Request
    left: int

    async def receive(self) -> Message:
        message = await self.request.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise _too_large(self.left)
        return message


def _too_large(most: int) -> HTTPException:
    limit = f" than {most // MEGABYTE} MB" if most > 0 else ""
    detail = f"The file is larger{limit or ' than allowed'}; divide it and send the parts"
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


UploadDep = Annotated[Upload, Depends(get_upload)]

_FILE = {"type": "string", "format": "binary", "description": "CSV, XLSX, XLS or ODS."}
_MAPPING = {
    "type": "string",
    "contentMediaType": "application/json",
    "description": "What columns mean whose headings do not tell: a JSON object of fields by heading. A column whose "
    'field is "" is kept as a remark, and one whose field is "left_out" is not read. It is remembered with the import.',
    "examples": ['{"Fødd": "born", "Skostørrelse": "left_out"}'],
}
UPLOAD_BODY: Mapping[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": _FILE, "mapping": _MAPPING},
                }
            }
        },
    }
}
"""The form in OpenAPI, as the route reads it by itself."""
