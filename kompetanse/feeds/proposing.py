"""Requirements that a vacancy's text speaks for, beside those that it has: proposed, and accepted by somebody."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from kompetanse import clock
from kompetanse.actor import Actor, Operation
from kompetanse.competence.accepting import Given
from kompetanse.errors import FieldFault, Invalid
from kompetanse.feeds.requirements import Requirement, RequirementKind, added, requirements
from kompetanse.taxonomy import service as taxonomy
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.rules import LanguageDemand, SkillDemand, VacancyFields
from kompetanse.vacancies.service import VacancyRecord


def propose(session: Session, actor: Actor, record: VacancyRecord) -> tuple[Requirement, ...]:
    """What the text of a vacancy, which the caller has read, asks for and the vacancy does not say yet."""
    actor = actor.doing(Operation.READ_VACANCIES)
    if not record.vacancy.description:
        return ()
    words = taxonomy.lexicon(session, actor)
    found = requirements(record.vacancy.title, record.vacancy.description, Given(clock.today(), words))
    skills = {one.key for one in record.skills}
    stated = {
        *((RequirementKind.LANGUAGE, one.language) for one in record.languages),
        *((RequirementKind.LICENCE, one.licence) for one in record.licences),
    }
    return tuple(
        one
        for one in found
        if (one.kind, one.value) not in stated
        and not (one.kind is RequirementKind.SKILL and words.skill_key(one.value) in skills)
        and not (one.kind is RequirementKind.AUTHORISATION and record.vacancy.authorisation is not None)
        and not (one.kind is RequirementKind.EDUCATION and record.vacancy.education_level is not None)
    )


def accept(session: Session, actor: Actor, vacancy_id: UUID, version: int, keys: Collection[str]) -> VacancyRecord:
    """Make proposals requirements of the vacancy, all that are named or none.

    Raises:
        Invalid: nothing is chosen, or what the text does not speak for. Stale. NotFound. Forbidden.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    record = vacancies.read(session, actor, vacancy_id)
    chosen = [one for one in propose(session, actor, record) if one.key in keys]
    if not chosen or len(chosen) < len(set(keys)):
        raise Invalid(FieldFault("/chosen", "No suggestion is chosen", "Choose among those that are proposed now"))
    return vacancies.change(session, actor, vacancy_id, version, added(_standing(record), chosen))


def _standing(record: VacancyRecord) -> VacancyFields:
    return VacancyFields(
        languages=[LanguageDemand(one.language, one.minimum, one.required) for one in record.languages],
        skills=[SkillDemand(one.label, one.importance) for one in record.skills],
        licences=[one.licence for one in record.licences],
    )
