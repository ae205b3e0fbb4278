"""The tables in which the distinct demands of vacancies are looked up, made by the very rules that explain."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np

from kompetanse.codes import travel
from kompetanse.codes.cefr import Cefr
from kompetanse.matching import rules, terms
from kompetanse.matching import weights as w
from kompetanse.matching.features import VacancyFeatures
from kompetanse.matching.knowledge import Knowledge
from kompetanse.matching.requirements import skill_weights
from kompetanse.matching.vectors import ways
from kompetanse.matching.vectors.arrays import NOT_STATED, Demands, Floats, Ints, Weighing
from kompetanse.matching.vectors.people import offsets, ymd
from kompetanse.matching.vectors.vacancies import Limits, Questions
from kompetanse.matching.vectors.vocabulary import Numbers, Vocabulary
from kompetanse.matching.weights import Weights

Row = TypeVar("Row")
Column = TypeVar("Column")
_CEFR = tuple(Cefr)


def weighing(weights: Weights) -> Weighing:
    """The weights for the compiled loop."""
    return Weighing(
        occupation=weights.occupation,
        experience=weights.experience,
        wish=weights.wish,
        interest=weights.interest,
        education=weights.education,
        language=weights.language,
        work_permission=weights.work_permission,
        terms=np.array([getattr(weights, term) for term in terms.TERMS], dtype=np.float64),
        unknown=w.UNKNOWN_SHARE,
        through_skills=w.THROUGH_SKILLS,
        usual_commute=w.USUAL_COMMUTE,
    )


def demands(
    wanted: Sequence[VacancyFeatures],
    asked: Questions,
    known: Knowledge,
    vocabulary: Vocabulary,
    weights: Weights,
    today: int,
) -> Demands:
    """The tables for some vacancies, over everything that the vocabulary has met so far.

    `ways.extended` adds what people bring later.
    """
    skills = _demanded(wanted, asked)
    codes = asked_codes(asked)
    return Demands(
        first=np.array(asked.first(), np.int32),
        **_occupations(asked, skills, codes, vocabulary, known),
        **_skills(wanted, skills, weights, known),
        **_supports(skills, known, vocabulary),
        **_experiences(asked, codes),
        **_closeness(codes, vocabulary),
        **ways.rows(asked, list(codes), vocabulary, ways.NONE),
        **_educations(asked, vocabulary),
        **_languages(asked, vocabulary),
        **_papers(asked, vocabulary, today),
        **_limits(asked),
        start_day=np.array([0 if day is None else day.toordinal() for day in asked.starts], np.int32),
        place=np.array([travel.UNKNOWN if place is None else place.row for place in asked.places], np.int32),
        minutes=travel.matrix(),
    )


def _ragged(parts: Mapping[int, Sequence[tuple[float, ...]]], count: int, width: int) -> tuple[Ints, Floats]:
    """Rows by number: where each number's begin [count + 1], and the rows [rows, width]."""
    lengths = np.zeros(count, np.int32)
    for number, rows in parts.items():
        lengths[number] = len(rows)
    flat = [row for number in sorted(parts) for row in parts[number]]
    return offsets(lengths), np.array(flat, dtype=np.float64).reshape(len(flat), width)


def asked_codes(asked: Questions) -> Numbers[str]:
    """Numbers of the STYRK-08 codes that are asked for: columns of the tables."""
    codes = dict.fromkeys(one.code for one in asked.occupations if one is not None)
    return Numbers({code: number for number, code in enumerate(codes)})


def _demanded(wanted: Sequence[VacancyFeatures], asked: Questions) -> Numbers[str]:
    """Numbers of the skills that vacancies ask for, or their occupations need."""
    keys = [one.key for vacancy in wanted for one in vacancy.skills]
    keys += [key for one in asked.occupations if one is not None for key in one.needs]
    return Numbers({key: number for number, key in enumerate(dict.fromkeys(keys))})


def _skills(
    wanted: Sequence[VacancyFeatures], asked_skills: Numbers[str], weights: Weights, known: Knowledge
) -> dict[str, Any]:
    posts: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for number, one in enumerate(wanted):
        for asked, weight in skill_weights(one, weights, known):
            posts[asked_skills[asked.key]].append((number, weight))
    at, rows = _ragged(posts, len(asked_skills), 2)
    return {
        "post_at": at,
        "post_vacancy": rows[:, 0].astype(np.int32),
        "post_weight": rows[:, 1].copy(),
    }


def _occupations(
    asked: Questions, asked_skills: Numbers[str], codes: Numbers[str], vocabulary: Vocabulary, known: Knowledge
) -> dict[str, Any]:
    columns, named = [0], [False]
    needed: dict[int, list[tuple[float, float]]] = defaultdict(list)
    liked: dict[int, list[tuple[float]]] = defaultdict(list)
    same: dict[int, list[tuple[float]]] = defaultdict(list)
    for one, number in asked.occupations.items():
        if one is None:
            continue
        columns.append(codes[one.code])
        named.append(one.concept is not None)
        rare = known.rarities(one.needs)
        for skill, weight in zip(one.needs, rare, strict=True):
            needed[asked_skills[skill]].append((number, weight / len(rare)))
        if one.concept is not None:
            same[vocabulary.concepts[one.concept]].append((number,))
            for about in (one.concept, *one.needs):
                liked[vocabulary.concepts[about]].append((number,))
    needed_at, rows = _ragged(needed, len(asked_skills), 2)
    return {
        "occupation_code": np.array(columns, np.int32),
        "occupation_named": np.array(named, np.bool_),
        "needed_at": needed_at,
        "needed_by": rows[:, 0].astype(np.int32),
        "needed_weight": rows[:, 1].copy(),
        **_lists("same", "same", same, len(vocabulary.concepts)),
        **_lists("liked", "liked", liked, len(vocabulary.concepts)),
    }


def _experiences(asked: Questions, codes: Numbers[str]) -> dict[str, Any]:
    stated = [("", 0) if one is None else one for one in asked.experiences]
    return {
        "experience_code": np.array([codes[code] if code else 0 for code, _ in stated], np.int32),
        "experience_months": np.array([months for _, months in stated], np.int32),
    }


def _lists(name: str, values: str, parts: Mapping[int, Sequence[tuple[float]]], count: int) -> dict[str, Any]:
    at, rows = _ragged(parts, count, 1)
    return {f"{name}_at": at, values: rows[:, 0].astype(np.int32)}


def _closeness(codes: Numbers[str], vocabulary: Vocabulary) -> dict[str, Any]:
    close = closeness_table(list(vocabulary.codes), list(codes), both_named=False)
    named = closeness_table(list(vocabulary.codes), list(codes), both_named=True)
    return {"close": close, "close_named": named, "near": close >= w.SAME_MINOR_GROUP}


def closeness_table(held: Sequence[str], asked: Sequence[str], *, both_named: bool) -> Floats:
    """`rules.group_closeness` of all pairs: [held, asked], with a row and a column at least."""
    found = np.zeros((max(len(held), 1), max(len(asked), 1)))
    if not held or not asked:
        return found
    for length, share in ((1, w.SAME_MAJOR_GROUP), (2, w.SAME_SUB_MAJOR_GROUP), (3, w.SAME_MINOR_GROUP)):
        rows = np.array([code[:length] if len(code) >= length else "" for code in held])
        columns = np.array([code[:length] for code in asked])
        found[rows[:, None] == columns[None, :]] = share
    same = np.array([rules.unit_group(one) for one in held])[:, None] == np.array([rules.unit_group(o) for o in asked])
    found[same] = w.SAME_UNIT_GROUP if both_named else 1.0
    return found


def _supports(asked_skills: Numbers[str], known: Knowledge, vocabulary: Vocabulary) -> dict[str, Any]:
    """By held skill: which demanded skills it counts for, itself among them, with share 1."""
    supports: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for key, number in asked_skills.items():
        supports[vocabulary.concepts[key]].append((number, 1.0))
        for relative in known.relatives.of(key):
            supports[vocabulary.concepts[relative.key]].append((number, relative.share))
    at, rows = _ragged(supports, len(vocabulary.concepts), 2)
    return {"support_at": at, "support_skill": rows[:, 0].astype(np.int32), "support_share": rows[:, 1].copy()}


def _table(rows: Collection[Row], columns: Collection[Column], share: Callable[[Row, Column], float]) -> Floats:
    """What each of some pairs counts: [rows, columns], with a row and a column at least."""
    made = np.zeros((max(len(rows), 1), max(len(columns), 1)))
    for number, row in enumerate(rows):
        made[number, : len(columns)] = [share(row, column) for column in columns]
    return made


def _educations(asked: Questions, vocabulary: Vocabulary) -> dict[str, Any]:
    fields: Numbers[str] = Numbers()
    stated = [(None, None) if one is None else one for one in asked.educations]
    return {
        "education_level": np.array([NOT_STATED if level is None else int(level) for level, _ in stated], np.int32),
        "education_field": np.array([NOT_STATED if field is None else fields[field] for _, field in stated], np.int32),
        "education_recognised": np.array([rules.recognition_matters(level) for level, _ in stated], np.bool_),
        "field_share": _table(fields, vocabulary.fields, rules.field_share),
    }


def _languages(asked: Questions, vocabulary: Vocabulary) -> dict[str, Any]:
    sets = {
        number: [(vocabulary.languages[code], _CEFR.index(least), required) for code, least, required in one or ()]
        for one, number in asked.languages.items()
    }
    at, rows = _ragged(sets, len(sets), 3)
    return {
        "language_at": at,
        "language": rows[:, 0].astype(np.int32),
        "language_least": rows[:, 1].astype(np.int32),
        "language_gate": rows[:, 2].astype(np.bool_),
        "level_share": _table(_CEFR, _CEFR, lambda least, level: rules.language_share(least, level)[0]),
    }


def _papers(asked: Questions, vocabulary: Vocabulary, today: int) -> dict[str, Any]:
    sets: Numbers[tuple[tuple[str, float], ...]] = Numbers({(): 0})
    of = [sets[one.weights if one else ()] for one in asked.papers]
    rows_of = {number: [(vocabulary.papers[code], weight) for code, weight in one] for one, number in sets.items()}
    at, rows = _ragged(rows_of, len(sets), 2)
    days = [one.on.toordinal() if one else 0 for one in asked.papers]
    return {
        "paper_at": at,
        "paper": rows[:, 0].astype(np.int32),
        "paper_weight": rows[:, 1].copy(),
        "paper_set": np.array(of, np.int32),
        "paper_day": np.array(days, np.int32),
        "papers": len(vocabulary.papers),
        "last_day": max(today, *days),
        "today": today,
    }


def _limits(asked: Questions) -> dict[str, Any]:
    stated = [Limits(date.min, None, 0, outside=False) if one is None else one for one in asked.limits]
    return {
        "starts": np.array([one.starts.toordinal() for one in stated], np.int32),
        "starts_ymd": np.array([ymd(one.starts) for one in stated], np.int32),
        "ends": np.array([NOT_STATED if one.ends is None else one.ends.toordinal() for one in stated], np.int32),
        "minimum_age": np.array([one.minimum_age for one in stated], np.int32),
        "outside": np.array([one.outside for one in stated], np.bool_),
    }
