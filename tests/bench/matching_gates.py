"""The gates of matching as one would write them in NumPy, for the yardstick: each a table of demands and people."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kompetanse.matching.vectors.arrays import Column, Demands, Flags, Ints, People

Gate: TypeAlias = Callable[[People, Demands], Flags]

_NEVER = 2


def tables(people: People, demands: Demands) -> Iterator[tuple[Column, Flags]]:
    """Which people fail which distinct demand, by the column of what a vacancy asks: bool[demands of the column, n].

    Columns in which nobody fails are left out.
    """
    for column, gate in _GATES.items():
        fails = gate(people, demands)
        fails[0] = False  # no question
        if fails.any():
            yield column, fails


def owners(at: Ints) -> NDArray[np.intp]:
    """Of a ragged array: whose each entry is."""
    return np.repeat(np.arange(len(at) - 1), np.diff(at))


def _any_of(fails: Flags, at: NDArray[np.integer]) -> Flags:
    """Whether any entry of a set fails, bool[entries, n] to bool[sets, n]; the first set is empty, and no other is."""
    found = np.zeros((len(at) - 1, fails.shape[1]), np.bool_)
    if len(at) > 2:
        np.logical_or.reduceat(fails, at[1:-1], axis=0, out=found[1:])
    return found


def _occupations(p: People, d: Demands) -> Flags:
    """Work that a person never does, by occupation or by sector."""
    codes = np.zeros((len(p.may_work), d.wish_never.shape[1]), np.bool_)
    strict = np.asarray(d.wish_never.any(axis=1))[p.wish]
    np.logical_or.at(codes, owners(p.wish_at)[strict], d.wish_never[p.wish[strict]])
    return np.take(codes.T, d.occupation_code, axis=0)


def _languages(p: People, d: Demands) -> Flags:
    """A level that is known and below the least one, where the vacancy requires it."""
    asked = int(d.language.max(initial=-1)) + 1
    counts = p.language < asked
    level = np.full((asked, len(p.may_work)), -1, np.int32)
    level[p.language[counts], owners(p.language_at)[counts]] = p.language_level[counts]
    held = level[d.language]
    return _any_of((held >= 0) & (held < d.language_least[:, None]) & d.language_gate[:, None], d.language_at)


def _papers(p: People, d: Demands) -> Flags:
    """A licence or authorisation that is said not to be held, or stands neither today nor on the day that needs it."""
    counts = p.licence < d.papers
    paper, owner = p.licence[counts], owners(p.licence_at)[counts]
    until = np.full((d.papers, len(p.may_work)), -1, np.int32)
    stated = np.zeros((d.papers, len(p.may_work)), np.bool_)
    until[paper, owner], stated[paper, owner] = p.licence_until[counts], p.licence_stated[counts]
    lengths = np.diff(d.paper_at)[d.paper_set]
    ends = np.cumsum(lengths)
    asked = d.paper[np.repeat(d.paper_at[d.paper_set] - ends + lengths, lengths) + np.arange(ends[-1])]
    days = np.repeat(np.minimum(d.paper_day, d.today), lengths)[:, None]
    return _any_of(stated[asked] & (until[asked] < days), np.concatenate([[0], ends]))


def _limits(p: People, d: Demands) -> Flags:
    """No right to work today or on the first day, an age below the law's, or a protected address and work elsewhere."""
    starts, age, starts_ymd = d.starts[:, None], d.minimum_age[:, None], d.starts_ymd[:, None]
    without_right = (p.may_work == 0) | ((p.may_work == 1) & (p.may_work_until < np.minimum(starts, d.today)))
    too_young = (age > 0) & (p.born_first >= 0) & (p.born_first + age * 10_000 > starts_ymd)
    fails: Flags = without_right | too_young | (p.protected & d.outside[:, None])
    return fails


def _percentages(p: People, d: Demands) -> Flags:
    return d.percentage_never.T[:, p.percentage]


def _shifts(p: People, d: Demands) -> Flags:
    return d.shifts_never.T[:, p.shifts]


def _starts(p: People, d: Demands) -> Flags:
    """Too late, for who never begins otherwise than stated; unknown is -1, and so never too late."""
    fails: Flags = (p.start_strength == _NEVER) & (p.free_from > d.start_day[:, None])
    return fails


def _commutes(p: People, d: Demands) -> Flags:
    """Too far, for who never travels longer than stated; unknown minutes are -1, and so never too far."""
    strict = (p.commute_strength == _NEVER) & (p.travels >= 0)
    fails: Flags = strict & (d.minutes.T[d.place][:, p.home] > p.travels)
    return fails


_GATES: dict[Column, Gate] = {
    Column.OCCUPATION: _occupations,
    Column.LANGUAGES: _languages,
    Column.PAPERS: _papers,
    Column.LIMITS: _limits,
    Column.PERCENTAGE: _percentages,
    Column.SHIFTS: _shifts,
    Column.START: _starts,
    Column.COMMUTE: _commutes,
}
"""The gates by the column of what a vacancy asks: whether a person fails it, bool[distinct demands, n]."""
