"""Requirements that a vacancy's text speaks for, as its page tells them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from api.web import formats
from api.web.formats import language_name, licence_name
from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse.codes.education import EducationLevel
from kompetanse.feeds.requirements import Requirement, RequirementKind

HEADINGS: Mapping[RequirementKind, str] = {
    RequirementKind.LANGUAGE: _("Språk"),
    RequirementKind.LICENCE: _("Bevis"),
    RequirementKind.AUTHORISATION: _("Autorisasjon"),
    RequirementKind.EDUCATION: _("Utdanning, minst"),
    RequirementKind.SKILL: _("Ferdigheter"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal: the words of the text, and what they would ask for."""

    key: str
    words: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals of one kind."""

    heading: str
    rows: list[Row]


def requirement_groups(found: Iterable[Requirement]) -> list[Group]:
    """Proposals by kind, which is the order that they come in."""
    grouped = groupby(found, key=lambda one: one.kind)
    return [Group(gettext(HEADINGS[kind]), [_row(one) for one in rows]) for kind, rows in grouped]


def _row(one: Requirement) -> Row:
    meaning = _meaning(one)
    return Row(one.key, one.words, gettext("%(what)s, som et ønske") % {"what": meaning} if one.wished else meaning)


def _meaning(one: Requirement) -> str:
    match one.kind:
        case RequirementKind.LANGUAGE:
            return f"{language_name(one.value)} {one.level}"
        case RequirementKind.LICENCE | RequirementKind.AUTHORISATION:
            return licence_name(one.value) or one.value
        case RequirementKind.EDUCATION:
            return formats.named(EducationLevel(one.value))
        case RequirementKind.SKILL:
            return one.value
