"""Linking words after an import: it is the municipality's own decision, and takes nobody's work back with an undo."""

import pytest
from sqlmodel import Session

from kompetanse.codes.imports import ImportKind
from kompetanse.competence import relinking, service, unlinked
from kompetanse.competence.fields import ExperienceFields, ProfilePart
from kompetanse.courses import relinking as courses_relinking
from kompetanse.courses import service as courses
from kompetanse.exchange.imports import ImportChanged, undo_import
from kompetanse.exchange.service import Sent, import_file
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import ConceptKind
from tests.exchange.test_imports import imported
from tests.exchange.test_service import counts
from tests.factories import actor

SHEET = "Etternavn,Fornavn,Ferdigheter,Yrke\nBerg,Nils,xyzzying,xyzzymann\n"


def test_whoever_is_imported_again_has_the_link_from_the_beginning(session: Session) -> None:
    who, before = actor(), counts(session)
    words = taxonomy.lexicon(session, who)
    cook, accounts = words.occupation("kokk"), words.skill("regnskap")
    assert cook
    assert accounts
    import_id, created = imported(session, SHEET)
    unlinked.link(session, who, ConceptKind.OCCUPATION, "xyzzymann", cook.uri)
    unlinked.link(session, who, ConceptKind.SKILL, "xyzzying", accounts.uri)
    assert service.read_profile(session, who, created[2]).skills[0].key == accounts.uri
    undo_import(session, who, import_id)
    after = counts(session)
    assert (after["person"], after["skill"], after["profile_change"], after["local_synonym"]) == (
        before["person"],
        before["skill"],
        before["profile_change"],
        2,
    )
    _, again = imported(session, SHEET)
    profile = service.read_profile(session, who, again[2])
    assert (profile.skills[0].key, profile.experiences[0].concept) == (accounts.uri, cook.uri)


def test_a_link_that_was_made_for_one_person_is_somebodys_work(session: Session) -> None:
    import_id, created = imported(session, SHEET)
    profile = service.read_profile(session, actor(), created[2])
    entry, chosen = profile.experiences[0], ExperienceFields(title="xyzzymann", styrk="5120")
    service.change_part(session, actor(), created[2], profile.version, ProfilePart.EXPERIENCES, entry.id, chosen)
    with pytest.raises(ImportChanged):
        undo_import(session, actor(), import_id)


def test_a_link_that_was_taken_back_is_somebodys_work(session: Session) -> None:
    import_id, created = imported(session, SHEET)
    cook = taxonomy.lexicon(session, actor()).occupation("kokk")
    assert cook
    unlinked.link(session, actor(), ConceptKind.OCCUPATION, "xyzzymann", cook.uri)
    profile = service.read_profile(session, actor(), created[2])
    assert profile.experiences[0].concept == cook.uri
    chosen = ExperienceFields(title="xyzzymann", styrk=None)
    place = created[2], profile.version, ProfilePart.EXPERIENCES, profile.experiences[0].id
    service.change_part(session, actor(), *place, chosen)
    with pytest.raises(ImportChanged):
        undo_import(session, actor(), import_id)


def test_following_a_newer_taxonomy_is_no_change_of_people_vacancies_or_courses(session: Session) -> None:
    sheet = "Kurs,Type,Fører til\nRegnskap,Ferdighet,regnskap\n"
    report = import_file(session, actor(), ImportKind.COURSES, Sent(sheet.encode(), "kurs.csv"), apply=True)
    assert report.import_id is not None
    key = str(courses.read(session, actor(), report.records[2]).key)
    people_id, _ = imported(session, "Etternavn,Fornavn,Ferdigheter\nBerg,Nils,regnskap\n")
    assert courses_relinking.follow(session, {key: "http://example.no/regnskap"}) == 1
    assert relinking.follow(session, {key: "http://example.no/regnskap"}) == 1
    undo_import(session, actor(), report.import_id)
    undo_import(session, actor(), people_id)
