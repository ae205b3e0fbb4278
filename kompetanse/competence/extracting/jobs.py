"""Work in a text: titles that are known occupations, with when, how long, where and for whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kompetanse.codes.countries import find_country
from kompetanse.codes.work import ExperienceKind
from kompetanse.competence.extracting.naming import Named, Naming
from kompetanse.competence.extracting.segments import Section, Segment, clauses, trimmed
from kompetanse.competence.extracting.suggestions import Suggestion
from kompetanse.competence.extracting.times import Time, times
from kompetanse.competence.extracting.vocabulary import code_of, coded, cue
from kompetanse.competence.extracting.workplaces import Workplace, employer
from kompetanse.competence.extracting.written import Written
from kompetanse.competence.fields import ExperienceFields, ProfilePart
from kompetanse.taxonomy.concepts import ConceptKind

_WORK = frozenset({Section.NONE, Section.WORK, Section.SUMMARY, Section.SKILLS})
_MOST_ALONE = 6
"""Words of a line that may be a title and nothing else."""
_DATED, _CUED, _HEADED, _ALONE, _PART, _UNKNOWN = 0.95, 0.85, 0.8, 0.8, 0.7, 0.5
_LONGEST = 200
_CONJUNCTION = 20


@dataclass(frozen=True, slots=True)
class _Job:
    """One job as it is being put together. `title` may be words that name no known occupation.

    `reach`: the words around the title that are no other job's.
    """

    segment: Segment
    title: tuple[int, int] | None
    named: Named | None
    time: Time | None
    sure: float
    reach: tuple[int, int]


def jobs(naming: Naming, found: list[Segment], today: date) -> Iterator[Suggestion]:
    """The work that the segments of a text tell of."""
    written = naming.written
    parts = [one for segment in found if segment.section in _WORK for one in _parts(naming, segment, today)]
    for one in _tied(parts):
        if one.title is not None:
            yield _suggestion(written, one)


def _parts(naming: Naming, segment: Segment, today: date) -> Iterator[_Job]:
    """What a segment tells: titles with their times, or one without the other."""
    text = naming.written.folded
    segment = _before_wishes(text, segment)
    if segment.start >= segment.end or _not_own(naming, segment):
        return
    said = [
        one
        for one in times(text, segment.start, segment.end, today)
        if segment.section is Section.WORK or not one.single
    ]
    titles = list(_titles(naming, segment, said))
    if not titles:
        yield from _without_title(naming.written, segment, said)
    borders = [segment.start, *(one.end for one in titles)], [*(one.start for one in titles), segment.end]
    for place, (named, time) in enumerate(_paired(text, titles, said)):
        headed = segment.section is Section.WORK and not cue("work").search(text, segment.start, segment.end)
        if time or not headed or _opens(naming.written, segment, named):
            sure = _DATED if time else _certainty(text, segment)
            if headed and _is_part(naming.written, segment, named):
                sure = min(sure, _PART)
            reach = borders[0][place], borders[1][place + 1]
            yield _Job(segment, (named.start, named.end), named, time, sure, reach)


def _is_part(written: Written, segment: Segment, named: Named) -> bool:
    """Whether the words are part of a longer title that is not known: a teacher assistant is no teacher."""
    for start, end in clauses(written, segment.start, segment.end):
        if start <= named.start < end:
            behind = written.folded[named.end : end].split()
            return bool(behind) and behind[0].isalpha() and cue("small").fullmatch(behind[0]) is None
    return False


def _opens(written: Written, segment: Segment, named: Named) -> bool:
    """Whether a title begins its line as headings do: what comes further in tells of tasks."""
    return named.start == segment.start and written.is_capital(named.start)


def _before_wishes(text: str, segment: Segment) -> Segment:
    """What of a sentence tells how it was, and not how it should become."""
    found = [one.search(text, segment.start, segment.end) for one in (cue("wish"), cue("leave"))]
    return replace(segment, end=min([segment.end, *(one.start() for one in found if one)]))


def _not_own(naming: Naming, segment: Segment) -> bool:
    """Whether a sentence tells of an education or of somebody else."""
    text = naming.written.folded
    if segment.section is Section.WORK:
        return False
    if any(cue(name).search(text, segment.start, segment.end) for name in ("trained", "somebody")):
        return True
    degree = code_of("education", text[segment.start : segment.end])
    working = cue("work").search(text, segment.start, segment.end)
    return degree is not None and not working and not leads_with_title(naming, segment)


def leads_with_title(naming: Naming, segment: Segment) -> bool:
    """Whether a line begins with an occupation, so that a school in it is where somebody worked."""
    for start, end in clauses(naming.written, segment.start, segment.end):
        if any(letter.isalpha() for letter in naming.written.folded[start:end]):
            return any(
                one.start == start and one.end == end for one in naming.named(ConceptKind.OCCUPATION, start, end)
            )
    return False


def _titles(naming: Naming, segment: Segment, said: list[Time]) -> Iterator[Named]:
    """The occupations that a segment names, where something says that it tells of work."""
    text = naming.written.folded
    if segment.section is Section.SKILLS and not said:
        return
    working = cue("work").search(text, segment.start, segment.end)
    few = len(text[segment.start : segment.end].split()) <= _MOST_ALONE
    if not (said or working or segment.section is Section.WORK or (segment.alone and few)):
        return
    for start, end in clauses(naming.written, segment.start, segment.end):
        if not cue("negation").search(text, start, end):
            for first, last in _untimed(naming.written, start, end, said):
                yield from _in_clause(
                    naming, first, last, bool(said or segment.section is Section.WORK or segment.alone)
                )


def _untimed(written: Written, start: int, end: int, said: list[Time]) -> Iterator[tuple[int, int]]:
    """A clause without the times in it."""
    for one in said:
        if one.start < end and one.end > start:
            yield from trimmed(written, start, max(start, one.start))
            start = min(end, one.end)
    yield from trimmed(written, start, end)


def _in_clause(naming: Naming, start: int, end: int, likely: bool) -> Iterator[Named]:
    whole = naming.likely(ConceptKind.OCCUPATION, start, end) if likely else None
    if whole:
        yield whole
        return
    yield from naming.named(ConceptKind.OCCUPATION, start, end)


def _certainty(text: str, segment: Segment) -> float:
    if segment.section is Section.WORK:
        return _HEADED
    return _CUED if cue("work").search(text, segment.start, segment.end) else _ALONE


def _paired(text: str, titles: list[Named], said: list[Time]) -> Iterator[tuple[Named, Time | None]]:
    """Titles with their times: each time belongs to the title that it stands nearest to."""
    periods = _merged(said) if len(titles) == 1 else said
    near = sorted(
        (_distance(text, title, time), at, place)
        for at, title in enumerate(titles)
        for place, time in enumerate(periods)
    )
    times_of: dict[int, Time] = {}
    for _, at, place in near:
        if at not in times_of and periods[place] not in times_of.values():
            times_of[at] = periods[place]
    yield from ((title, times_of.get(at)) for at, title in enumerate(titles))


def _distance(text: str, title: Named, time: Time) -> int:
    """Letters between a title and a time; what a conjunction stands between is further apart."""
    between = text[title.end : time.start] or text[time.end : title.start]
    return len(between) + (_CONJUNCTION if cue("and").search(between) else 0)


def _merged(said: list[Time]) -> list[Time]:
    """Times, where a duration that a period is as long as is part of it ("2009–2015, 6 år")."""
    periods = [one for one in said if one.months is None]
    durations = [one for one in said if one.months is not None]
    if len(periods) == len(durations) == 1 and _as_long(periods[0], durations[0]):
        return [replace(periods[0], months=durations[0].months)]
    return said


def _as_long(period: Time, duration: Time) -> bool:
    if period.started is None or period.ended is None:
        return False
    years = int(period.ended[:4]) - int(period.started[:4])
    return abs(years * 12 - (duration.months or 0)) <= 12


def _without_title(written: Written, segment: Segment, said: list[Time]) -> Iterator[_Job]:
    """A line of a CV whose title nobody knows, or with nothing but a time."""
    if segment.section is not Section.WORK or not segment.alone or len(said) > 2:
        return
    rest = [one for clause in clauses(written, segment.start, segment.end) for one in _untimed(written, *clause, said)]
    time = next(iter(_merged(said)), None)
    title = rest[0] if rest and time and not time.single else None
    if title is not None or (time and not rest):
        yield _Job(segment, title, None, time, _UNKNOWN, (segment.start, segment.end))


def _tied(parts: list[_Job]) -> Iterator[_Job]:
    """Titles with the times of the lines beside them, in the same block."""
    place = 0
    while place < len(parts):
        one = parts[place]
        other = parts[place + 1] if place + 1 < len(parts) else None
        if other is not None and _belong_together(one, other):
            named = one if one.named else other if other.named else one if one.title else other
            time = one.time or other.time
            yield replace(named, time=time, sure=_DATED if named.named and time else named.sure)
            place += 2
        else:
            yield one
            place += 1


def _belong_together(one: _Job, other: _Job) -> bool:
    same = one.segment.block == other.segment.block and one.segment.section is other.segment.section is Section.WORK
    if not same or one.segment == other.segment:
        return False
    if one.time is None or other.time is None:
        return (one.time is None) != (other.time is None) and (one.named is None) != (other.named is None)
    return False


def _suggestion(written: Written, job: _Job) -> Suggestion:
    start, end = job.title or (0, 0)
    text, segment = written.folded, job.segment
    fields = ExperienceFields(title=written.original(start, end)[:_LONGEST])
    if job.named:
        fields["concept"] = job.named.concept.uri
    else:
        fields["styrk"] = None
    _add_time(fields, job.time)
    where = employer(written, end, segment)
    if where is not None:
        fields["employer"] = where.name
    country = _country(written, replace(segment, start=start, end=max(start, job.reach[1])))
    if country is not None:
        fields["country"] = country
    kind = _kind(text, segment)
    if kind is not None:
        fields["kind"] = kind
    first, last = _span(job, where)
    concept = job.named.concept if job.named else None
    uri, name = (concept.uri, concept.name()) if concept else (None, None)
    return Suggestion(ProfilePart.EXPERIENCES, first, last, fields, job.sure, uri, name)


def _span(job: _Job, where: Workplace | None) -> tuple[int, int]:
    """The words of a job: title, time and employer, as far as no other job stands between them."""
    start, end = job.title or (0, 0)
    low, high = job.reach
    near = [one for one in (job.time, where) if one and low <= one.start and one.end <= high]
    return min([start, *(one.start for one in near)]), max([end, *(one.end for one in near)])


def _add_time(fields: ExperienceFields, time: Time | None) -> None:
    if time is None:
        return
    if time.started:
        fields["started"] = time.started
    if time.ended or time.single:
        fields["ended"] = time.ended or time.started
    if time.ongoing:
        fields["ongoing"] = True
    if time.months:
        fields["months"] = time.months


def _country(written: Written, segment: Segment) -> str | None:
    """The only country that a segment names."""
    pattern, codes = coded("countries")
    found = {codes[one.lastgroup or ""] for one in pattern.finditer(written.folded, segment.start, segment.end)}
    for start, end in clauses(written, segment.start, segment.end):
        code = _country_called(written.original(start, end)) if written.is_capital(start) else None
        found |= {code} if code else set()
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1024)
def _country_called(name: str) -> str | None:
    return find_country(name) if len(name) > 3 else None


def _kind(text: str, segment: Segment) -> ExperienceKind | None:
    if cue("volunteer").search(text, segment.start, segment.end):
        return ExperienceKind.UNPAID
    return ExperienceKind.SELF_EMPLOYED if cue("own").search(text, segment.start, segment.end) else None
