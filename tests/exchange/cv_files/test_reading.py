"""What Europass and JSON Resume say, as text with suggestions."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.competence.fields import ProfilePart
from kompetanse.exchange.cv_files import europass, json_resume
from kompetanse.exchange.cv_files.told import Told
from tests.exchange.cv_files.cvs import EUROPASS, JSON_RESUME
from tests.exchange.cv_files.test_files import BOMB, OUTSIDE
from tests.exchange.sources import SHARED

SAMPLE = SHARED / "formats" / "jsonresume_sample.resume.json"


def fields(told: Told, part: ProfilePart) -> list[dict[str, Any]]:
    return [dict(one.fields) for one in told.suggestions if one.part is part]


def is_sound(told: Told) -> None:
    """Each suggestion is a line of its own, in order."""
    assert all(one.end <= other.start for one, other in pairwise(told.suggestions))
    for one in told.suggestions:
        assert told.text[one.start : one.end].strip()
        assert "\n" not in told.text[one.start : one.end]


def test_europass_says_work_education_languages_licences_and_skills() -> None:
    told = europass.read(EUROPASS)
    is_sound(told)
    (job,) = fields(told, ProfilePart.EXPERIENCES)
    assert job == {
        "title": "księgowa", "kind": "paid", "employer": "Biuro Bałtyk", "started": "2012-03", "ended": "2019-08",
        "country": "PL", "tasks": "listy płac\nVAT & CIT",
    }  # fmt: skip
    (school,) = fields(told, ProfilePart.EDUCATIONS)
    assert (school["level"], school["field"], school["completed_year"], school["started_year"]) == (
        "7",
        "0411",
        2010,
        2005,
    )
    polish, norwegian, german = sorted(
        fields(told, ProfilePart.LANGUAGES), key=lambda one: "pol nor deu".index(one["language"])
    )
    assert polish == {"language": "pol", "mother_tongue": True}
    assert norwegian == {"language": "nor", "interaction": "B1", "writing": "A2"}
    assert german == {"language": "deu"}, "ISO 639-2's other code"
    assert fields(told, ProfilePart.LICENCES) == [{"licence": "driving:B", "holds": True}]
    assert [one["label"] for one in fields(told, ProfilePart.SKILLS)] == ["arkusze kalkulacyjne"]


def test_neither_format_tells_who_she_is_or_of_third_persons() -> None:
    for told in (europass.read(EUROPASS), json_resume.read(JSON_RESUME)):
        for private in ("Beata", "Testesen", "1984", "beata@", "Somebody", "alert(1)"):
            assert private not in told.text


@pytest.mark.parametrize("source", [BOMB, OUTSIDE, "<Candidate", "<Candidate>" * 100])
def test_an_xml_with_entities_or_broken_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="can be read"):
        europass.read(source)


def test_a_word_in_a_text_is_no_europass() -> None:
    assert not europass.is_europass("I was a <Candidate > once")


def test_json_resume_says_the_same_kinds_of_things() -> None:
    told = json_resume.read(JSON_RESUME)
    is_sound(told)
    accountant, cashier, teacher = fields(told, ProfilePart.EXPERIENCES)
    assert (accountant["started"], accountant["ended"], accountant["ongoing"]) == ("2012-03", None, True)
    assert (accountant["country"], accountant["tasks"]) == ("PL", "Payroll\nVAT returns")
    assert (cashier["started"], cashier["ended"], cashier.get("ongoing")) == ("2005-01-01", "2006", None)
    assert teacher["kind"] == "unpaid"
    (school,) = fields(told, ProfilePart.EDUCATIONS)
    assert school["title"] == "Bachelor, Economics"
    assert [one["label"] for one in fields(told, ProfilePart.SKILLS)] == ["accounting", "spreadsheets"]
    norwegian, polish = fields(told, ProfilePart.LANGUAGES)
    assert (norwegian["language"], norwegian["interaction"]) == ("nor", "B1")
    assert polish == {"language": "pol", "mother_tongue": True}
    (course,) = fields(told, ProfilePart.COURSES)
    assert (course["kind"], course["completed"]) == ("certificate", None), "there is no thirtieth of February"
    assert [one["label"] for one in fields(told, ProfilePart.INTERESTS)] == ["Choir", "Alto"]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the format's own sample is not at hand")
def test_the_formats_own_sample_is_read() -> None:
    told = json_resume.read(SAMPLE.read_text("utf-8"))
    is_sound(told)
    assert len(told.suggestions) == 20
    assert "Erlich" not in told.text


@pytest.mark.parametrize("source", ["", "[]", "{}", '{"name": "x"}', "{", "księgowa", "[" * 100_000])
def test_what_is_no_json_resume_is_plain_text(source: str) -> None:
    assert not json_resume.is_json_resume(source)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["2014-06", "B1", "polsk"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["name", "position", "startDate", "endDate", "highlights", "keywords", "language", "fluency", "summary", "area",
         "studyType", "institution", "courses", "location", "date", "title"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
SECTIONS = st.dictionaries(
    st.sampled_from(
        ["basics", "work", "education", "skills", "languages", "volunteer", "projects", "awards", "interests"]
    ),
    JSON | st.lists(JSON, max_size=3),
    max_size=4,
)


@settings(deadline=None, max_examples=200)
@given(SECTIONS)
def test_whatever_stands_in_the_sections_is_read_or_passed_over(document: dict[str, Any]) -> None:
    source = json.dumps(document)
    if json_resume.is_json_resume(source):
        is_sound(json_resume.read(source))
