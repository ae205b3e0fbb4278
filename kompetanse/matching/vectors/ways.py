"""How every way to wish that people have stands to what vacancies offer: tables that grow as people come."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from kompetanse.codes.work import Shift, Strength
from kompetanse.matching import terms
from kompetanse.matching import weights as w
from kompetanse.matching.features import WishedOccupation, Wishes
from kompetanse.matching.grades import MISSING, Grade
from kompetanse.matching.vectors.arrays import Demands, Flags, Floats
from kompetanse.matching.vectors.vacancies import Questions
from kompetanse.matching.vectors.vocabulary import SingleWish, Vocabulary, WishedPercentage, WishedShifts

Way = TypeVar("Way")
Asked = TypeVar("Asked")


class Known(NamedTuple):
    """How many single wishes, ways to wish a percentage and ways to wish hours the tables have rows for."""

    wishes: int
    percentages: int
    shifts: int


NONE = Known(0, 0, 0)


def extended(demands: Demands, asked: Questions, codes: Sequence[str], vocabulary: Vocabulary) -> Demands:
    """The tables with rows for all that the vocabulary has met; the same tables where nothing is new."""
    have = Known(len(demands.wish_share), len(demands.percentage_share), len(demands.shifts_share))
    if have == (len(vocabulary.wishes), len(vocabulary.percentages), len(vocabulary.shifts)):
        return demands
    more = rows(asked, codes, vocabulary, have)
    grown: dict[str, Any] = {name: np.concatenate([getattr(demands, name), new]) for name, new in more.items()}
    return demands._replace(**grown)


def rows(asked: Questions, codes: Sequence[str], vocabulary: Vocabulary, have: Known) -> dict[str, Any]:
    """The rows of the tables for what the vocabulary has met since `have`; unknown is filled in."""
    wishes = list(vocabulary.wishes)[have.wishes :]
    wish_share, wish_never = _wishes(wishes, codes)
    ways = list(vocabulary.percentages)[have.percentages :]
    percentage, no_percentage = _grades(ways, list(asked.percentages), _percentage)
    hours = list(vocabulary.shifts)[have.shifts :]
    shifts, no_shifts = _grades(hours, list(asked.shifts), _shifts)
    never_percentage = np.array([strength is Strength.NEVER for _, _, strength in ways], np.bool_)
    never_shifts = np.array([strength is Strength.NEVER for _, strength in hours], np.bool_)
    return {
        "wish_share": wish_share,
        "wish_never": wish_never,
        "percentage_share": percentage,
        "percentage_never": never_percentage[:, None] & no_percentage,
        "shifts_share": shifts,
        "shifts_never": never_shifts[:, None] & no_shifts,
    }


def _wishes(wishes: Sequence[SingleWish], codes: Sequence[str]) -> tuple[Floats, Flags]:
    share, never = np.zeros((len(wishes), max(len(codes), 1))), np.zeros((len(wishes), max(len(codes), 1)), np.bool_)
    for row, wish in enumerate(wishes):
        for column, code in enumerate(codes):
            share[row, column], never[row, column] = _wish_share(wish, code), _never(wish, code)
    return share, never


def _wish_share(wish: SingleWish, code: str) -> float:
    if wish.strength is Strength.NEVER:
        return np.nan
    says = terms.occupation_wish(code, wish) if isinstance(wish, WishedOccupation) else terms.sector_wish(code, wish)
    return np.nan if says is None else says


def _never(wish: SingleWish, code: str) -> bool:
    if isinstance(wish, WishedOccupation):
        return terms.never(code, Wishes(occupations=(wish,)))
    return terms.never(code, Wishes(sectors=(wish,)))


def _grades(
    ways: Sequence[Way], asked: Sequence[Asked | None], grade: Callable[[Way, Asked], Grade]
) -> tuple[Floats, Flags]:
    """What each way to wish counts for each question, unknown filled in, and whether nothing is met."""
    shares, missing = np.zeros((len(ways), len(asked))), np.zeros((len(ways), len(asked)), np.bool_)
    for row, way in enumerate(ways):
        for column, one in enumerate(asked):
            if one is not None:
                share = grade(way, one).share
                shares[row, column] = w.UNKNOWN_SHARE if share is None else share
                missing[row, column] = share == MISSING
    return shares, missing


def _percentage(way: WishedPercentage, offered: tuple[int | None, int | None]) -> Grade:
    least, most, strength = way
    strengths = {"percentage": strength} if strength else {}
    return terms.percentage(*offered, Wishes(percentage_min=least, percentage_max=most, strengths=strengths))


def _shifts(way: WishedShifts, asked: frozenset[Shift]) -> Grade:
    wanted, strength = way
    return terms.shifts(asked, Wishes(shifts=wanted, strengths={"shifts": strength} if strength else {}))
