"""Steps that are worth thinking of."""

from dataclasses import replace

from kompetanse.codes.work import Strength
from kompetanse.ids import new_id
from kompetanse.matching import features as f
from kompetanse.matching import steps


def test_no_course_makes_an_accountant_a_nurse() -> None:
    accountant = f.CandidateFeatures(new_id(), occupations=(f.HeldOccupation("3313", 60),))
    nursing = f.VacancyFeatures(
        new_id(), styrk="2223", authorisation="auth:nurse", skills=(f.RequiredSkill("skill:care", "pasientpleie"),)
    )
    assert steps.steps(accountant, [nursing]) == []
    assert not steps.may_practise(accountant, nursing)
    wants = replace(accountant, wishes=f.Wishes(occupations=(f.WishedOccupation("2223", Strength.PREFER),)))
    assert [one.key for one in steps.steps(wants, [nursing])] == ["skill:care"]
