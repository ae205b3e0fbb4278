"""People as arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kompetanse.codes import travel
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.licences import is_licence, licence
from kompetanse.codes.work import Strength
from kompetanse.matching import rules, terms
from kompetanse.matching.features import CandidateFeatures, HeldLicence
from kompetanse.matching.vectors.arrays import FOREVER, NOT_STATED, People
from kompetanse.matching.vectors.vocabulary import Vocabulary, wished_percentage, wished_shifts

_CEFR = {level: number for number, level in enumerate(Cefr)}
_STRENGTHS = {None: 0, Strength.PREFER: 0, Strength.MUST: 1, Strength.NEVER: 2}
_NOT_HELD = -1
_SAID_NO = -1.0

_RAGGED = {
    "job": ("job_code", "job_concept", "job_share", "job_months"),
    "skill": ("skill", "skill_value"),
    "language": ("language", "language_level"),
    "education": ("education_level", "education_field", "education_share", "education_recognition"),
    "licence": ("licence", "licence_until", "licence_stated"),
    "wish": ("wish",),
    "interest": ("interest",),
}
"""The lists that each person has some of, and the arrays that hold them."""

_TYPES: dict[str, type] = {
    **dict.fromkeys(("job_share", "skill_value", "education_share", "education_recognition", "personal"), np.float64),
    **dict.fromkeys(("licence_stated", "protected"), np.bool_),
    **dict.fromkeys(("may_work", "start_strength", "commute_strength"), np.int8),
}


@dataclass(frozen=True, slots=True)
class Encoded:
    """One person in numbers: rows of each list, and single values, named as the arrays."""

    lists: dict[str, list[tuple[float, ...]]]
    single: dict[str, Any] = field(default_factory=dict)


def encode(one: CandidateFeatures, vocabulary: Vocabulary, on: date) -> Encoded:
    """A person in the numbers of a vocabulary. `on` is the day by whose year skills fade."""
    lists: dict[str, list[tuple[float, ...]]] = {
        "job": [
            (
                vocabulary.codes[job.styrk],
                NOT_STATED if job.concept is None else vocabulary.concepts[job.concept],
                rules.experience(job.months),
                NOT_STATED if job.months is None else job.months,
            )
            for job in one.occupations
        ],
        "skill": [
            (vocabulary.concepts[key], rules.skill_value(held, on.year) if held.holds else _SAID_NO)
            for key, held in one.skills.items()
        ],
        "language": [
            (vocabulary.languages[code], _CEFR[level])
            for code, held in one.languages.items()
            if (level := rules.spoken(held)) is not None
        ],
        "education": [
            (
                int(held.level),
                NOT_STATED if held.field is None else vocabulary.fields[held.field],
                0.5 if held.completed is False else 1.0,
                rules.recognition(held),
            )
            for held in one.education
            if held.level is not None
        ],
        "licence": [(vocabulary.papers[code], *paper) for code, paper in _papers(one.licences).items()],
        "wish": [
            *((vocabulary.wishes[wish],) for wish in one.wishes.occupations),
            *((vocabulary.wishes[wish],) for wish in one.wishes.sectors),
        ],
        "interest": [(vocabulary.concepts[concept],) for concept in sorted(one.interests)],
    }
    return Encoded(lists, _single(one, vocabulary))


def _single(one: CandidateFeatures, vocabulary: Vocabulary) -> dict[str, Any]:
    right, wishes = one.work_right, one.wishes
    born = one.born or (None, None)
    return {
        "may_work": NOT_STATED if right.allowed is None else int(right.allowed),
        "may_work_until": FOREVER if right.until is None else right.until.toordinal(),
        "born_first": NOT_STATED if born[0] is None else ymd(born[0]),
        "born_last": NOT_STATED if born[1] is None else ymd(born[1]),
        "protected": one.protected,
        "percentage": vocabulary.percentages[wished_percentage(wishes)],
        "shifts": vocabulary.shifts[wished_shifts(wishes)],
        "free_from": NOT_STATED if wishes.available_from is None else wishes.available_from.toordinal(),
        "start_strength": _STRENGTHS[wishes.strengths.get("start")],
        "home": travel.UNKNOWN if one.home is None else one.home.row,
        "travels": NOT_STATED if wishes.commute_minutes is None else wishes.commute_minutes,
        "commute_strength": _STRENGTHS[wishes.strengths.get("commute")],
        "personal": [terms.personal(term, wishes) for term in terms.TERMS],
    }


def ymd(day: date) -> int:
    """A day as a number in which ages can be compared: a birthday is 10,000 for each year later."""
    return day.year * 10_000 + day.month * 100 + day.day


def _papers(held: Mapping[str, HeldLicence]) -> dict[str, tuple[int, bool]]:
    """By code: the last day on which it is held, and whether anybody said so of it itself."""
    found: dict[str, tuple[int, bool]] = dict.fromkeys(held, (_NOT_HELD, True))
    for code, one in held.items():
        if not one.holds:
            continue
        until = FOREVER if one.valid_until is None else one.valid_until.toordinal()
        for given in (code, *(licence(code).includes if is_licence(code) else ())):
            before, stated = found.get(given, (_NOT_HELD, False))
            found[given] = (max(before, until), stated)
    return found


def stack(people: Sequence[Encoded]) -> People:
    """The arrays of people who share a vocabulary, in their order."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, columns in _RAGGED.items():
        arrays[f"{name}_at"] = offsets(len(one.lists[name]) for one in people)
        rows = list(chain.from_iterable(one.lists[name] for one in people))
        by_column = zip(*rows, strict=True) if rows else ([] for _ in columns)
        for column, values in zip(columns, by_column, strict=True):
            arrays[column] = np.array(values, dtype=_TYPES.get(column, np.int32))
    singles = [column for column in People._fields if column not in arrays]
    for column in singles:
        arrays[column] = np.array([one.single[column] for one in people], dtype=_TYPES.get(column, np.int32))
    arrays["personal"] = arrays["personal"].reshape(len(people), len(terms.TERMS))
    return People(**arrays)


def offsets(lengths: Iterable[int]) -> NDArray[np.int32]:
    """Where each part of a ragged array begins, and where the last ends: one more than there are parts."""
    counted = np.fromiter(lengths, dtype=np.int32)
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(counted, dtype=np.int32)])


def take(people: People, rows: NDArray[np.intp]) -> People:
    """Some of the people, in the order of `rows`; one may be taken more than once."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, columns in _RAGGED.items():
        at: NDArray[np.int32] = getattr(people, f"{name}_at")
        lengths = np.diff(at)[rows]
        arrays[f"{name}_at"] = offsets(lengths)
        inside = np.arange(lengths.sum()) - np.repeat(arrays[f"{name}_at"][:-1], lengths)
        source = np.repeat(at[rows], lengths) + inside
        arrays |= {column: getattr(people, column)[source] for column in columns}
    return People(**arrays, **{one: getattr(people, one)[rows] for one in People._fields if one not in arrays})
