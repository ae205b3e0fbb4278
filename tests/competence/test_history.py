from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import Shift, Strength
from kompetanse.competence import service
from kompetanse.competence.history import TERMS, read_history
from kompetanse.competence.service import ProfilePart
from kompetanse.competence.tables import ProfileChange
from kompetanse.errors import Conflict, NotFound, Stale
from kompetanse.ids import new_id
from kompetanse.paging import PageRequest
from tests.factories import HITRA, actor, person_id


@pytest.fixture
def who() -> Actor:
    """The coordinator."""
    return actor(Role.COORDINATOR)


@pytest.fixture
def rasa(session: Session) -> UUID:
    """A newcomer in whose profile nothing is written."""
    return person_id(session)


def changes(session: Session, who: Actor, rasa: UUID) -> list[ProfileChange]:
    return list(read_history(session, who, rasa, PageRequest(50)).items)


def test_every_change_is_kept_with_what_stood_there_who_and_when(session: Session, who: Actor, rasa: UUID) -> None:
    service.set_language(session, who, rasa, 0, {"language": "nor", "interaction": Cefr.A2})
    service.set_language(session, who, rasa, 1, {"language": "nor", "interaction": Cefr.B1})
    service.change_wishes(session, who, rasa, 2, {"percentage_min": 80, "available_from": date(2027, 1, 4)})
    terms, second, first = changes(session, who, rasa)
    assert (first.before, first.version, first.part) == (None, 1, "languages")
    assert (second.before or {})["interaction"] == "A2"
    assert (second.after or {})["interaction"] == "B1"
    assert second.entry_id == first.entry_id
    assert (terms.part, terms.before) == (TERMS, {"percentage_min": None, "available_from": None})
    assert terms.after == {"percentage_min": 80, "available_from": "2027-01-04"}
    assert {one.actor_id for one in (first, second, terms)} == {who.id}


def test_what_was_taken_out_comes_back_as_it_was(session: Session, who: Actor, rasa: UUID) -> None:
    written = service.add_experience(session, who, rasa, 0, {"title": "księgowa", "started": "2009", "country": "PL"})
    job = written.experiences[0].model_dump()
    service.remove_part(session, who, rasa, 1, ProfilePart.EXPERIENCES, written.experiences[0].id)
    removal = changes(session, who, rasa)[0]
    restored = service.restore(session, who, rasa, 2, removal.id)
    assert restored.version == 3
    assert restored.experiences[0].model_dump() == job
    assert changes(session, who, rasa)[0].after == removal.before


def test_a_change_is_undone_and_the_undoing_too(session: Session, who: Actor, rasa: UUID) -> None:
    service.set_language(session, who, rasa, 0, {"language": "nor", "interaction": Cefr.A2})
    service.set_language(session, who, rasa, 1, {"language": "nor", "interaction": Cefr.B1})
    assert service.restore(session, who, rasa, 2, changes(session, who, rasa)[0].id).languages[0].interaction is Cefr.A2
    assert service.restore(session, who, rasa, 3, changes(session, who, rasa)[0].id).languages[0].interaction is Cefr.B1


def test_what_was_added_is_taken_out_again_once(session: Session, who: Actor, rasa: UUID) -> None:
    service.add_interest(session, who, rasa, 0, {"label": "kor"})
    added = changes(session, who, rasa)[0]
    assert service.restore(session, who, rasa, 1, added.id).interests == ()
    with pytest.raises(Conflict):
        service.restore(session, who, rasa, 2, added.id)


def test_terms_come_back_with_their_types(session: Session, who: Actor, rasa: UUID) -> None:
    terms = {"shifts": [Shift.DAY], "available_from": date(2027, 1, 4), "shifts_strength": Strength.MUST}
    service.change_wishes(session, who, rasa, 0, terms)  # type: ignore[arg-type]
    service.change_wishes(session, who, rasa, 1, {"shifts": None, "available_from": None, "shifts_strength": None})
    restored = service.restore(session, who, rasa, 2, changes(session, who, rasa)[0].id)
    session.expire_all()
    assert (restored.shifts, restored.available_from) == (["day"], date(2027, 1, 4))
    assert service.read_profile(session, who, rasa).shifts_strength is Strength.MUST


def test_a_skill_that_is_there_again_is_not_restored_twice(session: Session, who: Actor, rasa: UUID) -> None:
    skill = service.add_skill(session, who, rasa, 0, {"label": "Excel"}).skills[0]
    service.remove_part(session, who, rasa, 1, ProfilePart.SKILLS, skill.id)
    removal = changes(session, who, rasa)[0]
    service.add_skill(session, who, rasa, 2, {"label": "regneark"})
    with pytest.raises(Conflict):
        service.restore(session, who, rasa, 3, removal.id)


def test_a_change_that_changes_nothing_is_not_kept(session: Session, who: Actor, rasa: UUID) -> None:
    service.change_wishes(session, who, rasa, 0, {"percentage_min": None})
    assert changes(session, who, rasa) == []


def test_history_is_read_and_undone_where_it_belongs(session: Session, who: Actor, rasa: UUID) -> None:
    service.add_interest(session, who, rasa, 0, {"label": "kor"})
    change, other = changes(session, who, rasa)[0], person_id(session)
    with pytest.raises(NotFound):
        service.restore(session, who, other, 0, change.id)
    with pytest.raises(NotFound):
        service.restore(session, who, rasa, 1, new_id())
    with pytest.raises(Stale):
        service.restore(session, who, rasa, 0, change.id)
    with pytest.raises(NotFound):
        read_history(session, actor(Role.COORDINATOR, municipality_no=HITRA), rasa, PageRequest(50))


def test_a_long_history_has_pages(session: Session, who: Actor, rasa: UUID) -> None:
    for number in range(5):
        service.add_interest(session, who, rasa, number, {"label": f"interesse {number}"})
    first = read_history(session, who, rasa, PageRequest(3))
    rest = read_history(session, who, rasa, PageRequest(3, first.next))
    assert [one.version for one in (*first.items, *rest.items)] == [5, 4, 3, 2, 1]
    assert rest.next is None
