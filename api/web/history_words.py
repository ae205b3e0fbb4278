"""What stood in an entry of a profile, as history keeps it, in the words that pages use."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from api.web import formats
from api.web.guides import documents_told
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.labels import label
from api.web.places import place_name
from api.web.words import shifts, word
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.sectors import is_sector, sector
from kompetanse.codes.work import (
    CourseKind,
    Evidence,
    ExperienceKind,
    InterestKind,
    LanguageProof,
    RecognitionScheme,
    RecognitionStatus,
    SkillLevel,
    Strength,
    WishKind,
)
from kompetanse.competence.service import ProfilePart

_KINDS: Mapping[str, type[StrEnum]] = {
    ProfilePart.EXPERIENCES: ExperienceKind,
    ProfilePart.WISHES: WishKind,
    ProfilePart.INTERESTS: InterestKind,
    ProfilePart.COURSES: CourseKind,
}
_SETS: Mapping[str, type[StrEnum]] = {
    "evidence": Evidence,
    "proof": LanguageProof,
    "recognition": RecognitionStatus,
    "recognition_scheme": RecognitionScheme,
}
_LABELS: Mapping[tuple[str, str], str] = {
    (ProfilePart.WISHES, "kind"): _("Hva ønsket handler om"),
    (ProfilePart.WISHES, "text"): _("Med egne ord"),
    (ProfilePart.WISHES, "value"): _("Bransje eller sted"),
    (ProfilePart.INTERESTS, "kind"): _("Hvordan"),
}
_NAMED: Mapping[str, Callable[[str], str | None]] = {
    "country": formats.country_name,
    "field": formats.field_name,
    "language": formats.language_name,
    "licence": formats.licence_name,
    "styrk": lambda code: f"{code} {formats.occupation_name(code)}",
    "title_language": formats.language_name,
    "value": lambda code: formats.named(sector(code)) if is_sector(code) else place_name(code),
}
_DATES = frozenset(
    {
        "available_from",
        "completed",
        "confirmed_on",
        "ended",
        "mapped_on",
        "recognition_decided_on",
        "recognition_valid_until",
        "started",
        "tested_on",
        "valid_until",
    }
)


def field_label(part: str, name: str) -> str:
    """What a field of a part is called, where it is not called so in every form."""
    return gettext(_LABELS[part, name]) if (part, name) in _LABELS else label(name)


def in_words(part: str, name: str, value: object) -> str:
    """A value of a field of a part; "" where nothing stood."""
    match value:
        case None:
            return ""
        case bool():
            return formats.yes_no(value) or ""
        case list():
            return (documents_told(value) if name == "recognition_documents" else shifts(value)) or ""
        case dict():
            return ", ".join(
                f"{label(f'{term}_strength').partition(':')[0]}: {weight}" for term, weight in value.items()
            )
        case str():
            return _text(part, name, value)
        case _:
            return str(value)


def _text(part: str, name: str, value: str) -> str:
    if name in _NAMED:
        return _NAMED[name](value) or value
    if name in _DATES:
        return formats.partial(value) or value
    if name == "level" and part == ProfilePart.EDUCATIONS:
        return formats.named(EducationLevel(value))
    closed = _closed(part, name)
    return word(closed(value)) or value if closed else value


def _closed(part: str, name: str) -> type[StrEnum] | None:
    """The closed set that a field's values are of."""
    if name == "level":
        return SkillLevel
    if name == "kind":
        return _KINDS[part]
    return Strength if name.endswith("strength") else _SETS.get(name)
