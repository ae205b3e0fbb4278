"""Every code list that is loaded: what it is, of which version, from where, and its entries with what holds them.

A list says its version and source itself, in the first lines of its file; nothing of that stands here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kompetanse.codes import cefr, education, languages, licences, lists, municipalities, occupations, sectors
from kompetanse.codes.cefr import Cefr, CefrBand
from kompetanse.codes.countries import Region, countries, country
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.retired import find_retired, successors, valid_from
from kompetanse.errors import NotFound, UnknownCode


@dataclass(frozen=True, slots=True)
class Entry:
    """A code of a list.

    `above` are the codes and names that hold it, nearest first; `holds` are those that it gathers. Either may be of
    another list, which then stands before the code ("styrk08:6221").
    """

    code: str
    name_nb: str
    name_en: str = ""
    above: tuple[tuple[str, str], ...] = ()
    holds: tuple[tuple[str, str], ...] = ()
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class FormerEntry:
    """A code that a list once had, and the entries of today in its place."""

    code: str
    name_nb: str
    valid_from: date | None
    valid_to: date
    became: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list: `head` is what it says of itself, `size` how many codes are valid now."""

    name: str
    head: lists.Head
    size: int
    refreshed: bool


def code_lists() -> tuple[CodeList, ...]:
    """Every list that is loaded."""
    return tuple(
        CodeList(name, lists.head(lists.read_text(name)), sum(1 for _ in read()), lists.is_refreshed(name))
        for name, read in READERS.items()
    )


def entries(name: str) -> tuple[Entry, ...]:
    """Every entry of a list.

    Raises:
        NotFound: no list has the name.
    """
    try:
        return tuple(READERS[name]())
    except KeyError:
        raise NotFound(f"code list; there are {', '.join(READERS)}") from None


def entry(name: str, code: str) -> Entry | FormerEntry:
    """The entry of a code, or what it was and became.

    Raises:
        NotFound: no list has the name.
        UnknownCode: the list never had the code.
    """
    known = {one.code: one for one in entries(name)}
    if code in known:
        return known[code]
    was = find_retired(name, code)
    if was is None:
        raise UnknownCode(name)
    heirs = tuple(known[heir] for heir in successors(name, code) if heir in known)
    return FormerEntry(code, was.name, valid_from(name, code), was.valid_to, heirs)


def _cefr() -> Iterator[Entry]:
    for one in CefrBand:
        yield Entry(one.value, *cefr.names(one))
        for level in Cefr:
            if cefr.band(level) is one:
                yield Entry(level.value, *cefr.names(level), ((one.value, cefr.names(one)[0]),))


def _nkr() -> Iterator[Entry]:
    whole = {one.code: one.name_nb for one in education.qualifications() if one.parent is None}
    for one in education.qualifications():
        level = education.level_of_eqf(one.eqf)
        parent = ((one.parent, whole[one.parent]),) if one.parent else ()
        school = ((f"nus2000:{level}", level.name_nb),) if level else ()
        yield Entry(one.code, one.name_nb, one.name_en, (*parent, *school))


def _nus2000() -> Iterator[Entry]:
    for level in EducationLevel:
        stage = education.stage(level)
        yield Entry(level.value, level.name_nb, level.name_en, ((stage.value, stage.name_nb),) if stage else ())


def _isced_f() -> Iterator[Entry]:
    for one in education.education_fields():
        above = map(education.education_field, education.field_ancestors(one.code))
        yield Entry(one.code, one.name_nb, one.name_en, tuple((field.code, field.name_nb) for field in above))


def _styrk08() -> Iterator[Entry]:
    for one in occupations.occupations():
        groups = map(occupations.occupation, occupations.ancestors(one.code))
        begin = valid_from("styrk08", one.code)
        above = tuple((group.code, group.name_nb) for group in groups)
        yield Entry(one.code, one.name_nb, one.name_en, above, valid_from=begin)


def _countries() -> Iterator[Entry]:
    for region in Region:
        yield Entry(region.value, region.name_nb, region.name_en)
    for one in countries():
        yield Entry(one.alpha2, one.name_nb, one.name_en, ((one.region.value, one.region.name_nb),))


def _languages() -> Iterator[Entry]:
    for one in languages.languages():
        parent = languages.macrolanguage(one.code)
        above = ((parent, languages.language(parent).name_nb),) if parent != one.code else ()
        yield Entry(one.code, one.name_nb, one.name_en, above)


def _counties() -> Iterator[Entry]:
    norway = ("NO", country("NO").name_nb)
    for one in municipalities.counties():
        yield Entry(one.number, one.name, "", (norway,), valid_from=one.valid_from)


def _municipalities() -> Iterator[Entry]:
    for one in municipalities.municipalities():
        yield Entry(one.number, one.name, "", ((one.number[:2], one.county),), valid_from=one.valid_from)


def _postal_codes() -> Iterator[Entry]:
    for code in municipalities.postal_codes():
        number = municipalities.by_postal_code(code)
        if number is not None:
            one = municipalities.municipality(number)
            yield Entry(code, one.name, "", ((one.number, one.name), (one.number[:2], one.county)))


def _licences() -> Iterator[Entry]:
    for one in licences.licences():
        includes = tuple((code, licences.licence(code).name_nb) for code in one.includes)
        family = ((one.kind.value, ""),) if one.kind != one.code else ()
        yield Entry(one.code, one.name_nb, one.name_en, family, includes)


def _authorisations() -> Iterator[Entry]:
    for one in licences.authorisations():
        yield Entry(one.code, one.name_nb, one.name_en, holds=tuple(_opened(one.styrk)))


def _sectors() -> Iterator[Entry]:
    for one in sectors.sectors():
        yield Entry(one.code, one.name_nb, one.name_en, holds=tuple(_opened(one.groups)))


def _opened(groups: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for code in groups:
        yield f"styrk08:{code}", occupations.occupation(code).name_nb if occupations.is_occupation(code) else ""


READERS: Mapping[str, Callable[[], Iterator[Entry]]] = MappingProxyType(
    {
        "cefr": _cefr,
        "nkr": _nkr,
        "nus2000": _nus2000,
        "isced_f": _isced_f,
        "styrk08": _styrk08,
        "countries": _countries,
        "languages": _languages,
        "counties": _counties,
        "municipalities": _municipalities,
        "postal_codes": _postal_codes,
        "licences": _licences,
        "authorisations": _authorisations,
        "sectors": _sectors,
    }
)
