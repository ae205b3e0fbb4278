"""In a process of its own: what the compiled loops of matching cost until the first score. Prints it as JSON."""

import json
import sys
import time
from datetime import date

from kompetanse.ids import new_id
from kompetanse.matching import engine
from kompetanse.matching.features import CandidateFeatures, VacancyFeatures
from tests.bench.resident import resident_mb

_TODAY = date(2026, 6, 1)


def main() -> None:
    """Import, score all pairs, and find the best; memory is beyond what the explaining engine and NumPy hold."""
    person, vacancy = CandidateFeatures(new_id()), VacancyFeatures(new_id(), styrk="9112")
    engine.match(person, vacancy, _TODAY)
    held, begin = resident_mb(), time.perf_counter()
    from kompetanse.matching.vectors import people, scoring, vocabulary

    imported = time.perf_counter()
    scoring.scores_of([person], [vacancy], _TODAY)
    scored = time.perf_counter()
    words = vocabulary.Vocabulary()
    encoded = people.stack([people.encode(person, words, _TODAY)])
    scoring.best(encoded, scoring.board([vacancy], words, _TODAY), 1)
    took = {"import_s": imported - begin, "score_s": scored - imported, "best_s": time.perf_counter() - scored}
    sys.stdout.write(json.dumps({**took, "resident_mb": resident_mb() - held}))


main()
