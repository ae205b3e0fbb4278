import pytest

from kompetanse.codes.education import EducationLevel, is_education_field
from kompetanse.codes.work import RecognitionStatus
from kompetanse.exchange.cells import education
from kompetanse.exchange.cells.education import EducationEntry, parse_educations
from kompetanse.exchange.faults import Reason


@pytest.mark.parametrize(
    ("written", "level", "field"),
    [
        ("bachelor økonomi", EducationLevel.BACHELOR, "041"),
        ("universitet 5 år", EducationLevel.MASTER, None),
        ("universitet 3 år", EducationLevel.BACHELOR, None),
        ("fagbrev", EducationLevel.UPPER_SECONDARY, None),
        ("fagbrev kokk", EducationLevel.UPPER_SECONDARY, "1013"),
        ("yrkesskole", EducationLevel.UPPER_SECONDARY, None),
        ("videregående", EducationLevel.UPPER_SECONDARY, None),
        ("grunnskole", EducationLevel.LOWER_SECONDARY, None),
        ("master", EducationLevel.MASTER, None),
        ("PhD", EducationLevel.DOCTORATE, None),
        ("ingen", EducationLevel.NONE, None),
        ("mesterbrev tømrer", EducationLevel.POST_SECONDARY, "0732"),
    ],
)
def test_level_and_field(written: str, level: EducationLevel, field: str | None) -> None:
    read = parse_educations(written)
    assert read.value == (EducationEntry(written, level, field),)
    assert not read.warnings


def test_not_recognised_is_read_as_not_applied_for_with_a_doubt() -> None:
    read = parse_educations("høyskole, ikke godkjent i Norge")
    (entry,) = read.value
    assert (entry.level, entry.recognition) == (EducationLevel.BACHELOR, RecognitionStatus.NOT_APPLIED)
    assert [warning.reason for warning in read.warnings] == [Reason.RECOGNITION_UNCLEAR]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("master, søkt om godkjenning", RecognitionStatus.APPLIED),
        ("master, ikke søkt", RecognitionStatus.NOT_APPLIED),
        ("master, delvis godkjent", RecognitionStatus.PARTLY),
        ("master, fått avslag på godkjenning", RecognitionStatus.REFUSED),
        ("master (godkjent NOKUT)", RecognitionStatus.RECOGNISED),
        ("master", None),
    ],
)
def test_recognition(written: str, status: RecognitionStatus | None) -> None:
    assert parse_educations(written).value[0].recognition is status


def test_unknown_is_not_stated_and_an_unfinished_education_is_no_finished_one() -> None:
    assert parse_educations("ukjent").value == ()
    assert parse_educations("bachelor, ikke fullført").value[0].completed is False
    assert parse_educations("skolen").warnings[0].reason is Reason.EDUCATION_LEVEL_UNKNOWN


def test_every_field_is_one_of_isced_f() -> None:
    assert all(is_education_field(code) for code, _ in education._FIELDS)
