"""Whether the occupations and skills that spreadsheets hold are linked to what they mean, as judged by hand."""

import csv
import hashlib
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kompetanse.competence.accepting import Given
from kompetanse.competence.fields import ProfilePart
from kompetanse.exchange.people_entries import PersonEntry
from kompetanse.exchange.people_rows import parse_people, read_people
from kompetanse.exchange.people_values import Making, values_of
from kompetanse.taxonomy.lexicon import starter_lexicon
from tests.exchange.sources import SHARED

TODAY = date(2026, 1, 15)
WORDS = starter_lexicon()
JUDGED = Path(__file__).parent / "data" / "judged_cells.csv"
SAMPLE = 200

# Cells of our own, as newcomers write them, for a checkout that stands alone.
OWN = [
    ("occupation", "księgowa", "3313"), ("occupation", "slaugytoja", "2223"), ("occupation", "кухар", "5120"),
    ("occupation", "محاسب", "3313"), ("occupation", "piel?gniarka", "2223"), ("occupation", "Renholdere", "9112"),
    ("occupation", "elektryk", "7411"), ("occupation", "вчитель", "2341"), ("occupation", "vairuotojas", "8322"),
    ("skill", "spawanie", "sveising"), ("skill", "Excel", "regneark"),
    ("skill", "fileting av laks", "filetering av fisk"),
]  # fmt: skip


def meaning(kind: str, text: str) -> str:
    """The code of the occupation, or the name of the skill, that a text is linked to; "" for none."""
    concept = WORDS.occupation(text) if kind == "occupation" else WORDS.skill(text)
    if concept is None:
        return ""
    return concept.styrk or "" if kind == "occupation" else concept.name()


def digest(kind: str, text: str) -> str:
    """What a cell is known by in the judgement: the spreadsheets' own words are not kept with the program."""
    return hashlib.sha256(f"{kind}:{text}".encode()).hexdigest()[:16]


def cells(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Kind, words, and what the import made of them, of every occupation and skill cell."""
    for file in sorted(folder.iterdir()):
        for row in parse_people(read_people(file.read_bytes(), file.name), today=TODAY):
            if isinstance(row, PersonEntry):
                parts = values_of(row, Making(Given(TODAY, WORDS))).parts
                for job in parts.get(ProfilePart.EXPERIENCES, ()):
                    yield "occupation", str(job.values["title"]), str(job.values["styrk"] or "")
                for skill in parts.get(ProfilePart.SKILLS, ()):
                    concept = WORDS.concept(str(skill.values["key"]))
                    yield "skill", str(skill.values["label"]), concept.name() if concept else ""


@pytest.mark.parametrize(("kind", "text", "expected"), OWN)
def test_what_newcomers_write_is_linked_to_what_they_mean(kind: str, text: str, expected: str) -> None:
    assert meaning(kind, text) == expected


def test_a_sample_of_real_cells_is_linked_as_judged_by_hand() -> None:
    folder = SHARED / "newcomers"
    if not folder.exists():
        assert all(meaning(kind, text) == expected for kind, text, expected in OWN)
        return
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        judged = {row["cell"]: row["means"] for row in csv.DictReader(lines, delimiter=";")}
    everything = list(cells(folder))
    sample = random.Random(2026).sample(everything, SAMPLE)
    wrong = {text for kind, text, linked in sample if judged[digest(kind, text)] != linked}
    right = sum(judged[digest(kind, text)] == linked for kind, text, linked in sample)
    assert right / SAMPLE >= 0.95, wrong
