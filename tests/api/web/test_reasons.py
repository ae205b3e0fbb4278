import pytest

from api.web.reasons import OUTCOMES, told
from kompetanse.matching.explanation import Closing, ClosingKind, Outcome, Reason, RequirementKind

NB = "\u00a0"


def reason(kind: RequirementKind, outcome: Outcome, **more: object) -> Reason:
    fields: dict[str, object] = {
        "key": None, "label": None, "gate": False, "required": None, "has": None, "contribution": 0.0, "possible": 0.1,
    }  # fmt: skip
    return Reason(kind=kind, outcome=outcome, **{**fields, **more})  # type: ignore[arg-type]


def test_a_language_gap_says_level_and_what_a_course_would_give() -> None:
    closing = Closing(ClosingKind.LANGUAGE_COURSE, "B2", 0.91)
    said = told(reason(RequirementKind.LANGUAGE, Outcome.PARTLY, key="nor", required="B2", has="B1", closes=closing))
    assert said.requirement == "Norsk, minst B2"
    assert said.stands == "Har: B1"
    assert said.closing == f"Språkkurs til B2: treffet blir 91{NB}%"


def test_a_skill_is_named_in_the_vacancys_words_with_its_importance() -> None:
    said = told(
        reason(
            RequirementKind.SKILL,
            Outcome.MET,
            key="text:sarstell",
            label="sårstell",
            required="trainable",
            has="documented",
        )
    )
    assert said.requirement == "Ferdighet: sårstell (kan læres i jobben)"
    assert said.stands == "Har: Dokumentert"


@pytest.mark.parametrize("kind", RequirementKind)
def test_what_is_unknown_becomes_a_question(kind: RequirementKind) -> None:
    assert "spør" in told(reason(kind, Outcome.UNKNOWN)).stands


@pytest.mark.parametrize("kind", RequirementKind)
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("closing", [None, *ClosingKind])
def test_every_reason_can_be_told(kind: RequirementKind, outcome: Outcome, closing: ClosingKind | None) -> None:
    closes = Closing(closing, None, 0.5) if closing else None
    said = told(reason(kind, outcome, closes=closes))
    assert said.requirement
    assert said.outcome_text == OUTCOMES[outcome]
    assert "None" not in f"{said.requirement}{said.stands}{said.closing}".removesuffix("None")


def test_who_never_wants_such_work_is_said_so_plainly() -> None:
    said = told(reason(RequirementKind.WISH, Outcome.MISSING, gate=True, key="5120", required="5120", has="never"))
    assert said.stands == "Vil aldri ha slikt arbeid"
    assert said.excludes


def test_dates_and_percentages_are_written_as_norwegians_write_them() -> None:
    begins = told(reason(RequirementKind.START, Outcome.MISSING, required="2026-09-01", has="2026-10-15"))
    assert (begins.requirement, begins.stands) == ("Oppstart 01.09.2026", "Har: 15.10.2026")
    part = told(reason(RequirementKind.PERCENTAGE, Outcome.MET, required="80-100", has="60-100"))
    assert part.requirement == f"Stillingsprosent: 80–100{NB}%"
