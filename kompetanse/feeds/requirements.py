"""What a vacancy's text asks for, as proposals: somebody accepts them or does not, and until then nothing counts them.

Reads with the same linker as CVs are read with. Errs on the side of silence: what the text only wishes for is proposed
as a wish where there is such a thing, and not at all where there is none. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.licences import authorisations
from kompetanse.codes.work import Importance
from kompetanse.competence.accepting import Given
from kompetanse.competence.extracting.extraction import extract
from kompetanse.competence.fields import ProfilePart
from kompetanse.vacancies.rules import LanguageDemand, SkillDemand, VacancyFields
from kompetanse.vacancies.wording import read_text

_WISHED = re.compile(
    r"\b(?:en fordel|fordelaktig|ønskelig|ønskjeleg|et pluss|eit pluss|ikke (?:et )?krav)\b", re.IGNORECASE
)
_LEVELS: tuple[tuple[re.Pattern[str], EducationLevel], ...] = tuple(
    (re.compile(words, re.IGNORECASE), level)
    for words, level in (
        (r"\b(?:fagbrev|svennebrev|fagutdann\w+)", EducationLevel.UPPER_SECONDARY),
        (r"\bfagskole\w*", EducationLevel.POST_SECONDARY),
        (r"\bbachelor\w*|\b(?:høyskole|høgskole|høgskule)(?:utdann\w+|niv\w+)", EducationLevel.BACHELOR),
        (r"\b(?:master(?:grad\w*|niv\w+|utdann\w+)?|hovedfag)\b", EducationLevel.MASTER),
        (r"\b(?:doktorgrad\w*|ph\.?d\b)", EducationLevel.DOCTORATE),
    )
)
"""Words for levels of education, the lowest first: the least that is named is what is asked for."""

_NORWEGIAN = "nor"
_LONGEST_WORDS = 200
_CEFR = re.compile(r"\b[ABC][12]\b")
_AUTHORISED = re.compile(r"\bautorisasjon som ([a-zæøå-]+)|\bautorisert ([a-zæøå-]+)", re.IGNORECASE)


class RequirementKind(StrEnum):
    """What a proposal is about."""

    LANGUAGE = "language"
    LICENCE = "licence"
    AUTHORISATION = "authorisation"
    EDUCATION = "education"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement that a text speaks for, and the words that do.

    `value` is the code of a language, licence, regulated profession or level of education, or a skill in words.
    `level` is of a language. `wished`: the text calls it an advantage.
    """

    kind: RequirementKind
    value: str
    words: str
    level: Cefr | None = None
    wished: bool = False

    @property
    def key(self) -> str:
        """What it is called when it is accepted."""
        return ":".join(filter(None, (self.kind.value, self.level, self.value)))


def requirements(title: str, description: str, given: Given) -> tuple[Requirement, ...]:
    """What a vacancy's text (HTML or plain) asks for, each once, in the order of the kinds."""
    text = read_text(description)
    heading = read_text(title)
    kept: dict[tuple[RequirementKind, str], Requirement] = {}
    for one in (*_linked(text, given), *_authorisations(text), *_education(text)):
        if one.words != heading:
            kept.setdefault((one.kind, one.value), one)
    order = list(RequirementKind)
    return tuple(sorted(kept.values(), key=lambda one: order.index(one.kind)))


def _linked(text: str, given: Given) -> Iterator[Requirement]:
    for one in extract(text, given):
        words, wished = text[one.start : one.end], _is_wished(text, one.start, one.end)
        said: Mapping[str, object] = {**one.fields}
        match one.part:
            case ProfilePart.LANGUAGES:
                least = _least(text, words, said)
                if least is not None:
                    level, spoken = least
                    yield Requirement(RequirementKind.LANGUAGE, str(said["language"]), spoken, level, wished)
            case ProfilePart.LICENCES:
                if not wished and said.get("holds"):
                    yield Requirement(RequirementKind.LICENCE, str(said["licence"]), words)
            case ProfilePart.SKILLS:
                if one.is_sure:
                    yield Requirement(RequirementKind.SKILL, str(said["label"]), words, None, wished)
            case _:
                pass


def _least(text: str, words: str, said: Mapping[str, object]) -> tuple[Cefr, str] | None:
    """The least level that is named for a language, and where; of Norwegian in any line: "B2", "B1 may do" is B1."""
    found = [(level, words) for level in said.values() if isinstance(level, Cefr)]
    if found and said.get("language") == _NORWEGIAN:
        lines = [line for line in text.splitlines() if "norsk" in line.casefold()]
        found += [(Cefr(level), line[:_LONGEST_WORDS]) for line in lines for level in _CEFR.findall(line)]
    return min(found, key=lambda one: one[0], default=None)


def _authorisations(text: str) -> Iterator[Requirement]:
    for found in _AUTHORISED.finditer(text):
        code = _by_name().get((found[1] or found[2]).casefold())
        if code is not None and not _is_wished(text, *found.span()):
            yield Requirement(RequirementKind.AUTHORISATION, code, found[0])


@cache
def _by_name() -> dict[str, str]:
    return {one.name_nb.casefold(): one.code for one in authorisations()}


def _education(text: str) -> Iterator[Requirement]:
    for pattern, level in _LEVELS:
        for found in pattern.finditer(text):
            if not _is_wished(text, *found.span()):
                yield Requirement(RequirementKind.EDUCATION, level.value, found[0])
                return


def _is_wished(text: str, start: int, end: int) -> bool:
    """Whether the line that words stand in calls them an advantage."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    return _WISHED.search(text, begin, stop if stop >= 0 else len(text)) is not None


def added(standing: VacancyFields, chosen: Sequence[Requirement]) -> VacancyFields:
    """The fields of a vacancy that change when requirements are accepted beside those that stand."""
    fields = VacancyFields()
    languages = [
        LanguageDemand(one.value, one.level, required=not one.wished)
        for one in chosen
        if one.kind is RequirementKind.LANGUAGE and one.level is not None
    ]
    skills = [
        SkillDemand(one.value, Importance.TRAINABLE if one.wished else Importance.ESSENTIAL)
        for one in chosen
        if one.kind is RequirementKind.SKILL
    ]
    licences = [one.value for one in chosen if one.kind is RequirementKind.LICENCE]
    if languages:
        fields["languages"] = [*standing.get("languages", []), *languages]
    if skills:
        fields["skills"] = [*standing.get("skills", []), *skills]
    if licences:
        fields["licences"] = [*standing.get("licences", []), *licences]
    for one in chosen:
        if one.kind is RequirementKind.AUTHORISATION:
            fields["authorisation"] = one.value
        elif one.kind is RequirementKind.EDUCATION:
            fields["education_level"] = EducationLevel(one.value)
    return fields
