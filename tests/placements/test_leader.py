"""What a unit's leader is told: every kind of requirement is told or withheld, and nothing of home, age or permits."""

from datetime import date
from uuid import UUID

import pytest

from kompetanse.matching.explanation import Closing, ClosingKind, Match, Outcome, Reason, RequirementKind
from kompetanse.placements.leader import TOLD, WITHHELD, gaps, questions, strengths, told_to_leader

K, O = RequirementKind, Outcome  # noqa: E741 - two names that are on every line


def reason(kind: RequirementKind, outcome: Outcome = O.MET, *, gate: bool = False, **more: object) -> Reason:
    fields: dict[str, object] = {
        "key": None, "label": None, "required": None, "has": None, "contribution": 0.0, "possible": 0.1,
    }  # fmt: skip
    return Reason(kind=kind, outcome=outcome, gate=gate, **{**fields, **more})  # type: ignore[arg-type]


def match(*reasons: Reason) -> Match:
    return Match(UUID(int=1), UUID(int=2), 0.5, reasons, "v")


def test_every_kind_of_requirement_is_told_or_withheld_and_none_is_both() -> None:
    assert set(RequirementKind) == TOLD | WITHHELD
    assert not TOLD & WITHHELD


@pytest.mark.parametrize("kind", sorted(WITHHELD))
def test_what_tells_of_home_age_or_wishes_is_withheld(kind: RequirementKind) -> None:
    assert told_to_leader(match(reason(kind, has="2008-03-01"), reason(K.SKILL))) == (reason(K.SKILL),)


def test_of_the_right_to_work_only_that_it_is_there_is_told() -> None:
    permit = reason(K.WORK_PERMISSION, has=date(2027, 3, 1).isoformat(), gate=True)
    (told,) = told_to_leader(match(permit))
    assert (told.outcome, told.has) == (O.MET, None)


def test_what_must_be_there_comes_first_among_what_lacks_and_what_is_asked() -> None:
    ask = Closing(ClosingKind.ASK, None, 0.5)
    lacking = [reason(K.SKILL, O.MISSING), reason(K.LANGUAGE, O.PARTLY, gate=True)]
    asked = [reason(K.SKILL, O.UNKNOWN, closes=ask), reason(K.LICENCE, O.UNKNOWN, gate=True, closes=ask)]
    met = [reason(K.SKILL, contribution=0.1), reason(K.OCCUPATION, O.PARTLY, contribution=0.3)]
    everything = [*lacking, *asked, *met]
    assert [one.kind for one in gaps(everything)] == [K.LANGUAGE, K.SKILL]
    assert [one.kind for one in questions(everything)] == [K.LICENCE, K.SKILL]
    assert [one.kind for one in strengths(everything)] == [K.OCCUPATION, K.SKILL]
