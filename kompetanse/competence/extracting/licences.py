"""Licences in a text, also denied ones: "førerkort klasse B", "prawo jazdy kat. B, C", "truck T1/T4", "D5L"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kompetanse.codes.licences import find_licences, is_licence
from kompetanse.codes.lists import aliases, read_list
from kompetanse.competence.extracting.segments import Section, Segment
from kompetanse.competence.extracting.suggestions import Suggestion
from kompetanse.competence.extracting.vocabulary import alternatives, cue, cue_words, whole
from kompetanse.competence.extracting.written import Written, fold_text
from kompetanse.competence.fields import LicenceFields, ProfilePart

# Cyrillic letters that look like the Latin ones of a class are written in their place.
_ALIKE = str.maketrans("авсет", "abcet")
_CLASS = r"(?:[bcd]1?[ ]?\+[ ]?e|b96|am|a[12]?|be|[cс]1[eе]|[cс]1|[cс][eе]|d1e|d1|de|[aа]|[bв]|[cс]|d|s|[tт])"
_BETWEEN = rf"[ ,/&+:.()-]*(?:(?:{cue_words('class_word')})(?!\w)[ ,/&+:.()-]*){{0,3}}"
_LISTED = re.compile(rf"{_BETWEEN}(?<!\w)({_CLASS})(?![\w'])")
_BEFORE = re.compile(rf"(?<!\w)({_CLASS})[ ]+(?:{cue_words('class_word')})[ ]+$")
_TRUCK_CLASS = re.compile(
    r"[ ,/&+:.()]*(?:(?:og|and|klasse|i|kat|kl)[ .]+)?(?<!\w)(t?[1-8])(?:[ ]*[-–][ ]*t?([1-8]))?(?!\w)"
)
_OWN_FORM = re.compile(r"(?<!\w)(?:(t[1-8])(?:[ ]?[-–][ ]?(t?[1-8]))?|(d5la?)|(g\d{1,2}))(?!\w)")
_CERTIFICATE = re.compile(
    r"(?<!\w)[^\W\d]+(?:bevis|sertifikat)(?:et|er|ene)?(?:[ ]+(?:klasse[ ]+)?(?:[a-z]?\d{1,2}|[a-z])(?!\w))?(?!\w)"
)
# Names of things and work beside those of licences: they count only where licences are listed, or as a certificate.
_ALSO_WORK = frozenset(
    {"adr", "taxi", "roc", "goc", "src", "livredning", "traverskran", "lastebilkran", "teleskoptruck"}
)
_LISTING = frozenset({Section.LICENCES, Section.COURSES, Section.SKILLS})
_HOLDS, _IN_PROSE = 0.95, 0.8


@dataclass(frozen=True, slots=True)
class _Found:
    """A licence, the words for it, and where the list that it stands in opens."""

    start: int
    end: int
    code: str
    opens: int


def licences(written: Written, segment: Segment) -> Iterator[Suggestion]:
    """The licences that a segment names."""
    text = written.folded
    taken: list[tuple[int, int]] = []
    for one in (*_driving(text, segment), *_trucks(text, segment), *_known(written, segment)):
        place = (one.start, one.end)
        overlaps = any(one.start < end and one.end > start and place != (start, end) for start, end in taken)
        if overlaps or cue("takes_licence").search(text, segment.start, one.opens):
            continue
        taken.append(place)
        fields = LicenceFields(licence=one.code, holds=not _denied(text, segment, one))
        sure = _HOLDS if ":" in one.code or segment.section in _LISTING else _IN_PROSE
        yield Suggestion(ProfilePart.LICENCES, one.start, one.end, fields, sure)


def _driving(text: str, segment: Segment) -> Iterator[_Found]:
    """Driving classes; the first one's words begin at what says that it is a driving licence."""
    for found in cue("driving").finditer(text, segment.start, segment.end):
        opens, at, first = found.start(), found.end(), True
        before = _BEFORE.search(text, segment.start, found.start())
        if before:
            yield _Found(before.start(), found.end(), f"driving:{_letters(before[1])}", before.start())
            continue
        while listed := _LISTED.match(text, at, segment.end):
            code = f"driving:{_letters(listed[1])}"
            if not is_licence(code):
                break
            yield _Found(opens if first else listed.start(1), listed.end(), code, opens)
            first, at = False, listed.end()
        if first:
            yield _Found(found.start(), found.end(), "driving", opens)
    if segment.section is Section.LICENCES:
        yield from _classes_alone(text, segment)


def _classes_alone(text: str, segment: Segment) -> Iterator[_Found]:
    """Classes in a list of licences, where nothing but classes is written: "B, C, CE"."""
    at = max(segment.start, text.find(":", segment.start, segment.end) + 1)
    found: list[_Found] = []
    while listed := _LISTED.match(text, at, segment.end):
        found.append(_Found(listed.start(1), listed.end(), f"driving:{_letters(listed[1])}", segment.start))
        at = listed.end()
    if not text[at : segment.end].strip(" .,)"):
        yield from (one for one in found if is_licence(one.code))


def _letters(text: str) -> str:
    return "".join(letter for letter in text.translate(_ALIKE).upper() if letter.isalnum())


def _trucks(text: str, segment: Segment) -> Iterator[_Found]:
    """Truck classes behind a word for trucks."""
    for found in cue("truck").finditer(text, segment.start, segment.end):
        start, at = found.start(), found.end()
        while listed := _TRUCK_CLASS.match(text, at, segment.end):
            first = start if at == found.end() else listed.start(1)
            yield from _spread(first, listed.end(), (listed[1], listed[2]), start)
            at = listed.end()
        certified = segment.section is Section.LICENCES or cue("makes_licence").search(text, segment.start, at)
        if at == found.end() and certified:
            yield _Found(start, found.end(), "truck", start)


def _spread(start: int, end: int, classes: tuple[str, str | None], opens: int) -> Iterator[_Found]:
    """One truck class, or those from one to another."""
    low = int(classes[0][-1])
    high = int(classes[1][-1]) if classes[1] else low
    for number in range(low, max(low, high) + 1):
        yield _Found(start, end, f"truck:T{number}", opens)


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    """The list's own words for licences, and the code of each."""
    codes = {fold_text(alias): code for code, *_, others in read_list("licences") for alias in aliases(others)}
    return re.compile(whole(alternatives("|".join(codes)))), codes


def _known(written: Written, segment: Segment) -> Iterator[_Found]:
    """Licences by their own form ("T1", "D5L") and by the words of the list."""
    text = written.folded
    pattern, codes = _phrases()
    for found in pattern.finditer(text, segment.start, segment.end):
        name = " ".join(found[0].split())
        capital = written.text[written.starts[found.start()]].isupper()
        if segment.section in _LISTING or name not in _ALSO_WORK or capital:
            yield _Found(found.start(), found.end(), codes[name], found.start())
    for found in _CERTIFICATE.finditer(text, segment.start, segment.end):
        for code in find_licences(written.original(found.start(), found.end()))[:1]:
            yield _Found(found.start(), found.end(), code, found.start())
    for found in _OWN_FORM.finditer(text, segment.start, segment.end):
        if found[1]:
            yield from _spread(found.start(), found.end(), (found[1], found[2]), found.start())
        else:
            code = f"crane:{found[4].upper()}" if found[4] else f"boat:{found[3].upper()}"
            if is_licence(code) and (found[3] or segment.section is Section.LICENCES):
                yield _Found(found.start(), found.end(), code, found.start())


def _denied(text: str, segment: Segment, one: _Found) -> bool:
    """Whether the clause that names a licence says that it is not held, or no longer."""
    begin = max((found.end() for found in _TURN.finditer(text, segment.start, one.opens)), default=segment.start)
    said = (cue("negation"), _LOST, _NONE_OF)
    before = [form.search(text, begin, one.opens) for form in said]
    return any(before) or any(form.match(text, one.end, segment.end) for form in (_BEHIND, _LAPSED))


_TURN = re.compile(rf"[,;:]|(?<!\w)(?:{cue_words('but')})(?!\w)")
_LOST = re.compile(rf"(?<!\w)(?:{cue_words('lost_licence')})[ ]+(?:(?:mitt|sitt|my|his|her|the)[ ]+)?$")
_NONE_OF = re.compile(r"(?<!\w)(?:no|none|ingen)[ ]+(?:valid[ ]+)?$")
_BEHIND = re.compile(rf"[ ]*[:–-]?[ ]*(?:{cue_words('denies_behind')})(?!\w)")  # behind a comma: "B, ikke CE"
_LAPSED = re.compile(rf"[ ]*[:,(–-]?[ ]*(?:{cue_words('lapsed')})(?!\w)")
