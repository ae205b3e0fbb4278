"""Skills, courses and interests in a text: lists of them, and skills that are named in passing."""

from collections.abc import Iterator
from datetime import date

from kompetanse.competence.extracting.naming import Named, Naming
from kompetanse.competence.extracting.segments import Section, Segment, clauses, trimmed
from kompetanse.competence.extracting.suggestions import Suggestion
from kompetanse.competence.extracting.times import times
from kompetanse.competence.extracting.vocabulary import code_of, cue
from kompetanse.competence.extracting.written import Written
from kompetanse.competence.fields import CourseFields, InterestFields, ProfilePart, SkillFields
from kompetanse.taxonomy.concepts import ConceptKind

_LISTED, _LIST, _PASSING = 0.9, 0.8, 0.6
_COURSE_LISTED, _COURSE_SAID = 0.85, 0.6
_LEAST_ITEMS, _MOST_WORDS = 3, 5
_LEAST_LISTED, _LEAST_LETTERS = 4, 6
"""A single word in a running text is a skill only when it is so long that it is hardly a word of something else."""
_LONGEST = 200
_RUNNING = frozenset({Section.NONE, Section.WORK, Section.SUMMARY})


def skills(naming: Naming, segment: Segment) -> Iterator[Suggestion]:
    """The skills that a segment names."""
    written, text = naming.written, naming.written.folded
    if segment.section in {Section.SKILLS, Section.COURSES}:
        sure = _LISTED
    elif segment.section in _RUNNING and not _tells_otherwise(text, segment):
        sure = _PASSING
    else:
        return
    parts = list(clauses(written, segment.start, segment.end))
    is_list = sure < _LISTED and len(parts) >= _LEAST_ITEMS and all(_is_short(written, *one) for one in parts)
    can = False
    for clause, end in parts:
        able = cue("can").search(text, clause, end)
        can = can or able is not None
        start = _next_word(text, able.end(), end) if able else clause
        if cue("negation").search(text, start, end):
            continue
        whole = naming.likely(ConceptKind.SKILL, start, end) if sure == _LISTED or is_list else None
        if whole is not None:
            found = [whole]
        else:
            found = [
                one for one in naming.named(ConceptKind.SKILL, start, end) if _is_clear(one, sure == _LISTED or can)
            ]
        for one in found:
            if not _is_elsewhere(text, one):
                yield _skill(written, one, _certainty(sure, one is whole, can))


def _certainty(sure: float, whole: bool, can: bool) -> float:
    """How sure a skill is: a whole item of a list of skills, part of one, or in passing."""
    if whole:
        return max(sure, _LIST)
    return _LIST if can or sure == _LISTED else sure


def _is_clear(one: Named, listed: bool) -> bool:
    """Whether words are hardly words of something else, as short ones are; shorter ones do where skills are listed."""
    return one.words > 1 or one.end - one.start >= (_LEAST_LISTED if listed else _LEAST_LETTERS)


def _next_word(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _tells_otherwise(text: str, segment: Segment) -> bool:
    """Whether a sentence tells of somebody else, or of what the person wants to get away from."""
    return any(cue(name).search(text, segment.start, segment.end) for name in ("leave", "somebody"))


def _is_elsewhere(text: str, one: Named) -> bool:
    """Whether the words name a language or a country, which ESCO has skills for as well."""
    return any(code_of(name, text[one.start : one.end]) for name in ("languages", "countries"))


def _is_short(written: Written, start: int, end: int) -> bool:
    return len(written.folded[start:end].split()) <= _MOST_WORDS


def _skill(written: Written, one: Named, sure: float) -> Suggestion:
    fields = SkillFields(label=written.original(one.start, one.end)[:_LONGEST], concept=one.concept.uri)
    return Suggestion(ProfilePart.SKILLS, one.start, one.end, fields, sure, one.concept.uri, one.concept.name())


def courses(written: Written, segment: Segment, today: date) -> Iterator[Suggestion]:
    """Courses: the lines under their heading, and what is called a course elsewhere."""
    text = written.folded
    said = cue("interim").search(text, segment.start, segment.end)
    headed = segment.section is Section.COURSES
    if not headed and not (said and segment.alone and segment.section in {Section.NONE, Section.EDUCATION}):
        return
    if cue("wish").search(text, segment.start, segment.end) or cue("negation").search(text, segment.start, segment.end):
        return
    when = [one for one in times(text, segment.start, segment.end, today) if one.months is None]
    start, end = segment.start, segment.end
    if when and not any(trimmed(written, start, when[0].start)):
        start = when[0].end
    elif when:
        end = when[0].start
    for first, last in trimmed(written, start, end):
        title = written.original(first, last)
        fields = CourseFields(title=title[:_LONGEST])
        year = (when[0].ended or when[0].started) if when else None
        if year:
            fields["completed"] = year
        if _is_short(written, first, last) or headed:
            span = (min(first, when[0].start), max(last, when[0].end)) if when else (first, last)
            yield Suggestion(ProfilePart.COURSES, *span, fields, _COURSE_LISTED if headed else _COURSE_SAID)


def interests(written: Written, segment: Segment) -> Iterator[Suggestion]:
    """What is listed under a heading for interests."""
    text = written.folded
    if segment.section is not Section.INTERESTS or any(
        cue(name).search(text, segment.start, segment.end) for name in ("wish", "leave", "work")
    ):
        return
    for start, end in clauses(written, segment.start, segment.end):
        if _is_short(written, start, end) and not cue("negation").search(text, start, end):
            fields = InterestFields(label=written.original(start, end)[:_LONGEST])
            yield Suggestion(ProfilePart.INTERESTS, start, end, fields, _LIST)
