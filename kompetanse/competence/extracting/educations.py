"""Educations in a text: by the words for degrees and schools, and by the lines of a CV that stand together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from kompetanse.codes.education import EducationLevel
from kompetanse.codes.lists import read_list
from kompetanse.competence.extracting.jobs import leads_with_title
from kompetanse.competence.extracting.naming import Naming
from kompetanse.competence.extracting.segments import Section, Segment, clauses, trimmed
from kompetanse.competence.extracting.suggestions import Suggestion
from kompetanse.competence.extracting.times import Time, times
from kompetanse.competence.extracting.vocabulary import PACKAGE, alternatives, code_of, cue, whole
from kompetanse.competence.extracting.written import Written
from kompetanse.competence.fields import EducationFields, ProfilePart
from kompetanse.taxonomy.concepts import ConceptKind

_LONGEST = 200
_MOST_WORDS = 25
_HEADED, _DEGREE, _SCHOOL, _TRAINED = 0.9, 0.8, 0.6, 0.7


@dataclass(frozen=True, slots=True)
class _Degree:
    level: EducationLevel
    own: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """What one segment tells of an education."""

    segment: Segment
    title: tuple[int, int] | None
    degree: _Degree | None
    time: Time | None


def educations(naming: Naming, found: list[Segment], today: date) -> Iterator[Suggestion]:
    """The educations that the segments of a text tell of."""
    written = naming.written
    headed = [one for one in found if one.section is Section.EDUCATION]
    for group in _grouped([_part(written, one, today) for one in headed]):
        yield from _suggestion(written, group, _HEADED)
    for one in found:
        if one.section in {Section.NONE, Section.SUMMARY}:
            yield from _in_prose(naming, one, today)


@cache
def _degrees() -> tuple[tuple[re.Pattern[str], _Degree], ...]:
    return tuple(
        (re.compile(whole(alternatives(words))), _Degree(EducationLevel(level), own == "1"))
        for level, own, words in read_list("education", PACKAGE)
    )


def _degree(text: str, start: int, end: int) -> _Degree | None:
    return next((degree for pattern, degree in _degrees() if pattern.search(text, start, end)), None)


def _part(written: Written, segment: Segment, today: date) -> _Part:
    text = written.folded
    said = times(text, segment.start, segment.end, today)
    time = next((one for one in said if one.months is None), None)
    rest = [one for clause in _titled(written, segment, said) for one in trimmed(written, *clause)]
    title = (rest[0][0], rest[-1][1]) if rest else None
    return _Part(segment, title, _degree(text, segment.start, segment.end), time)


def _titled(written: Written, segment: Segment, said: list[Time]) -> Iterator[tuple[int, int]]:
    """A segment without the times at its ends."""
    start, end = segment.start, segment.end
    for one in said:
        if not any(trimmed(written, start, one.start)):
            start = one.end
    for one in reversed(said):
        if one.start >= start and not any(trimmed(written, one.end, end)):
            end = one.start
    yield start, end


def _grouped(parts: list[_Part]) -> Iterator[list[_Part]]:
    """The lines that tell of one education: each says something that the others have not said."""
    group: list[_Part] = []
    for one in parts:
        if group and (_repeats(group, one) or one.segment.block != group[-1].segment.block):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _repeats(group: list[_Part], one: _Part) -> bool:
    timed = one.time is not None and any(other.time for other in group)
    owned = bool(one.degree and one.degree.own) and any(other.degree and other.degree.own for other in group)
    schools = bool(one.degree and not one.degree.own) and any(other.degree and not other.degree.own for other in group)
    return timed or owned or schools or len(group) >= 3


def _suggestion(written: Written, group: list[_Part], sure: float) -> Iterator[Suggestion]:
    titled = [one for one in group if one.title]
    best = next((one for one in titled if one.degree and one.degree.own), None)
    best = best or next((one for one in titled if one.degree), None) or next(iter(titled), None)
    timed = next((one.time for one in group if one.time), None)
    if best is None or best.title is None or (best.degree is None and timed is None):
        return
    start, end = best.title
    title = written.original(start, end)
    if len(title.split()) > _MOST_WORDS:
        return
    fields = EducationFields(title=title[:_LONGEST])
    if best.degree:
        fields["level"] = best.degree.level
    text = written.folded
    unfinished = any(cue("unfinished").search(text, one.segment.start, one.segment.end) for one in group)
    if unfinished:
        fields["completed"] = False
    _add_years(fields, timed, unfinished)
    institution = _institution(written, group, best)
    if institution:
        fields["institution"] = institution[:_LONGEST]
    country = {code for one in group if (code := code_of("countries", text[one.segment.start : one.segment.end]))}
    if len(country) == 1:
        fields["country"] = country.pop()
    first, last = _span(best, timed)
    yield Suggestion(ProfilePart.EDUCATIONS, first, last, fields, sure if best.degree else _SCHOOL)


def _span(best: _Part, timed: Time | None) -> tuple[int, int]:
    start, end = best.title or (best.segment.start, best.segment.end)
    if timed and best.segment.start <= timed.start < best.segment.end:
        return min(start, timed.start), max(end, timed.end)
    return start, end


def _add_years(fields: EducationFields, time: Time | None, unfinished: bool) -> None:
    if time is None or time.started is None:
        return
    if time.single:
        if not unfinished:
            fields["completed_year"] = int(time.started[:4])
        return
    fields["started_year"] = int(time.started[:4])
    if time.ended and not unfinished:
        fields["completed_year"] = int(time.ended[:4])
    if time.ongoing:
        fields["completed"] = False


def _institution(written: Written, group: list[_Part], best: _Part) -> str | None:
    """The school's name: the part between commas that has a word for one, on the degree's line or another."""
    text = written.folded
    degree = next((found.start() for found in _own_degrees(text, best)), -1)
    for one in group:
        for start, end in clauses(written, *one.title) if one.title else ():
            if cue("institution").search(text, start, end) and not start <= degree < end and (start, end) != best.title:
                return written.original(start, end)
    return None


def _own_degrees(text: str, best: _Part) -> Iterator[re.Match[str]]:
    """The words for a degree in an education's title."""
    for pattern, degree in _degrees():
        found = pattern.search(text, *best.title) if degree.own and best.title else None
        if found is not None:
            yield found


def _in_prose(naming: Naming, segment: Segment, today: date) -> Iterator[Suggestion]:
    """An education in a running text: a degree, or "utdannet sykepleier"."""
    written, text = naming.written, naming.written.folded
    if any(cue(name).search(text, segment.start, segment.end) for name in ("wish", "takes_licence", "negation")):
        return
    trained = cue("trained").search(text, segment.start, segment.end)
    if trained:
        named = next(naming.named(ConceptKind.OCCUPATION, trained.end(), segment.end), None)
        if named is not None and named.start - trained.end() <= 4:
            fields = EducationFields(title=written.original(trained.start(), named.end)[:_LONGEST])
            yield Suggestion(ProfilePart.EDUCATIONS, trained.start(), named.end, fields, _TRAINED)
            return
    if cue("work").search(text, segment.start, segment.end) or leads_with_title(naming, segment):
        return
    part = _part(written, segment, today)
    if part.degree and (part.degree.own or part.time):
        yield from _suggestion(written, [replace(part)], _DEGREE if part.degree.own else _SCHOOL)
