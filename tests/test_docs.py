"""The guides say what the program does, as far as a program can tell."""

import re
from pathlib import Path

from kompetanse.analytics.dictionary import FILES, TABLES, WITHHELD
from kompetanse.exchange.job_seekers import WIDE
from kompetanse.settings import Settings

DOCS = Path(__file__).parents[1] / "docs"


def test_the_job_services_guide_lists_every_column_in_order() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", (DOCS / "job-service.md").read_text(), re.MULTILINE)
    assert listed == [column.name for column in WIDE]


def test_the_analysts_guide_lists_every_table_and_column_as_they_are() -> None:
    _, tables = (DOCS / "analytics.md").read_text("utf-8").split("## The tables\n")
    listed: dict[str, list[str]] = {}
    for name, text in re.findall(r"^### (\w+)\n(.*?)(?=^### |\Z)", tables, re.MULTILINE | re.DOTALL):
        listed[name] = [line for line in text.splitlines() if line.startswith("| `")]
    levels = {
        (table.name, one.column): " → ".join([*one.hierarchy(2026).levels[:-1], WITHHELD])
        for table in TABLES
        for one in table.attributes
    }
    expected = {
        name: [
            f"| `{one.name}` | {one.type} | {one.description_en} | {levels.get((name, one.name), '')} |"
            for one in fields
        ]
        for name, (_, fields) in FILES.items()
    }
    assert listed == expected


def test_the_operators_guide_names_every_setting() -> None:
    text = (DOCS / "operator.md").read_text()
    missing = [name for name in Settings.model_fields if f"KOMPETANSE_{name.upper()}" not in text]
    assert missing == []


def test_links_between_the_guides_lead_somewhere() -> None:
    for page in (*DOCS.glob("*.md"), DOCS.parent / "README.md"):
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_guides_give_the_guarantee_in_its_words() -> None:
    words = "each class describes at least k registered people, checked against every earlier release to every "
    for name in ("neighbour.md", "privacy.md"):
        text = " ".join((DOCS / name).read_text("utf-8").replace("**", "").split())
        assert f"{words}recipient" in text.lower(), name
