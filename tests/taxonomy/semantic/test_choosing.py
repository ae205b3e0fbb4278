from collections.abc import Iterator

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.linking.labels import Label
from kompetanse.taxonomy.semantic.choosing import choose
from kompetanse.taxonomy.starter import LANGUAGES, starter


def titles(*languages: str, count: int = 300, source: str = "") -> Iterator[Label]:
    for language in languages:
        for number in range(count):
            name = f"{language} {source}{number}"
            yield Label(f"occupation:{number}", ConceptKind.OCCUPATION, language, name, True)


def test_skills_are_encoded_by_their_preferred_english_names() -> None:
    chosen = choose(
        [
            Label("skill:b", ConceptKind.SKILL, "en", "weld", True),
            Label("skill:b", ConceptKind.SKILL, "en", "join metal", False),
            Label("skill:b", ConceptKind.SKILL, "nb", "sveise", True),
            Label("skill:a", ConceptKind.SKILL, "en", "bake", True),
            Label("skill:a", ConceptKind.SKILL, "en", "bake bread", True),
            Label("occupation:0", ConceptKind.OCCUPATION, "en", "welder", True),
        ]
    )
    assert list(zip(chosen.uris, chosen.names, strict=True)) == [
        ("skill:a", "bake"),
        ("skill:a", "bake bread"),
        ("skill:b", "weld"),
    ]


def test_a_language_is_learnt_from_names_of_the_same_occupations() -> None:
    chosen = choose([*titles("nb", "en"), *titles("lt", count=3)])
    assert set(chosen.pairs) == {"nb"}
    assert ("nb 7", "en 7") in chosen.pairs["nb"]
    assert len(chosen.pairs["nb"]) == 300


def test_our_name_is_paired_with_ours_and_an_imported_one_with_an_imported_one() -> None:
    chosen = choose([*titles("nb", "en"), *titles("nb", "en", source="esco ")])
    assert {("nb 7", "en 7"), ("nb esco 7", "en esco 7")} <= set(chosen.pairs["nb"])
    assert len(chosen.pairs["nb"]) == 600


def test_the_starter_lists_teach_every_language_that_they_have() -> None:
    chosen = choose(starter().labels)
    assert set(chosen.pairs) == set(LANGUAGES) - {"en"}


def test_without_english_names_there_is_nothing_to_find_and_nothing_to_learn() -> None:
    chosen = choose(titles("nb"))
    assert (chosen.uris, chosen.names, chosen.pairs) == ([], [], {})
