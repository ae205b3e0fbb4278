"""Entries of a profile on the page on which they are changed."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from api.web.formats import country_name, language_name
from api.web.places import find_place, place_name
from kompetanse.actor import Actor
from kompetanse.codes.cefr import Cefr
from kompetanse.codes.countries import countries, find_country
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.languages import find_language, languages
from kompetanse.codes.municipalities import municipalities
from kompetanse.codes.work import (
    Evidence,
    ExperienceKind,
    InterestKind,
    LanguageProof,
    RecognitionScheme,
    RecognitionStatus,
    SkillLevel,
    Strength,
    WishKind,
)
from kompetanse.competence import history, service
from kompetanse.competence.service import PartFields, ProfilePart
from kompetanse.paging import PageRequest
from tests import factories
from tests.api.web.conftest import Browser
from tests.factories import FROYA
from tests.support.html_forms import form

NURSE = factories.occupation("sykepleier")
EXCEL = factories.skill("excel")

EVERYTHING: list[tuple[ProfilePart, dict[str, Any]]] = [
    (ProfilePart.SKILLS, {"label": "excel"}),
    (ProfilePart.SKILLS, {"label": "excel", "concept": None}),  # kept as words by choice
    (ProfilePart.SKILLS, {"label": "trylle", "concept": EXCEL.uri, "level": SkillLevel.ADVANCED}),
    (ProfilePart.SKILLS, {"label": "trylle", "holds": False}),
    (ProfilePart.SKILLS, {"label": '<b>«trylle» & "gjøgle"</b>', "evidence": Evidence.DOCUMENTED}),
    (ProfilePart.EXPERIENCES, {"title": "księgowa", "title_language": "pol", "started": "2009", "ended": "2015-06"}),
    (ProfilePart.EXPERIENCES, {"title": "sykepleier", "styrk": None}),  # kept as words by choice
    (ProfilePart.EXPERIENCES, {"title": "xyzzy", "concept": NURSE.uri}),
    (ProfilePart.EXPERIENCES, {"title": "xyzzy", "styrk": "5120"}),
    (ProfilePart.EXPERIENCES, {"title": "sykepleier", "styrk": "5120"}),
    (ProfilePart.EXPERIENCES, {"title": "kokk", "ongoing": False, "relevant": True, "kind": ExperienceKind.INFORMAL}),
    (ProfilePart.EXPERIENCES, {"title": "kokk", "ongoing": True, "started": "2020-01-15", "relevant": False}),
    (
        ProfilePart.EXPERIENCES,
        {
            "title": "kokk",
            "employer": "Kysthotellet",
            "country": "LT",
            "months": 12,
            "percentage": 80,
            "tasks": "Laget mat\nBestilte varer\n\nRyddet",
        },
    ),
    (ProfilePart.EDUCATIONS, {"title": "magister"}),
    (
        ProfilePart.EDUCATIONS,
        {
            "title": "magister, finanse",
            "level": EducationLevel.MASTER,
            "field": "0412",
            "institution": "Gdańsk",
            "country": "PL",
            "started_year": 2001,
            "completed": True,
            "completed_year": 2006,
            "recognition": RecognitionStatus.RECOGNISED,
            "recognition_scheme": RecognitionScheme.NON_BINDING,
            "recognition_authority": "HK-dir",
            "recognition_decided_on": date(2025, 3, 1),
            "recognition_valid_until": date(2027, 1, 1),
        },
    ),
    (ProfilePart.EDUCATIONS, {"title": "lærer", "completed": False}),
    (ProfilePart.LANGUAGES, {"language": "pol", "mother_tongue": True}),
    (
        ProfilePart.LANGUAGES,
        {
            "language": "nor",
            "mother_tongue": False,
            "listening": Cefr.B2,
            "reading": Cefr.B1,
            "interaction": Cefr.A2,
            "production": Cefr.A1,
            "writing": Cefr.C1,
            "proof": LanguageProof.TEST,
            "test": "Norskprøven",
            "tested_on": date(2025, 1, 9),
        },
    ),
    (ProfilePart.LICENCES, {"licence": "driving:B", "country": "LT", "valid_until": date(2031, 4, 1)}),
    (ProfilePart.LICENCES, {"licence": "auth:nurse", "holds": False}),
    (ProfilePart.WISHED_OCCUPATIONS, {"title": "księgowa", "title_language": "pol", "strength": Strength.MUST}),
    (ProfilePart.WISHED_OCCUPATIONS, {"title": "xyzzy", "styrk": "5120", "weight": 5}),
    (ProfilePart.WISHED_OCCUPATIONS, {"title": "xyzzy", "concept": NURSE.uri}),
    (ProfilePart.WISHED_OCCUPATIONS, {"title": "sykepleier", "styrk": None, "strength": Strength.NEVER}),
    (ProfilePart.COURSES, {"title": "HACCP", "provider": "Mattilsynet", "completed": "2025-03"}),
    (ProfilePart.COURSES, {"title": "truck", "valid_until": date(2030, 1, 1), "completed": "2024"}),
    (ProfilePart.WISHES, {"kind": WishKind.LEAVES, "value": "fish", "text": "vil ut av fisken", "weight": 5}),
    (ProfilePart.WISHES, {"kind": WishKind.PLACE, "value": "5056"}),
    (ProfilePart.WISHES, {"kind": WishKind.PLACE, "value": "5014", "text": "Sistranda"}),
    (ProfilePart.WISHES, {"kind": WishKind.PLACE, "value": "1515"}),  # there are two of the name
    (ProfilePart.WISHES, {"kind": WishKind.PLACE, "text": "ikke lenger unna enn en time"}),
    (ProfilePart.WISHES, {"kind": WishKind.TRAINING, "text": "fagbrev", "strength": Strength.MUST}),
    (ProfilePart.INTERESTS, {"label": "kor"}),
    (ProfilePart.INTERESTS, {"label": "fotball", "kind": InterestKind.TEACHES, "activity": "Frøya IL"}),
]


def write(browser: Browser, person_id: UUID, part: ProfilePart, fields: dict[str, Any]) -> UUID:
    with browser.state.database.session(FROYA) as session:
        who: Actor = factories.actor()
        version = service.read_profile(session, who, person_id).version
        return service.add_part(session, who, person_id, version, part, cast(PartFields, fields))[1]


def stored(browser: Browser, person_id: UUID, part: ProfilePart) -> list[dict[str, object]]:
    with browser.state.database.session(FROYA) as session:
        return [one.model_dump() for one in service.read_profile(session, factories.actor(), person_id).part(part)]


def changes(browser: Browser, person_id: UUID) -> int:
    with browser.state.database.session(FROYA) as session:
        return len(history.read_history(session, factories.actor(), person_id, PageRequest(200)).items)


def test_a_form_that_is_sent_back_as_it_is_changes_nothing(coordinator: Browser) -> None:
    for part, fields in EVERYTHING:
        person_id = coordinator.register()
        entry_id = write(coordinator, person_id, part, fields)
        before = stored(coordinator, person_id, part)
        path = f"/people/{person_id}/profile/{part}/{entry_id}"
        page = coordinator.get(path)
        assert page.status_code == 200, (part, fields)
        sent = form(page.text, path).values()
        answer = coordinator.post(path, **sent)
        assert answer.status_code == 303, (part, fields, answer.text)
        assert stored(coordinator, person_id, part) == before, (part, fields)
        assert changes(coordinator, person_id) == 1, (part, fields)


def test_every_part_is_tried() -> None:
    assert {part for part, _ in EVERYTHING} == set(ProfilePart)


def test_names_in_forms_lead_back_to_their_codes() -> None:
    assert [find_country(country_name(one.alpha2) or "") for one in countries()] == [one.alpha2 for one in countries()]
    assert [find_language(language_name(one.code) or "") for one in languages()] == [one.code for one in languages()]
    every = [one.number for one in municipalities()]
    assert [find_place(place_name(number)) for number in every] == every
    assert find_place("5014") == "5014"
    assert find_place("Herøy") is None
    assert place_name("1617") == "1617"
