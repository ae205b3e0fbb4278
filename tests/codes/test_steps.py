from math import ceil

import pytest

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.licences import authorisations, is_licence, licences
from kompetanse.codes.recognition import GUIDES
from kompetanse.codes.steps import (
    Basis,
    FreeFor,
    Step,
    StepKind,
    authorisation_step,
    education_steps,
    language_steps,
    licence_step,
    recognition_step,
    steps,
)
from kompetanse.codes.work import RecognitionScheme
from kompetanse.errors import UnknownCode


def codes(found: tuple[Step, ...]) -> list[str]:
    return [step.code for step in found]


@pytest.mark.parametrize(
    ("begin", "goal", "expected"),
    [
        (None, Cefr.A1, ["norwegian:A1", "test:A1-B2"]),
        (Cefr.B1, Cefr.B2, ["norwegian:B2", "test:A1-B2"]),
        (Cefr.A2, Cefr.C1, ["norwegian:B1", "norwegian:B2", "norwegian:C1", "test:C1"]),
        (Cefr.C1, Cefr.C2, ["norwegian:C2"]),
        (Cefr.B2, Cefr.B2, []),
        (Cefr.C1, Cefr.A2, []),
    ],
)
def test_a_language_is_climbed_level_by_level_and_tested_at_the_top(
    begin: Cefr | None, goal: Cefr, expected: list[str]
) -> None:
    assert codes(language_steps(begin, goal)) == expected


def test_those_entitled_to_training_pay_for_neither_course_nor_test_up_to_b2() -> None:
    assert {step.free_for for step in language_steps(None, Cefr.B2)} == {FreeFor.ENTITLED}
    assert language_steps(Cefr.B2, Cefr.C1)[-1].free_for is None


def test_weeks_of_a_language_follow_from_its_hours() -> None:
    for level in Cefr:
        course = steps()[f"norwegian:{level}"]
        assert course.hours is not None
        assert course.weeks == (ceil(course.hours[0] / 20), ceil(course.hours[1] / 6))


@pytest.mark.parametrize(
    ("code", "issued_in", "expected"),
    [
        ("driving:B", None, "driving:B"),
        ("driving:B", "SY", "driving:B"),
        ("driving:B", "GB", "driving:exchange"),
        ("driving:B", "US", "driving:exchange-with-test"),
        ("driving:C", "US", "driving:*"),
        ("driving:B", "LT", None),
        ("driving:B", "UA", None),
        ("driving", None, "driving:*"),
        ("ysk", None, "ysk"),
        ("ysk", "SY", "ysk"),
        ("truck:T4", None, "truck:*"),
        ("truck", None, "truck:*"),
        ("crane:G4", None, "crane:*"),
        ("crane:G11", None, "crane:G11"),
        ("boat", None, "boat"),
        ("boat:D1", None, None),  # an officer's certificate is no boat licence
        ("safety-40", None, "safety-40"),
    ],
)
def test_a_licence_is_exchanged_or_taken(code: str, issued_in: str | None, expected: str | None) -> None:
    found = licence_step(code, issued_in)
    assert (found.code if found else None) == expected


def test_no_such_licence_or_country_is_an_unknown_code() -> None:
    for code, issued_in in (("driving:Z", None), ("truck:*", None), ("driving:B", "ZZ")):
        with pytest.raises(UnknownCode):
            licence_step(code, issued_in)


def test_most_licences_have_a_step() -> None:
    known = [one for one in licences() if licence_step(one.code)]
    assert len(known) >= 0.7 * len(licences())


def test_an_authorisation_is_asked_of_its_own_authority_and_waits_as_recognitions_do() -> None:
    step = authorisation_step("auth:nurse")
    assert (step.kind, step.authority) == (StepKind.APPLICATION, "Helsedirektoratet")
    assert step.name_nb == "Autorisasjon: Sykepleier"
    assert step.typical_weeks == 52
    assert authorisation_step("auth:electrician").authority != step.authority
    assert all(authorisation_step(one.code).authority == one.authority for one in authorisations())
    with pytest.raises(UnknownCode):
        authorisation_step("auth:fisherman")


@pytest.mark.parametrize("scheme", RecognitionScheme)
def test_a_recognition_waits_as_long_as_its_guide_says(scheme: RecognitionScheme) -> None:
    step = recognition_step(scheme)
    assert step.authority == GUIDES[scheme].authority
    assert abs(step.typical_weeks - GUIDES[scheme].months * 4.345) < 1


def test_a_trade_certificate_is_reached_through_work_or_school() -> None:
    ways = education_steps(EducationLevel.UPPER_SECONDARY)
    assert [way.kind for way in ways] == [StepKind.TRADE, StepKind.TRADE, StepKind.TRADE, StepKind.SCHOOL]
    practice, on_the_job, *_ = ways
    assert (practice.name_nb, practice.practice_years) == ("Fagbrev som praksiskandidat", 5)
    assert (on_the_job.name_nb, on_the_job.practice_years) == ("Fagbrev på jobb", 1)


@pytest.mark.parametrize("level", EducationLevel)
def test_every_level_from_lower_secondary_up_has_a_way(level: EducationLevel) -> None:
    assert bool(education_steps(level)) == (level >= EducationLevel.LOWER_SECONDARY)


def test_the_list_is_sound() -> None:
    for step in steps().values():
        assert step.name_nb
        assert step.name_en
        assert 0 < step.weeks[0] <= step.typical_weeks <= step.weeks[1]
        assert step.hours is None or 0 < step.hours[0] <= step.hours[1]
    families = {code.removesuffix(":*") for code in steps() if code.endswith(":*")}
    assert all(is_licence(family) for family in families)
    others = {"norwegian", "test", "education"}
    for code in steps():
        if code.split(":")[0] not in others and not code.endswith(":*") and not code.startswith("driving:exchange"):
            assert is_licence(code)


def test_what_is_general_knowledge_is_said_to_be() -> None:
    assert licence_step("boat", None) == steps()["boat"]
    assert steps()["boat"].basis is Basis.ESTIMATE
    assert {step.code for step in steps().values() if step.basis is Basis.LAW} == {"ysk", "safety-40"}
