"""The question in every language: nothing left to fill in, nothing left out."""

import re
from dataclasses import fields
from datetime import date

import pytest

from kompetanse.codes.consent import ShareSection
from kompetanse.contacts import wording
from kompetanse.contacts.wording import LANGUAGES, Texts

FILLED = re.compile(r"%\((\w+)\)s")
EVERY = tuple(ShareSection)


def asked(language: str, title: str = "100 % regnskap %(day)s", sections: tuple[ShareSection, ...] = EVERY) -> str:
    return wording.question(
        language, who="Hitra", title=title, contact="Hilde Hitterdal", sections=sections, until=date(2027, 3, 1),
        answer_by=date(2026, 12, 10),
    ).wording  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_what_bokmal_says(language: str) -> None:
    said, first = wording.texts(language), wording.texts("nb")
    for field in fields(Texts):
        own, norwegian = getattr(said, field.name), getattr(first, field.name)
        if isinstance(own, str):
            assert own.strip(), field.name
            assert set(FILLED.findall(own)) == set(FILLED.findall(norwegian)), field.name
    assert len(said.sections) == len(EVERY)
    assert len(set(said.sections)) == len(EVERY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_tells_who_what_how_long_and_by_when(language: str) -> None:
    text = asked(language)
    for told in ("Hitra", "100 % regnskap %(day)s", "Hilde Hitterdal", "01.03.2027", "10.12.2026"):
        assert told in text, told
    assert "%(who)s" not in text
    assert all(wording.section_name(language, one) in text for one in EVERY)


def test_only_the_sections_that_would_be_seen_are_named() -> None:
    text = asked("en", sections=(ShareSection.WORK,))
    assert "Work experience" in text
    assert "Education" not in text


@pytest.mark.parametrize(
    ("codes", "language"),
    [
        (["lit", "rus"], "lt"),
        (["rus", "pol"], "pl"),
        (["nno"], "nn"),
        (["ukr"], "uk"),
        (["tir"], "nb"),
        ([], "nb"),
        (None, "nb"),
    ],
)
def test_the_language_is_hers_where_there_is_a_text(codes: list[str] | None, language: str) -> None:
    assert wording.language_for(codes) == language


def test_it_fits_the_column_that_keeps_it() -> None:
    assert max(len(asked(one, title="x" * 200)) for one in LANGUAGES) < 6000


def test_a_language_without_texts_is_asked_in_bokmal() -> None:
    assert wording.texts("xx") is wording.texts("nb")
