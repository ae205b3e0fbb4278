"""In a process of its own: opens a linker and answers queries, and prints as JSON what that took."""

import json
import sys
import time
from pathlib import Path

from kompetanse.taxonomy.concepts import LINKABLE
from kompetanse.taxonomy.linking.store import open_linker
from tests.bench.resident import resident_mb


def main(directory: str, queries: str) -> None:
    """Open what is in the directory, search for every line of the queries."""
    texts = Path(queries).read_text("utf-8").splitlines()
    begin = time.perf_counter()
    linker = open_linker(Path(directory))
    linker.search(texts[0], LINKABLE[0])
    ready = time.perf_counter() - begin
    for text in texts:
        for kind in LINKABLE:
            linker.search(text, kind)
            linker.complete(text[:3], kind)
    sys.stdout.write(json.dumps({"ready_s": ready, "resident_mb": resident_mb()}))


main(*sys.argv[1:])
