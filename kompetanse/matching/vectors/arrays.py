"""The arrays in which people and vacancies are scored.

Lists that each have some of are "ragged": `x_at[i]:x_at[i + 1]` is i's part. Days are `date.toordinal()`; `FOREVER`
stands for no end. Codes and concepts are numbers of a `Vocabulary`.

A vacancy asks one question of each `Column`, and many ask the same. A person answers every distinct question once; a
score is a sum of answers, and what the gates say is the least of what they say to each. In every column the first
question is no question: it adds nothing and lets everybody pass.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FOREVER = 2**31 - 1
NOT_STATED = -1

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]


class Column(IntEnum):
    """What a vacancy asks, beside skills. The last four are terms of work, in the order of `terms.TERMS`."""

    OCCUPATION = 0  # held, near or reached through skills; wished; liked
    EDUCATION = 1
    LANGUAGES = 2
    EXPERIENCE = 3
    PAPERS = 4  # licences and authorisations on a day
    LIMITS = 5  # right to work in a period, age on a day, protected address
    PERCENTAGE = 6
    SHIFTS = 7
    START = 8
    COMMUTE = 9


class People(NamedTuple):
    """n people. Everything that a grade or a gate reads of them, and nothing else."""

    job_at: Ints  # [n + 1]
    job_code: Ints  # STYRK-08
    job_concept: Ints  # NOT_STATED where not linked
    job_share: Floats  # what the months count
    job_months: Ints  # NOT_STATED where not known
    skill_at: Ints
    skill: Ints
    skill_value: Floats  # what it counts; below 0: said not to be there
    language_at: Ints
    language: Ints
    language_level: Ints  # 0 A1 ... 5 C2; languages of unknown level are left out
    education_at: Ints
    education_level: Ints  # 0-8; educations of unknown level are left out
    education_field: Ints  # NOT_STATED where not known
    education_share: Floats  # what completion leaves of it
    education_recognition: Floats  # what recognition leaves of it, where that matters
    licence_at: Ints
    licence: Ints
    licence_until: Ints  # the last day on which it is held; below 0: not held
    licence_stated: Flags  # somebody said whether it is held
    wish_at: Ints
    wish: Ints  # one occupation or sector that is wanted, or never
    interest_at: Ints
    interest: Ints
    may_work: Codes  # [n] NOT_STATED, 0 no, 1 yes
    may_work_until: Ints
    born_first: Ints  # year * 10,000 + month * 100 + day; NOT_STATED
    born_last: Ints
    protected: Flags
    percentage: Ints  # one way to wish a percentage
    shifts: Ints  # one way to wish hours
    free_from: Ints  # NOT_STATED
    start_strength: Codes  # 0 prefer, 1 must, 2 never
    home: Ints  # row of `minutes`
    travels: Ints  # minutes; NOT_STATED
    commute_strength: Codes
    personal: Floats  # [n, 4] how much each term of work means, in the order of `terms.TERMS`


class Vacancies(NamedTuple):
    """m vacancies: which question each asks, and how its answers are weighed."""

    asks: Ints  # [m, columns] numbers of answers
    mask: Ints  # [m] which terms of work it states, one bit each
    scale: Floats  # [m] 1 / what all its requirements weigh
    rest: Floats  # [m] what the columns after LANGUAGES weigh together
    skill_base: Floats  # [m] what its skills count when none is known


class Demands(NamedTuple):
    """The distinct questions, and how what people have stands to them."""

    first: Ints  # [columns + 1] number of each column's first answer
    post_at: Ints  # by demanded skill: the vacancies that ask for it
    post_vacancy: Ints
    post_weight: Floats
    support_at: Ints  # by held skill: the demanded skills that it counts for
    support_skill: Ints
    support_share: Floats  # 1: it is that skill itself
    occupation_code: Ints  # [occupations] column of `close`
    occupation_named: Flags  # whether it is named in ESCO
    needed_at: Ints  # by demanded skill: the occupations that need it
    needed_by: Ints
    needed_weight: Floats  # its part of all that the occupation needs
    same_at: Ints  # by concept: the occupations that are it
    same: Ints
    liked_at: Ints  # by concept: the occupations that are about it
    liked: Ints
    close: Floats  # [codes held, codes asked] closeness of two occupations that are not both named
    close_named: Floats  # of two that are, and differ
    near: Flags  # whether experience in one counts for the other
    wish_share: Floats  # [ways to wish, codes asked]; NaN: the wish does not say
    wish_never: Flags
    experience_code: Ints  # [experiences]
    experience_months: Ints
    education_level: Ints  # [educations]; NOT_STATED
    education_field: Ints  # row of `field_share`; NOT_STATED
    education_recognised: Flags  # whether recognition matters
    field_share: Floats  # [fields asked, fields held]
    language_at: Ints  # by set of languages
    language: Ints
    language_least: Ints
    language_gate: Flags
    level_share: Floats  # [least level, level]
    paper_at: Ints  # by set of papers
    paper: Ints
    paper_weight: Floats
    paper_set: Ints  # [papers asked for] a set
    paper_day: Ints  # and the day on which it is needed
    papers: int  # how many codes of papers there are
    last_day: int  # the last on which any are needed, and today at least
    today: int
    starts: Ints  # [limits]
    starts_ymd: Ints
    ends: Ints  # NOT_STATED
    minimum_age: Ints  # 0 not stated
    outside: Flags
    percentage_share: Floats  # [ways to wish, offers]; unknown is filled in
    percentage_never: Flags
    shifts_share: Floats
    shifts_never: Flags
    start_day: Ints  # [starts]
    place: Ints  # [places asked about] column of `minutes`
    minutes: NDArray[np.int16]  # [places, places] of `codes.travel.matrix`


class Weighing(NamedTuple):
    """The weights as the compiled loop reads them."""

    occupation: float
    experience: float
    wish: float
    interest: float
    education: float
    language: float
    work_permission: float
    terms: Floats  # [4] in the order of `terms.TERMS`
    unknown: float
    through_skills: float
    usual_commute: int
