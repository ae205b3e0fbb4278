"""Selects of those who may be matched and of what is stored of it, born scoped to who asks."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Update, func, select, update
from sqlmodel import col
from sqlmodel import select as entities
from sqlmodel.sql.expression import SelectOfScalar

from kompetanse.actor import Actor
from kompetanse.codes.residence import HouseholdRole
from kompetanse.codes.work import PairMark, VacancyStatus
from kompetanse.competence.tables import Profile
from kompetanse.matching.tables import CandidateMark, MatchingWeights, MatchResult, MatchStamp
from kompetanse.people.queries import circulating, in_scope, visible_people
from kompetanse.people.tables import HouseholdMember, Person
from kompetanse.vacancies.queries import in_scope as vacancy_in_scope
from kompetanse.vacancies.queries import visible_vacancies
from kompetanse.vacancies.tables import Vacancy


def candidates(actor: Actor) -> SelectOfScalar[Person]:
    """Everybody who may be put forward: not archived, no protected address."""
    return entities(Person).where(circulating(actor))


def one_person(actor: Actor, person_id: UUID) -> SelectOfScalar[Person]:
    """A person whose vacancies her coordinator looks for, also with a protected address: she is told, nobody else."""
    return visible_people(actor).where(Person.id == person_id)


def open_vacancies(actor: Actor) -> SelectOfScalar[Vacancy]:
    """Vacancies that can be filled now."""
    return visible_vacancies(actor).where(col(Vacancy.status) == VacancyStatus.OPEN)


def newest_vacancies(actor: Actor, since: datetime, most: int) -> SelectOfScalar[Vacancy]:
    """The newest of the vacancies that can be filled now and came after a moment."""
    return open_vacancies(actor).where(col(Vacancy.created_at) >= since).order_by(col(Vacancy.id).desc()).limit(most)


def some_candidates(actor: Actor, ids: Collection[UUID]) -> SelectOfScalar[Person]:
    """Some of those who may be put forward."""
    return candidates(actor).where(col(Person.id).in_(ids))


def too_late(actor: Actor, today: date) -> Select[UUID]:
    """Vacancies that could be filled, but that nobody can apply for any more."""
    late = vacancy_in_scope(actor) & (col(Vacancy.status) == VacancyStatus.OPEN) & (col(Vacancy.deadline) < today)
    return select(col(Vacancy.id)).where(late)


def some_vacancies(actor: Actor, ids: Collection[UUID]) -> SelectOfScalar[Vacancy]:
    """Some of the vacancies that can be filled now."""
    return open_vacancies(actor).where(col(Vacancy.id).in_(ids))


def household_members(actor: Actor, household_id: UUID) -> SelectOfScalar[Person]:
    """The people of a household that the actor sees, also those with a protected address."""
    member = select(col(HouseholdMember.person_id)).where(
        col(HouseholdMember.municipality_no) == actor.municipality_no, col(HouseholdMember.household_id) == household_id
    )
    return visible_people(actor).where(col(Person.archived_at).is_(None), col(Person.id).in_(member))


def all_members(actor: Actor) -> Select[UUID, UUID, HouseholdRole, str | None]:
    """Who lives in which household, as what, and when they were born, of those in circulation."""
    person = (col(Person.municipality_no) == col(HouseholdMember.municipality_no)) & (
        col(Person.id) == col(HouseholdMember.person_id)
    )
    members = select(
        col(HouseholdMember.household_id), col(HouseholdMember.person_id), col(HouseholdMember.role), col(Person.born)
    )
    return members.join(Person, person).where(circulating(actor)).order_by(col(HouseholdMember.id))


def people_stamps(actor: Actor) -> Select[UUID, int, datetime, int | None, datetime | None]:
    """Who may be put forward, and when she and her profile were last changed."""
    profile = (col(Profile.municipality_no) == col(Person.municipality_no)) & (col(Profile.person_id) == col(Person.id))
    stamps = select(
        col(Person.id), col(Person.version), col(Person.updated_at), col(Profile.version), col(Profile.updated_at)
    )
    return stamps.outerjoin(Profile, profile).where(circulating(actor))


def people_seen(actor: Actor) -> Select[int, int | None, datetime | None, int | None, datetime | None]:
    """What differs when anything in `people_stamps` does: every change counts a version up, or makes a time newer."""
    profile = (col(Profile.municipality_no) == col(Person.municipality_no)) & (col(Profile.person_id) == col(Person.id))
    seen = select(
        func.count(),
        func.sum(col(Person.version)),
        func.max(col(Person.updated_at)),
        func.sum(col(Profile.version)),
        func.max(col(Profile.updated_at)),
    )
    return seen.select_from(Person).outerjoin(Profile, profile).where(circulating(actor))


def vacancies_seen(actor: Actor) -> Select[int, int | None, datetime | None]:
    """What differs when anything in `vacancy_stamps` does."""
    seen = select(func.count(), func.sum(col(Vacancy.version)), func.max(col(Vacancy.updated_at)))
    return seen.where(vacancy_in_scope(actor), col(Vacancy.status) == VacancyStatus.OPEN)


def vacancy_stamps(actor: Actor) -> Select[UUID, int, datetime]:
    """The vacancies that can be filled now, and when each was last changed."""
    stamps = select(col(Vacancy.id), col(Vacancy.version), col(Vacancy.updated_at))
    return stamps.where(vacancy_in_scope(actor), col(Vacancy.status) == VacancyStatus.OPEN)


def visible_marks(actor: Actor) -> SelectOfScalar[CandidateMark]:
    """Every mark that the actor may know of, also of people who left circulation since, but not of merged records."""
    marks = entities(CandidateMark).join(Vacancy, _is_vacancy_of(CandidateMark))
    pairs = marks.join(Person, _is_person_of(CandidateMark))
    return pairs.where(vacancy_in_scope(actor), in_scope(actor), col(Person.merged_into_id).is_(None))


def mark_of_pair(actor: Actor, vacancy_id: UUID, person_id: UUID) -> SelectOfScalar[CandidateMark]:
    """The mark of one person for one vacancy."""
    return visible_marks(actor).where(CandidateMark.vacancy_id == vacancy_id, CandidateMark.person_id == person_id)


def marks_of(actor: Actor, vacancy_id: UUID) -> SelectOfScalar[CandidateMark]:
    """The marks of those who may be put forward for a vacancy."""
    found = visible_marks(actor).where(circulating(actor), CandidateMark.vacancy_id == vacancy_id)
    return found.order_by(col(CandidateMark.id))


def set_aside(actor: Actor) -> Select[UUID, UUID]:
    """The pairs of open vacancy and person that are set aside."""
    pairs = select(col(CandidateMark.vacancy_id), col(CandidateMark.person_id))
    return pairs.join(Vacancy, _is_vacancy_of(CandidateMark)).where(
        vacancy_in_scope(actor),
        col(Vacancy.status) == VacancyStatus.OPEN,
        col(CandidateMark.mark) == PairMark.SET_ASIDE,
    )


def marks_for(actor: Actor, person_id: UUID) -> SelectOfScalar[CandidateMark]:
    """The marks of one person, for whatever vacancies."""
    return visible_marks(actor).where(CandidateMark.person_id == person_id).order_by(col(CandidateMark.id))


def tunings(actor: Actor) -> SelectOfScalar[MatchingWeights]:
    """Every tuning of the municipality's weights, the one that stands first."""
    own = entities(MatchingWeights).where(MatchingWeights.municipality_no == actor.municipality_no)
    return own.order_by(col(MatchingWeights.version).desc())


def results_of(actor: Actor, vacancy_id: UUID) -> SelectOfScalar[MatchResult]:
    """What is stored of a vacancy's match with those who may be put forward now, best first."""
    pair = entities(MatchResult).join(Vacancy, _is_vacancy_of(MatchResult)).join(Person, _is_person_of(MatchResult))
    found = pair.where(vacancy_in_scope(actor), circulating(actor), MatchResult.vacancy_id == vacancy_id)
    return found.order_by(col(MatchResult.rank), col(MatchResult.id))


def results_for(actor: Actor, person_id: UUID) -> SelectOfScalar[MatchResult]:
    """What is stored of a person's match with the vacancies that can be filled now, best first."""
    pair = entities(MatchResult).join(Vacancy, _is_vacancy_of(MatchResult)).join(Person, _is_person_of(MatchResult))
    found = pair.where(
        vacancy_in_scope(actor),
        in_scope(actor),
        col(Vacancy.status) == VacancyStatus.OPEN,
        MatchResult.person_id == person_id,
    )
    return found.order_by(col(MatchResult.score).desc(), col(MatchResult.id))


def _is_vacancy_of(pair: type[CandidateMark] | type[MatchResult]) -> ColumnElement[bool]:
    return (col(Vacancy.municipality_no) == col(pair.municipality_no)) & (col(Vacancy.id) == col(pair.vacancy_id))


def _is_first_match_of(pair: type[MatchResult]) -> ColumnElement[bool]:
    return (col(MatchStamp.municipality_no) == col(pair.municipality_no)) & (col(MatchStamp.id) == col(pair.vacancy_id))


def _is_person_of(pair: type[CandidateMark] | type[MatchResult]) -> ColumnElement[bool]:
    return (col(Person.municipality_no) == col(pair.municipality_no)) & (col(Person.id) == col(pair.person_id))


def all_results(actor: Actor) -> SelectOfScalar[MatchResult]:
    """Everything that is stored of the municipality's matches, for matching itself."""
    return entities(MatchResult).where(MatchResult.municipality_no == actor.municipality_no)


def matched(actor: Actor, at: datetime) -> Update:
    """Mark everything that is stored of the municipality's matches as standing at a moment."""
    own = update(MatchResult).where(col(MatchResult.municipality_no) == actor.municipality_no)
    return own.values(matched_at=at).execution_options(synchronize_session=False)


def match_stamps(actor: Actor) -> SelectOfScalar[MatchStamp]:
    """By which versions the stored results were made."""
    return entities(MatchStamp).where(MatchStamp.municipality_no == actor.municipality_no)


def found_since(actor: Actor, since: datetime) -> Select[UUID, int]:
    """How many came among the best of each vacancy that can be filled now, since a moment and after its first match."""
    pairs = select(col(MatchResult.vacancy_id), func.count()).join(Vacancy, _is_vacancy_of(MatchResult))
    pairs = pairs.join(Person, _is_person_of(MatchResult)).join(MatchStamp, _is_first_match_of(MatchResult))
    still = vacancy_in_scope(actor) & circulating(actor) & (col(Vacancy.status) == VacancyStatus.OPEN)
    later = (col(MatchResult.found_at) >= since) & (col(MatchResult.found_at) > col(MatchStamp.first_at))
    return pairs.where(still, later).group_by(col(MatchResult.vacancy_id))
