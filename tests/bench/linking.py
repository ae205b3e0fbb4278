"""The linker: how high the right concept ranks against published methods, and how quickly."""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from rapidfuzz import process

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.download import Taxonomy, open_download
from kompetanse.taxonomy.linking.labels import Label
from kompetanse.taxonomy.linking.linker import Linker
from kompetanse.taxonomy.linking.store import build, in_memory, open_linker
from tests.bench import melo
from tests.bench.melo import Quality, Task
from tests.bench.results import Results, Row, Unmeasured

_OCCUPATION = ConceptKind.OCCUPATION
_TIMED, _TIMED_BY_YARDSTICK = 1000, 60


def run() -> list[Results]:
    """Quality on melo-dev, and speed with 13 languages loaded."""
    if not melo.DATA.exists():
        raise Unmeasured("there is no ../shared/data beside this checkout, and without its labels nothing to measure.")
    tasks = [melo.task(language) for language in melo.TASKS]
    taxonomy = open_download(melo.DATA / "esco").read()
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        begin = time.perf_counter()
        build(_esco(taxonomy), directory, taxonomy.needs)
        took = time.perf_counter() - begin
        speed = _speed(tasks, directory, took)
    pooled = in_memory([*_esco(taxonomy, with_groups=True), *_corpora(tasks)], taxonomy.needs)
    return [_quality(tasks, pooled), speed]


def _esco(taxonomy: Taxonomy, with_groups: bool = False) -> Iterator[Label]:
    """Every label; those of groups of occupations among the occupations where a task has them so."""
    for (uri, language), texts in taxonomy.labels.items():
        kind = taxonomy.concepts[uri][0]
        kind = _OCCUPATION if with_groups and kind is ConceptKind.OCCUPATION_GROUP else kind
        for position, text in enumerate(texts):
            yield Label(uri, kind, language, text, preferred=position == 0)


def _corpora(tasks: Sequence[Task]) -> Iterator[Label]:
    for task in tasks:
        for uri, text in zip(task.uris, task.labels, strict=True):
            yield Label(uri, _OCCUPATION, task.language, text, preferred=False)


def _quality(tasks: Sequence[Task], pooled: Linker) -> Results:
    rows = []
    for task in tasks:
        _, published = melo.best_published(melo.TASKS[task.language])
        alone, _ = _ranked(in_memory(_corpora([task])), task)
        rows.append(_quality_row(f"{task.language} titles, {task.language} labels alone", alone, None))
        by_label, by_concept = _ranked(pooled, task)
        name = f"{task.language} titles, {task.language} labels, others as evidence"
        rows.append(_quality_row(name, by_label, published, by_concept.mrr))
        _, published = melo.best_published(melo.CROSS[task.language])
        rows.append(_quality_row(f"{task.language} titles, concepts by all labels", by_concept, published))
    columns = ("", "MRR", "hit@1", "hit@5", "hit@10", "MRR by concept", "best published")
    return Results("Linking job titles to ESCO (melo-dev)", columns, rows)


def _quality_row(name: str, quality: Quality, published: float | None, collapsed: float | None = None) -> Row:
    shares = [f"{share:.3f}" for share in quality.hits.values()]
    beside = "" if collapsed is None else f"{collapsed:.4f}"
    target = "" if published is None else f"{published:.4f}"
    met = None if published is None else quality.mrr >= published
    return Row((name, f"{quality.mrr:.4f}", *shares, beside, target), met)


def _ranked(linker: Linker, task: Task) -> tuple[Quality, Quality]:
    """By label, as the measure of melo has it: every label of the task's corpus is ranked. And by concept."""
    searcher = linker.searcher(_OCCUPATION)
    shelf = searcher.shelf
    known = {}
    for label in range(len(shelf.label_concept)):
        uri, language = shelf.concepts[int(shelf.label_concept[label])], shelf.label_language[label]
        known[uri, searcher.languages[language], shelf.written[label]] = label
    nowhere = len(known)  # a label of signs alone is on no shelf, and fits nothing
    corpus = [known.get((uri, task.language, text), nowhere) for uri, text in zip(task.uris, task.labels, strict=True)]
    by_label, by_concept = [], []
    for title, text in enumerate(task.titles):
        found = searcher.scored(searcher.query(text))
        scores = np.zeros(nowhere + 1, np.float32)
        scores[found.labels] = found.scores
        by_label.append(melo.rank(scores[corpus], task.right[title]))
        of_concepts = np.zeros(len(shelf.concepts), np.float32)
        np.maximum.at(of_concepts, shelf.label_concept[found.labels], found.scores)
        right = shelf.concepts.position(task.uri(title))
        by_concept.append(melo.rank(of_concepts, np.array([right])))
    return Quality.of(by_label), Quality.of(by_concept)


def _speed(tasks: Sequence[Task], directory: Path, built: float) -> Results:
    chance = random.Random(7)
    titles = [title for task in tasks for title in task.titles]
    texts = chance.sample(titles, _TIMED)
    typed = [text[: chance.randint(1, len(text))] for text in texts]
    linker = open_linker(directory)
    shelf = linker.searcher(_OCCUPATION).shelf
    labels = [shelf.written[label] for label in range(len(shelf.label_concept))]
    yardstick = _milliseconds(lambda text: process.extractOne(text, labels), texts[:_TIMED_BY_YARDSTICK])
    unit = float(np.median(yardstick))
    rows = [_timed("rapidfuzz.process.extractOne over the same labels (= 1)", yardstick, unit, {})]
    for kind in sorted(linker.kinds):
        search = _milliseconds(partial(linker.search, kind=kind), texts)
        rows.append(_timed(f"search, {kind}s", search, unit, {50: 5, 99: 20}))
        link = _milliseconds(partial(linker.link, kind=kind), texts)
        rows.append(_timed(f"link, {kind}s", link, unit, {50: 5, 99: 20}))
        complete = _milliseconds(partial(linker.complete, kind=kind), typed)
        rows.append(_timed(f"complete, {kind}s", complete, unit, {99: 10}))
    (directory / "queries").write_text("\n".join(text for text in texts if text.strip()), "utf-8")
    command = [sys.executable, "-m", "tests.bench.fresh_linker", str(directory), str(directory / "queries")]
    fresh = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    rows.append(_whole("ready in a fresh process, first answer included", fresh["ready_s"], 5, "s"))
    rows.append(_whole("resident there after 4,000 answers", fresh["resident_mb"], 400, "MB"))
    rows.append(_whole("building the index", built, 60, "s"))
    columns = ("", "p50 ms", "p99 ms", "yardstick's p50 to ours", "target")
    return Results(f"{len(labels):,} labels of occupations in 13 languages, and skills; one process", columns, rows)


def _milliseconds(ask: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    taken = []
    for text in texts:
        begin = time.perf_counter()
        ask(text)
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def _timed(name: str, taken: Sequence[float], unit: float, most: Mapping[int, float]) -> Row:
    found = {share: float(np.percentile(taken, share)) for share in (50, 99)}
    targets = ", ".join(f"p{share} {limit:g}" for share, limit in most.items())
    met = all(found[share] <= limit for share, limit in most.items()) if most else None
    return Row((name, f"{found[50]:.2f}", f"{found[99]:.2f}", f"{unit / found[50]:.1f}", targets), met)


def _whole(name: str, measured: float, most: float, unit: str) -> Row:
    return Row((f"{name}: {measured:.2f} {unit}", "", "", "", f"{most:g} {unit}"), measured <= most)
