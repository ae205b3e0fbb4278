from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import Shift, VacancyStatus
from kompetanse.errors import Invalid
from kompetanse.taxonomy.lexicon import starter_lexicon
from kompetanse.vacancies.rules import (
    ALLOWED_TAGS,
    LanguageDemand,
    SkillDemand,
    VacancyFields,
    accept,
    is_html,
    may_become,
    safe_description,
)

NONE = VacancyFields()
WORDS = starter_lexicon()


def pointers(make: Callable[[], object]) -> set[str]:
    with pytest.raises(Invalid) as raised:
        make()
    assert all(fault.hint for fault in raised.value.faults)
    return {fault.pointer for fault in raised.value.faults}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("employer_org_no", "964982954"),  # the control digit is 3
        ("employer_org_no", "12345"),
        ("styrk", "9999"),
        ("styrk", "0000"),
        ("education_field", "9999"),
        ("authorisation", "auth:wizard"),
        ("authorisation", "driving:B"),
        ("postal_code", "726"),
        ("workplace_no", "0000"),
        ("percentage_min", 0),
        ("percentage_max", 101),
        ("positions", 0),
        ("minimum_age", 12),
        ("minimum_age", 26),
        ("experience_months", -1),
        ("kindergarten_places", -1),
        ("school_places", 1001),
        ("title", "   "),
        ("title", "x" * 251),
        ("unit", "x" * 121),
    ],
)
def test_a_value_that_is_no_code_or_out_of_range_is_pointed_at(name: str, value: object) -> None:
    fields = {"title": "Sykepleier", name: value}
    assert pointers(lambda: accept(fields, NONE, WORDS)) == {f"/{name}"}  # type: ignore[arg-type]


def test_every_fault_of_a_vacancy_is_pointed_at_at_once() -> None:
    fields = VacancyFields(
        percentage_min=80,
        percentage_max=50,
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 8, 1),
        skills=[SkillDemand("Excel"), SkillDemand("regneark"), SkillDemand(" ")],
        languages=[LanguageDemand("nor", Cefr.B1), LanguageDemand("nob", Cefr.B2), LanguageDemand("xyz", Cefr.A1)],
        licences=["driving:B", "auth:nurse"],
    )
    assert pointers(lambda: accept(fields, NONE, WORDS)) == {
        "/title",
        "/percentage_max",
        "/ends_on",
        "/skills/1/label",
        "/skills/2/label",
        "/languages/1/language",
        "/languages/2/language",
        "/licences/1",
    }


def test_fields_come_out_in_their_one_stored_form() -> None:
    accepted = accept(
        {
            "title": " Sykepleier  natt ",
            "employer_org_no": "964 982 953",
            "postal_code": "7260",
            "shifts": [Shift.NIGHT, Shift.NIGHT],
            "licences": ["driving:B", "driving:B"],
        },
        NONE,
        WORDS,
    )
    assert accepted == {
        "title": "Sykepleier natt",
        "employer_org_no": "964982953",
        "postal_code": "7260",
        "workplace_no": "5014",
        "shifts": ["night"],
        "licences": ["driving:B"],
    }


def test_a_change_is_checked_together_with_what_stands() -> None:
    standing = VacancyFields(title="Kokk", percentage_min=80)
    assert pointers(lambda: accept({"percentage_max": 50}, standing, WORDS)) == {"/percentage_max"}
    assert accept({"percentage_max": 90}, standing, WORDS) == {"percentage_max": 90}


@pytest.mark.parametrize("plain", ["Lønn < 500 000 & mer > 2", "1. punkt\n2. punkt", "Tom & Jerry"])
def test_plain_text_stays_as_it_was_written(plain: str) -> None:
    assert safe_description(plain) == plain
    assert not is_html(safe_description(plain))


def test_html_loses_what_can_harm_and_keeps_what_reads() -> None:
    html = (
        '<h2>Om oss</h2><script>alert(1)</script><p onclick="x()">Vi <b>søker</b></p><img src="https://spor.example/x">'
        '<a href="javascript:alert(1)">her</a><a href="https://www.froya.kommune.no">der</a>'
    )
    clean = safe_description(html)
    assert "<h2>Om oss</h2><p>Vi <b>søker</b></p>" in clean
    assert 'href="https://www.froya.kommune.no"' in clean
    for harm in ("script", "onclick", "<img", "alert"):
        assert harm not in clean


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


fragments = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<script>",
        "</script>",
        "<svg onload=x>",
        "<b",
        ">",
        "<",
        "&lt;script&gt;",
        "æ",
        " ",
        "<!--",
        "-->",
    ]
)


@given(st.lists(fragments | st.text(max_size=5), max_size=12).map("".join))
def test_whatever_comes_in_only_harmless_tags_come_out(text: str) -> None:
    safe = safe_description(text)
    assert safe_description(safe) == safe  # stored, read and stored again it stays the same
    if is_html(safe):
        parsed = Tags()
        parsed.feed(safe)
        assert parsed.found <= ALLOWED_TAGS
        assert not any(name.startswith("on") for name in parsed.attributes)
    else:
        assert safe == text


def test_a_vacancy_ends_once() -> None:
    assert may_become(VacancyStatus.OPEN, VacancyStatus.FILLED)
    assert may_become(VacancyStatus.OPEN, VacancyStatus.CLOSED)
    ended = [(now, then) for now in VacancyStatus for then in VacancyStatus if may_become(now, then)]
    assert len(ended) == 2
