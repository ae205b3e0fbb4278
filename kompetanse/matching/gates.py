"""What excludes: papers, the right to work, age, a protected address. Each passes, fails or is not known. Pure."""

from collections.abc import Mapping
from datetime import date

from kompetanse.codes import licences as licence_list
from kompetanse.matching.features import CandidateFeatures, HeldLicence, WorkRight
from kompetanse.matching.grades import MET, MISSING, UNKNOWN, Grade


def licence(required: str, held: Mapping[str, HeldLicence], on: date) -> Grade:
    """Whether a licence is held on a day, itself or by one that includes it (CE includes C, BE and B)."""
    own = {code: one for code, one in held.items() if licence_list.is_licence(code)}  # not authorisations
    standing = [code for code, one in own.items() if one.holds and not _expired(one, on)]
    if licence_list.holds(required, standing):
        return Grade(MET, required)
    said = held.get(required)
    if said is None:
        return UNKNOWN
    return Grade(MISSING, said.valid_until.isoformat() if said.holds and said.valid_until else None)


def authorisation(required: str, held: Mapping[str, HeldLicence], on: date) -> Grade:
    """Whether the authorisation of a regulated profession is held; no other stands for it."""
    said = held.get(required)
    if said is None:
        return UNKNOWN
    return Grade(MET, required) if said.holds and not _expired(said, on) else Grade(MISSING)


def _expired(held: HeldLicence, on: date) -> bool:
    return held.valid_until is not None and held.valid_until < on


def work_permission(right: WorkRight, starts: date, ends: date | None) -> Grade:
    """Whether work is allowed in the period.

    A permission that runs out before the work ends is a question and no "no": most are renewed.
    """
    if right.allowed is None:
        return UNKNOWN
    until = right.until.isoformat() if right.until else None
    if not right.allowed or (right.until is not None and right.until < starts):
        return Grade(MISSING, until)
    if right.until is not None and ends is not None and right.until < ends:
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
