"""What a course on offer must satisfy before it is stored. Pure: no session, clock or I/O."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypedDict
from urllib.parse import urlsplit

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel, is_education_field
from kompetanse.codes.languages import is_language, macrolanguage
from kompetanse.codes.licences import is_authorisation, is_licence
from kompetanse.codes.work import CourseOfferKind
from kompetanse.errors import FieldFault, Invalid
from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.lexicon import UNLINKED, Lexicon

TEXT_LENGTHS = MappingProxyType({"title": 200, "provider": 200, "key": 200, "place": 120, "url": 500, "notes": 4000})
WEEKS = (1, 520)
PRICES = (0, 1_000_000)

LEVELS: Mapping[CourseOfferKind, type[StrEnum]] = MappingProxyType(
    {
        CourseOfferKind.LANGUAGE: Cefr,
        CourseOfferKind.TEST: Cefr,
        CourseOfferKind.EDUCATION: EducationLevel,
    }
)
"""The kinds that lead to a level, and whose. The order of the strings is the order of the levels."""

ANY_FIELD = frozenset({CourseOfferKind.EDUCATION, CourseOfferKind.RECOGNITION})
"""The kinds that may be for any field, and then have no key."""

_Known = Callable[[str], bool]
_LANGUAGE: tuple[_Known, str, str] = (is_language, "Not a language", "Use the three letters of ISO 639-3: nor")
_FIELD: tuple[_Known, str, str] = (is_education_field, "Not a code of ISCED-F 2013", "Use a code such as 0913")
_KEYS: Mapping[CourseOfferKind, tuple[_Known, str, str]] = MappingProxyType(
    {
        CourseOfferKind.LANGUAGE: _LANGUAGE,
        CourseOfferKind.TEST: _LANGUAGE,
        CourseOfferKind.LICENCE: (is_licence, "Not a licence", "Use a code such as driving:B"),
        CourseOfferKind.EDUCATION: _FIELD,
        CourseOfferKind.RECOGNITION: _FIELD,
        CourseOfferKind.AUTHORISATION: (
            is_authorisation, "Not a regulated profession", "Use a code such as auth:nurse",
        ),
    }
)  # fmt: skip


class CourseOfferFields(TypedDict, total=False):
    """What can be set on an offer. A key that is absent is left alone; None means "not stated".

    `key` is what `kind` says: of a skill the concept's URI, or the words for it. `price_nok` is what the participant
    pays. `open` is whether it can be taken.
    """

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
    open: bool


@dataclass(frozen=True, slots=True)
class CourseOfferFilter:
    """Which offers a list shows: of one kind, for one key, open or not."""

    kind: CourseOfferKind | None = None
    key: str | None = None
    open: bool | None = True


def accept(fields: CourseOfferFields, standing: CourseOfferFields, lexicon: Lexicon) -> CourseOfferFields:
    """The fields in stored form, checked together with those that stand already.

    Raises:
        Invalid: with the pointer of each field that breaks a rule.
    """
    merged: CourseOfferFields = {**standing, **fields}
    faults = [*_text_faults(merged), *_number_faults(fields), *_url_faults(fields)]
    if "kind" not in merged:
        faults.append(FieldFault("/kind", "No kind is chosen", "Say what the course leads to: language"))
    else:
        faults += _level_faults(merged["kind"], merged)
        if fields.keys() & {"kind", "key"}:  # a key that stands may be of a concept that is retired since
            faults += _key_faults(merged["kind"], merged.get("key"), lexicon)
    if faults:
        raise Invalid(*faults)
    return _stored_form(fields, merged["kind"], lexicon)


def _stored_form(fields: CourseOfferFields, kind: CourseOfferKind, lexicon: Lexicon) -> CourseOfferFields:
    accepted = fields.copy()
    if "title" in accepted:
        accepted["title"] = " ".join(accepted["title"].split())
    key = accepted.get("key")
    if key is not None and _KEYS.get(kind) is _LANGUAGE:
        accepted["key"] = macrolanguage(key)
    elif key is not None and kind is CourseOfferKind.SKILL:
        accepted["key"] = key if _is_uri(key) or key.startswith(UNLINKED) else lexicon.skill_key(key)
    return accepted


def _text_faults(merged: CourseOfferFields) -> Iterable[FieldFault]:
    if not merged.get("title", "").strip():
        yield FieldFault("/title", "A course has a title", "Write what it is called: Norskkurs A2 til B1")
    for name, longest in TEXT_LENGTHS.items():
        value = merged.get(name)
        if isinstance(value, str) and len(value) > longest:
            yield FieldFault(f"/{name}", "Too long", f"Write at most {longest} characters")


def _number_faults(fields: CourseOfferFields) -> Iterable[FieldFault]:
    for name, (least, most) in (("weeks", WEEKS), ("price_nok", PRICES)):
        value = fields.get(name)
        if isinstance(value, int) and not least <= value <= most:
            yield FieldFault(f"/{name}", "Out of range", f"Write {least} to {most}")


def _url_faults(fields: CourseOfferFields) -> Iterable[FieldFault]:
    url = fields.get("url")
    if url is not None and not _is_safe_url(url):
        yield FieldFault("/url", "Not an address of the web", "Begin it with https://")


def _is_safe_url(url: str) -> bool:
    """Whether a page may link to it: https, a host, and nobody's name or password."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme == "https" and bool(host) and "@" not in parts.netloc and not any(map(str.isspace, url))


def _key_faults(kind: CourseOfferKind, key: str | None, lexicon: Lexicon) -> Iterable[FieldFault]:
    if key is None:
        if kind not in ANY_FIELD:
            yield FieldFault("/key", "It is not said what the course is for", "Write the code of its kind")
        return
    if kind is CourseOfferKind.SKILL:
        if not key.strip() or (_is_uri(key) and not _names_skill(key, lexicon)):
            yield FieldFault("/key", "Not a skill", "Use a concept's URI, or name the skill in words")
        return
    known, detail, hint = _KEYS[kind]
    if not known(key):
        yield FieldFault("/key", detail, hint)


def _is_uri(key: str) -> bool:
    return key.startswith(("http://", "https://", "urn:"))


def _names_skill(uri: str, lexicon: Lexicon) -> bool:
    concept = lexicon.concept(uri)
    return concept is not None and concept.kind is ConceptKind.SKILL


def _level_faults(kind: CourseOfferKind, merged: CourseOfferFields) -> Iterable[FieldFault]:
    levels, low, high = LEVELS.get(kind), merged.get("from_level"), merged.get("to_level")
    for name, level in (("from_level", low), ("to_level", high)):
        if level is not None and (levels is None or level not in set(levels)):
            hint = f"Use one of {', '.join(levels)}" if levels else "Leave it empty: this kind has no levels"
            yield FieldFault(f"/{name}", "Not a level of this kind", hint)
    if levels is not None and high is None:
        yield FieldFault("/to_level", "No level is chosen", f"Use one of {', '.join(levels)}")
    elif low is not None and high is not None and low >= high:
        yield FieldFault("/to_level", "The course leads to no higher level", "Write a level above from_level")
