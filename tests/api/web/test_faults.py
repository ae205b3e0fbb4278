"""Every fault that the domain can tell of a form has its words in bokmål."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.web.faults import DETAILS, complaints
from kompetanse.errors import FieldFault

ROOT = Path(__file__).parents[3] / "kompetanse"
JUDGES = (
    "people/rules.py",
    "people/service.py",
    "competence/fields.py",
    "vacancies/rules.py",
    "courses/rules.py",
    "matching/marks.py",
    "matching/weights.py",
)
SHOWN_ELSEWHERE = {"No page begins here", "A neighbour's key, and only that, names its municipality"}
NO_FORM_SENDS = {"Only a person who is set aside has a reason", "Not a weight"}


def told(path: Path) -> Iterator[str]:
    """The constant details of the faults that a module makes."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "FieldFault":
            detail = node.args[1] if len(node.args) > 1 else None
            if isinstance(detail, ast.Constant) and isinstance(detail.value, str):
                yield detail.value


@pytest.mark.parametrize("module", JUDGES)
def test_every_fault_has_its_words(module: str) -> None:
    assert set(told(ROOT / module)) - DETAILS.keys() - SHOWN_ELSEWHERE - NO_FORM_SENDS == set()


def test_a_fault_without_words_is_told_in_general_and_not_in_english() -> None:
    (complaint,) = complaints([FieldFault("/born", "Something new is wrong", "Do this")])
    assert (complaint.name, complaint.text) == ("born", "Verdien kan ikke brukes")


def test_a_fault_in_a_list_names_its_line() -> None:
    (complaint,) = complaints([FieldFault("/contacts/1/value", "Not a phone number")])
    assert complaint.name == "contacts"
    assert complaint.text.startswith("Linje 2: ")
