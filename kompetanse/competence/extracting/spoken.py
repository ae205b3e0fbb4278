"""Languages in a text with their levels: "norsk B1 muntlig", "angielski C1", "англійська B2", "morsmål"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.languages import find_language, macrolanguage
from kompetanse.competence.extracting.segments import Section, Segment
from kompetanse.competence.extracting.suggestions import Suggestion
from kompetanse.competence.extracting.vocabulary import coded, cue
from kompetanse.competence.extracting.written import Written
from kompetanse.competence.fields import LanguageFields, ProfilePart

_SKILLS = ("listening", "reading", "interaction", "production", "writing")
"""The order of a Europass grid."""
_ORAL, _WRITTEN = ("listening", "interaction", "production"), ("reading", "writing")
# Cyrillic letters that look like the Latin ones are written in their place.
_LEVEL = re.compile(r"(?<!\w)([abcавс])([12])(?![\w])(?:[ ]*[/–-][ ]*([abcавс])([12])(?!\w))?")
_ALIKE = str.maketrans("авс", "abc")
_WORD = re.compile(r"[^\W\d]+")
_COMMA = re.compile(r"[,;()|]|(?<![\w])(?:og|and|oraz|та|ir|și)(?!\w)")
_TOGETHER = re.compile(r"[ ]*(?:/|&|\+|og|and|i|та|и|ir|și|و)[ ]*")
_LEAST_LETTERS = 4
_NOT_YET = re.compile(r"(?<!\w)(?:under|below|ponizej|mal(?:et)?|skal ta|vil ta|tar|gar pa)[ :]*$")
"""Behind these words, folded as the text is, stands a level that somebody has not reached."""

_WITH_LEVEL, _MOTHER_TONGUE, _LISTED, _SAID = 0.95, 0.95, 0.85, 0.8


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    code: str


def languages(written: Written, segment: Segment) -> Iterator[Suggestion]:
    """The languages that a segment says the person knows."""
    text = written.folded
    mentions = list(_mentions(written, segment))
    speaks = bool(mentions) and cue("speaks").search(text, segment.start, mentions[0].start) is not None
    for place, one in enumerate(mentions):
        before = _border(text, mentions[place - 1], one) if place else segment.start
        following = mentions[place + 1] if place + 1 < len(mentions) else None
        behind = _border(text, one, following) if following else segment.end
        said = _Said.of(text, before, one, _shared(text, mentions, place, segment.end) or behind)
        sure = said.sure(segment, speaks)
        if sure and not cue("negation").search(text, before, one.start) and not _negated(text, one.end, behind):
            end = max(one.end, said.end) if said.end <= behind else one.end
            yield Suggestion(ProfilePart.LANGUAGES, one.start, end, said.fields(one.code), sure)


def _border(text: str, one: _Mention, following: _Mention) -> int:
    """Where the words that belong to one language end, and those before the next begin: at the last comma between."""
    commas = [found.end() for found in _COMMA.finditer(text, one.end, following.start)]
    return commas[-1] if commas else following.start


def _negated(text: str, start: int, end: int) -> bool:
    found = cue("negation").search(text, start, min(end, start + 12))
    return found is not None and cue("but").search(text, start, found.start()) is None


def _mentions(written: Written, segment: Segment) -> Iterator[_Mention]:
    text, last = written.folded, segment.start
    pattern, codes = coded("languages")
    for found in pattern.finditer(text, segment.start, segment.end):
        yield from _by_list(written, last, found.start(), segment)
        yield _Mention(found.start(), found.end(), macrolanguage(codes[found.lastgroup or ""]))
        last = found.end()
    yield from _by_list(written, last, segment.end, segment)


def _by_list(written: Written, start: int, end: int, segment: Segment) -> Iterator[_Mention]:
    """Languages that only the code list has, where languages are listed: their names are words of other kinds too."""
    if segment.section is not Section.LANGUAGES:
        return
    for found in _WORD.finditer(written.folded, start, end):
        code = find_language(found[0]) if len(found[0]) >= _LEAST_LETTERS else None
        if code:
            yield _Mention(found.start(), found.end(), macrolanguage(code))


def _shared(text: str, mentions: list[_Mention], place: int, end: int) -> int | None:
    """Where that ends which is said of several languages together ("ukrainsk og russisk: morsmål")."""
    last = place
    while last + 1 < len(mentions) and _TOGETHER.fullmatch(text, mentions[last].end, mentions[last + 1].start):
        last += 1
    if last == place:
        return None
    return mentions[last + 1].start if last + 1 < len(mentions) else end


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of one language, and where that ends."""

    levels: dict[str, Cefr]
    mother_tongue: bool
    described: bool
    end: int

    @classmethod
    def of(cls, text: str, before: int, one: _Mention, behind: int) -> "_Said":
        """Read what stands behind a language's name; what stands before it ("B2 w angielskim") where nothing does."""
        levels, last = _levels(text, one.end, behind)
        native = cue("native").search(text, one.end, behind)
        is_native = native is not None or cue("native").search(text, before, one.start) is not None
        if not levels and not is_native:
            levels, _ = _levels(text, before, one.start)
        described = any(cue("fluent").search(text, *where) for where in ((one.end, behind), (before, one.start)))
        return cls(levels, is_native, described, max(last, native.end() if native else 0))

    def fields(self, code: str) -> LanguageFields:
        """As the profile's entry."""
        fields = LanguageFields(language=code)
        if self.mother_tongue:
            fields["mother_tongue"] = True
        for name, level in self.levels.items():
            fields[name] = level  # type: ignore[literal-required]
        return fields

    def sure(self, segment: Segment, speaks: bool) -> float:
        """How sure it is that the person knows the language, 0 when nothing says so."""
        listed = segment.section is Section.LANGUAGES or (self.described and segment.section is Section.NONE)
        if self.levels:
            return _WITH_LEVEL
        if self.mother_tongue:
            return _MOTHER_TONGUE
        return _LISTED if listed else _SAID if speaks else 0.0


def _levels(text: str, start: int, end: int) -> tuple[dict[str, Cefr], int]:
    """The level of each skill, and where they end. Five in a row are the skills of a Europass grid, one by one."""
    found = [one for one in _LEVEL.finditer(text, start, end) if not _NOT_YET.search(text, start, one.start())]
    if not found:
        return {}, 0
    stated = [min(_cefr(one[1], one[2]), _cefr(one[3], one[4]) if one[3] else Cefr.C2) for one in found]
    if len(stated) == len(_SKILLS):
        return dict(zip(_SKILLS, stated, strict=True)), found[-1].end()
    levels: dict[str, Cefr] = {}
    last = found[-1].end()
    for place, one in enumerate(found):
        until = found[place + 1].start() if place + 1 < len(found) else end
        skills, stop = _skills(text, one.end(), until)
        if not skills and place == 0:
            skills, _ = _skills(text, start, one.start())
        last = max(last, stop)
        for skill in skills or _SKILLS:
            levels.setdefault(skill, stated[place])
    return levels, last


def _skills(text: str, start: int, end: int) -> tuple[tuple[str, ...], int]:
    oral, written = cue("oral").search(text, start, end), cue("written").search(text, start, end)
    stop = max((found.end() for found in (oral, written) if found), default=0)
    return (*(_ORAL if oral else ()), *(_WRITTEN if written else ())), stop


def _cefr(letter: str, number: str) -> Cefr:
    return Cefr(f"{letter.translate(_ALIKE)}{number}".upper())
