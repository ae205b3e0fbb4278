"""The grades of what a person wants: occupation and sector, percentage, hours, start, way to work. Pure.

A wish that "must" be met counts only in full, and half as much again; one of "never" is a gate.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kompetanse.codes.sectors import sector
from kompetanse.codes.work import Shift, Strength
from kompetanse.matching import weights as w
from kompetanse.matching.features import WishedOccupation, WishedSector, Wishes
from kompetanse.matching.grades import HALF, MET, MISSING, UNKNOWN, Grade
from kompetanse.matching.weights import Weights

TERMS = ("percentage", "shifts", "start", "commute")
"""The terms of work that are weighed, in the order of a weight array."""

_USUAL_WEIGHT, _MUST = 3, 1.5
_LATE = timedelta(days=30)
_BY_DIGITS = {4: MET, 3: 0.75, 2: HALF}
_SECTOR = 0.8
"""What work in a sector that is wanted counts; outside one that somebody wants to leave, half."""


def term_weights(stated: Iterable[str], wishes: Wishes, weights: Weights) -> dict[str, float]:
    """What each stated term weighs for this person.

    She decides how they compare, never what they weigh together: so wishing more costs nobody a place.
    """
    usual = {term: float(getattr(weights, term)) for term in stated}
    own = {term: weight * personal(term, wishes) for term, weight in usual.items()}
    scale = sum(usual.values()) / sum(own.values()) if own else 0.0
    return {term: weight * scale for term, weight in own.items()}


def personal(term: str, wishes: Wishes) -> float:
    """How much a term means to a person, 1 being usual."""
    must = _MUST if wishes.strengths.get(term) is Strength.MUST else 1.0
    return wishes.weights.get(term, _USUAL_WEIGHT) / _USUAL_WEIGHT * must


def _strictly(share: float, strength: Strength | None) -> float:
    return share if share >= MET or strength is not Strength.MUST else MISSING


def percentage(least: int | None, most: int | None, wishes: Wishes) -> Grade:
    """Whether what is offered and what is wanted overlap; apart by at most ten points is half way.

    What somebody never wants excludes only when nothing else is offered.
    """
    wanted_least, wanted_most = wishes.percentage_min, wishes.percentage_max
    if wanted_least is None and wanted_most is None:
        return UNKNOWN
    offered = (least if least is not None else most or 100, most if most is not None else 100)
    wanted = (wanted_least or 1, wanted_most or 100)
    has = f"{wanted[0]}-{wanted[1]}" if wanted[0] != wanted[1] else str(wanted[0])
    if wishes.strengths.get("percentage") is Strength.NEVER:
        return Grade(MISSING if wanted[0] <= offered[0] and offered[1] <= wanted[1] else MET, has)
    apart = max(offered[0] - wanted[1], wanted[0] - offered[1])
    share = MET if apart <= 0 else HALF if apart <= 10 else MISSING
    return Grade(_strictly(share, wishes.strengths.get("percentage")), has)


def shifts(required: frozenset[Shift], wishes: Wishes) -> Grade:
    """The share of the vacancy's hours that the person can take; one that she never takes excludes."""
    if wishes.shifts is None:
        return UNKNOWN
    has = ",".join(sorted(wishes.shifts))
    if wishes.strengths.get("shifts") is Strength.NEVER:
        return Grade(MISSING if required & wishes.shifts else MET, has)
    return Grade(_strictly(len(required & wishes.shifts) / len(required), wishes.strengths.get("shifts")), has)


def start(starts_on: date, wishes: Wishes) -> Grade:
    """Whether the person is free when the work begins; a month late is half way."""
    free = wishes.available_from
    if free is None:
        return UNKNOWN
    share = MET if free <= starts_on else HALF if free <= starts_on + _LATE else MISSING
    never = wishes.strengths.get("start") is Strength.NEVER
    return Grade(
        MISSING if never and share < MET else _strictly(share, wishes.strengths.get("start")), free.isoformat()
    )


def commute(minutes: int | None, wishes: Wishes) -> Grade:
    """Minutes by road and ferry, one way, against what the person will travel; by half as much again is half way.

    Where she said nothing, a usual way is no obstacle and a longer one is a question.
    """
    longest = wishes.commute_minutes
    if minutes is None:
        return UNKNOWN
    has = str(minutes)
    if longest is None:
        return Grade(MET if minutes <= w.USUAL_COMMUTE else None, has)
    share = MET if minutes <= longest else HALF if minutes <= longest * 1.5 else MISSING
    if wishes.strengths.get("commute") is Strength.NEVER:
        return Grade(MET if share >= MET else MISSING, has)
    return Grade(_strictly(share, wishes.strengths.get("commute")), has)


def excludes(term: str, grade: Grade, wishes: Wishes) -> bool:
    """Whether a term of work is one that the person said she never takes."""
    return wishes.strengths.get(term) is Strength.NEVER and grade.share == MISSING


def wish(styrk: str, wishes: Wishes) -> Grade:
    """Whether the person wants this occupation: as named, one of the same group, or one of a sector that she wants."""
    named = [one for one in wishes.occupations if one.strength is not Strength.NEVER]
    graded = [(occupation_wish(styrk, one), one.styrk) for one in named]
    graded += [(share, one.code) for one in wishes.sectors if (share := sector_wish(styrk, one)) is not None]
    if not graded:
        return UNKNOWN
    share, has = max(graded, key=lambda pair: (pair[0], pair[1]))
    return Grade(share, has)


def occupation_wish(styrk: str, wanted: WishedOccupation) -> float:
    """What an occupation counts for who wants another, or the same; what must be counts as named only."""
    if styrk.startswith(wanted.styrk):
        share = MET
    elif wanted.strength is Strength.MUST:
        share = MISSING
    else:
        share = _BY_DIGITS.get(
            next((n for n in (3, 2) if styrk[:n] == wanted.styrk[:n] and len(wanted.styrk) > n), 0), 0
        )
    return share * (MET if wanted.weight is None else min(1.0, 0.7 + 0.1 * wanted.weight))


def sector_wish(styrk: str, wanted: WishedSector) -> float | None:
    """What an occupation counts for who wants a sector, or wants out of one; None where the wish does not say."""
    if wanted.strength is Strength.NEVER:
        return None
    inside = sector(wanted.code).holds(styrk)
    if wanted.leaves:
        return MISSING if inside else HALF
    return _SECTOR if inside else MISSING


def never(styrk: str, wishes: Wishes) -> bool:
    """Whether the person said that she will never do this; a shorter code covers all within it, a sector all of it."""
    return any(one.strength is Strength.NEVER and styrk.startswith(one.styrk) for one in wishes.occupations) or any(
        one.strength is Strength.NEVER and sector(one.code).holds(styrk) for one in wishes.sectors
    )


def interest(interests: frozenset[str], about: Iterable[str]) -> Grade:
    """Whether something that the person likes is what the work is about; else nothing is said, never against her."""
    liked = sorted(interests.intersection(about))
    return Grade(MET, liked[0]) if liked else UNKNOWN
