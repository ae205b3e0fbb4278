import numpy as np

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.linking.labels import Label
from kompetanse.taxonomy.linking.store import in_memory
from tests.taxonomy.linking.shelves import small


def test_labels_of_a_concept_in_other_languages_speak_for_it() -> None:
    names = {"a": "fisker", "b": "fiskar"}
    alone = [Label(uri, ConceptKind.OCCUPATION, "nb", text, True) for uri, text in names.items()]
    backed = [*alone, Label("b", ConceptKind.OCCUPATION, "da", "fiske", True)]
    scores = {hit.uri: hit.score for hit in in_memory(alone).search("fisk", ConceptKind.OCCUPATION)}
    with_others = {hit.uri: hit.score for hit in in_memory(backed).search("fisk", ConceptKind.OCCUPATION)}
    assert with_others["b"] - with_others["a"] > scores["b"] - scores["a"]


def test_a_skill_without_a_label_in_the_language_is_found_by_what_words_mean() -> None:
    shared = {
        "welder": ("sveiser", "welder"),
        "cook": ("kokk", "cook"),
        "assistant": ("kokkeassistent", "cook assistant"),
        "foreman": ("sveiserformann", "welder foreman"),
    }
    labels = [
        Label(uri, ConceptKind.OCCUPATION, language, text, True)
        for uri, texts in shared.items()
        for language, text in zip(("nb", "en"), texts, strict=True)
    ]
    skills = {"weld": "welder skills", "cooking": "cook skills"}
    labels += [Label(uri, ConceptKind.SKILL, "en", text, True) for uri, text in skills.items()]
    assert in_memory(labels).search("sveiser", ConceptKind.SKILL)[0].uri == "weld"
    assert in_memory(labels).search("kokk", ConceptKind.SKILL)[0].uri == "cooking"


def test_the_best_come_first_and_equals_keep_their_order() -> None:
    searcher = small().searcher(ConceptKind.OCCUPATION)
    scored = searcher.scored(searcher.query("kokk"))
    value = dict(zip(scored.labels.tolist(), scored.scores.tolist(), strict=True))
    best = scored.best(5).tolist()
    assert [value[label] for label in best] == sorted(scored.scores.tolist(), reverse=True)[:5]
    assert (np.diff(scored.labels) > 0).all()
