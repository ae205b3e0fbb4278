"""What a concept of the taxonomy is; knows neither where concepts come from nor how they are found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ConceptKind(StrEnum):
    """What a concept stands for. Groups hold skills and occupations; nobody has a group."""

    SKILL = "skill"
    OCCUPATION = "occupation"
    SKILL_GROUP = "skill_group"
    OCCUPATION_GROUP = "occupation_group"


class Need(StrEnum):
    """How an occupation needs a skill (ESCO's two kinds of relation)."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"


LINKABLE = (ConceptKind.SKILL, ConceptKind.OCCUPATION)
"""What a person can have, and words are linked to."""

_FALLBACKS = ("nb", "en")


@dataclass(frozen=True, slots=True)
class Concept:
    """A skill or an occupation.

    `uri` is ESCO's where ESCO has the concept, else `urn:kompetanse:…`; `names` holds the preferred name in each
    language (ISO 639-1). `styrk` is an occupation's four-digit STYRK-08 code, None for skills; `group` a skill's group
    in the ESCO skills hierarchy such as "S5.6.1" or ISCED-F field of knowledge such as "0411", None where it is not
    placed.
    """

    uri: str
    kind: ConceptKind
    names: Mapping[str, str] = field(compare=False)
    styrk: str | None = None
    group: str | None = None

    def name(self, language: str = "nb") -> str:
        """The preferred name in a language; where it has none, in bokmål, in English, or in whichever it has."""
        for one in (language, *_FALLBACKS):
            if one in self.names:
                return self.names[one]
        return next(iter(self.names.values()), self.uri)
