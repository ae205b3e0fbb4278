from datetime import date

from kompetanse.codes.work import ReferralStage
from kompetanse.placements.rules import (
    ENDED,
    FOLLOW_UP_AFTER,
    NEXT_STAGES,
    ON_PAPER,
    SHOWN_TO_HR,
    follow_up_on,
    may_advance,
)


def reachable(start: ReferralStage, without: ReferralStage) -> set[ReferralStage]:
    """Every stage that can be come to without passing `without`."""
    found, waiting = {start}, [start]
    while waiting:
        for stage in NEXT_STAGES[waiting.pop()] - found - {without}:
            found.add(stage)
            waiting.append(stage)
    return found


def test_nobody_is_sent_hired_or_interviewed_before_she_has_said_yes_herself() -> None:
    without_yes = reachable(ReferralStage.PROPOSED, ReferralStage.ACCEPTED_BY_PERSON)
    assert without_yes == {ReferralStage.PROPOSED, ReferralStage.DECLINED, ReferralStage.WITHDRAWN}


def test_hr_sees_nobody_who_was_not_sent() -> None:
    assert not reachable(ReferralStage.PROPOSED, ReferralStage.SENT) & SHOWN_TO_HR


def test_every_stage_has_its_next_ones_and_none_follows_itself() -> None:
    assert NEXT_STAGES.keys() == set(ReferralStage)
    assert not any(may_advance(stage, stage) for stage in ReferralStage)


def test_every_referral_can_end_and_work_is_final() -> None:
    assert NEXT_STAGES[ReferralStage.HIRED] == frozenset()
    running = set(ReferralStage) - {ReferralStage.HIRED, ReferralStage.DECLINED, ReferralStage.WITHDRAWN}
    for stage in running:
        assert may_advance(stage, ReferralStage.DECLINED)
        assert may_advance(stage, ReferralStage.WITHDRAWN)
    assert may_advance(ReferralStage.WITHDRAWN, ReferralStage.PROPOSED)


def test_nobody_is_on_paper_who_has_not_said_yes_or_whose_referral_has_ended() -> None:
    assert not reachable(ReferralStage.PROPOSED, ReferralStage.ACCEPTED_BY_PERSON) & ON_PAPER
    assert not ON_PAPER & ENDED


def test_whatever_has_not_ended_has_a_day_on_which_it_is_followed_up() -> None:
    assert FOLLOW_UP_AFTER.keys() == set(ReferralStage) - ENDED
    assert follow_up_on(ReferralStage.PROPOSED, date(2026, 11, 26)) == date(2026, 11, 27)
    assert follow_up_on(ReferralStage.HIRED, date(2026, 11, 26)) is None
