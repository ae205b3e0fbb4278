"""What was handed over of a profile, in words: one line an entry."""

from collections.abc import Callable, Mapping
from typing import Any

from api.web import formats
from api.web.i18n import gettext as _
from api.web.words import word
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.consent import ShareSection
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Evidence, RecognitionStatus, Strength

Row = Mapping[str, Any]


def entry(section: ShareSection, row: Row) -> str:
    """An entry of a section."""
    return ", ".join(part for part in _TOLD[section](row) if part)


def _work(row: Row) -> list[str | None]:
    when = formats.period(row["started"], row["ended"], row["ongoing"])
    return [row["title"], formats.occupation_name(row["styrk"]), formats.country_name(row["country"]), when]


def _language(row: Row) -> list[str | None]:
    if row["mother_tongue"]:
        return [formats.language_name(row["language"]), _("morsmål")]
    spoken = [Cefr(row[skill]) for skill in ("interaction", "production") if row[skill]]
    level = _("muntlig %(level)s") % {"level": min(spoken).value} if spoken else None
    written = _("skriftlig %(level)s") % {"level": row["writing"]} if row["writing"] else None
    return [formats.language_name(row["language"]), level, written]


def _education(row: Row) -> list[str | None]:
    level = formats.named(EducationLevel(row["level"])) if row["level"] else None
    recognised = word(RecognitionStatus(row["recognition"])) if row["recognition"] else None
    year = str(row["completed_year"]) if row["completed_year"] else None
    return [
        row["title"],
        level,
        formats.field_name(row["field"]),
        formats.country_name(row["country"]),
        year,
        recognised,
    ]


def _skill(row: Row) -> list[str | None]:
    return [row["label"], _no(row), word(Evidence(row["evidence"])) if row["evidence"] else None]


def _licence(row: Row) -> list[str | None]:
    until = _("til %(day)s") % {"day": formats.partial(row["valid_until"])} if row["valid_until"] else None
    return [formats.licence_name(row["licence"]), _no(row), formats.country_name(row["country"]), until]


def _wish(row: Row) -> list[str | None]:
    return [row["title"], formats.occupation_name(row["styrk"]), word(Strength(row["strength"]))]


def _no(row: Row) -> str | None:
    return None if row["holds"] else _("har det ikke")


_TOLD: Mapping[ShareSection, Callable[[Row], list[str | None]]] = {
    ShareSection.WORK: _work,
    ShareSection.LANGUAGES: _language,
    ShareSection.EDUCATION: _education,
    ShareSection.SKILLS: _skill,
    ShareSection.LICENCES: _licence,
    ShareSection.WISHES: _wish,
}
