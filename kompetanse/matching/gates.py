"""What excludes: papers, the right to work, age, a protected address. Each passes, fails or is not known. Pure.

What stands today and runs out before it is needed is not known: whoever has had it can mostly have it renewed.
"""

from collections.abc import Mapping
from datetime import date

from kompetanse.codes import licences as licence_list
from kompetanse.matching.features import CandidateFeatures, HeldLicence, WorkRight
from kompetanse.matching.grades import MET, MISSING, UNKNOWN, Grade


def licence(required: str, held: Mapping[str, HeldLicence], starts: date, today: date) -> Grade:
    """Whether a licence is held when work begins, itself or by one that includes it (CE includes C, BE and B)."""
    own = {code: one for code, one in held.items() if licence_list.is_licence(code)}  # not authorisations
    if licence_list.holds(required, [code for code, one in own.items() if _stands(one, starts)]):
        return Grade(MET, required)
    if licence_list.holds(required, [code for code, one in own.items() if _stands(one, today)]):
        return Grade(None, required)
    said = held.get(required)
    if said is None:
        return UNKNOWN
    return Grade(MISSING, said.valid_until.isoformat() if said.holds and said.valid_until else None)


def authorisation(required: str, held: Mapping[str, HeldLicence], starts: date, today: date) -> Grade:
    """Whether the authorisation of a regulated profession is held; no other stands for it."""
    said = held.get(required)
    if said is None:
        return UNKNOWN
    if not _stands(said, today) and not _stands(said, starts):
        return Grade(MISSING)
    return Grade(MET if _stands(said, starts) else None, required)


def _stands(held: HeldLicence, on: date) -> bool:
    return held.holds and (held.valid_until is None or held.valid_until >= on)


def work_permission(right: WorkRight, starts: date, ends: date | None, today: date) -> Grade:
    """Whether work is allowed in the period.

    A permission that stands today and runs out before the work begins or ends is a question and no "no": most are
    renewed.
    """
    if right.allowed is None:
        return UNKNOWN
    until = right.until.isoformat() if right.until else None
    if not right.allowed or (right.until is not None and right.until < min(today, starts)):
        return Grade(MISSING, until)
    if right.until is not None and right.until < max(starts, ends or starts):
        return Grade(None, until)
    return Grade(MET, until)


def minimum_age(years: int, born: tuple[date, date] | None, on: date) -> Grade:
    """Whether somebody has reached an age that the law demands for the work; unknown while her birthday is.

    Only this gate knows of age, and it weighs nothing: being older than the law demands is no merit.
    """
    if born is None:
        return UNKNOWN
    first, last = (birthday(day, years) for day in born)
    if last <= on:
        return Grade(MET)
    return Grade(MISSING, last.isoformat()) if first > on else UNKNOWN


def birthday(born: date, years: int) -> date:
    """The day on which somebody reaches an age; who was born on a leap day does so on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def protection(candidate: CandidateFeatures, outside: bool) -> Grade | None:
    """A protected address keeps a person from whatever is outside her municipality; None where nothing is at stake."""
    return Grade(MISSING) if candidate.protected and outside else None
