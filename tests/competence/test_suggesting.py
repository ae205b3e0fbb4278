from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.codes.cefr import Cefr
from kompetanse.competence import history, service, suggesting
from kompetanse.competence.service import ProfileDocument, ProfilePart
from kompetanse.competence.suggesting import LONGEST, Chosen, Suggestions
from kompetanse.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from kompetanse.paging import PageRequest
from tests import factories
from tests.factories import HITRA

TEXT = "księgowa 10 lat, norweski B1, prawo jazdy kat. B. Kan Excel og sveising. Vil ut av fisken."


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def rasa(session: Session) -> UUID:
    return factories.person_id(session, given_name="Rasa")


def events(session: Session) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(e.action, e.record_type, e.fields) for e in session.info.get("audit_pending", [])]


def chosen(found: Suggestions) -> list[Chosen]:
    return [Chosen(one.part, one.fields) for one in found.items if one.is_sure]


def size(document: ProfileDocument) -> int:
    return sum(len(document.part(part)) for part in ProfilePart)


def test_a_text_is_read_and_nothing_is_stored(session: Session, who: Actor, rasa: UUID) -> None:
    found = suggesting.propose_from_text(session, who, rasa, TEXT)
    parts = {one.part for one in found.items}
    assert parts >= {ProfilePart.EXPERIENCES, ProfilePart.LANGUAGES, ProfilePart.LICENCES, ProfilePart.WISHES}
    assert found.version == 0
    assert size(service.read_profile(session, who, rasa)) == 0


def test_reading_a_text_leaves_an_event_without_the_text(session: Session, who: Actor, rasa: UUID) -> None:
    suggesting.propose_from_text(session, who, rasa, TEXT)
    assert ("extract", "profile", ()) in events(session)
    assert "księgowa" not in repr(session.info["audit_pending"])


def test_what_is_chosen_is_added_as_one_change_that_can_be_undone_entry_by_entry(
    session: Session, who: Actor, rasa: UUID
) -> None:
    entries = chosen(suggesting.propose_from_text(session, who, rasa, TEXT))
    before = len(events(session))
    document = suggesting.accept(session, who, rasa, 0, entries)
    assert (document.version, size(document)) == (1, len(entries))
    assert [event[:2] for event in events(session)[before:]] == [("add", "profile")]
    session.flush()
    changes = history.read_history(session, who, rasa, PageRequest(50, None)).items
    assert [(one.version, one.before) for one in changes] == [(1, None)] * len(entries)
    service.restore(session, who, rasa, 1, changes[0].id)
    assert size(service.read_profile(session, who, rasa)) == len(entries) - 1


def test_what_the_profile_has_is_not_suggested_again(session: Session, who: Actor, rasa: UUID) -> None:
    found = suggesting.propose_from_text(session, who, rasa, TEXT)
    suggesting.accept(session, who, rasa, 0, [Chosen(one.part, one.fields) for one in found.items])
    assert suggesting.propose_from_text(session, who, rasa, TEXT).items == ()


def test_a_job_of_other_years_is_suggested_again(session: Session, who: Actor, rasa: UUID) -> None:
    service.add_experience(session, who, rasa, 0, {"title": "kokk", "started": "2009"})
    again = suggesting.propose_from_text(session, who, rasa, "kokk 2009–2012")
    other = suggesting.propose_from_text(session, who, rasa, "kokk 2015–2018")
    assert (len(again.items), len(other.items)) == (0, 1)


def test_a_level_that_the_profile_lacks_and_a_licence_that_it_denies_are_news(
    session: Session, who: Actor, rasa: UUID
) -> None:
    service.set_language(session, who, rasa, 0, {"language": "nor"})
    service.set_language(session, who, rasa, 1, {"language": "eng", "interaction": Cefr.C1})
    service.set_licence(session, who, rasa, 2, {"licence": "driving:B", "holds": False})
    found = suggesting.propose_from_text(session, who, rasa, "norsk B1, engelsk B1, førerkort B")
    said = [one.fields.get("language") or one.fields.get("licence") for one in found.items]
    assert said == ["nor", "driving:B"]


def test_all_or_nothing_is_added(session: Session, who: Actor, rasa: UUID) -> None:
    good = Chosen(ProfilePart.LANGUAGES, {"language": "nor"})
    twice = [Chosen(ProfilePart.SKILLS, {"label": "sveising"}), Chosen(ProfilePart.SKILLS, {"label": "sveising"})]
    bad = Chosen(ProfilePart.LICENCES, {"licence": "flyvende teppe"})
    with pytest.raises(Invalid) as refused:
        suggesting.accept(session, who, rasa, 0, [good, good, bad])
    assert [fault.pointer for fault in refused.value.faults] == ["/licences/0/licence"]
    pending = len(events(session))
    with pytest.raises(Conflict):
        suggesting.accept(session, who, rasa, 0, [good, *twice])
    document = service.read_profile(session, who, rasa)
    assert (document.version, size(document)) == (0, 0)
    assert [event[0] for event in events(session)[pending:]] == ["read"]


def test_an_older_version_is_stale_and_an_empty_choice_none(session: Session, who: Actor, rasa: UUID) -> None:
    service.add_interest(session, who, rasa, 0, {"label": "kor"})
    with pytest.raises(Stale):
        suggesting.accept(session, who, rasa, 0, [Chosen(ProfilePart.LANGUAGES, {"language": "nor"})])
    with pytest.raises(Invalid):
        suggesting.accept(session, who, rasa, 1, [])


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1)])
def test_no_text_and_too_much_are_refused(session: Session, who: Actor, rasa: UUID, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        suggesting.propose_from_text(session, who, rasa, text)
    assert refused.value.faults[0].pointer == "/text"


def test_only_who_may_map_competence_in_the_municipality_reads_texts(session: Session, rasa: UUID) -> None:
    with pytest.raises(Forbidden):
        suggesting.propose_from_text(session, factories.actor(Role.LEADER), rasa, TEXT)
    with pytest.raises(NotFound):
        suggesting.propose_from_text(session, factories.actor(municipality_no=HITRA), rasa, TEXT)
