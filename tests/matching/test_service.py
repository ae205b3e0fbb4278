"""Who may be a candidate, who may look, and what the audit trail then says."""

from collections.abc import Callable
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from api.state import State
from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.codes.cefr import Cefr
from kompetanse.competence import service as competence
from kompetanse.competence.service import ExperienceFields, LanguageFields, SkillFields
from kompetanse.database import Database
from kompetanse.errors import Forbidden, NotFound
from kompetanse.matching import service
from kompetanse.matching.explanation import Outcome, RequirementKind
from kompetanse.people import service as people
from kompetanse.people.tables import Person
from kompetanse.vacancies import service as vacancies
from kompetanse.vacancies.service import LanguageDemand, SkillDemand, VacancyFields, VacancyRecord
from tests.factories import FROYA, HITRA, actor, person


def accountant(session: Session, **fields: object) -> Person:
    """Somebody with four years of accounting and B2 in Norwegian."""
    who = actor()
    made = person(session, who, may_work=True, **fields)
    job = ExperienceFields(title="buhalterė", started="2010", ended="2014")
    competence.add_experience(session, who, made.id, 0, job)
    competence.add_skill(session, who, made.id, 1, SkillFields(label="regnskap"))
    spoken = LanguageFields(language="nor", interaction=Cefr.B2, production=Cefr.B2)
    competence.set_language(session, who, made.id, 2, spoken)
    return made


def opening(session: Session) -> VacancyRecord:
    fields = VacancyFields(
        title="Regnskapsfører",
        unit="Økonomi",
        skills=[SkillDemand("regnskap")],
        languages=[LanguageDemand("nor", Cefr.B1)],
        starts_on=date(2027, 1, 1),
    )
    return vacancies.create(session, actor(), fields)


def test_the_one_who_can_ranks_first_and_the_reasons_say_why(session: Session) -> None:
    fitting, other = accountant(session), person(session)
    found = service.candidates_for(session, actor(), opening(session).vacancy.id)
    assert [one.person_id for one in found.ranking.matches] == [fitting.id, other.id]
    outcomes = {reason.kind: reason.outcome for reason in found.ranking.matches[0].reasons}
    assert outcomes[RequirementKind.OCCUPATION] is Outcome.MET
    assert outcomes[RequirementKind.LANGUAGE] is Outcome.MET
    assert found.people[fitting.id].family_name == fitting.family_name


def test_nobody_protected_archived_or_of_another_municipality_is_a_candidate(session: Session) -> None:
    accountant(session, protected_address=True)
    archived = accountant(session)
    people.archive(session, actor(), archived.id, archived.version)
    assert service.candidates_for(session, actor(), opening(session).vacancy.id).ranking.considered == 0


def test_a_protected_person_is_shown_her_own_vacancies_by_her_coordinator(session: Session) -> None:
    protected, record = accountant(session, protected_address=True), opening(session)
    found = service.opportunities_for(session, actor(), protected.id)
    assert [one.vacancy_id for one in found.ranking.matches] == [record.vacancy.id]


def test_only_open_vacancies_are_offered(session: Session) -> None:
    fitting, record = accountant(session), opening(session)
    vacancies.close(session, actor(), record.vacancy.id, record.vacancy.version)
    assert service.opportunities_for(session, actor(), fitting.id).ranking.considered == 0


@pytest.mark.parametrize("role", [Role.LEADER, Role.HR, Role.DPO, Role.ADMINISTRATOR, Role.NEIGHBOUR])
def test_only_coordinators_match(session: Session, role: Role) -> None:
    with pytest.raises(Forbidden):
        service.candidates_for(session, actor(role, unit="Økonomi"), opening(session).vacancy.id)


def test_another_municipalitys_vacancy_and_person_are_not_found(session: Session) -> None:
    fitting, record, stranger = accountant(session), opening(session), actor(municipality_no=HITRA)
    with pytest.raises(NotFound):
        service.candidates_for(session, stranger, record.vacancy.id)
    with pytest.raises(NotFound):
        service.opportunities_for(session, stranger, fitting.id)


def test_looking_at_candidates_is_recorded_for_each_who_is_shown(database: Database) -> None:
    with database.session(FROYA) as session:
        fitting, record = accountant(session).id, opening(session).vacancy.id
    with database.session(FROYA, write=False) as session:
        service.candidates_for(session, actor(), record)
    with database.session(FROYA, write=False) as session:
        event = session.exec(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
        assert event is not None
        assert (event.action, event.purpose.value) == ("match", "match")
        assert {str(record), str(fitting)} <= set(event.record_ids)


def test_over_rest_a_score_comes_with_its_reasons(
    client: TestClient, state: State, bearer: Callable[..., dict[str, str]]
) -> None:
    with state.database.session(FROYA) as session:
        fitting, record = accountant(session, family_name="Kazlauskienė"), opening(session)
        person_id, vacancy_id = fitting.id, record.vacancy.id
    headers = bearer(Role.COORDINATOR)
    best = client.get(f"/api/v1/vacancies/{vacancy_id}/candidates", headers=headers).json()["matches"][0]
    assert (best["person_id"], best["family_name"]) == (str(person_id), "Kazlauskienė")
    assert sum(reason["contribution"] for reason in best["reasons"]) == pytest.approx(best["score"])
    back = client.get(f"/api/v1/people/{person_id}/opportunities", headers=headers).json()
    assert back["matches"][0]["score"] == best["score"]
    assert client.get(f"/api/v1/vacancies/{person_id}/candidates", headers=headers).status_code == 404
