import csv
import re
from pathlib import Path

import pytest

from kompetanse.taxonomy.concepts import LINKABLE, ConceptKind
from kompetanse.taxonomy.starter import vocabulary

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


@pytest.mark.parametrize("kind", LINKABLE)
def test_uris_are_those_of_esco_or_our_own(kind: ConceptKind) -> None:
    uris = {one.uri for one in vocabulary().concepts.values() if one.kind is kind}
    esco = {uri for uri in uris if not uri.startswith(f"urn:kompetanse:{kind}:")}
    assert len(esco) >= len(uris) / 3
    assert all(re.fullmatch(URI.format(kind=kind), uri) for uri in esco)
    assert esco <= (known_uris(kind) or esco)


@pytest.mark.parametrize("kind", LINKABLE)
def test_no_two_concepts_share_a_name(kind: ConceptKind) -> None:
    names = [one.label_nb.casefold() for one in vocabulary().concepts.values() if one.kind is kind]
    assert len(names) == len(set(names))
