"""What waits for whoever asks: each kind in one bounded select, as far as the role may do something about it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session

from kompetanse import audit, clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.work import VacancyStatus
from kompetanse.competence import searches
from kompetanse.mapping.rules import asked_later
from kompetanse.matching import strong
from kompetanse.placements.rules import FOLLOW_UP_AFTER
from kompetanse.today import queries, rules
from kompetanse.today.queries import MOST
from kompetanse.today.rules import Block, Item, Kind, Whose

__all__ = ["MOST", "Today", "gather"]


@dataclass(frozen=True, slots=True)
class Today:
    """What waits on a day, by period and kind, and how many of each kind there are in all."""

    day: date
    blocks: list[Block]
    totals: Mapping[Kind, int]

    def more_than_read(self, kind: Kind) -> bool:
        """Whether there are more of a kind than are read, so that the totals of its blocks are the least there are."""
        return self.totals.get(kind, 0) > MOST


@dataclass(frozen=True, slots=True)
class _Source:
    """How one kind is read: for whom, by what, and how it is told in the audit trail."""

    operation: Operation
    read: Callable[[Session, Actor, date], Iterator[tuple[Item, int]]]
    record_type: str
    action: str = "list"


def gather(session: Session, actor: Actor, kinds: Collection[Kind] = frozenset(Kind), each: int = MOST) -> Today:
    """What waits for the actor, what is due first; nothing of the kinds that her role can do nothing about.

    Those whom it shows are recorded, kind by kind, each with its own purpose.
    """
    today = clock.today()
    items: list[Item] = []
    totals: dict[Kind, int] = {}
    for kind, source in _SOURCES.items():
        if kind in kinds and actor.may(source.operation):
            found = list(source.read(session, actor.doing(source.operation), today))
            items += [item for item, _ in found]
            totals[kind] = found[0][1] if found else 0
    blocks = rules.blocks(items, each)
    _record(session, actor, blocks)
    return Today(today, blocks, totals)


def _record(session: Session, actor: Actor, blocks: list[Block]) -> None:
    for kind, source in _SOURCES.items():
        items = [item for block in blocks if block.kind is kind for item in block.items]
        shown = [item.whose.person_id for item in items if item.whose]
        if shown:
            who = actor.doing(source.operation)
            audit.record(session, who, source.action, source.record_type, list(dict.fromkeys(shown)), ["today"])


def _follow_ups(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    untouched = {stage: _end_of(today - rest) for stage, rest in FOLLOW_UP_AFTER.items()}
    for row in session.execute(queries.follow_ups(actor, untouched)):
        touched = row.updated_at.astimezone(clock.OSLO).date()
        due_on = touched + FOLLOW_UP_AFTER[row.stage]
        item = Item(
            Kind.FOLLOW_UP, rules.urgency(due_on, today), due_on, row.referral_id, touched, row.stage.value, row.title,
            _whose(row), row.vacancy_id, row.version, ended=row.status is not VacancyStatus.OPEN,
        )  # fmt: skip
        yield item, row[-1]


def _contact_requests(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    """A request waits from the day that it came: each who is asked needs time to answer."""
    for row in session.execute(queries.contact_requests(actor, today)):
        how = rules.urgency(today, today)
        yield Item(Kind.CONTACT_REQUEST, how, today, row.id, row.answer_by, row.recipient_no, row.title), row[-1]


def _consents(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    for row in session.execute(queries.consents(actor, today + rules.CONSENT_AHEAD)):
        ends = row.expires_on
        how = rules.urgency(ends, today)
        yield Item(Kind.CONSENT, how, ends, row.id, ends, row.purpose.value, whose=_whose(row)), row[-1]


def _permits(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    for row in session.execute(queries.permits(actor, today + rules.PERMIT_AHEAD)):
        first = rules.first_permit(row.residence_until, row.may_work_until)
        if first is not None:
            what, ends = first
            due_on = ends - rules.RENEWAL
            how = rules.urgency(due_on, today)
            yield Item(Kind.PERMIT, how, due_on, row.id, ends, what.value, whose=_whose(row)), row[-1]


def _job_interests(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    """Answered within days, and before the deadline."""
    for row in session.execute(queries.job_interests(actor)):
        said_on = row.said_at.astimezone(clock.OSLO).date()
        due_on = min(row.deadline or date.max, said_on + rules.ANSWER_WITHIN)
        item = Item(
            Kind.JOB_INTEREST, rules.urgency(due_on, today), due_on, row.interest_id, said_on, title=row.title,
            whose=_whose(row), vacancy_id=row.vacancy_id,
        )  # fmt: skip
        yield item, row[-1]


def _strong_candidates(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    """A new vacancy is looked at within the week, or before its deadline. Who is referred to it waits no longer."""
    since = clock.now() - strong.NEW_FOR
    pairs = session.execute(queries.referred_since(actor, since)).all()
    found = strong.well_met(session, actor, {(vacancy_id, person_id) for vacancy_id, person_id in pairs})
    for one in found:
        vacancy = one.vacancy
        due_on = min(vacancy.deadline or date.max, today + rules.WEEK)
        came_on = vacancy.created_at.astimezone(clock.OSLO).date()
        item = Item(
            Kind.STRONG_CANDIDATES, rules.urgency(due_on, today), due_on, vacancy.id, came_on, title=vacancy.title,
            people=one.people,
        )  # fmt: skip
        yield item, len(found)


def _unmapped(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    for row in session.execute(queries.unmapped(actor)):
        registered = row.created_at.astimezone(clock.OSLO).date()
        by_law = rules.statutory_day(row, today)
        due_on = by_law or registered + rules.MAP_WITHIN
        what = "statutory" if by_law else ""
        item = Item(
            Kind.UNMAPPED, rules.urgency(due_on, today), due_on, row.id, by_law or registered, what, whose=_whose(row)
        )
        yield item, row[-1]


def _ask_later(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    for row in session.execute(queries.ask_later(actor)):
        talked = row.updated_at.astimezone(clock.OSLO).date()
        due_on = talked + rules.ASK_WITHIN
        how, questions = rules.urgency(due_on, today), len(asked_later(row.states))
        yield Item(Kind.ASK_LATER, how, due_on, row.id, talked, whose=_whose(row), people=questions), row[-1]


def _watched_searches(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    """Who is new waits for nothing but to be looked at, so it is of this week."""
    found = searches.news(session, actor)
    for one in found:
        due_on = today + rules.WEEK
        how = rules.urgency(due_on, today)
        yield (
            Item(Kind.WATCHED_SEARCH, how, due_on, one.search_id, today, title=one.name, people=one.people),
            len(found),
        )


def _vacancy_deadlines(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    for row in session.execute(queries.vacancy_deadlines(actor, today, rules.WEEK)):
        how = rules.urgency(row.deadline, today)
        yield Item(Kind.VACANCY_DEADLINE, how, row.deadline, row.id, row.deadline, title=row.title), row[-1]


def _course_starts(session: Session, actor: Actor, today: date) -> Iterator[tuple[Item, int]]:
    for row in session.execute(queries.course_starts(actor, today, rules.COURSE_AHEAD)):
        how = rules.urgency(row.starts_on, today)
        yield Item(Kind.COURSE_START, how, row.starts_on, row.id, row.starts_on, title=row.title), row[-1]


_SOURCES: Mapping[Kind, _Source] = {
    Kind.FOLLOW_UP: _Source(Operation.REFER, _follow_ups, "person", "list_referrals"),
    Kind.JOB_INTEREST: _Source(Operation.REFER, _job_interests, "job_interest"),
    Kind.CONTACT_REQUEST: _Source(Operation.HANDLE_CONTACTS, _contact_requests, "contact_request"),
    Kind.CONSENT: _Source(Operation.RECORD_CONSENTS, _consents, "consent"),
    Kind.PERMIT: _Source(Operation.REGISTER_PEOPLE, _permits, "person"),
    Kind.WATCHED_SEARCH: _Source(Operation.READ_PEOPLE, _watched_searches, "saved_search"),
    Kind.STRONG_CANDIDATES: _Source(Operation.MATCH, _strong_candidates, "vacancy"),
    Kind.UNMAPPED: _Source(Operation.MAP_COMPETENCE, _unmapped, "profile"),
    Kind.ASK_LATER: _Source(Operation.MAP_COMPETENCE, _ask_later, "mapping_conversation"),
    Kind.VACANCY_DEADLINE: _Source(Operation.WRITE_VACANCIES, _vacancy_deadlines, "vacancy"),
    Kind.COURSE_START: _Source(Operation.READ_COURSES, _course_starts, "course_offer"),
}


def _whose(row: Any) -> Whose:  # noqa: ANN401 - a row of any of the selects that name a person
    return Whose(row.id, row.given_name, row.family_name, row.protected_address)


def _end_of(day: date) -> datetime:
    """The moment at which a day in Norway is over."""
    return datetime.combine(day + rules.DAY, time(), clock.OSLO)
