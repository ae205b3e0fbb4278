"""What the coordinator works through: competence that lies unused, what is missing, old or runs out.

Each list is computed anew from a whole municipality's profiles in a few statements, whatever its size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.legal import MappingState
from kompetanse.codes.work import RecognitionStatus
from kompetanse.competence.recognising import RecognitionPlan, plans
from kompetanse.competence.rules import main_occupation, spoken_norwegian
from kompetanse.competence.statutory import Statutory, parts_done, statutory
from kompetanse.competence.tables import (
    Course,
    Education,
    Experience,
    Interest,
    PersonLanguage,
    PersonLicence,
    Profile,
    Skill,
    WishedOccupation,
)
from kompetanse.competence.unused import Unused, unused
from kompetanse.competence.upkeep import (
    STALE_MONTHS,
    WARN_DAYS,
    Expiring,
    Expiry,
    Missing,
    Stated,
    completeness,
    is_stale,
    missing,
    running_out,
)
from kompetanse.paging import Page, PageRequest, cut
from kompetanse.people import queries as people_queries
from kompetanse.people.gathering import by_person
from kompetanse.people.tables import Person

__all__ = [
    "Incomplete",
    "RunsOut",
    "Stale",
    "Unmapped",
    "Unrecognised",
    "UnusedCompetence",
    "list_incomplete",
    "list_running_out",
    "list_stale",
    "list_unmapped",
    "list_unrecognised",
    "list_unused",
]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a row of a list is about."""

    person_id: UUID
    given_name: str
    family_name: str
    protected_address: bool


@dataclass(frozen=True, slots=True)
class UnusedCompetence:
    """Somebody whose present work asks for less than she can; `occupation` is her main one (STYRK-08)."""

    whose: Whose
    occupation: str | None
    unused: Unused


@dataclass(frozen=True, slots=True)
class Incomplete:
    """Somebody in whose profile something is missing for a fair match; `completeness` in per cent."""

    whose: Whose
    missing: tuple[Missing, ...]
    completeness: int


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody whose profile was last written or confirmed long ago."""

    whose: Whose
    confirmed_on: date


@dataclass(frozen=True, slots=True)
class RunsOut:
    """Somebody of whom something has run out, or will soon."""

    whose: Whose
    things: tuple[Expiring, ...]


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Somebody whose mapping under the Integration Act is not complete."""

    whose: Whose
    mapping: Statutory


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """Somebody with an education from abroad that nobody has recognised yet."""

    whose: Whose
    plans: tuple[RecognitionPlan, ...]


class _Listed(Protocol):
    @property
    def whose(self) -> Whose: ...


Row = TypeVar("Row", bound=_Listed)


def list_unused(session: Session, actor: Actor, page: PageRequest) -> Page[UnusedCompetence]:
    """Those whose competence lies unused: the widest step first, then those of whom no present work is known."""
    actor = actor.doing(Operation.READ_PROFILES)
    today = clock.today()
    everybody = people_queries.listed_people(actor)
    jobs = by_person(session, actor, Experience, everybody)
    schools = by_person(session, actor, Education, everybody)
    rows = []
    for person in session.exec(people_queries.by_name(everybody)):
        found = unused(jobs[person.id], schools[person.id], today)
        if found is not None:
            rows.append(UnusedCompetence(_whose(person), main_occupation(jobs[person.id], today), found))
    rows.sort(key=lambda row: (row.unused.steps is None, -(row.unused.steps or 0), -row.unused.grounds[0].level))
    return _page(session, actor, rows, page, "unused")


def list_incomplete(session: Session, actor: Actor, page: PageRequest) -> Page[Incomplete]:
    """Those in whose profiles something is missing for a fair match, the least complete first."""
    actor = actor.doing(Operation.READ_PROFILES)
    stated = _stated(session, actor)
    rows = [Incomplete(whose, missing(one), completeness(one)) for whose, one in stated if missing(one)]
    rows.sort(key=lambda row: row.completeness)
    return _page(session, actor, rows, page, "incomplete")


def list_stale(session: Session, actor: Actor, page: PageRequest, months: int = STALE_MONTHS) -> Page[Stale]:
    """Those whose profiles were last written or confirmed more than some months ago, the oldest first."""
    actor = actor.doing(Operation.READ_PROFILES)
    today = clock.today()
    everybody = people_queries.listed_people(actor)
    heads = by_person(session, actor, Profile, everybody)
    rows = [
        Stale(_whose(person), confirmed)
        for person in session.exec(people_queries.by_name(everybody))
        for confirmed in map(_confirmed, heads[person.id])
        if is_stale(confirmed, today, months)
    ]
    rows.sort(key=lambda row: row.confirmed_on)
    return _page(session, actor, rows, page, "stale")


def list_running_out(session: Session, actor: Actor, page: PageRequest, days: int = WARN_DAYS) -> Page[RunsOut]:
    """Those of whom a licence, a course, a decision or a permission has run out or will, the earliest first."""
    actor = actor.doing(Operation.READ_PROFILES)
    today = clock.today()
    everybody = people_queries.listed_people(actor)
    licences = by_person(session, actor, PersonLicence, everybody)
    courses = by_person(session, actor, Course, everybody)
    schools = by_person(session, actor, Education, everybody)
    rows = []
    for person in session.exec(people_queries.by_name(everybody)):
        dated = _dated(person, licences[person.id], courses[person.id], schools[person.id])
        things = running_out(dated, today, days)
        if things:
            rows.append(RunsOut(_whose(person), tuple(things)))
    rows.sort(key=lambda row: row.things[0].valid_until)
    return _page(session, actor, rows, page, "running_out")


def list_unmapped(session: Session, actor: Actor, page: PageRequest) -> Page[Unmapped]:
    """Those whose mapping under the Integration Act is due or overdue, the earliest day first, unknown days last."""
    actor = actor.doing(Operation.READ_PROFILES)
    today = clock.today()
    everybody = people_queries.listed_people(actor)
    heads = by_person(session, actor, Profile, everybody)
    spoken = by_person(session, actor, PersonLanguage, everybody)
    schools = by_person(session, actor, Education, everybody)
    jobs = by_person(session, actor, Experience, everybody)
    other = [by_person(session, actor, table, everybody) for table in (Skill, Course, PersonLicence)]
    rows = []
    for person in session.exec(everybody):
        done = parts_done(
            languages=spoken[person.id],
            educations=schools[person.id],
            jobs=jobs[person.id],
            other=[row for rows_of in other for row in rows_of[person.id]],
        )
        head = next(iter(heads[person.id]), None)
        mapping = statutory(person, done, head.mapped_on if head else None, today)
        if mapping is not None and mapping.status.state is not MappingState.DONE:
            rows.append(Unmapped(_whose(person), mapping))
    rows.sort(key=lambda row: row.mapping.status.due_on or date.max)
    return _page(session, actor, rows, page, "unmapped")


def list_unrecognised(session: Session, actor: Actor, page: PageRequest) -> Page[Unrecognised]:
    """Those whose education from abroad is not recognised: not applied for first, then those who wait."""
    actor = actor.doing(Operation.READ_PROFILES)
    everybody = people_queries.listed_people(actor)
    schools = by_person(session, actor, Education, everybody)
    found = ((_whose(person), plans(schools[person.id])) for person in session.exec(everybody))
    rows = [Unrecognised(whose, open_now) for whose, open_now in found if open_now]
    rows.sort(key=lambda row: all(plan.status is RecognitionStatus.APPLIED for plan in row.plans))
    return _page(session, actor, rows, page, "unrecognised")


def _dated(
    person: Person,
    licences: Iterable[PersonLicence],
    courses: Iterable[Course],
    schools: Iterable[Education],
) -> Iterable[Expiring]:
    dated = [
        (Expiry.RIGHT_TO_WORK, "", person.may_work_until),
        (Expiry.RESIDENCE, "", person.residence_until),
        *((Expiry.LICENCE, one.licence, one.valid_until) for one in licences if one.holds),
        *((Expiry.COURSE, one.title, one.valid_until) for one in courses),
        *((Expiry.RECOGNITION, one.title, one.recognition_valid_until) for one in schools),
    ]
    return [Expiring(kind, what, until) for kind, what, until in dated if until is not None]


def _stated(session: Session, actor: Actor) -> list[tuple[Whose, Stated]]:
    """What is stated of everybody."""
    everybody = people_queries.listed_people(actor)
    heads = by_person(session, actor, Profile, everybody)
    jobs = by_person(session, actor, Experience, everybody)
    schools = by_person(session, actor, Education, everybody)
    spoken = by_person(session, actor, PersonLanguage, everybody)
    skills = by_person(session, actor, Skill, everybody)
    wanted = by_person(session, actor, WishedOccupation, everybody)
    licences = by_person(session, actor, PersonLicence, everybody)
    liked = by_person(session, actor, Interest, everybody)
    found = []
    for person in session.exec(people_queries.by_name(everybody)):
        head = next(iter(heads[person.id]), None)
        stated = Stated(
            mapped_on=head.mapped_on if head else None,
            occupations=any(job.styrk for job in jobs[person.id]),
            norwegian=spoken_norwegian(spoken[person.id]),
            educations=bool(schools[person.id]),
            may_work=person.may_work,
            skills=bool(skills[person.id]),
            wished_occupations=bool(wanted[person.id]),
            percentage=bool(head and (head.percentage_min or head.percentage_max)),
            available_from=head.available_from if head else None,
            shifts=bool(head and head.shifts is not None),
            licences=bool(licences[person.id]),
            interests=bool(liked[person.id]),
        )
        found.append((_whose(person), stated))
    return found


def _confirmed(head: Profile) -> date:
    """When a profile was last known to hold: written, mapped or confirmed."""
    days = (head.mapped_on, head.confirmed_on, head.updated_at.date())
    return max(day for day in days if day is not None)


def _whose(person: Person) -> Whose:
    return Whose(person.id, person.given_name, person.family_name, person.protected_address)


def _page(session: Session, actor: Actor, rows: Sequence[Row], page: PageRequest, name: str) -> Page[Row]:
    """The page after somebody's row, and the event that these people were shown. From the start when she has gone."""
    ids = [row.whose.person_id for row in rows]
    begin = ids.index(page.after) + 1 if page.after in ids else 0
    shown = cut(rows[begin : begin + page.limit + 1], page.limit, ids[begin : begin + page.limit + 1])
    audit.record(session, actor, "list", "profile", [row.whose.person_id for row in shown.items], [name])
    return Page(shown.items, shown.next, len(rows))
