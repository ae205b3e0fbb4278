"""What stands in a field of a form, in words: a form holds codes where people chose from a list."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from api.web import formats
from api.web.guides import documents_told
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.places import place_name
from api.web.words import word
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.residence import ResidenceBasis
from kompetanse.codes.sectors import is_sector, sector
from kompetanse.codes.work import (
    CourseKind,
    Duration,
    Evidence,
    ExperienceKind,
    InterestKind,
    LanguageProof,
    RecognitionScheme,
    RecognitionStatus,
    Shift,
    SkillLevel,
    Strength,
    WishKind,
)

_SETS: Mapping[str, tuple[type[StrEnum], ...]] = {
    "residence_basis": (ResidenceBasis,),
    "level": (SkillLevel,),
    "evidence": (Evidence,),
    "kind": (ExperienceKind, WishKind, InterestKind, CourseKind),
    "recognition": (RecognitionStatus,),
    "recognition_scheme": (RecognitionScheme,),
    "proof": (LanguageProof,),
    "shifts": (Shift,),
    "duration": (Duration,),
}
_CODES: Mapping[str, Callable[[str], str | None]] = {
    "field": formats.field_name,
    "education_field": formats.field_name,
    "licence": formats.licence_name,
    "authorisation": formats.licence_name,
    "styrk": lambda code: f"{code} {formats.occupation_name(code) or ''}".strip(),
    "sector": lambda code: formats.named(sector(code)) if is_sector(code) else place_name(code),
    "recognition_documents": lambda code: documents_told([code]),
}
_ANSWERS: Mapping[str, str] = {"yes": _("Ja"), "no": _("Nei")}
_LEVELS = frozenset({"level", "education_level"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def said(name: str, text: str) -> str:
    """A text of a field, as somebody reads it; an id of a concept or of another entry says nothing, and is left out."""
    if name in {"concept", "source_id"}:
        return ""
    if text in _ANSWERS:
        return gettext(_ANSWERS[text])
    if name in _LEVELS and text in set(EducationLevel):
        return formats.named(EducationLevel(text))
    kinds = (Strength,) if name.endswith("strength") else _SETS.get(name, ())
    chosen = next((kind(text) for kind in kinds if text in set(kind)), None)
    if chosen is not None:
        return word(chosen) or text
    if name in _CODES:
        return _CODES[name](text) or text
    return formats.partial(text) or text if _DAY.fullmatch(text) else text
