from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import CourseOfferKind
from kompetanse.courses.rules import LEVELS, CourseOfferFields, accept
from kompetanse.errors import Invalid
from kompetanse.taxonomy.lexicon import starter_lexicon
from tests.factories import occupation, skill

NONE = CourseOfferFields()
WORDS = starter_lexicon()
NORWEGIAN = {"title": "Norskkurs", "kind": CourseOfferKind.LANGUAGE, "key": "nor", "to_level": "B1"}
WELDING = {"title": "Sveisekurs", "kind": CourseOfferKind.SKILL, "key": "sveising"}


def accepted(fields: dict[str, Any], standing: CourseOfferFields = NONE) -> CourseOfferFields:
    return accept(cast(CourseOfferFields, fields), standing, WORDS)


def pointers(fields: dict[str, Any], standing: CourseOfferFields = NONE) -> set[str]:
    with pytest.raises(Invalid) as raised:
        accepted(fields, standing)
    assert all(fault.hint for fault in raised.value.faults)
    return {fault.pointer for fault in raised.value.faults}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", " "),
        ("title", "x" * 201),
        ("provider", "x" * 201),
        ("place", "x" * 121),
        ("key", "norsk"),
        ("key", None),
        ("weeks", 0),
        ("weeks", 521),
        ("price_nok", -1),
        ("from_level", "B1"),
        ("from_level", "C1"),
        ("to_level", None),
        ("to_level", "B3"),
        ("to_level", "6"),
    ],
)
def test_a_value_that_breaks_a_rule_is_pointed_at(name: str, value: object) -> None:
    expected = "/to_level" if name == "from_level" else f"/{name}"
    assert pointers({**NORWEGIAN, name: value}) == {expected}


def test_without_title_and_kind_nothing_is_on_offer() -> None:
    assert pointers({}) == {"/title", "/kind"}


@pytest.mark.parametrize(
    "url",
    [
        "http://kurs.example",
        "javascript:alert(1)",
        "https://",
        "https://navn:ord@kurs.example",
        "https://kurs.example/a b",
        "//kurs.example",
        "https://[",
    ],
)
def test_only_an_address_that_a_page_may_link_to_is_taken(url: str) -> None:
    assert pointers({**NORWEGIAN, "url": url}) == {"/url"}
    assert accepted({**NORWEGIAN, "url": "https://kurs.example/norsk?nr=1"})["url"].startswith("https://")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "key", "wrong"),
    [
        (CourseOfferKind.TEST, "nor", "B2"),
        (CourseOfferKind.LICENCE, "truck:T4", "auth:nurse"),
        (CourseOfferKind.EDUCATION, "0913", "9999"),
        (CourseOfferKind.RECOGNITION, "0913", "auth:nurse"),
        (CourseOfferKind.AUTHORISATION, "auth:nurse", "driving:B"),
        (CourseOfferKind.SKILL, "sveising", "https://data.europa.eu/esco/skill/none"),
        (CourseOfferKind.SKILL, "sveising", "  "),
    ],
)
def test_the_key_is_a_code_of_the_kind(kind: CourseOfferKind, key: str, wrong: str) -> None:
    level = {"to_level": max(LEVELS[kind])} if kind in LEVELS else {}
    fields = {"title": "Tilbud", "kind": kind, **level}
    assert accepted({**fields, "key": key})["kind"] is kind
    assert pointers({**fields, "key": wrong}) == {"/key"}


@pytest.mark.parametrize("kind", CourseOfferKind)
def test_only_education_and_recognition_may_be_for_any_field(kind: CourseOfferKind) -> None:
    level = {"to_level": max(LEVELS[kind])} if kind in LEVELS else {}
    fields = {"title": "Tilbud", "kind": kind, **level}
    if kind in {CourseOfferKind.EDUCATION, CourseOfferKind.RECOGNITION}:
        assert "key" not in accepted(fields)
    else:
        assert pointers(fields) == {"/key"}


def test_a_kind_without_levels_takes_none() -> None:
    assert pointers({**WELDING, "from_level": "A1", "to_level": "A2"}) == {"/from_level", "/to_level"}


def test_languages_are_stored_as_one_and_skills_by_their_concept() -> None:
    assert accepted({**NORWEGIAN, "key": "nob"})["key"] == "nor"
    assert accepted(WELDING)["key"] == skill("sveising").uri
    assert accepted({**WELDING, "key": skill("sveising").uri})["key"] == skill("sveising").uri
    assert accepted({**WELDING, "key": "trylle med kort"})["key"] == "text:trylle med kort"
    assert pointers({**WELDING, "key": occupation("kokk").uri}) == {"/key"}


def test_what_is_changed_is_checked_with_what_stands() -> None:
    standing = cast(CourseOfferFields, NORWEGIAN)
    assert pointers({"kind": CourseOfferKind.LICENCE}, standing) == {"/key", "/to_level"}
    assert pointers({"from_level": "B1"}, standing) == {"/to_level"}
    assert accepted({"from_level": "A2"}, standing) == {"from_level": "A2"}
    retired = cast(CourseOfferFields, {**WELDING, "key": "https://data.europa.eu/esco/skill/retired"})
    assert accepted({"weeks": 2}, retired) == {"weeks": 2}


@given(st.sampled_from([None, *Cefr]), st.sampled_from(Cefr))
def test_a_course_leads_upwards_or_is_refused(low: Cefr | None, high: Cefr) -> None:
    fields = {**NORWEGIAN, "from_level": low, "to_level": high}
    if low is None or low < high:
        assert accepted(fields)["to_level"] == high
    else:
        assert pointers(fields) == {"/to_level"}
