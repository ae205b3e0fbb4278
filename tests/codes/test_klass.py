import json
from datetime import date

import pytest

from kompetanse.codes.klass import KlassChange, KlassCode, ListRefused, parse_changes, parse_codes
from tests.codes import klass


def test_an_answer_is_read_with_its_levels_as_numbers() -> None:
    assert parse_codes(klass.answer({"2": "Akademiske  yrker ", "22": "a;b|c"})) == (
        KlassCode("2", "Akademiske yrker", 1, ""),
        KlassCode("22", "a,b/c", 2, "2"),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"codes": {}}',
        b'{"codes": ["2"]}',
        b'{"codes": []}',
        b'{"codes": [{"code": "2", "name": "", "level": "1"}]}',
        b'{"codes": [{"code": "2", "name": "x", "level": "high"}]}',
    ],
)
def test_what_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(ListRefused):
        parse_codes(content)


def test_changes_are_those_of_a_code_into_another() -> None:
    told = klass.changes(("1620", "5014", "2018-01-01"), ("5001", "5001", "2023-01-01"), ("", "9", "2023-01-01"))
    assert parse_changes(told) == (KlassChange("1620", "5014", date(2018, 1, 1)),)
    with pytest.raises(ListRefused, match="date"):
        parse_changes(json.dumps({"codeChanges": [{"oldCode": "1", "newCode": "2"}]}).encode())
