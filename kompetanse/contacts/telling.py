"""What a yes lets out of a profile, section by section: the columns that are named here, and nothing else. Pure.

Notes, tasks, employers and what was said in her own words stay: whoever calls can ask.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from kompetanse.codes.consent import ShareSection

PARTS: Mapping[ShareSection, tuple[tuple[str, tuple[str, ...]], ...]] = MappingProxyType(
    {
        ShareSection.WORK: (("experiences", ("title", "styrk", "concept", "country", "started", "ended", "ongoing")),),
        ShareSection.LANGUAGES: (
            (
                "languages",
                ("language", "mother_tongue", "listening", "reading", "interaction", "production", "writing"),
            ),
        ),
        ShareSection.EDUCATION: (
            ("educations", ("title", "level", "field", "country", "completed", "completed_year", "recognition")),
        ),
        ShareSection.SKILLS: (("skills", ("key", "label", "holds", "level", "evidence")),),
        ShareSection.LICENCES: (("licences", ("licence", "holds", "country", "valid_until")),),
        ShareSection.WISHES: (("wished_occupations", ("title", "styrk", "strength")),),
    }
)
"""The parts of a profile that a section is, and the columns of each that are told."""


def told(profile: object, sections: Iterable[ShareSection]) -> dict[str, list[dict[str, Any]]]:
    """The sections of a profile as they are handed over, by name."""
    return {
        section.value: [
            {column: _plain(getattr(row, column)) for column in columns}
            for part, columns in PARTS[section]
            for row in getattr(profile, part)
        ]
        for section in sections
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if hasattr(value, "isoformat") else value
