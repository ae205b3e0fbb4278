"""From a text to suggestions: each part of a profile reads it, and what they found is put together."""

from collections.abc import Iterable, Iterator, Mapping

from kompetanse.competence.accepting import Given
from kompetanse.competence.extracting.abilities import courses, interests, skills
from kompetanse.competence.extracting.educations import educations
from kompetanse.competence.extracting.jobs import jobs
from kompetanse.competence.extracting.licences import licences
from kompetanse.competence.extracting.naming import Naming
from kompetanse.competence.extracting.segments import Section, Segment, segments
from kompetanse.competence.extracting.spoken import languages
from kompetanse.competence.extracting.suggestions import Suggestion, apart, overlapping, placed
from kompetanse.competence.extracting.wishes import wishes
from kompetanse.competence.extracting.written import Written
from kompetanse.competence.fields import ProfilePart

__all__ = ["Suggestion", "extract"]

_HIDES: dict[ProfilePart, tuple[ProfilePart, ...]] = {
    ProfilePart.SKILLS: (
        ProfilePart.LICENCES, ProfilePart.LANGUAGES, ProfilePart.EDUCATIONS, ProfilePart.WISHED_OCCUPATIONS,
        ProfilePart.WISHES, ProfilePart.EXPERIENCES,
    ),
    ProfilePart.COURSES: (ProfilePart.LICENCES, ProfilePart.LANGUAGES),
    ProfilePart.EXPERIENCES: (ProfilePart.LICENCES, ProfilePart.WISHED_OCCUPATIONS),
    ProfilePart.WISHES: (ProfilePart.WISHED_OCCUPATIONS,),
    ProfilePart.LANGUAGES: (ProfilePart.EDUCATIONS,),
}  # fmt: skip
"""Whose words are taken already: "truck T1" is a licence and no skill as well."""


def extract(text: str, given: Given) -> tuple[Suggestion, ...]:
    """What a text in any of the newcomers' languages says that a person can and wants, in the order of the text.

    Made for precision: what is not clear is left out, or less sure than `suggestions.SURE`. Never raises.
    """
    written = Written.of(text)
    found = list(segments(written))
    naming = Naming(written, given.lexicon)
    by_part: dict[ProfilePart, list[Suggestion]] = {part: [] for part in ProfilePart}
    for one in _everything(naming, found, given):
        by_part[one.part].append(one)
    kept = {part: apart(all_) for part, all_ in by_part.items()}
    seen = [one for part, all_ in kept.items() for one in all_ if not _is_hidden(one, _HIDES.get(part, ()), kept)]
    precisions = _precisions(seen)
    told = [one for one in seen if not _is_told_better(one, precisions)]
    order = list(ProfilePart)
    return tuple(placed(written, one) for one in sorted(told, key=lambda o: (o.start, o.end, order.index(o.part))))


def _everything(naming: Naming, found: list[Segment], given: Given) -> Iterator[Suggestion]:
    written = naming.written
    yield from jobs(naming, found, given.today)
    yield from educations(naming, found, given.today)
    for one in found:
        if one.section is not Section.OTHER:
            yield from licences(written, one)
            yield from languages(written, one)
            yield from wishes(naming, one)
            yield from skills(naming, one)
            yield from courses(written, one, given.today)
            yield from interests(written, one)


def _is_hidden(one: Suggestion, by: tuple[ProfilePart, ...], kept: dict[ProfilePart, list[Suggestion]]) -> bool:
    return any(overlapping(one, kept[part]) for part in by)


def _is_told_better(one: Suggestion, precision: Mapping[str, int]) -> bool:
    """Whether a job is told elsewhere with a time, or with years where here stands only how long."""
    if one.part is not ProfilePart.EXPERIENCES or one.concept is None:
        return False
    return _precision(one) < precision[one.concept]


def _precisions(seen: Iterable[Suggestion]) -> dict[str, int]:
    """How exactly each occupation's time is told where it is told best."""
    best: dict[str, int] = {}
    for one in seen:
        if one.part is ProfilePart.EXPERIENCES and one.concept:
            best[one.concept] = max(best.get(one.concept, 0), _precision(one))
    return best


def _precision(one: Suggestion) -> int:
    return 2 if one.fields.get("started") else 1 if one.fields.get("months") else 0
