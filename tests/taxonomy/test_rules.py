import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.occupations import is_occupation
from kompetanse.taxonomy.concepts import LINKABLE
from kompetanse.taxonomy.rules import ConceptKind, concept, link_occupation, link_skill, search, skill_key, skills_for
from kompetanse.taxonomy.starter import vocabulary

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
    linked = link_occupation(title)
    assert linked is not None
    assert (linked.styrk, linked.kind) == (styrk, ConceptKind.OCCUPATION)


@pytest.mark.parametrize(("text", "label"), SKILLS)
def test_a_skill_links_as_people_write_it(text: str, label: str) -> None:
    linked = link_skill(text)
    assert linked is not None
    assert (linked.label_nb, linked.kind) == (label, ConceptKind.SKILL)


@pytest.mark.parametrize("text", ["", "?", "?????", "??????? ?????????? ??????", "hva som helst", "sykepleier lærer"])
def test_what_is_no_title_is_not_guessed(text: str) -> None:
    assert link_occupation(text) is None


@pytest.mark.parametrize("text", ["regnskap/lønn", "excel, Visma", "", "????", "ukjent"])
def test_two_skills_in_one_text_are_left_to_the_importer(text: str) -> None:
    assert link_skill(text) is None


@given(st.text(max_size=30))
def test_linking_never_fails_and_gives_known_concepts(text: str) -> None:
    for linked in (link_skill(text), link_occupation(text)):
        assert linked is None or concept(linked.uri) is linked


def test_every_concept_is_found_by_its_own_names() -> None:
    for one in vocabulary().concepts.values():
        link = link_skill if one.kind is ConceptKind.SKILL else link_occupation
        assert link(one.label_nb) is one
        assert link(one.label_en) is one


def test_concepts_are_placed_in_the_classifications() -> None:
    everything = vocabulary().concepts.values()
    occupations = [one for one in everything if one.kind is ConceptKind.OCCUPATION]
    skills = [one for one in everything if one.kind is ConceptKind.SKILL]
    assert len(occupations) >= 120
    assert len(skills) >= 120
    assert all(one.styrk and len(one.styrk) == 4 and is_occupation(one.styrk) for one in occupations)
    assert all(one.styrk is None and one.group for one in skills)


def test_an_occupation_knows_its_skills_by_uri_and_by_code() -> None:
    cook = link_occupation("kokk")
    assert cook is not None
    assert "matlaging" in {skill.label_nb for skill in skills_for(cook.uri)}
    assert skills_for("5120") == skills_for(cook.uri)
    assert skills_for("0110") == ()


def test_the_relation_holds_known_concepts_only() -> None:
    words = vocabulary()
    assert len(words.essential) >= 30
    for occupation, skills in words.essential.items():
        assert words.concepts[occupation].kind is ConceptKind.OCCUPATION
        assert all(words.concepts[uri].kind is ConceptKind.SKILL for uri in skills)


def test_typing_proposes_beginnings_first_then_likenesses() -> None:
    assert search("syk", ConceptKind.OCCUPATION)[0].label_nb == "sykepleier"
    assert search("svieser", ConceptKind.OCCUPATION)[0].label_nb == "sveiser"
    assert search("exel", ConceptKind.SKILL)[0].label_nb == "regneark"
    assert search("", ConceptKind.SKILL) == []
    assert search("xyzzy", ConceptKind.SKILL) == []


@given(st.text(max_size=8), st.sampled_from(LINKABLE), st.integers(0, 5))
def test_proposals_are_of_the_kind_and_within_the_limit(text: str, kind: ConceptKind, limit: int) -> None:
    found = search(text, kind, limit)
    assert len(found) == len(set(found)) <= limit
    assert all(one.kind is kind for one in found)


def test_an_unknown_uri_is_none() -> None:
    assert concept("http://data.europa.eu/esco/skill/none") is None


def test_a_skill_that_links_has_the_same_key_in_every_language() -> None:
    assert skill_key("Excel") == skill_key("regneark") == skill_key("  REGNEARK ")
    assert skill_key("Excel").startswith("http://data.europa.eu/esco/skill/")


@given(st.text(max_size=300))
def test_the_key_of_any_skill_fits_its_column(label: str) -> None:
    assert len(skill_key(label)) <= 200
