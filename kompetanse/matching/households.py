"""The best ways to place the adults of one household together. Pure: scores and minutes in, placements out."""

from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from kompetanse.matching.explanation import Outcome

# Scores are added as billionths, so that equal sums are equal in whichever order they were added.
_BILLION = 10**9


@dataclass(frozen=True, slots=True)
class Option:
    """A vacancy that an adult could take: its index, the score of the match, and what the vacancy states.

    `capacity` is its open positions. Places in kindergarten and school are None where they are not stated.
    """

    vacancy: int
    score: float
    capacity: int = 1
    kindergarten_places: int | None = None
    school_places: int | None = None


@dataclass(frozen=True, slots=True)
class Children:
    """How many of the household's children need a place in kindergarten, and how many in school."""

    under_school_age: int = 0
    school_age: int = 0


@dataclass(frozen=True, slots=True)
class Joint:
    """One way to place a household.

    `vacancies` has the adults' in their order, None for who is not placed. `score` is the sum of the options', `bonus`
    what was added: 0 where it was not earned. `minutes_apart` is the longest between any two who are placed: 0 where
    nobody is apart, None where it is not known of some two. `kindergarten` and `school` say whether there are places
    for the children: met, missing, or unknown.
    """

    vacancies: tuple[int | None, ...]
    score: float
    bonus: float
    minutes_apart: int | None
    kindergarten: Outcome
    school: Outcome

    @property
    def total(self) -> float:
        """What placements are ordered by."""
        return self.score + self.bonus


def joint_placements(
    options: Sequence[Sequence[Option]],
    travel: Callable[[int, int], int | None],
    within: int,
    bonus: float,
    limit: int,
    children: Children | None = None,
) -> list[Joint]:
    """The best `limit` ways to place the adults of a household, best first; exact.

    `options` has each adult's in the order of their ranking; an adult may also be left without a place, which counts 0,
    but not all of them. Two take the same vacancy only when it has as many positions. `bonus` is earned when all are
    placed, every two `within` so many minutes, and no vacancy states too few places for the children; what is not
    stated refuses nothing. `travel` gives the minutes between two vacancies, also from one to itself, or None when
    unknown, which is not near. Equals come in the order of the adults' options, the first adult's first.

    Raises:
        ValueError: a limit below 1, a negative bonus, or options that state different things of the same vacancy.
    """
    if limit < 1 or bonus < 0:
        raise ValueError("The limit must be at least 1 and the bonus not negative")
    _agree(options)
    return _Search(options, cache(travel), within, bonus, limit, children or Children()).run()


def places_outcome(needed: int, stated: int | None) -> Outcome:
    """Whether there are enough places in kindergarten or school; unknown when they are not stated but needed."""
    if needed == 0:
        return Outcome.MET
    if stated is None:
        return Outcome.UNKNOWN
    return Outcome.MET if stated >= needed else Outcome.MISSING


def _agree(options: Sequence[Sequence[Option]]) -> None:
    facts: dict[int, tuple[int, int | None, int | None]] = {}
    for option in (option for adult in options for option in adult):
        stated = (option.capacity, option.kindergarten_places, option.school_places)
        if facts.setdefault(option.vacancy, stated) != stated:
            raise ValueError("Options that name the same vacancy must state the same of it")


class _Search:
    """Depth first, adult by adult, leaving every branch that cannot come among the best any more.

    Branches are taken in the order in which equals are to come, so that one that could only equal the last of the best
    is left as well.
    """

    def __init__(
        self,
        options: Sequence[Sequence[Option]],
        travel: Callable[[int, int], int | None],
        within: int,
        bonus: float,
        limit: int,
        children: Children,
    ) -> None:
        self.options = [(*adult, None) for adult in options]
        self.travel, self.within, self.limit, self.children = travel, within, limit, children
        self.bonus, self.bonus_units = bonus, _units(bonus)
        self.still_to_come = [0]
        for adult in reversed(options):
            most = max((_units(option.score) for option in adult), default=0)
            self.still_to_come.insert(0, self.still_to_come[0] + max(0, most))
        self.best: list[tuple[int, int, tuple[Option | None, ...], bool]] = []
        self.seen = 0

    def run(self) -> list[Joint]:
        self._extend((), 0, earns=bool(self.options))
        return [self._joint(chosen, earns) for _, _, chosen, earns in self.best]

    def _extend(self, chosen: tuple[Option | None, ...], units: int, earns: bool) -> None:
        most = units + self.still_to_come[len(chosen)] + (self.bonus_units if earns else 0)
        if len(self.best) == self.limit and most <= -self.best[-1][0]:
            return
        if len(chosen) == len(self.options):
            self._keep(chosen, most, earns)
            return
        for option in self.options[len(chosen)]:
            if option is None:
                self._extend((*chosen, None), units, earns=False)
            elif sum(one is not None and one.vacancy == option.vacancy for one in chosen) < option.capacity:
                still = earns and self._enough_places(option) and self._near(option, chosen)
                self._extend((*chosen, option), units + _units(option.score), still)

    def _keep(self, chosen: tuple[Option | None, ...], units: int, earns: bool) -> None:
        if any(chosen):
            self.seen += 1
            insort(self.best, (-units, self.seen, chosen, earns))
            del self.best[self.limit :]

    def _near(self, option: Option, chosen: Sequence[Option | None]) -> bool:
        apart = [self.travel(one.vacancy, option.vacancy) for one in chosen if one is not None]
        return all(minutes is not None and minutes <= self.within for minutes in apart)

    def _enough_places(self, option: Option) -> bool:
        return Outcome.MISSING not in self._outcomes(option)

    def _outcomes(self, option: Option) -> tuple[Outcome, Outcome]:
        kindergarten = places_outcome(self.children.under_school_age, option.kindergarten_places)
        return kindergarten, places_outcome(self.children.school_age, option.school_places)

    def _joint(self, chosen: Sequence[Option | None], earns: bool) -> Joint:
        placed = [option for option in chosen if option is not None]
        apart = [self.travel(one.vacancy, other.vacancy) for one, other in combinations(placed, 2)]
        known = [minutes for minutes in apart if minutes is not None]
        outcomes = [self._outcomes(option) for option in placed]
        return Joint(
            vacancies=tuple(None if option is None else option.vacancy for option in chosen),
            score=sum(option.score for option in placed),
            bonus=self.bonus if earns else 0.0,
            minutes_apart=max(known, default=0) if len(known) == len(apart) else None,
            kindergarten=_worst([kindergarten for kindergarten, _ in outcomes]),
            school=_worst([school for _, school in outcomes]),
        )


def _worst(outcomes: Sequence[Outcome]) -> Outcome:
    """Of what the chosen vacancies say together: missing at one is missing, and not known at one is not known."""
    return next((one for one in (Outcome.MISSING, Outcome.UNKNOWN) if one in outcomes), Outcome.MET)


def _units(value: float) -> int:
    return round(value * _BILLION)
