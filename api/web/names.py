"""Names that fields offer while one types: of countries, languages and municipalities, in the language of the page.

A person's page asks for them when somebody begins to write, and the browser keeps them for ever: a sixth of it.
"""

import hashlib
from functools import cache

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web import formats
from api.web.catalogues import STAFF
from api.web.dependencies import MayReadPeople
from api.web.headers import FOR_EVER
from api.web.i18n import language, speaking
from api.web.pages import page
from api.web.places import place_name
from kompetanse.codes.countries import countries
from kompetanse.codes.languages import languages
from kompetanse.codes.municipalities import municipalities
from kompetanse.identity.rules import StaffLanguage

router = APIRouter()


@router.get("/names/{tag}")
def names(request: Request, tag: StaffLanguage, _who: MayReadPeople) -> Response:
    """The lists in a language; the address names what is in them."""
    with speaking(tag, STAFF):
        answer = page(request, "components/names.html", 200, **name_lists())
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


def names_address() -> str:
    """Where the lists are found in the language of the page."""
    return _address(language())


@cache
def _address(tag: str) -> str:
    with speaking(tag, STAFF):
        digest = hashlib.sha256(repr(name_lists()).encode()).hexdigest()
    return f"/names/{tag}?v={digest[:12]}"


def name_lists() -> dict[str, list[str]]:
    """Names that fields offer while one types."""
    return {
        "country_names": [formats.country_name(one.alpha2) or "" for one in countries()],
        "language_names": [formats.named(one) for one in languages()],
        "municipality_names": [place_name(one.number) for one in municipalities()],
    }
