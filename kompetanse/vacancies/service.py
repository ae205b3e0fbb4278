"""Open positions: written, changed, listed and ended. Vacancies are no personal data: only writing is audited."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from kompetanse import audit
from kompetanse.actor import Actor, Operation, Role
from kompetanse.codes.languages import macrolanguage
from kompetanse.codes.work import VacancySource, VacancyStatus
from kompetanse.database import touch
from kompetanse.errors import Conflict, FieldFault, Forbidden, Invalid, NotFound, Stale
from kompetanse.paging import Page, PageRequest, cut
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.lexicon import Lexicon
from kompetanse.vacancies import queries
from kompetanse.vacancies.queries import Demand
from kompetanse.vacancies.rules import (
    LanguageDemand,
    SkillDemand,
    VacancyFields,
    VacancyFilter,
    accept,
    linked_styrk,
    may_become,
)
from kompetanse.vacancies.tables import Vacancy, VacancyLanguage, VacancyLicence, VacancySkill

__all__ = [
    "LanguageDemand",
    "SkillDemand",
    "VacancyFields",
    "VacancyFilter",
    "VacancyRecord",
    "change",
    "close",
    "create",
    "drafted",
    "erase",
    "find_external",
    "get",
    "list_vacancies",
    "read",
    "records_of",
]

_DEMANDS = ("skills", "languages", "licences")
_UNBOUND = frozenset({Role.COORDINATOR, Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class VacancyRecord:
    """A vacancy with what it asks for."""

    vacancy: Vacancy
    skills: tuple[VacancySkill, ...]
    languages: tuple[VacancyLanguage, ...]
    licences: tuple[VacancyLicence, ...]


def create(session: Session, actor: Actor, fields: VacancyFields) -> VacancyRecord:
    """Write down an open position. An HR actor's is her own unit's; the title gives the occupation if none is stated.

    Raises:
        Invalid: a field that breaks a rule. Forbidden: another unit's vacancy.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    words = taxonomy.lexicon(session, actor)
    accepted = accept(_within_unit(actor, fields), VacancyFields(), words)
    vacancy = Vacancy(municipality_no=actor.municipality_no, title=accepted["title"])
    _assign(vacancy, accepted, words)
    if "styrk" not in accepted:
        vacancy.styrk, vacancy.concept = linked_styrk(vacancy.title, words)
    session.add(vacancy)
    session.flush()
    _replace_demands(session, actor, vacancy, accepted, words)
    audit.record(session, actor, "create", "vacancy", [vacancy.id], sorted(fields))
    return records_of(session, actor, [vacancy])[0]


def drafted(municipality_no: str, fields: VacancyFields, words: Lexicon) -> VacancyRecord:
    """A vacancy as it would be stored, and is not: somebody else's, to be compared with.

    Raises:
        Invalid: a field that breaks a rule.
    """
    accepted = accept(fields, VacancyFields(), words)
    vacancy = Vacancy(municipality_no=municipality_no, title=accepted["title"])
    _assign(vacancy, accepted, words)
    if "styrk" not in accepted:
        vacancy.styrk, vacancy.concept = linked_styrk(vacancy.title, words)
    owned = {"municipality_no": municipality_no, "vacancy_id": vacancy.id}

    def demands(table: type[Demand], rows: Iterable[Mapping[str, object]]) -> tuple[Demand, ...]:
        return tuple(table.model_validate({**owned, **values}) for values in rows)

    return VacancyRecord(
        vacancy,
        demands(VacancySkill, (_skill_values(one, words) for one in accepted.get("skills", []))),
        demands(VacancyLanguage, (_language_values(one) for one in accepted.get("languages", []))),
        demands(VacancyLicence, ({"licence": code} for code in accepted.get("licences", []))),
    )


def read(session: Session, actor: Actor, vacancy_id: UUID) -> VacancyRecord:
    """A vacancy with what it asks for. Raises NotFound, also when it is another unit's."""
    actor = actor.doing(Operation.READ_VACANCIES)
    return records_of(session, actor, [get(session, actor, vacancy_id)])[0]


def change(session: Session, actor: Actor, vacancy_id: UUID, version: int, fields: VacancyFields) -> VacancyRecord:
    """Change what `fields` names on a vacancy; a list of requirements is replaced as a whole.

    Raises:
        Invalid: a field that breaks a rule. Stale: `version` is not the newest. NotFound, Forbidden.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    vacancy = _get_for_change(session, actor, vacancy_id, version)
    _refuse_other_unit(actor, fields)
    standing = VacancyFields(
        title=vacancy.title,
        percentage_min=vacancy.percentage_min,
        percentage_max=vacancy.percentage_max,
        starts_on=vacancy.starts_on,
        ends_on=vacancy.ends_on,
    )
    words = taxonomy.lexicon(session, actor)
    accepted = accept(fields, standing, words)
    _assign(vacancy, accepted, words)
    _replace_demands(session, actor, vacancy, accepted, words)
    touch(vacancy)
    session.flush()
    audit.record(session, actor, "change", "vacancy", [vacancy.id], sorted(fields))
    return records_of(session, actor, [vacancy])[0]


def close(
    session: Session, actor: Actor, vacancy_id: UUID, version: int, status: VacancyStatus = VacancyStatus.CLOSED
) -> VacancyRecord:
    """End a vacancy: filled, or closed without anybody.

    Raises:
        Conflict: it is not open, or `status` is no end. Stale: `version` is not the newest. NotFound.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    vacancy = _get_for_change(session, actor, vacancy_id, version)
    if not may_become(vacancy.status, status):
        raise Conflict(f"A vacancy that is {vacancy.status.value} cannot become {status.value}")
    vacancy.status = status
    touch(vacancy)
    audit.record(session, actor, "close", "vacancy", [vacancy.id], ["status"])
    return records_of(session, actor, [vacancy])[0]


def erase(session: Session, actor: Actor, vacancy_id: UUID) -> VacancyRecord:
    """End a vacancy that others advertised and do not advertise any more, and erase what they wrote of it.

    Harmless to repeat; one that was filled stays filled. Raises NotFound.
    """
    actor = actor.doing(Operation.WRITE_VACANCIES)
    vacancy = get(session, actor, vacancy_id)
    changed = {"status", "description"} if vacancy.status is VacancyStatus.OPEN else {"description"}
    if changed == {"description"} and vacancy.description is None:
        return records_of(session, actor, [vacancy])[0]
    if "status" in changed:
        vacancy.status = VacancyStatus.CLOSED
    vacancy.description = None
    touch(vacancy)
    audit.record(session, actor, "close", "vacancy", [vacancy.id], sorted(changed))
    return records_of(session, actor, [vacancy])[0]


def list_vacancies(session: Session, actor: Actor, wanted: VacancyFilter, page: PageRequest) -> Page[Vacancy]:
    """A page of vacancies by deadline, those without one last, with how many there are in all.

    Raises:
        Invalid: the cursor is no vacancy's.
    """
    actor = actor.doing(Operation.READ_VACANCIES)
    after = None
    if page.after is not None:
        after = session.exec(queries.visible_vacancies(actor).where(Vacancy.id == page.after)).one_or_none()
        if after is None:
            raise Invalid(FieldFault("cursor", "No page begins here", "Begin again without cursor"))
    condition = queries.listed(actor, wanted)
    rows = session.exec(queries.vacancy_page(condition, page.limit, after)).all()
    shown = cut(rows, page.limit, [vacancy.id for vacancy in rows])
    return Page(shown.items, shown.next, session.scalar(queries.vacancy_count(condition)))


def find_external(session: Session, actor: Actor, source: VacancySource, external_id: str) -> VacancyRecord | None:
    """The vacancy that was read from a source before, None when it is new."""
    actor = actor.doing(Operation.READ_VACANCIES)
    vacancy = session.exec(queries.external_vacancy(actor, source, external_id)).one_or_none()
    return records_of(session, actor, [vacancy])[0] if vacancy else None


def get(session: Session, actor: Actor, vacancy_id: UUID) -> Vacancy:
    """The vacancy, if the actor may know of it. Raises NotFound."""
    vacancy = session.exec(queries.visible_vacancies(actor).where(Vacancy.id == vacancy_id)).one_or_none()
    if vacancy is None:
        raise NotFound("vacancy")
    return vacancy


def records_of(session: Session, actor: Actor, vacancies: Sequence[Vacancy]) -> list[VacancyRecord]:
    """Vacancies that the caller has found, with what they ask for: three queries, however many."""
    ids = [vacancy.id for vacancy in vacancies]

    def by_vacancy(table: type[Demand]) -> dict[UUID, list[Demand]]:
        found: dict[UUID, list[Demand]] = defaultdict(list)
        for row in session.exec(queries.demands_of(actor, table, ids)):
            found[row.vacancy_id].append(row)
        return found

    skills, languages, licences = by_vacancy(VacancySkill), by_vacancy(VacancyLanguage), by_vacancy(VacancyLicence)
    return [
        VacancyRecord(one, tuple(skills[one.id]), tuple(languages[one.id]), tuple(licences[one.id]))
        for one in vacancies
    ]


def _get_for_change(session: Session, actor: Actor, vacancy_id: UUID, version: int) -> Vacancy:
    found = queries.visible_vacancies(actor).where(Vacancy.id == vacancy_id).with_for_update()
    vacancy = session.exec(found).one_or_none()
    if vacancy is None:
        raise NotFound("vacancy")
    if vacancy.version != version:
        raise Stale("The vacancy was changed since you read it; read it again")
    return vacancy


def _within_unit(actor: Actor, fields: VacancyFields) -> VacancyFields:
    """A new vacancy of an HR actor is her unit's, whether she says so or not."""
    if actor.roles & _UNBOUND:
        return fields
    if not actor.unit:
        raise Forbidden("Your account has no unit: ask an administrator to set it")
    own: VacancyFields = {"unit": actor.unit, **fields}
    _refuse_other_unit(actor, own)
    return own


def _refuse_other_unit(actor: Actor, fields: VacancyFields) -> None:
    if actor.roles & _UNBOUND or fields.get("unit", actor.unit) == actor.unit:
        return
    raise Forbidden("You can write vacancies of your own unit only")


def _assign(vacancy: Vacancy, fields: VacancyFields, words: Lexicon) -> None:
    for name, value in fields.items():
        if name not in _DEMANDS:
            setattr(vacancy, name, value)
    if "styrk" in fields or "title" in fields:
        styrk, concept = linked_styrk(vacancy.title, words)
        vacancy.concept = concept if styrk == vacancy.styrk else None


def _replace_demands(session: Session, actor: Actor, vacancy: Vacancy, fields: VacancyFields, words: Lexicon) -> None:
    """Replace the lists that are named."""
    if "skills" in fields:
        _replace(session, actor, vacancy, VacancySkill, [_skill_values(one, words) for one in fields["skills"]])
    if "languages" in fields:
        _replace(session, actor, vacancy, VacancyLanguage, [_language_values(one) for one in fields["languages"]])
    if "licences" in fields:
        _replace(session, actor, vacancy, VacancyLicence, [{"licence": code} for code in fields["licences"]])


def _replace(
    session: Session, actor: Actor, vacancy: Vacancy, table: type[Demand], rows: list[Mapping[str, object]]
) -> None:
    """Old rows go before new ones come, so that a requirement can stay under its unique key."""
    for row in session.exec(queries.demands_of(actor, table, [vacancy.id])):
        session.delete(row)
    session.flush()
    owned = {"municipality_no": vacancy.municipality_no, "vacancy_id": vacancy.id}
    session.add_all([table.model_validate({**owned, **values}) for values in rows])
    session.flush()


def _skill_values(demand: SkillDemand, words: Lexicon) -> Mapping[str, object]:
    label = " ".join(demand.label.split())
    return {"key": words.skill_key(label), "label": label, "importance": demand.importance}


def _language_values(demand: LanguageDemand) -> Mapping[str, object]:
    return {
        "language": macrolanguage(demand.language),
        "minimum": demand.minimum,
        "required": demand.required,
    }
