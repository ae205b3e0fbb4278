from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from kompetanse.actor import Actor, Role
from kompetanse.database import EVERYWHERE, Database
from kompetanse.errors import Forbidden, Invalid, NotFound
from kompetanse.ids import new_id
from kompetanse.taxonomy import service
from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.download import open_download
from kompetanse.taxonomy.importing import import_download
from kompetanse.taxonomy.starter import starter
from tests import factories
from tests.factories import FROYA, HITRA
from tests.taxonomy.downloads import (
    BAKING,
    COOK,
    COOKING,
    FILES,
    FIRST_AID,
    NURSE,
    OCCUPATIONS_EN,
    folder,
    occupation,
)

SKILL, OCCUPATION = ConceptKind.SKILL, ConceptKind.OCCUPATION
FILLETER, EXCEL = factories.occupation("fiskesløyer"), factories.skill("excel")

Take = Callable[..., None]


@pytest.fixture
def who() -> Actor:
    return factories.actor()


@pytest.fixture
def take(session: Session, tmp_path: Path) -> Take:
    """Imports a download that is made of some rows."""

    def run(name: str = "v1.0", files: object = FILES, **changed: object) -> None:
        import_download(session, open_download(folder(tmp_path / name, files, **changed)))  # type: ignore[arg-type]

    return run


def texts(session: Session, who: Actor) -> list[tuple[str, str]]:
    return [(one.text, one.uri) for one in service.list_synonyms(session, who)]


def test_a_word_of_ones_own_means_what_it_was_linked_to_however_it_is_written(session: Session, who: Actor) -> None:
    assert service.lexicon(session, who).occupation("xyzzymann") is None
    service.add_synonym(session, who, OCCUPATION, " Xyzzymann ", FILLETER.uri)
    lexicon = service.lexicon(session, who)
    assert lexicon.occupation("XYZZYMANN") == FILLETER
    assert lexicon.skill("xyzzymann") is None
    found = lexicon.search("xyzzymann", OCCUPATION)[0]
    assert (found.concept, found.score, found.language) == (FILLETER, 1.0, "")
    assert texts(session, who) == [("Xyzzymann", FILLETER.uri)]


def test_a_word_that_is_linked_anew_stands_once(session: Session, who: Actor) -> None:
    cook = service.lexicon(session, who).occupation("kokk")
    assert cook is not None
    first = service.add_synonym(session, who, OCCUPATION, "xyzzymann", FILLETER.uri)
    again = service.add_synonym(session, who, OCCUPATION, "XyzzyMann", cook.uri)
    assert again.id == first.id
    assert texts(session, who) == [("XyzzyMann", cook.uri)]
    service.add_synonym(session, who, SKILL, "xyzzymann", EXCEL.uri)  # of another kind: a word of its own
    assert len(texts(session, who)) == 2


def test_a_word_goes_before_what_all_others_mean_by_it(session: Session, who: Actor) -> None:
    service.add_synonym(session, who, OCCUPATION, "kokk", FILLETER.uri)
    assert service.lexicon(session, who).occupation("kokk") == FILLETER


def test_a_word_that_is_forgotten_means_nothing_again(session: Session, who: Actor) -> None:
    synonym = service.add_synonym(session, who, OCCUPATION, "xyzzymann", FILLETER.uri)
    service.remove_synonym(session, who, synonym.id)
    assert service.lexicon(session, who).occupation("xyzzymann") is None
    with pytest.raises(NotFound):
        service.remove_synonym(session, who, synonym.id)
    with pytest.raises(NotFound):
        service.remove_synonym(session, who, new_id())


def test_words_belong_to_one_municipality(database: Database, who: Actor) -> None:
    hitra = factories.actor(municipality_no=HITRA)
    with database.session(FROYA) as session:
        ours = service.add_synonym(session, who, OCCUPATION, "xyzzymann", FILLETER.uri)
    with database.session(EVERYWHERE) as session:
        assert service.lexicon(session, hitra).occupation("xyzzymann") is None
        with pytest.raises(NotFound):
            service.remove_synonym(session, hitra, ours.id)
        theirs = service.add_synonym(session, hitra, OCCUPATION, "xyzzymann", FILLETER.uri)
        assert theirs.id != ours.id
        assert texts(session, who) == texts(session, hitra) == [("xyzzymann", FILLETER.uri)]


@pytest.mark.parametrize(
    ("text", "uri", "pointer"),
    [
        ("", FILLETER.uri, "/text"),
        ("????? ??", FILLETER.uri, "/text"),
        ("x" * 201, FILLETER.uri, "/text"),
        ("ord", EXCEL.uri, "/uri"),
        ("ord", "http://none", "/uri"),
    ],
)
def test_a_word_without_letters_or_meaning_is_refused(
    session: Session, who: Actor, text: str, uri: str, pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        service.add_synonym(session, who, OCCUPATION, text, uri)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]
    assert texts(session, who) == []


@pytest.mark.parametrize("role", [Role.HR, Role.LEADER, Role.NEIGHBOUR, Role.JOB_SERVICE])
def test_words_are_the_coordinators(session: Session, role: Role) -> None:
    other = factories.actor(role)
    with pytest.raises(Forbidden):
        service.list_synonyms(session, other)
    with pytest.raises(Forbidden):
        service.add_synonym(session, other, OCCUPATION, "xyzzymann", FILLETER.uri)
    with pytest.raises(Forbidden):
        service.remove_synonym(session, other, new_id())


def test_linking_and_forgetting_a_word_is_logged(session: Session, who: Actor) -> None:
    synonym = service.add_synonym(session, who, OCCUPATION, "xyzzymann", FILLETER.uri)
    service.remove_synonym(session, who, synonym.id)
    events = [(one.action, one.record_type, one.record_ids) for one in session.info["audit_pending"]]
    assert events == [
        ("link", "local_synonym", (str(synonym.id),)),
        ("remove", "local_synonym", (str(synonym.id),)),
    ]


def test_concepts_of_the_lists_and_of_an_import_are_found_side_by_side(session: Session, take: Take) -> None:
    take()
    found = service.concepts(session, [EXCEL.uri, NURSE, BAKING, COOKING, "http://none"])
    assert found.keys() == {EXCEL.uri, NURSE, BAKING}  # nobody has a group
    assert (found[NURSE].name("nb"), found[NURSE].name("en"), found[NURSE].name("pl")) == (
        "sykepleier",
        "nurse",
        "sykepleier",
    )
    assert (found[BAKING].name("nb"), found[BAKING].kind) == ("bake bread", SKILL)
    assert found[NURSE].styrk == "2221"
    assert service.concepts(session, [COOK])[COOK].styrk == "5120"


def test_a_retired_concept_keeps_its_name(session: Session, take: Take) -> None:
    take()
    take("v1.1", occupations_en=OCCUPATIONS_EN[:1], occupations_no=(occupation(NURSE, "2221", "sykepleier"),))
    assert service.concepts(session, [COOK])[COOK].name() == "kokk"


def test_what_an_occupation_needs_comes_from_the_lists_or_else_the_import(session: Session, take: Take) -> None:
    take()
    ours = next(uri for uri, needed in starter().needs.items() if needed.essential)
    found = service.needs_of(session, [ours, NURSE, COOK, "http://none"])
    assert found.keys() == {ours, NURSE, COOK}
    assert found[ours] == starter().needs[ours]
    assert (found[NURSE].essential, found[NURSE].optional) == ((FIRST_AID,), ())
    assert (found[COOK].essential, found[COOK].optional) == ((), (BAKING,))
    assert service.needs_of(session, []) == {}
