"""Entries of a profile as the forms that change them show them."""

from collections.abc import Mapping

from api.web.formats import country_name, language_name
from api.web.forms import Typed, filled
from api.web.places import place_name
from api.web.profile_forms import NO_CONCEPT
from kompetanse.codes.work import WishKind
from kompetanse.competence.parts import Row
from kompetanse.competence.service import ProfilePart
from kompetanse.taxonomy.concepts import Concept
from kompetanse.taxonomy.lexicon import UNLINKED

_NAMED = {"country": country_name, "language": language_name, "title_language": language_name}


def row_form(part: ProfilePart, row: Row, concepts: Mapping[str, Concept]) -> Typed:
    """The form of an entry as it stands: names in place of codes. Sent back as it is, it changes nothing.

    `concepts`: those that the profile is linked to, by URI.
    """
    stored = row.model_dump(exclude={"municipality_no", "id", "person_id"})
    values = {name: _NAMED[name](value) if name in _NAMED else value for name, value in stored.items()}
    return filled(**{**values, **_otherwise(part, stored, concepts)})


def _otherwise(part: ProfilePart, stored: Mapping[str, object], concepts: Mapping[str, Concept]) -> dict[str, object]:
    """What a form asks in another way than it is stored."""
    if part is ProfilePart.SKILLS:
        key = str(stored["key"])
        return {"concept": NO_CONCEPT if key.startswith(UNLINKED) else key}
    if part in {ProfilePart.EXPERIENCES, ProfilePart.WISHED_OCCUPATIONS}:
        return _occupation(stored, concepts)
    if part is ProfilePart.WISHES:
        is_place = stored["kind"] is WishKind.PLACE
        value = None if stored["value"] is None else str(stored["value"])
        return {"sector": None if is_place else value, "place": place_name(value) if is_place and value else None}
    return {}


def _occupation(stored: Mapping[str, object], concepts: Mapping[str, Concept]) -> dict[str, object]:
    """The occupation that is chosen; its code stands there where the occupation does not say it."""
    chosen = concepts.get(str(stored["concept"]))
    if chosen is None:
        return {"concept": NO_CONCEPT if stored["concept"] is None and stored["styrk"] is None else None}
    return {"concept": chosen.uri, "styrk": None if chosen.styrk == stored["styrk"] else stored["styrk"]}
