"""Takes a text apart: into the lines of each part of a CV, and those into sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kompetanse.competence.extracting.vocabulary import alternatives, cells, whole
from kompetanse.competence.extracting.written import Written


class Section(StrEnum):
    """The parts of a CV. A text without headings has none."""

    NONE = ""
    WORK = "work"
    EDUCATION = "education"
    LANGUAGES = "languages"
    SKILLS = "skills"
    LICENCES = "licences"
    COURSES = "courses"
    INTERESTS = "interests"
    WISHES = "wishes"
    SUMMARY = "summary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or a line, by its place in the folded text.

    `block` numbers what stands between blank lines; `alone`: it is its whole line.
    """

    start: int
    end: int
    section: Section
    block: int
    alone: bool


_BULLET = re.compile(r"[ \r]*(?:[-–—•·*▪●➢►✓◦o](?=[ ])|[•·▪●➢►✓◦]|\d{1,2}[.)](?=[ ]))?[ ]*")
_ENDS = re.compile(r"[!?;؟؛•▪●।](?=[ ]|$)[ ]*|\.(?=[ ])[ ]+|\.$")
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:kat|kl|cat|ca|ok|nr|st|dr|mgr|inz|lic|tel|ul|вул|ул|кат|м|г|наст|тепер|н|d|f|eks|bl|gr|mies|mnd|mndr|wiek|prof|ing|t|o|sp|z|zs)$"
)
_LONGEST_HEADING = 45
_LISTS = frozenset({Section.LANGUAGES, Section.LICENCES, Section.SKILLS, Section.COURSES, Section.INTERESTS})
_LEAST_PROSE = 6
_LONGEST = 400
"""Letters of a segment: longer ones are cut, so that the time to read a text grows with its length alone."""


def segments(written: Written) -> Iterator[Segment]:
    """The segments of a text, in their order, without headings."""
    section, block, start, blank = Section.NONE, 0, 0, False
    for line in written.folded.split("\n"):
        first, last = start + _length(_BULLET, line), start + len(line.rstrip())
        start += len(line) + 1
        if first >= last:
            block, blank = block + 1, True
            continue
        heading, length, inline = _heading(written.folded[first:last])
        here = heading or section
        if heading is not None:
            block += not inline
            section = section if inline else heading
            # "Driving licence: no" says what it denies in its heading.
            first = last if not inline else first if heading is Section.LICENCES else first + length
        elif blank and _is_prose(written.folded[first:last]) and section in _LISTS:
            section = here = Section.NONE
        blank = False
        yield from _sentences(written, first, last, here, block)


def _is_prose(line: str) -> bool:
    """Whether a line is a sentence, and so no item of a list."""
    return len(line.split()) >= _LEAST_PROSE and line.rstrip().endswith((".", "!"))


def _length(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


@cache
def _headings() -> tuple[re.Pattern[str], dict[str, Section]]:
    words = cells("sections")
    pattern = "|".join(f"(?P<{name}>{alternatives(words[name])})" for name in words)
    return re.compile(rf"(?:{pattern})[ ]*(:|$)"), {name: Section(name) for name in words}


def _heading(line: str) -> tuple[Section | None, int, bool]:
    """The section that a line opens, how long the heading is, and whether something stands behind it."""
    pattern, names = _headings()
    found = pattern.match(line) if len(line.split(":", 1)[0]) <= _LONGEST_HEADING else None
    if found is None:
        return None, 0, False
    section = next(names[name] for name in names if found[name] is not None)
    return section, found.end(), bool(line[found.end() :].strip())


def _sentences(written: Written, first: int, last: int, section: Section, block: int) -> Iterator[Segment]:
    line, begin = written.folded[first:last], 0
    pieces: list[tuple[int, int]] = []
    for found in _ENDS.finditer(line):
        if _ends_here(written, first, line, found):
            pieces.append((begin, found.start()))
            begin = found.end()
    pieces.append((begin, len(line)))
    pieces = [cut for low, high in pieces for cut in _cut(line, low, high) if line[cut[0] : cut[1]].strip()]
    for low, high in pieces:
        begins = high - len(line[low:high].lstrip())
        heading, length, inline = _heading(line[begins:high]) if begins else (None, 0, False)
        if heading is not None and inline:  # "... sykepleier. Språk: ukrainsk, norsk A2."
            skipped = 0 if heading is Section.LICENCES else length
            yield Segment(first + begins + skipped, first + high, heading, block, True)
        else:
            yield Segment(first + begins, first + high, section, block, len(pieces) == 1)


def _cut(line: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """A piece in lengths that are bounded, cut between words where it can be."""
    while high - low > _LONGEST:
        space = line.rfind(" ", low + 1, low + _LONGEST)
        middle = space if space > low else low + _LONGEST
        yield low, middle
        low = middle
    yield low, high


def _ends_here(written: Written, first: int, line: str, found: re.Match[str]) -> bool:
    """Whether a sentence ends at a sign: a full stop may also belong to an abbreviation or a number."""
    if line[found.start()] != "." or found.end() == len(line):
        return True
    before = line[max(0, found.start() - 12) : found.start()]
    return written.is_capital(first + found.end()) and not _ABBREVIATED.search(before)


_BETWEEN_CLAUSES = re.compile(
    r"[,;|:()\n•]|(?<=\w\w)[ ]+[-–—][ ]+|" + whole("men|but|ale|але|но|bet|dar|لكن|og|and|oraz|та|ir")
)


def clauses(written: Written, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a segment between commas, brackets and conjunctions, without blanks at their ends."""
    begin = start
    for found in _BETWEEN_CLAUSES.finditer(written.folded, start, end):
        yield from trimmed(written, begin, found.start())
        begin = found.end()
    yield from trimmed(written, begin, end)


def trimmed(written: Written, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A part without blanks and signs at its ends; nothing when nothing is left."""
    while start < end and not _is_word(written.folded[start]):
        start += 1
    while start < end and not _is_word(written.folded[end - 1]):
        end -= 1
    if start < end:
        yield start, end


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in "+#"
