"""What a Europass of before 2020 says, as text with suggestions."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from kompetanse.competence.fields import ProfilePart
from kompetanse.competence.suggesting import LONGEST
from kompetanse.exchange.cv_files import europass, service, skills_passport
from kompetanse.exchange.cv_files.files import source_of
from tests.exchange.cv_files.cvs import pdf
from tests.exchange.cv_files.passports import learner_info, passport
from tests.exchange.cv_files.test_files import BOMB, OUTSIDE
from tests.exchange.cv_files.test_reading import fields, is_sound
from tests.factories import actor, person_id


@pytest.mark.parametrize("source", [passport(), learner_info()])
def test_both_generations_are_known_from_each_other_and_from_text(source: str) -> None:
    assert skills_passport.is_skills_passport(source)
    assert not europass.is_europass(source)
    assert not skills_passport.is_skills_passport("I have a <SkillsPassport > at home")


@pytest.mark.parametrize("name", ["attachment.xml", "ecv.xml"])
@pytest.mark.parametrize("made", [passport(), learner_info()])
def test_it_is_found_in_its_pdf_without_photo_attachments_and_preferences_of_printing(made: str, name: str) -> None:
    source = source_of(pdf({name: made.encode()}))
    assert len(source) < LONGEST
    assert "QUJDQUJD" not in source
    assert 'show="false"' not in source
    assert 'keep="false"' not in source
    assert skills_passport.read(source).suggestions == skills_passport.read(made).suggestions


def test_a_skills_passport_says_work_education_languages_licences_courses_and_wishes() -> None:
    told = skills_passport.read(passport())
    is_sound(told)
    fish, cleaning = fields(told, ProfilePart.EXPERIENCES)
    assert fish == {
        "title": "pracownik przetwórstwa ryb", "kind": "paid", "employer": "Bałtyk Ryby", "started": "2011-03-15",
        "ended": "2014-08", "country": "PL", "tasks": "Zmiana nocna:\nfiletowanie\npakowanie & etykiety",
    }  # fmt: skip
    assert (cleaning["started"], cleaning["ended"], cleaning["ongoing"], cleaning["country"]) == (
        "2015",
        None,
        True,
        "GB",
    )
    assert fields(told, ProfilePart.EDUCATIONS) == [
        {
            "title": "technik żywienia", "institution": "Technikum w Ustce", "country": "PL", "level": "4",
            "field": "101", "started_year": 1994, "completed_year": 1998, "completed": True,
        }
    ]  # fmt: skip
    assert fields(told, ProfilePart.LANGUAGES) == [
        {"language": "pol", "mother_tongue": True},
        {"language": "nor", "listening": "B1", "reading": "B1", "interaction": "A2", "writing": "A1"},
    ]
    assert fields(told, ProfilePart.LICENCES) == [{"licence": "driving:B", "holds": True}]
    assert [one["title"] for one in fields(told, ProfilePart.COURSES)] == ["Norskprøve A2", "HACCP 2013", "BHP"]
    assert [one["title"] for one in fields(told, ProfilePart.WISHED_OCCUPATIONS)] == ["kucharz"]
    assert "jazda wózkiem widłowym\nWord\n" in told.text


def test_the_generation_before_says_the_same_kinds_of_things() -> None:
    told = skills_passport.read(learner_info())
    is_sound(told)
    (job,) = fields(told, ProfilePart.EXPERIENCES)
    assert (job["title"], job["employer"], job["started"], job["ended"]) == (
        "pomoc kuchenna",
        "Bar Mewa",
        "2003-05",
        "2007",
    )
    assert told.text.splitlines()[1] == "2003-05–2007: pomoc kuchenna, Bar Mewa, Ustka"
    (school,) = fields(told, ProfilePart.EDUCATIONS)
    assert (school["level"], school["field"], school["completed_year"]) == ("4", "08", 1998)
    assert fields(told, ProfilePart.LANGUAGES) == [
        {"language": "pol", "mother_tongue": True},
        {"language": "lit", "mother_tongue": True},
        {"language": "eng", "listening": "B2", "interaction": "B1"},
    ]
    assert fields(told, ProfilePart.LICENCES) == [{"licence": "driving:B", "holds": True}]
    assert [one["title"] for one in fields(told, ProfilePart.WISHED_OCCUPATIONS)] == ["kucharz"]
    assert told.text.endswith("Lubi morze")


def test_neither_tells_who_she_is_or_of_third_persons() -> None:
    for told in map(skills_passport.read, (passport(), learner_info())):
        for private in ("Dorota", "Testesen", "1979", "dorota@", "Ulica", "Szef", "dyplom"):
            assert private not in told.text


HARMFUL = BOMB.replace("Candidate", "SkillsPassport"), OUTSIDE.replace("Candidate", "learnerinfo")


@pytest.mark.parametrize("source", ["<SkillsPassport", *HARMFUL])
def test_an_xml_with_entities_or_broken_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="can be read"):
        skills_passport.read(source)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ('year="2011" month="--03" day="---15"', "2011-03-15"),
        ('year="2011" month="--02" day="---30"', "2011-02"),
        ('year="2011" month="--13"', "2011"),
        ('year="2011" month="03"', "2011-03"),
        ('year="2011" day="---15"', "2011"),
        ('year="" month="--03"', None),
        ("", None),
    ],
)
def test_a_day_is_as_precise_as_it_can_be(moment: str, day: str | None) -> None:
    job = (
        f"<WorkExperience><Period><From {moment}/></Period><Position><Label>kelner</Label></Position></WorkExperience>"
    )
    assert fields(skills_passport.read(passport(work=job)), ProfilePart.EXPERIENCES)[-1]["started"] == day


@pytest.mark.parametrize("named", ["UTF-16", "ISO-8859-1", "UTF-9", "IBM-1047"])
def test_an_encoding_that_is_named_and_is_not_that_of_the_text_spoils_nothing(named: str) -> None:
    source = passport().replace('encoding="UTF-8"', f'encoding="{named}"')
    assert skills_passport.read(source) == skills_passport.read(passport())


NAMES = st.sampled_from(
    [
        "LearnerInfo", "Headline", "Type", "Code", "Label", "Description", "WorkExperience", "Period", "From", "To",
        "Current", "Position", "Activities", "Employer", "Name", "Education", "Title", "Organisation", "Level", "Field",
        "MotherTongue", "ForeignLanguage", "ProficiencyLevel", "Listening", "Certificate", "Licence", "Achievement",
        "language", "level", "skill", "misc", "Country", "Municipality",
    ]
)  # fmt: skip
WORDS = st.sampled_from(["", "pl", "norsk", "true", "6", "B1", "courses", "preferred_job", "ISCED 5", "<p>x</p>", "é"])
TREES = st.recursive(
    st.builds(lambda name, words: {name: words}, NAMES, WORDS),
    lambda inner: st.builds(lambda name, below: {name: below}, NAMES, st.lists(inner, max_size=4)),
    max_leaves=12,
)


def _xml(tree: dict[str, Any]) -> str:
    ((name, below),) = tree.items()
    inner = "".join(map(_xml, below)) if isinstance(below, list) else str(below).replace("<", "&lt;")
    return f'<{name} year="2011" month="--0{len(inner) % 10}">{inner}</{name}>'


@settings(deadline=None, max_examples=200)
@given(st.lists(TREES, max_size=4))
def test_whatever_stands_where_is_read_or_passed_over(trees: list[dict[str, Any]]) -> None:
    below = "".join(map(_xml, trees))
    is_sound(skills_passport.read(f"<SkillsPassport><LearnerInfo>{below}</LearnerInfo></SkillsPassport>"))


def test_its_words_are_linked_for_a_profile(session: Session) -> None:
    found = service.propose(session, actor(), person_id(session), source_of(passport().encode())).found.items
    named = [one.name for one in found if one.part is ProfilePart.WISHED_OCCUPATIONS]
    assert named == ["kokk"]
