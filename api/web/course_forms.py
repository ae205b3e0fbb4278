"""The form of a course, test or procedure on offer: what was typed becomes what can be stored, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from api.web import formats
from api.web.forms import Typed, filled
from api.web.i18n import gettext, language
from api.web.i18n import mark as _
from api.web.profile_forms import NO_CONCEPT
from api.web.reading import Reader
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.languages import find_language
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses.rules import LEVELS
from kompetanse.courses.service import CourseOfferFields
from kompetanse.taxonomy.concepts import Concept
from kompetanse.taxonomy.lexicon import UNLINKED, text_key

_OF_LANGUAGES = frozenset({CourseOfferKind.LANGUAGE, CourseOfferKind.TEST})
_OF_FIELDS = frozenset({CourseOfferKind.EDUCATION, CourseOfferKind.RECOGNITION})


class Offered(Protocol):
    """What of an offer is shown and changed."""

    version: int
    title: str
    provider: str | None
    kind: CourseOfferKind
    key: str | None
    from_level: str | None
    to_level: str | None
    starts_on: date | None
    weeks: int | None
    price_nok: int | None
    place: str | None
    url: str | None
    notes: str | None


def course_fields(kind: CourseOfferKind, typed: Typed) -> CourseOfferFields:
    """What the form states about an offer of a kind.

    Raises:
        Invalid: with every field that cannot be read.
    """
    reader = Reader(typed)
    fields = CourseOfferFields(
        title=typed.raw("title"),
        provider=typed.text("provider"),
        kind=kind,
        key=_key(kind, reader),
        from_level=typed.text("from_level"),
        to_level=typed.text("to_level"),
        starts_on=reader.day("starts_on"),
        weeks=reader.whole("weeks"),
        price_nok=reader.whole("price_nok"),
        place=typed.text("place"),
        url=typed.text("url"),
        notes=typed.text("notes"),
    )
    reader.refuse()
    return fields


def course_form(offer: Offered, concepts: Mapping[str, Concept]) -> Typed:
    """The form as it stands for a stored offer."""
    named = key_name(offer, concepts)
    of_skill = offer.kind is CourseOfferKind.SKILL
    shown = named if of_skill or offer.kind in _OF_LANGUAGES else offer.key
    return filled(
        version=offer.version,
        title=offer.title,
        provider=offer.provider,
        key=shown,
        concept=(offer.key if offer.key in concepts else NO_CONCEPT) if of_skill else None,
        from_level=offer.from_level,
        to_level=offer.to_level,
        starts_on=offer.starts_on,
        weeks=offer.weeks,
        price_nok=offer.price_nok,
        place=offer.place,
        url=offer.url,
        notes=offer.notes,
    )


def level_choices(kind: CourseOfferKind) -> list[tuple[str, str]]:
    """The levels that an offer of a kind leads from and to; none where it leads to no level."""
    return [(one.value, _level_name(one.value, kind)) for one in LEVELS.get(kind, ())]


def key_name(offer: Offered, concepts: Mapping[str, Concept]) -> str | None:
    """What an offer is for, by its name; None where it is for any field."""
    key = offer.key
    if key is None:
        return None
    if offer.kind in _OF_LANGUAGES:
        return formats.language_name(key)
    if offer.kind in _OF_FIELDS:
        return formats.field_name(key)
    if offer.kind is CourseOfferKind.SKILL:
        return concepts[key].name(language()) if key in concepts else key.removeprefix(UNLINKED)
    return formats.licence_name(key)


def leads_to(offer: Offered, concepts: Mapping[str, Concept]) -> str:
    """What an offer is for, and from which level to which."""
    named = key_name(offer, concepts) or gettext(_("alle fag"))
    if offer.to_level is None:
        return named
    names = [_level_name(one, offer.kind) for one in (offer.from_level, offer.to_level) if one]
    return f"{named}: {' → '.join(names)}"


def _level_name(level: str, kind: CourseOfferKind) -> str:
    return formats.named(EducationLevel(level)) if LEVELS.get(kind) is EducationLevel else Cefr(level).value


def _key(kind: CourseOfferKind, reader: Reader) -> str | None:
    typed = reader.typed
    if kind in _OF_LANGUAGES:
        return reader.code("key", find_language, "Not a language")
    words, concept = typed.text("key"), typed.text("concept")
    if kind is not CourseOfferKind.SKILL or words is None or concept is None:
        return words
    return text_key(words) if concept == NO_CONCEPT else concept
