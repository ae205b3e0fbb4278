from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.taxonomy.concepts import LINKABLE, ConceptKind
from kompetanse.taxonomy.lexicon import Lexicon, starter_lexicon, starter_linker, synonym_key
from kompetanse.taxonomy.starter import starter

WORDS = starter_lexicon()

OCCUPATIONS = {
    "2223": ["sykepleier", "Sykepleier.", "pielęgniarka", "PIELĘGNIARKA", "piel?gniarka", "slaugytoja", "медсестра"],
    "3313": ["księgowa", "ksi?gowa", "księgowy", "buhalterė", "buhalter?", "бухгалтер", "محاسب"],
    "5120": ["kucharz", "кухар", "kokk", "cook", "bucătar", "طباخ"],
    "7212": ["spawacz", "suvirintojas", "sudor", "welder", "зварювальник"],
    "8332": ["kierowca ciężarówki", "kierowca ci??arówki", "lastebilsjåfør"],
    "8160": ["žuvies apdorojimo darbininkas", "?uvies apdorojimo darbininkas", "zuvies apdorojimo darbininkas"],
    "2149": ["inžinierius", "in?inierius"],
    "2330": ["nauczyciel matematyki"],
    "2341": ["lærer", "nauczyciel", "вчитель"],
    "5311": ["barnehageassistent"],
    "2512": ["програміст"],
    "2211": ["лікар"],
    "7531": ["tailor / skredder", "tailor"],
    "8322": ["sjåfør"],
    "9329": ["industriarbeider"],
    "3151": ["ship engineer"],
}
SKILLS = [
    ("excel", "regneark"), ("regneark", "regneark"), ("Visma", "regnskapsprogram"), ("regnskap", "regnskap"),
    ("lønn", "lønn"), ("fileting av laks", "filetering av fisk"), ("sveising", "sveising"),
    ("MIG/MAG", "MIG/MAG-sveising"), ("pasientpleie", "pasientpleie"), ("undervisning", "undervisning"),
    ("hms", "HMS"), ("matlaging", "matlaging"), ("IT-drift", "IT-drift"), ("montasje", "montasje"),
]  # fmt: skip


@pytest.mark.parametrize(("styrk", "title"), [(code, title) for code, all_ in OCCUPATIONS.items() for title in all_])
def test_a_title_in_any_language_links_to_its_occupation(styrk: str, title: str) -> None:
    linked = WORDS.occupation(title)
    assert linked is not None
    assert (linked.styrk, linked.kind) == (styrk, ConceptKind.OCCUPATION)


@pytest.mark.parametrize(("text", "label"), SKILLS)
def test_a_skill_links_as_people_write_it(text: str, label: str) -> None:
    linked = WORDS.skill(text)
    assert linked is not None
    assert (linked.name(), linked.kind) == (label, ConceptKind.SKILL)


@pytest.mark.parametrize("text", ["", "?", "?????", "??????? ?????????? ??????", "hva som helst", "sykepleier lærer"])
def test_what_is_no_title_is_not_guessed(text: str) -> None:
    assert WORDS.occupation(text) is None


@pytest.mark.parametrize("text", ["regnskap/lønn", "excel, Visma", "", "????", "ukjent"])
def test_two_skills_in_one_text_are_left_to_the_importer(text: str) -> None:
    assert WORDS.skill(text) is None


@given(st.text(max_size=30))
def test_linking_never_fails_and_gives_known_concepts(text: str) -> None:
    for linked in (WORDS.skill(text), WORDS.occupation(text)):
        assert linked is None or WORDS.concept(linked.uri) is linked


def test_every_concept_is_found_by_its_own_names() -> None:
    for one in starter().concepts.values():
        assert WORDS.link(one.name("nb"), one.kind) is one
        assert WORDS.link(one.name("en"), one.kind) is one


def test_typing_proposes_beginnings_first_then_likenesses() -> None:
    def proposed(text: str, kind: ConceptKind) -> list[str]:
        return [found.concept.name() for found in WORDS.complete(text, kind)]

    assert proposed("syk", ConceptKind.OCCUPATION)[0] == "sykepleier"
    assert "sveiser" in proposed("svieser", ConceptKind.OCCUPATION)
    assert "regneark" in proposed("exel", ConceptKind.SKILL)
    assert proposed("", ConceptKind.SKILL) == []


@given(st.text(max_size=8), st.sampled_from(LINKABLE), st.integers(0, 5))
def test_proposals_are_of_the_kind_and_within_the_limit(text: str, kind: ConceptKind, limit: int) -> None:
    for found in (WORDS.complete(text, kind, limit=limit), WORDS.search(text, kind, limit=limit)):
        uris = [one.concept.uri for one in found]
        assert len(uris) == len(set(uris)) <= limit
        assert all(one.concept.kind is kind and 0 <= one.score <= 1 for one in found)


def test_a_municipalitys_own_words_go_before_all_others() -> None:
    filleter = WORDS.occupation("fiskesløyer")
    assert filleter is not None
    own = {(ConceptKind.OCCUPATION, synonym_key("Slinger")): filleter.uri}
    words = Lexicon(starter_linker(), starter().concepts.get, own)
    assert words.occupation("slinger ") is filleter
    assert words.search("SLINGER", ConceptKind.OCCUPATION)[0].concept is filleter
    assert words.skill("slinger") is None


@pytest.mark.parametrize("text", ["slinger", "slogger", "potet", "Rasa"])
def test_what_only_looks_like_a_title_is_not_linked(text: str) -> None:
    assert WORDS.occupation(text) is None


def test_an_unknown_uri_is_none() -> None:
    assert WORDS.concept("http://data.europa.eu/esco/skill/none") is None


def test_a_skill_that_links_has_the_same_key_in_every_language() -> None:
    assert WORDS.skill_key("Excel") == WORDS.skill_key("regneark") == WORDS.skill_key("  REGNEARK ")
    assert WORDS.skill_key("Excel").startswith("http://data.europa.eu/esco/skill/")


@given(st.text(max_size=300))
def test_the_key_of_any_skill_fits_its_column(label: str) -> None:
    assert len(WORDS.skill_key(label)) <= 200


def test_a_lexicon_for_many_rows_links_the_same_and_each_text_once() -> None:
    plain, asked = starter_lexicon(), list[str]()

    class Counting:
        def link(self, text: str, kind: ConceptKind, *, language: str | None = None) -> object:
            asked.append(text)
            return plain.linker.link(text, kind, language=language)

    repeating = replace(plain, linker=Counting()).for_many_rows()  # type: ignore[arg-type]
    for text in ("kokk", "sykepleier", "tull og tøys", "kokk", "tull og tøys"):
        assert repeating.occupation(text) == plain.occupation(text)
    assert repeating.skill_key("kokk") == plain.skill_key("kokk")
    assert asked == ["kokk", "sykepleier", "tull og tøys", "kokk"]
