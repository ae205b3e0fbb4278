"""The employer's name behind a title: "hos SalMar", "w firmie Morpol", ", Frøya sykehjem". Only names count."""

import re
from dataclasses import dataclass

from kompetanse.codes.countries import find_country
from kompetanse.codes.municipalities import municipalities
from kompetanse.competence.extracting.segments import Section, Segment
from kompetanse.competence.extracting.vocabulary import code_of, cue, cue_words
from kompetanse.competence.extracting.written import Written

_BEHIND = re.compile(rf"[ ]*(?:(?P<sign>[,|–—@-]|\()[ ]*|[ ](?P<word>{cue_words('employer')})[ ]+)")
_STOP = re.compile(r"[,;|()\n:]|[ ][-–—][ ]|[ ](?=(?:19|20)\d\d|\d{1,2}\.)")
_CLEAR = frozenset(
    {"hos", "ved", "at", "w firmie", "у компанії", "в компании", "firmoje", "imoneje", "в компаніі", "لدي", "في شركه"}
)
_JOINS = frozenset({"of", "and", "og", "&", "for", "de", "i", "im.", "nr", "sp.", "z", "o.o.", "as", "asa"})
_MOST_WORDS = 5
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Workplace:
    """An employer's name and where it stands."""

    name: str
    start: int
    end: int


def employer(written: Written, title_end: int, segment: Segment) -> Workplace | None:
    """The name that follows a title, when it is one. What follows "in" is as often a place, and is left out."""
    text = written.folded
    behind = _BEHIND.match(text, title_end, segment.end)
    if behind is None or behind.end() >= segment.end or not written.is_capital(behind.end()):
        return None
    start = behind.end()
    if not text[start].isalpha():
        return None
    stop = _STOP.search(text, start, segment.end)
    end = stop.start() if stop else segment.end
    sign = behind["sign"]
    if sign and segment.section is not Section.WORK and not cue("organisation").search(text, start, end):
        return None
    if sign is None:
        end = _name_end(written, start, end)
    name = written.original(start, end).strip(" .,")
    clear = sign is not None or (behind["word"] or "") in _CLEAR or cue("organisation").search(text, start, end)
    if not clear or not name or len(name.split()) > _MOST_WORDS or _is_place(name, text[start:end]):
        return None
    return Workplace(name[:_LONGEST], start, end)


def _is_place(name: str, folded: str) -> bool:
    if find_country(name) is not None or code_of("countries", folded) is not None:
        return True
    return any(one.name.casefold() == name.casefold() for one in municipalities())


def _name_end(written: Written, start: int, end: int) -> int:
    """Where the name that begins somewhere in a sentence ends: with its last capitalised word, or one more."""
    at = last = start
    for words, word in enumerate(re.finditer(r"\S+", written.folded[start:end])):
        at = start + word.start()
        capital = written.is_capital(at)
        if not capital and word[0] not in _JOINS and not (words == 1 and cue("organisation").search(word[0])):
            break
        if capital or word[0] not in _JOINS:
            last = start + word.end()
    return last
