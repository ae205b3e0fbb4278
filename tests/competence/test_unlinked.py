from uuid import UUID

import pytest
from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.competence import history, service, unlinked
from kompetanse.competence.service import ProfileDocument
from kompetanse.competence.unlinked import Term
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Forbidden, Invalid
from kompetanse.paging import PageRequest
from kompetanse.people import service as people
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import ConceptKind
from tests import factories
from tests.factories import FROYA, HITRA

SKILL, OCCUPATION = ConceptKind.SKILL, ConceptKind.OCCUPATION
COOK, EXCEL = factories.occupation("kokk"), factories.skill("excel")


@pytest.fixture
def who() -> Actor:
    return factories.actor()


def says(session: Session, who: Actor, *, skill: str = "", title: str = "", wish: str = "", **fields: object) -> UUID:
    """Somebody with these words in her profile."""
    person_id, version = factories.person_id(session, who, **fields), 0
    if skill:
        version = service.add_skill(session, who, person_id, version, {"label": skill}).version
    if title:
        version = service.add_experience(session, who, person_id, version, {"title": title}).version
    if wish:
        service.add_wished_occupation(session, who, person_id, version, {"title": wish})
    return person_id


def read(session: Session, who: Actor, person_id: UUID) -> ProfileDocument:
    session.expire_all()
    return service.read_profile(session, who, person_id)


def test_words_are_counted_as_they_are_mostly_written_the_most_frequent_first(session: Session, who: Actor) -> None:
    says(session, who, skill="Xyzzying", title="xyzzymann", wish="Xyzzymann")
    says(session, who, title="Xyzzymann", skill="excel")
    says(session, who, title="kokk", protected_address=True, skill="plugh")
    assert unlinked.list_terms(session, who) == [
        Term(OCCUPATION, "Xyzzymann", 3),
        Term(SKILL, "plugh", 1),
        Term(SKILL, "Xyzzying", 1),
    ]
    assert len(unlinked.list_terms(session, who, limit=1)) == 1


def test_words_of_archived_people_are_not_listed(session: Session, who: Actor) -> None:
    gone = says(session, who, skill="xyzzying")
    people.archive(session, who, gone, people.get(session, who, gone).version)
    assert unlinked.list_terms(session, who) == []


def test_what_lost_every_letter_is_no_word_to_link(session: Session, who: Actor) -> None:
    says(session, who, title="????? ????")
    assert unlinked.list_terms(session, who) == []


def test_a_municipality_lists_and_links_its_own_words_alone(database: Database, who: Actor) -> None:
    hitra = factories.actor(municipality_no=HITRA)
    with database.session(FROYA) as session:
        rasa = says(session, who, skill="xyzzying", title="xyzzymann")
    with database.session(EVERYWHERE) as session:
        assert unlinked.list_terms(session, hitra) == []
        unlinked.link(session, hitra, OCCUPATION, "xyzzymann", COOK.uri)
        unlinked.link(session, hitra, SKILL, "xyzzying", EXCEL.uri)
        assert read(session, who, rasa).version == 2
        assert len(unlinked.list_terms(session, who)) == 2
        assert taxonomy.lexicon(session, who).occupation("xyzzymann") is None
        assert taxonomy.lexicon(session, hitra).occupation("xyzzymann") == COOK
        assert (len(taxonomy.list_synonyms(session, who)), len(taxonomy.list_synonyms(session, hitra))) == (0, 2)


def test_a_title_is_linked_once_and_for_all_and_what_was_said_stays(session: Session, who: Actor) -> None:
    rasa = says(session, who, title="Xyzzymann", wish="xyzzymann")
    other = says(session, who, title="plughmann")
    unlinked.link(session, who, OCCUPATION, " XYZZYMANN ", COOK.uri)
    profile = read(session, who, rasa)
    job, wish = profile.experiences[0], profile.wished_occupations[0]
    assert (job.concept, job.styrk, wish.concept, wish.styrk) == (COOK.uri, "5120", COOK.uri, "5120")
    assert (job.title, wish.title) == ("Xyzzymann", "xyzzymann")
    assert read(session, who, other).experiences[0].concept is None
    assert unlinked.list_terms(session, who) == [Term(OCCUPATION, "plughmann", 1)]
    later = says(session, who, title="xyzzymann")
    assert read(session, who, later).experiences[0].concept == COOK.uri


def test_a_skill_is_linked_and_one_that_she_has_already_is_left(session: Session, who: Actor) -> None:
    rasa = says(session, who, skill="Xyzzying")
    both = says(session, who, skill="xyzzying")
    service.add_skill(session, who, both, 1, {"label": "excel", "holds": False})
    unlinked.link(session, who, SKILL, "xyzzying", EXCEL.uri)
    assert [(one.key, one.label) for one in read(session, who, rasa).skills] == [(EXCEL.uri, "Xyzzying")]
    assert [one.key for one in read(session, who, both).skills] == ["text:xyzzying", EXCEL.uri]
    assert read(session, who, both).version == 2
    assert unlinked.list_terms(session, who) == []  # nothing is left to do with it
    taxonomy.remove_synonym(session, who, taxonomy.list_synonyms(session, who)[0].id)
    assert unlinked.list_terms(session, who) == [Term(SKILL, "xyzzying", 1)]


def test_a_link_is_in_the_history_and_the_log_and_can_be_undone(session: Session, who: Actor) -> None:
    rasa = says(session, who, title="xyzzymann")
    session.info["audit_pending"] = []
    unlinked.link(session, who, OCCUPATION, "xyzzymann", COOK.uri)
    events = [(one.action, one.record_type, one.fields) for one in session.info["audit_pending"]]
    assert events == [("link", "local_synonym", ("uri",)), ("link", "profile", ("experiences",))]
    assert session.info["audit_pending"][1].record_ids == (str(rasa),)
    change = history.read_history(session, who, rasa, PageRequest(5)).items[0]
    assert (change.version, change.part, change.actor_id) == (2, "experiences", who.id)
    assert ((change.before or {})["styrk"], (change.after or {})["styrk"]) == (None, "5120")
    undone = service.restore(session, who, rasa, 2, change.id)
    assert (undone.experiences[0].concept, undone.experiences[0].styrk) == (None, None)


@pytest.mark.parametrize(
    ("kind", "text", "uri"),
    [(OCCUPATION, "xyzzymann", EXCEL.uri), (SKILL, "xyzzying", "urn:none"), (SKILL, " ", EXCEL.uri)],
)
def test_a_link_to_nothing_or_of_nothing_is_refused_and_changes_nothing(
    session: Session, who: Actor, kind: ConceptKind, text: str, uri: str
) -> None:
    rasa = says(session, who, title="xyzzymann", skill="xyzzying")
    with pytest.raises(Invalid):
        unlinked.link(session, who, kind, text, uri)
    assert read(session, who, rasa).version == 2
    assert taxonomy.list_synonyms(session, who) == []


def test_only_who_maps_competence_links_and_only_who_reads_profiles_lists(session: Session) -> None:
    for role in (Role.HR, Role.LEADER, Role.JOB_SERVICE):
        with pytest.raises(Forbidden):
            unlinked.list_terms(session, factories.actor(role))
        with pytest.raises(Forbidden):
            unlinked.link(session, factories.actor(role), SKILL, "xyzzying", EXCEL.uri)
