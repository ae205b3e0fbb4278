"""Wishes in a text: occupations that are wanted, sectors that the person wants into, or out of."""

from collections.abc import Iterator

from kompetanse.codes.work import Strength, WishKind
from kompetanse.competence.extracting.naming import Naming
from kompetanse.competence.extracting.segments import Section, Segment, clauses
from kompetanse.competence.extracting.suggestions import Suggestion
from kompetanse.competence.extracting.vocabulary import coded, cue
from kompetanse.competence.fields import OtherWishFields, ProfilePart, WishedOccupationFields
from kompetanse.taxonomy.concepts import ConceptKind

_SAID, _SECTOR, _HEADED = 0.9, 0.8, 0.8
_LONGEST = 200
_FAR = 40
"""Letters between "I want to work in" and the sector."""


def wishes(naming: Naming, segment: Segment) -> Iterator[Suggestion]:
    """The wishes that a segment tells."""
    text = naming.written.folded
    at = segment.start
    for found in cue("leave").finditer(text, segment.start, segment.end):
        yield from _sector(naming, found.start(), found.end(), segment, WishKind.LEAVES)
        at = found.end()
    wanted = cue("wish").search(text, segment.start, segment.end)
    if wanted is not None and not cue("negation").search(text, segment.start, wanted.start()):
        yield from _wanted(naming, wanted.start(), wanted.end(), segment)
    elif segment.section is Section.WISHES and at == segment.start:
        for start, end in clauses(naming.written, segment.start, segment.end):
            if not cue("negation").search(text, start, end):
                yield from _occupations(naming, start, end, _HEADED)


def _wanted(naming: Naming, start: int, behind: int, segment: Segment) -> Iterator[Suggestion]:
    turn = cue("but").search(naming.written.folded, behind, segment.end)
    found = list(_occupations(naming, behind, turn.start() if turn else segment.end, _SAID))
    yield from found
    if not found:
        yield from _sector(naming, start, behind, segment, WishKind.SECTOR)


def _occupations(naming: Naming, start: int, end: int, sure: float) -> Iterator[Suggestion]:
    for one in naming.named(ConceptKind.OCCUPATION, start, end):
        title = naming.written.original(one.start, one.end)[:_LONGEST]
        fields = WishedOccupationFields(title=title, concept=one.concept.uri, strength=Strength.PREFER)
        uri, name = one.concept.uri, one.concept.name()
        yield Suggestion(ProfilePart.WISHED_OCCUPATIONS, one.start, one.end, fields, sure, uri, name)


def _sector(naming: Naming, start: int, behind: int, segment: Segment, kind: WishKind) -> Iterator[Suggestion]:
    """The sector that is named just behind a cue."""
    pattern, codes = coded("sectors")
    found = pattern.search(naming.written.folded, behind, min(segment.end, behind + _FAR))
    if found is None:
        return
    text = naming.written.original(start, found.end())[:_LONGEST]
    fields = OtherWishFields(kind=kind, value=codes[found.lastgroup or ""], text=text, strength=Strength.PREFER)
    yield Suggestion(ProfilePart.WISHES, start, found.end(), fields, _SAID if kind is WishKind.LEAVES else _SECTOR)
