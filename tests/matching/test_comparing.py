"""Two or three candidates side by side: who may look, at whom, and what the trail says."""

import pytest
from sqlmodel import Session, col, select

from kompetanse.actor import Role
from kompetanse.audit.tables import AuditEvent
from kompetanse.database import Database
from kompetanse.errors import Forbidden, Invalid, NotFound
from kompetanse.ids import new_id
from kompetanse.matching import service
from kompetanse.matching.comparing import compare
from tests.factories import FROYA, HITRA, actor, person_id, vacancy


def test_a_comparison_says_the_same_as_the_ranking(session: Session) -> None:
    chosen = [person_id(session, may_work=allowed) for allowed in (None, True, False)]
    vacancy_id = vacancy(session, title="Regnskapsfører").vacancy.id
    found = compare(session, actor(), vacancy_id, chosen)
    ranking = service.candidates_for(session, actor(), vacancy_id).ranking
    ranked = {one.person_id: one for one in (*ranking.matches, *ranking.excluded)}
    assert {one.person_id: one for one in found.matches} == ranked
    assert found.people.keys() == set(chosen)
    assert [one.score for one in found.matches] == sorted((one.score for one in found.matches), reverse=True)


@pytest.mark.parametrize("number", [0, 1, 4])
def test_two_or_three_are_compared_and_no_other_number(session: Session, number: int) -> None:
    chosen = [person_id(session) for _ in range(number)]
    with pytest.raises(Invalid):
        compare(session, actor(), vacancy(session).vacancy.id, chosen)


def test_only_candidates_of_ones_own_are_compared_by_who_matches(session: Session) -> None:
    rasa, vacancy_id = person_id(session), vacancy(session).vacancy.id
    for other in (person_id(session, protected_address=True), new_id()):
        with pytest.raises(NotFound):
            compare(session, actor(), vacancy_id, [rasa, other])
    with pytest.raises(NotFound):
        compare(session, actor(municipality_no=HITRA), vacancy_id, [rasa, person_id(session)])
    with pytest.raises(Forbidden):
        compare(session, actor(Role.LEADER), vacancy_id, [rasa, person_id(session)])


def test_looking_is_recorded_for_each(database: Database) -> None:
    with database.session(FROYA) as session:
        chosen, vacancy_id = [person_id(session), person_id(session)], vacancy(session).vacancy.id
    with database.session(FROYA, write=False) as session:
        compare(session, actor(), vacancy_id, chosen)
    with database.session(FROYA, write=False) as session:
        event = session.exec(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
        assert event is not None
        assert (event.action, event.purpose.value) == ("match", "match")
        assert set(event.record_ids) == {str(vacancy_id), *map(str, chosen)}
