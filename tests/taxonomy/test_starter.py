import csv
import re
from pathlib import Path

import pytest

from kompetanse.codes.occupations import is_occupation
from kompetanse.taxonomy.concepts import LINKABLE, Concept, ConceptKind
from kompetanse.taxonomy.starter import LANGUAGES, fingerprint, sole_occupation, starter

ESCO = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "esco"
URI = r"http://data\.europa\.eu/esco/{kind}/[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"


def known_uris(kind: ConceptKind) -> set[str] | None:
    """The URIs of ESCO's download, None where it is not at hand."""
    csv.field_size_limit(10**8)
    path = ESCO / f"{kind}s_en.csv"
    if not path.exists():
        return None
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["conceptUri"] for row in csv.DictReader(lines)}


def of_kind(kind: ConceptKind) -> list[Concept]:
    return [one for one in starter().concepts.values() if one.kind is kind]


@pytest.mark.parametrize("kind", LINKABLE)
def test_uris_are_those_of_esco_or_our_own(kind: ConceptKind) -> None:
    uris = {one.uri for one in of_kind(kind)}
    esco = {uri for uri in uris if not uri.startswith(f"urn:kompetanse:{kind}:")}
    assert len(esco) >= len(uris) * 0.7
    assert all(re.fullmatch(URI.format(kind=kind), uri) for uri in esco)
    assert esco <= (known_uris(kind) or esco)


def test_there_are_enough_of_them_each_placed_and_named_in_every_language() -> None:
    occupations, skills = of_kind(ConceptKind.OCCUPATION), of_kind(ConceptKind.SKILL)
    assert len(occupations) >= 300
    assert len(skills) >= 800
    assert all(one.styrk and len(one.styrk) == 4 and is_occupation(one.styrk) for one in occupations)
    assert all(one.styrk is None and one.group for one in skills)
    assert all(set(one.names) == set(LANGUAGES) and all(one.names.values()) for one in starter().concepts.values())


@pytest.mark.parametrize("kind", LINKABLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_of_a_language_stands_for_two_concepts(kind: ConceptKind, language: str) -> None:
    meant: dict[str, set[str]] = {}
    for label in starter().labels:
        if label.kind is kind and label.language == language:
            meant.setdefault(label.text.casefold(), set()).add(label.concept)
    assert {text: uris for text, uris in meant.items() if len(uris) > 1} == {}


def test_every_occupation_knows_what_it_needs() -> None:
    needs = starter().needs
    assert {one.uri for one in of_kind(ConceptKind.OCCUPATION)} == needs.keys()
    skills = {one.uri for one in of_kind(ConceptKind.SKILL)}
    for needed in needs.values():
        assert needed.essential
        assert {*needed.essential, *needed.optional} <= skills
        assert not set(needed.essential) & set(needed.optional)


def test_keys_of_older_lists_lead_to_concepts() -> None:
    assert len(starter().replaced) >= 10
    assert set(starter().replaced.values()) <= starter().concepts.keys()
    assert not set(starter().replaced) & starter().concepts.keys()


def test_a_code_that_only_one_occupation_has_names_it() -> None:
    dentist = sole_occupation("2261")
    assert dentist is not None
    assert starter().concepts[dentist].name() == "tannlege"
    assert sole_occupation("9999") is None
    assert re.fullmatch("[0-9a-f]{64}", fingerprint())
