"""Selects of what waits, each born scoped to who asks, and bounded; the last column is how many there are in all."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from kompetanse.actor import Actor
from kompetanse.codes.contact import RequestStage
from kompetanse.codes.work import ReferralStage, VacancySource, VacancyStatus
from kompetanse.competence.tables import Profile
from kompetanse.contacts.tables import ContactRequest
from kompetanse.courses.queries import in_scope as course_in_scope
from kompetanse.courses.tables import CourseOffer
from kompetanse.mapping.rules import QuestionState
from kompetanse.mapping.tables import MappingConversation
from kompetanse.people.queries import in_scope
from kompetanse.people.tables import Consent, Person
from kompetanse.placements.interest_queries import is_person, is_vacancy, referred
from kompetanse.placements.queries import in_scope as referral_in_scope
from kompetanse.placements.tables import JobInterest, Referral
from kompetanse.vacancies.queries import in_scope as vacancy_in_scope
from kompetanse.vacancies.tables import Vacancy

MOST = 200
"""So many of a kind are read at most; whoever has more works in the lists of their own."""

_NAMED = (col(Person.id), col(Person.given_name), col(Person.family_name), col(Person.protected_address))
_IN_ALL = func.count().over()

Waiting = Select[*tuple[Any, ...]]


def follow_ups(actor: Actor, untouched_since: Mapping[ReferralStage, datetime]) -> Waiting:
    """Referrals that nobody touched since a moment, which differs by stage, the longest ago first."""
    resting = or_(
        *(
            (col(Referral.stage) == stage) & (col(Referral.updated_at) < moment)
            for stage, moment in untouched_since.items()
        )
    )
    vacancy = and_(
        col(Vacancy.municipality_no) == col(Referral.municipality_no), col(Vacancy.id) == col(Referral.vacancy_id)
    )
    return (
        select(
            *_NAMED,
            col(Referral.id).label("referral_id"),
            col(Referral.version),
            col(Referral.stage),
            col(Referral.updated_at),
            col(Vacancy.id).label("vacancy_id"),
            col(Vacancy.title),
            col(Vacancy.status),
            _IN_ALL,
        )
        .join_from(Referral, Vacancy, vacancy)
        .join(Person, _is_person_of(Referral))
        .where(referral_in_scope(actor), _listed(actor), resting)
        .order_by(col(Referral.updated_at), col(Referral.id))
        .limit(MOST)
    )


def referred_since(actor: Actor, since: datetime) -> Select[UUID, UUID]:
    """Who is, or was, referred to the vacancies that came after a moment: vacancy and person."""
    vacancy = and_(
        col(Vacancy.municipality_no) == col(Referral.municipality_no), col(Vacancy.id) == col(Referral.vacancy_id)
    )
    return (
        select(col(Referral.vacancy_id), col(Referral.person_id))
        .join_from(Referral, Vacancy, vacancy)
        .join(Person, _is_person_of(Referral))
        .where(referral_in_scope(actor), col(Vacancy.created_at) >= since)
    )


def job_interests(actor: Actor) -> Waiting:
    """Those who say that they are interested in an open vacancy and whom nobody has answered, the first said first."""
    return (
        select(
            *_NAMED,
            col(JobInterest.id).label("interest_id"),
            col(JobInterest.said_at),
            col(Vacancy.id).label("vacancy_id"),
            col(Vacancy.title),
            col(Vacancy.deadline),
            _IN_ALL,
        )
        .join_from(JobInterest, Vacancy, is_vacancy())
        .join(Person, is_person())
        .where(vacancy_in_scope(actor), _listed(actor), col(Vacancy.status) == VacancyStatus.OPEN)
        .where(col(JobInterest.seen_at).is_(None), ~referred())
        .order_by(col(JobInterest.said_at), col(JobInterest.id))
        .limit(MOST)
    )


def contact_requests(actor: Actor, today: date) -> Waiting:
    """Neighbours' requests about which nobody was asked yet, while there is time."""
    return (
        select(
            col(ContactRequest.id),
            col(ContactRequest.recipient_no),
            col(ContactRequest.title),
            col(ContactRequest.answer_by),
            _IN_ALL,
        )
        .where(
            col(ContactRequest.municipality_no) == actor.municipality_no,
            col(ContactRequest.stage) == RequestStage.RECEIVED,
            col(ContactRequest.answer_by) >= today,
        )
        .order_by(col(ContactRequest.answer_by), col(ContactRequest.id))
        .limit(MOST)
    )


def consents(actor: Actor, until: date) -> Waiting:
    """Each yes to a purpose as a whole that has run out by a day and was not answered anew."""
    return (
        select(*_NAMED, col(Consent.purpose), col(Consent.expires_on), _IN_ALL)
        .join_from(Consent, Person, _is_person_of(Consent))
        .where(
            _listed(actor),
            col(Consent.municipality_no) == actor.municipality_no,
            col(Consent.recipient_no) == "",
            col(Consent.section) == "",
            col(Consent.superseded_at).is_(None),
            col(Consent.granted).is_(True),
            col(Consent.expires_on) <= until,
        )
        .order_by(col(Consent.expires_on), col(Consent.id))
        .limit(MOST)
    )


def permits(actor: Actor, until: date) -> Waiting:
    """Those whose permit to stay or to work ends by a day."""
    ends = residence, work = (col(Person.residence_until), col(Person.may_work_until))
    first = case((residence.is_(None) | (work < residence), work), else_=residence)
    return (
        select(*_NAMED, *ends, _IN_ALL)
        .where(_listed(actor), or_(*(end <= until for end in ends)))
        .order_by(first, col(Person.id))
        .limit(MOST)
    )


def unmapped(actor: Actor) -> Waiting:
    """Those whose competence was never mapped, who was registered last first."""
    return (
        select(
            *_NAMED,
            col(Person.born),
            col(Person.residence_basis),
            col(Person.arrived_in_norway),
            col(Person.arrived_in_municipality),
            col(Person.created_at),
            _IN_ALL,
        )
        .where(_listed(actor), ~_mapped())
        .order_by(col(Person.id).desc())
        .limit(MOST)
    )


def ask_later(actor: Actor) -> Waiting:
    """Those who were mapped, and put questions off in their newest conversation; the longest ago first."""
    newer = aliased(MappingConversation)
    same = (col(newer.municipality_no) == col(MappingConversation.municipality_no)) & (
        col(newer.person_id) == col(MappingConversation.person_id)
    )
    put_off = cast(col(MappingConversation.states), String).contains(f'"{QuestionState.LATER.value}"')
    return (
        select(*_NAMED, col(MappingConversation.states), col(MappingConversation.updated_at), _IN_ALL)
        .join_from(MappingConversation, Person, _is_person_of(MappingConversation))
        .where(
            _listed(actor),
            col(MappingConversation.municipality_no) == actor.municipality_no,
            put_off,
            _mapped(),
            ~exists().where(same, col(newer.id) > col(MappingConversation.id)),
        )
        .order_by(col(MappingConversation.updated_at), col(MappingConversation.id))
        .limit(MOST)
    )


def vacancy_deadlines(actor: Actor, today: date, ahead: timedelta) -> Waiting:
    """Open vacancies whose deadline is near, and own ones whose deadline has passed: the feed closes its own."""
    passed = (col(Vacancy.deadline) < today) & (col(Vacancy.source) != VacancySource.FEED)
    return (
        select(col(Vacancy.id), col(Vacancy.title), col(Vacancy.deadline), _IN_ALL)
        .where(
            vacancy_in_scope(actor),
            col(Vacancy.status) == VacancyStatus.OPEN,
            passed | col(Vacancy.deadline).between(today, today + ahead),
        )
        .order_by(col(Vacancy.deadline), col(Vacancy.id))
        .limit(MOST)
    )


def course_starts(actor: Actor, today: date, ahead: timedelta) -> Waiting:
    """Courses that can be taken and begin soon."""
    return (
        select(col(CourseOffer.id), col(CourseOffer.title), col(CourseOffer.starts_on), _IN_ALL)
        .where(
            course_in_scope(actor),
            col(CourseOffer.open).is_(True),
            col(CourseOffer.starts_on).between(today, today + ahead),
        )
        .order_by(col(CourseOffer.starts_on), col(CourseOffer.id))
        .limit(MOST)
    )


def _listed(actor: Actor) -> ColumnElement[bool]:
    """Who is on the coordinator's own list, as `people.queries.listed_people` has them."""
    return in_scope(actor) & col(Person.merged_into_id).is_(None) & col(Person.archived_at).is_(None)


def _mapped() -> ColumnElement[bool]:
    """Whose competence was mapped on a day."""
    return exists().where(
        col(Profile.municipality_no) == col(Person.municipality_no),
        col(Profile.person_id) == col(Person.id),
        col(Profile.mapped_on).is_not(None),
    )


def _is_person_of(table: type[Referral] | type[Consent] | type[MappingConversation]) -> ColumnElement[bool]:
    return (col(Person.municipality_no) == col(table.municipality_no)) & (col(Person.id) == col(table.person_id))
