"""The conditions of the people list, by the names of what is asked for, and the values of their parameters.

"Not stated" is a condition of its own (`no_…`): whoever states nothing is never among those who said no.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    SQLColumnExpression,
    String,
    Uuid,
    bindparam,
    cast,
    func,
    or_,
    select,
    true,
    type_coerce,
)
from sqlmodel import SQLModel, col

from kompetanse import clock
from kompetanse.codes.languages import NORWEGIAN
from kompetanse.codes.lists import fold
from kompetanse.codes.unknown import Unknown
from kompetanse.codes.work import Strength
from kompetanse.competence.tables import (
    Education,
    Experience,
    Interest,
    PersonLanguage,
    PersonLicence,
    Profile,
    Skill,
    WishedOccupation,
)
from kompetanse.finding.criteria import MEANT, SPELLINGS, PeopleFilter, Understood
from kompetanse.finding.tables import PeopleListMember, SearchKnown, SearchWatch
from kompetanse.people.queries import matches_words, word_values
from kompetanse.people.tables import ContactPoint, HouseholdMember, Person
from kompetanse.prepared import ESCAPE, like_literally
from kompetanse.taxonomy.lexicon import UNLINKED

_CODES = tuple(f"meant_occupation_{number}" for number in range(MEANT))


def text_condition(words: int, *, reachable: bool, meant: bool, spelt: bool) -> ColumnElement[bool]:
    """Whether the text names somebody or her contact points, or what it means is something that she has done or can."""
    named = matches_words(words, reachable=reachable, spellings=SPELLINGS if spelt else 0)
    if not meant:
        return named
    held = col(Experience.styrk).in_([bindparam(code, type_=String) for code in _CODES])
    can = col(Skill.holds).is_(True) & (col(Skill.key) == bindparam("meant_skill"))
    return or_(named, _among(Experience, held), _among(Skill, can))


def _among(table: type[Experience] | type[Skill], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the person is one of those who have such a row: few, who are found once for the whole list."""
    own = col(table.municipality_no) == bindparam("municipality_no")
    return col(Person.id).in_(select(col(table.person_id)).where(own, condition))


def _having(table: type[Any], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the person has such a row. Not EXISTS: PostgreSQL would join everybody's rows to show fifty people."""
    own = (col(table.municipality_no) == col(Person.municipality_no)) & (col(table.person_id) == col(Person.id))
    return select(col(table.person_id)).where(own, condition).correlate(Person).limit(1).scalar_subquery().is_not(None)


def _lacking(table: type[SQLModel], *stated: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Whether the person has no row in which any of these is stated; no row at all when none is named."""
    return ~_having(table, or_(*(one.is_not(None) for one in stated)) if stated else true())


def _lists(column: SQLColumnExpression[Any], name: str) -> ColumnElement[bool]:
    """Whether a list of codes has one; its value is `_quoted`. Codes hold nothing that JSON escapes, or LIKE means."""
    return cast(column, String).like(bindparam(name, type_=String))


def _quoted(code: str) -> str:
    return f'%"{code}"%'


def _speaks_norwegian() -> ColumnElement[bool]:
    """`rules.spoken_level` as a condition; the two are tested to agree."""
    least = bindparam("norwegian_at_least", type_=String)  # levels are stored as text whose order is theirs
    interaction = type_coerce(col(PersonLanguage.interaction), String)
    production = type_coerce(col(PersonLanguage.production), String)
    both = (func.coalesce(interaction, production) >= least) & (func.coalesce(production, interaction) >= least)
    return (col(PersonLanguage.language) == NORWEGIAN) & or_(col(PersonLanguage.mother_tongue).is_(True), both)


def _spoken_norwegian_unknown() -> ColumnElement[bool]:
    stated = or_(
        col(PersonLanguage.mother_tongue).is_(True),
        col(PersonLanguage.interaction).is_not(None),
        col(PersonLanguage.production).is_not(None),
    )
    return ~_having(PersonLanguage, (col(PersonLanguage.language) == NORWEGIAN) & stated)


def _in_group(code: SQLColumnExpression[Any], name: str) -> ColumnElement[bool]:
    """A code that begins with `name`, as a range: under row-level security PostgreSQL estimates no LIKE."""
    return (code >= bindparam(name)) & (code < bindparam(f"{name}_end"))


def _after_prefix(prefix: str) -> str:
    """What comes after every code that begins with `prefix`; letters come after digits in every collation."""
    if not (prefix.isascii() and prefix.isdigit()):
        return prefix  # no code begins with it, and no code lies between it and itself
    kept = prefix.rstrip("9")
    return f"{kept[:-1]}{int(kept[-1]) + 1}" if kept else "A"


def _names_skill() -> ColumnElement[bool]:
    """A key as it is, or words: the concept that they link to, or skills that stayed as spoken and hold them."""
    key = col(Skill.key)
    named = (key == bindparam("skill")) | (key == bindparam("skill_key"))
    return col(Skill.holds).is_(True) & (named | key.like(bindparam("skill_words"), escape=ESCAPE))


def _in_watch() -> ColumnElement[bool]:
    """Who was new to a watch when its search was opened last."""
    opened = (col(SearchWatch.municipality_no) == col(SearchKnown.municipality_no)) & (
        col(SearchWatch.id) == col(SearchKnown.watch_id)
    )
    last = select(col(SearchWatch.opened_at)).where(opened).scalar_subquery()
    watched = col(SearchKnown.watch_id) == bindparam("fresh_in", type_=Uuid)
    return _having(SearchKnown, watched & (col(SearchKnown.since) == last))


def _is(column: SQLColumnExpression[Any], name: str) -> ColumnElement[bool]:
    return type_coerce(column, String) == bindparam(name, type_=String)


_WOULD_WORK = func.coalesce(col(Profile.percentage_max), col(Profile.percentage_min))

_WANTED = type_coerce(col(WishedOccupation.strength), String) != Strength.NEVER.value
_STATED: dict[str, ColumnElement[bool]] = {
    "occupation": _having(Experience, _in_group(col(Experience.styrk), "occupation")),
    "norwegian_at_least": _having(PersonLanguage, _speaks_norwegian()),
    "skill": _having(Skill, _names_skill()),
    "needs_interpreter": col(Person.needs_interpreter) == bindparam("needs_interpreter"),
    "not_mapped": ~_having(Profile, col(Profile.mapped_on).is_not(None)),
    "wished": _having(WishedOccupation, _in_group(col(WishedOccupation.styrk), "wished") & _WANTED),
    "education_at_least": _having(
        Education, type_coerce(col(Education.level), String) >= bindparam("education_at_least", type_=String)
    ),
    "recognition": _having(Education, _is(col(Education.recognition), "recognition")),
    "language": _having(PersonLanguage, col(PersonLanguage.language) == bindparam("language")),
    "licence": _having(
        PersonLicence, col(PersonLicence.holds).is_(True) & (col(PersonLicence.licence) == bindparam("licence"))
    ),
    "percentage_at_least": _having(Profile, bindparam("percentage_at_least", type_=Integer) <= _WOULD_WORK),
    "shift": _having(Profile, _lists(col(Profile.shifts), "shift")),
    "available_by": _having(Profile, col(Profile.available_from) <= bindparam("available_by", type_=Date)),
    "interest": _having(Interest, _is(col(Interest.kind), "interest")),
    "citizenship": _lists(col(Person.citizenships), "citizenship"),
    "country_of_origin": col(Person.country_of_origin) == bindparam("country_of_origin"),
    "contact_language": _lists(col(Person.contact_languages), "contact_language"),
    "residence_basis": _is(col(Person.residence_basis), "residence_basis"),
    "may_work": col(Person.may_work) == bindparam("may_work"),
    # Whose birth is known by its year alone counts as born on its first day (`people.rules.years_since`); so does text.
    "age_from": col(Person.born) <= bindparam("born_by"),
    "age_to": col(Person.born) > bindparam("born_after"),
    "arrived_since": col(Person.arrived_in_municipality) >= bindparam("arrived_since", type_=String),
    "in_household": _having(HouseholdMember, true()) == bindparam("in_household"),
    "in_list": _having(
        PeopleListMember,
        (col(PeopleListMember.list_id) == bindparam("in_list", type_=Uuid))
        & col(PeopleListMember.removed_at).is_(None),
    ),
    "fresh_in": _in_watch(),
}

_NOT_STATED: dict[Unknown, ColumnElement[bool]] = {
    Unknown.OCCUPATION: _lacking(Experience),
    Unknown.NORWEGIAN: _spoken_norwegian_unknown(),
    Unknown.SKILL: _lacking(Skill),
    Unknown.INTERPRETER: col(Person.needs_interpreter).is_(None),
    Unknown.WISHED: _lacking(WishedOccupation),
    Unknown.EDUCATION: _lacking(Education, col(Education.level)),
    Unknown.RECOGNITION: _lacking(Education, col(Education.recognition)),
    Unknown.LANGUAGE: _lacking(PersonLanguage),
    Unknown.LICENCE: _lacking(PersonLicence),
    Unknown.PERCENTAGE: _lacking(Profile, col(Profile.percentage_min), col(Profile.percentage_max)),
    Unknown.SHIFT: _lacking(Profile, col(Profile.shifts)),
    Unknown.START: _lacking(Profile, col(Profile.available_from)),
    Unknown.INTEREST: _lacking(Interest),
    Unknown.CITIZENSHIP: col(Person.citizenships).is_(None),
    Unknown.COUNTRY: col(Person.country_of_origin).is_(None),
    Unknown.CONTACT_LANGUAGE: col(Person.contact_languages).is_(None),
    Unknown.RESIDENCE: col(Person.residence_basis).is_(None),
    Unknown.MAY_WORK: col(Person.may_work).is_(None),
    Unknown.AGE: col(Person.born).is_(None),
    Unknown.ARRIVAL: col(Person.arrived_in_municipality).is_(None),
    Unknown.CONTACTS: _lacking(ContactPoint),
}

CONDITIONS: Mapping[str, ColumnElement[bool]] = MappingProxyType(
    {**_STATED, **{f"no_{name.value}": condition for name, condition in _NOT_STATED.items()}}
)


def condition_values(wanted: PeopleFilter, understood: Understood) -> dict[str, object]:
    """The values of the parameters of every condition that is asked for."""
    spelt = [(*one, *[one[0]] * SPELLINGS)[:SPELLINGS] for one in understood.spellings]
    values = word_values(wanted.text, spelt)
    values |= dict(_plain(wanted))
    values |= dict(_prepared(wanted, understood))
    codes = (*understood.occupations, *[""] * MEANT)[:MEANT]
    return values | dict(zip(_CODES, codes, strict=True)) | {"meant_skill": understood.skill}


_AS_THEY_ARE = (
    "norwegian_at_least", "needs_interpreter", "education_at_least", "recognition", "language", "licence",
    "percentage_at_least", "available_by", "interest", "country_of_origin", "residence_basis", "may_work",
    "in_household", "in_list", "fresh_in",
)  # fmt: skip


def _plain(wanted: PeopleFilter) -> Iterator[tuple[str, object]]:
    for name in _AS_THEY_ARE:
        value = getattr(wanted, name)
        if value is not None:
            yield name, getattr(value, "value", value)


def _prepared(wanted: PeopleFilter, understood: Understood) -> Iterator[tuple[str, object]]:
    for name, prefix in (("occupation", wanted.occupation), ("wished", wanted.wished)):
        if prefix:
            yield name, prefix
            yield f"{name}_end", _after_prefix(prefix)
    if wanted.skill:
        folded = fold(wanted.skill)
        yield "skill", wanted.skill
        yield "skill_key", understood.skill_key
        yield "skill_words", f"{UNLINKED}%{like_literally(folded)}%" if folded else ""
    for name in ("shift", "citizenship", "contact_language"):
        code = getattr(wanted, name)
        if code:
            yield name, _quoted(code)
    if wanted.age_from is not None:
        yield "born_by", _years_ago(wanted.age_from)
    if wanted.age_to is not None:
        yield "born_after", _years_ago(wanted.age_to + 1)
    if wanted.arrived_since is not None:
        yield "arrived_since", wanted.arrived_since.isoformat()


def _years_ago(years: int) -> str:
    """The latest birth of whoever is so many years old today; text, so that 29 February is a day of any year."""
    today = clock.today()
    return f"{max(today.year - years, 1):04}-{today:%m-%d}"
