import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.taxonomy.concepts import LINKABLE, ConceptKind
from kompetanse.taxonomy.linking.labels import Hit, Label
from kompetanse.taxonomy.linking.linker import Linker
from kompetanse.taxonomy.linking.store import in_memory
from tests.taxonomy.linking.shelves import labels, small

LINKER = small()
ANY_TEXT = st.one_of(st.text(max_size=40), st.text(alphabet="kosyæøåłępiеларم ?/;-0'", max_size=40))


def occupation(text: str, language: str | None = None) -> str | None:
    hit = LINKER.link(text, ConceptKind.OCCUPATION, language=language)
    return hit.uri.removeprefix("occupation:") if hit else None


def found(hits: list[Hit]) -> list[str]:
    return [hit.uri.split(":")[1] for hit in hits]


@pytest.mark.parametrize("text", ["sykepleier", "Sykepleier.", "PIELĘGNIARKA", "pielegniarka", "медсестра", "ممرضة"])
def test_a_title_in_any_language_links(text: str) -> None:
    assert occupation(text) == "nurse"


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("laerer", "teacher"),
        ("larer", "teacher"),
        ("lastebilsjafor", "driver"),
        ("lastebilsjaafoer", "driver"),
        ("zuvies apdorojimo darbininkas", "fish"),
        ("medsestra", "nurse"),
        ("الممرضة", "nurse"),
    ],
)
def test_letters_that_a_keyboard_lacks_are_no_hindrance(text: str, concept: str) -> None:
    assert occupation(text) == concept


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("piel?gniarka", "nurse"),
        ("kj?kkenassistent", "kitchen"),
        ("buhalter?", "accountant"),
        ("?uvies apdorojimo darbininkas", "fish"),
        ("kierowca ci??arówki", "driver"),
        ("kokk?", "cook"),
    ],
)
def test_letters_lost_to_an_encoding_are_made_up_for_when_one_title_fits(text: str, concept: str) -> None:
    assert occupation(text) == concept


@pytest.mark.parametrize(
    ("text", "concept"),
    [("sykepleiere", "nurse"), ("elektrikerne", "electrician"), ("lærerinner", "teacher"), ("rørleggere", "plumber")],
)
def test_plural_and_gendered_forms_link(text: str, concept: str) -> None:
    assert occupation(text) == concept


def test_a_compound_links_by_its_head_when_nothing_is_better() -> None:
    assert occupation("skipselektriker") == "electrician"
    assert occupation("skipsmaskinist") == "ship"


def test_an_abbreviation_links() -> None:
    assert occupation("spl.") == "nurse"


@pytest.mark.parametrize(("text", "concept"), [("sykepleeir", "nurse"), ("elektrker", "electrician")])
def test_a_misspelt_title_links(text: str, concept: str) -> None:
    assert occupation(text) == concept


def test_a_number_is_no_misspelling() -> None:
    assert occupation("3. styrmann") is None
    assert occupation("2. styrmann") == "mate2"


@pytest.mark.parametrize(
    "text", ["", "?", "?????", "??????? ?????????? ??????", "hva som helst", "sykepleier lærer", "sykepleier/lærer"]
)
def test_what_names_none_or_several_is_not_guessed(text: str) -> None:
    assert occupation(text) is None


def test_two_names_of_one_thing_link() -> None:
    assert occupation("tailor / skredder") == "tailor"
    assert occupation("contabil/contabila") == "accountant"


def test_a_name_of_several_is_the_one_whose_main_name_it_is() -> None:
    assert occupation("księgowa") == "accountant"


def test_a_name_of_several_that_is_nobodys_main_name_links_to_none() -> None:
    names = [("a", "alfa"), ("a", "felles"), ("b", "beta"), ("b", "felles")]
    ambiguous = [Label(uri, ConceptKind.SKILL, "nb", text, text != "felles") for uri, text in names]
    assert in_memory(ambiguous).link("felles", ConceptKind.SKILL) is None
    curated = [*ambiguous, Label("b", ConceptKind.SKILL, "nb", "felles", preferred=False, curated=True)]
    hit = in_memory(curated).link("felles", ConceptKind.SKILL)
    assert hit is not None
    assert hit.uri == "b"


def test_diacritics_count_where_a_label_has_them() -> None:
    two = [Label(uri, ConceptKind.SKILL, "nb", text, preferred=True) for uri, text in (("year", "år"), ("are", "ar"))]
    for text, uri in (("år", "year"), ("ar", "are")):
        hit = in_memory(two).link(text, ConceptKind.SKILL)
        assert hit is not None
        assert hit.uri == uri


def test_the_language_of_the_person_decides_between_equals() -> None:
    of = {"fr": "cook", "sv": "boss"}
    linker = in_memory(Label(uri, ConceptKind.OCCUPATION, language, "chef", True) for language, uri in of.items())
    assert linker.link("chef", ConceptKind.OCCUPATION) is None
    for language, uri in of.items():
        hit = linker.link("chef", ConceptKind.OCCUPATION, language=language)
        assert hit is not None
        assert hit.uri == uri
        assert len(linker.search("chef", ConceptKind.OCCUPATION, language=language)) == 2


def test_every_label_finds_its_concept_first() -> None:
    for label in labels():
        if label.text != "księgowa":
            hit = LINKER.search(label.text, label.kind, limit=1)[0]
            assert (hit.uri, hit.label, hit.language) == (label.concept, label.text, label.language)


def test_what_goes_with_the_rest_comes_a_little_nearer() -> None:
    first, second = LINKER.search("welding", ConceptKind.SKILL)[:2]
    with_context = LINKER.search("sveise", ConceptKind.SKILL, near=["occupation:welder", "occupation:unknown"])
    assert found([first, second]) == ["welding", "mig"]
    assert with_context[0].score > LINKER.search("sveise", ConceptKind.SKILL)[0].score


def test_typing_proposes_beginnings_first_then_words_then_likenesses() -> None:
    assert found(LINKER.complete("syk", ConceptKind.OCCUPATION)) == ["nurse"]
    assert found(LINKER.complete("assist", ConceptKind.OCCUPATION))[0] == "kitchen"
    assert found(LINKER.complete("ski", ConceptKind.OCCUPATION))[:2] == ["skipper", "ship"]
    assert found(LINKER.complete("kokkk", ConceptKind.OCCUPATION))[0] == "cook"
    assert LINKER.complete("", ConceptKind.OCCUPATION) == []


@given(ANY_TEXT, st.sampled_from(LINKABLE), st.sampled_from([None, "nb", "no", "pl", "xx"]), st.integers(0, 5))
def test_nothing_is_too_odd_to_search_for(text: str, kind: ConceptKind, language: str | None, limit: int) -> None:
    for search in (LINKER.search, LINKER.complete):
        hits = search(text, kind, language=language, limit=limit)
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert len({hit.uri for hit in hits}) == len(hits) <= limit
    linked = LINKER.link(text, kind, language=language)
    assert linked is None or 0 <= linked.score <= 1


def test_an_empty_linker_finds_nothing() -> None:
    empty: Linker = in_memory([])
    assert empty.search("kokk", ConceptKind.SKILL) == empty.complete("kokk", ConceptKind.SKILL) == []
    assert empty.link("kokk", ConceptKind.SKILL) is None


def test_a_remark_in_brackets_is_set_aside() -> None:
    assert occupation("sykepleier (ikke godkjent)") == "nurse"
    assert occupation("(" * 90 + "sykepleier" + ")" * 90) == "nurse"
