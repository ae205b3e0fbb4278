"""Entries of a profile as the forms that change them show them."""

from api.web.formats import country_name, language_name
from api.web.forms import Typed, filled
from api.web.profile_forms import NO_CONCEPT
from kompetanse.competence.parts import Row
from kompetanse.competence.service import ProfilePart
from kompetanse.taxonomy.lexicon import UNLINKED

_NAMED = {"country": country_name, "language": language_name, "title_language": language_name}


def row_form(part: ProfilePart, row: Row) -> Typed:
    """The form of an entry as it stands: names in place of codes, and boxes ticked."""
    stored = row.model_dump(exclude={"municipality_no", "id", "person_id"})
    values = {name: _NAMED[name](value) if name in _NAMED else value for name, value in stored.items()}
    return filled(**values, **_otherwise(part, stored))


def _otherwise(part: ProfilePart, stored: dict[str, object]) -> dict[str, object]:
    """What a form asks in another way than it is stored."""
    if part is ProfilePart.SKILLS:
        key = str(stored["key"])
        return {"concept": NO_CONCEPT if key.startswith(UNLINKED) else key}
    if part is ProfilePart.EXPERIENCES:
        return {"irrelevant": True if stored["relevant"] is False else None}
    if part is ProfilePart.WISHES:
        return {"sector": stored["value"]}
    return {}
