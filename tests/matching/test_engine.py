"""What every match keeps, whatever the person and the vacancy."""

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Evidence, Importance, Strength
from kompetanse.ids import new_id
from kompetanse.matching import features as f
from kompetanse.matching.engine import match
from kompetanse.matching.explanation import ClosingKind, Outcome, RequirementKind, Verdict
from tests.matching.strategies import KNOWN, SKILLS, TODAY, births, people, vacancies

NOTHING_CLOSES = {RequirementKind.INTEREST, RequirementKind.MINIMUM_AGE, RequirementKind.PROTECTION}


def test_nothing_protected_can_be_known() -> None:
    """Origin, citizenship, sex, religion and family have no field, so they cannot move a score; age and address have
    one, for a gate each."""
    known = {field.name for kind in (f.CandidateFeatures, f.WorkRight, f.Wishes) for field in fields(kind)}
    assert known == {
        "person_id", "occupations", "skills", "languages", "education", "licences", "work_right", "wishes", "interests",
        "home", "home_stated", "born", "protected", "allowed", "until", "percentage_min", "percentage_max", "shifts",
        "available_from", "commute_minutes", "sectors", "strengths", "weights",
    }  # fmt: skip


@given(people, vacancies, births, st.booleans())
def test_neither_age_nor_a_protected_address_moves_a_score(
    person: f.CandidateFeatures, vacancy: f.VacancyFeatures, born: tuple[date, date] | None, protected: bool
) -> None:
    other = replace(person, born=born, protected=protected)
    made, flipped = match(person, vacancy, TODAY, known=KNOWN), match(other, vacancy, TODAY, known=KNOWN)
    assert made.score == flipped.score
    if vacancy.minimum_age is None and not vacancy.outside:
        assert made.verdict is flipped.verdict


@given(people, vacancies)
@settings(max_examples=300)
def test_contributions_add_up_to_a_score_between_none_and_full(
    person: f.CandidateFeatures, vacancy: f.VacancyFeatures
) -> None:
    made = match(person, vacancy, TODAY, known=KNOWN)
    assert 0.0 <= made.score <= 1.0 + 1e-9
    assert sum(reason.contribution for reason in made.reasons) == pytest.approx(made.score, abs=1e-9)
    assert sum(reason.possible for reason in made.reasons) == pytest.approx(1.0, abs=1e-9)
    assert all(-1e-12 <= reason.contribution <= reason.possible + 1e-12 for reason in made.reasons)


@given(people, vacancies)
def test_what_would_close_a_gap_is_told_for_every_gap_and_never_lowers_the_score(
    person: f.CandidateFeatures, vacancy: f.VacancyFeatures
) -> None:
    made = match(person, vacancy, TODAY, known=KNOWN)
    for reason in made.reasons:
        if reason.outcome is Outcome.MET or reason.kind in NOTHING_CLOSES:
            assert reason.closes is None or reason.outcome is Outcome.UNKNOWN
        else:
            assert reason.closes is not None
            assert reason.closes.score_after >= made.score - 1e-9
            assert (reason.closes.kind is ClosingKind.ASK) == (reason.outcome is Outcome.UNKNOWN)


@given(people, vacancies)
def test_unknown_never_excludes(person: f.CandidateFeatures, vacancy: f.VacancyFeatures) -> None:
    nobody_knows = f.CandidateFeatures(person.person_id)
    assert not match(nobody_knows, vacancy, TODAY).excluded
    made = match(person, vacancy, TODAY, known=KNOWN)
    assert made.excluded == any(r.gate and r.outcome in {Outcome.MISSING, Outcome.PARTLY} for r in made.reasons)
    assert {question.outcome for question in made.questions} <= {Outcome.UNKNOWN}


@given(people, vacancies, SKILLS)
def test_unknown_ranks_above_missing_and_below_met(
    person: f.CandidateFeatures, vacancy: f.VacancyFeatures, key: str
) -> None:
    vacancy = replace(vacancy, skills=(f.RequiredSkill(key, "x"),))
    without = {k: v for k, v in person.skills.items() if k != key}
    missing, unknown, met = (
        match(replace(person, skills=held), vacancy, TODAY).score
        for held in ({**without, key: f.HeldSkill(False)}, without, {**without, key: f.HeldSkill(True)})
    )
    assert missing < unknown < met


@given(people, vacancies, st.sampled_from(list(Cefr)))
def test_a_better_level_of_language_never_lowers_the_score(
    person: f.CandidateFeatures, vacancy: f.VacancyFeatures, level: Cefr
) -> None:
    scores = []
    for reached in Cefr:
        spoken = f.HeldLanguage(interaction=reached, production=reached)
        scores.append(match(replace(person, languages={"nor": spoken}), vacancy, TODAY).score)
    assert scores == sorted(scores)


@given(people, vacancies)
def test_more_education_never_lowers_the_score(person: f.CandidateFeatures, vacancy: f.VacancyFeatures) -> None:
    """Over-qualification is a reason to look, never a reason to rank lower."""
    scores = [
        match(replace(person, education=(f.HeldEducation(level, "0411", True),)), vacancy, TODAY).score
        for level in EducationLevel
    ]
    assert scores == sorted(scores)


def test_a_vacancy_that_states_nothing_can_be_matched() -> None:
    made = match(f.CandidateFeatures(new_id()), f.VacancyFeatures(new_id()), TODAY)
    assert [reason.kind for reason in made.reasons] == [RequirementKind.WORK_PERMISSION]
    assert made.verdict is Verdict.UNKNOWN


ACCOUNTING = f.VacancyFeatures(
    vacancy_id=UUID(int=1),
    styrk="3313",
    skills=(f.RequiredSkill("text:regnskap", "regnskap"), f.RequiredSkill("text:visma", "Visma", Importance.TRAINABLE)),
    languages=(f.RequiredLanguage("nor", Cefr.B1),),
    education_level=EducationLevel.UPPER_SECONDARY,
    percentage_min=80,
    percentage_max=100,
)
RASA = f.CandidateFeatures(
    person_id=UUID(int=10),
    occupations=(f.HeldOccupation("3313", 110), f.HeldOccupation("8160", 80, current=True)),
    skills={"text:regnskap": f.HeldSkill(True, Evidence.DOCUMENTED)},
    languages={"nor": f.HeldLanguage(interaction=Cefr.B2, production=Cefr.B1)},
    education=(f.HeldEducation(EducationLevel.BACHELOR, "0411", True),),
    work_right=f.WorkRight(True),
)
FILLETS = f.CandidateFeatures(
    person_id=UUID(int=11),
    occupations=(f.HeldOccupation("8160", 160),),
    languages={"nor": f.HeldLanguage(interaction=Cefr.B2, production=Cefr.B2)},
    work_right=f.WorkRight(True),
)


def test_the_accountant_who_fillets_salmon_ranks_first_and_the_reasons_say_why() -> None:
    rasa, fillets = match(RASA, ACCOUNTING, TODAY), match(FILLETS, ACCOUNTING, TODAY)
    assert rasa.score > fillets.score
    reasons = {reason.kind: reason for reason in rasa.reasons}
    assert reasons[RequirementKind.OCCUPATION].outcome is Outcome.MET
    assert (reasons[RequirementKind.LANGUAGE].has, reasons[RequirementKind.LANGUAGE].outcome) == ("B1", Outcome.MET)


def test_one_level_of_norwegian_short_is_outside_a_gate_and_says_what_closes_it() -> None:
    beginner = replace(RASA, languages={"nor": f.HeldLanguage(interaction=Cefr.A2, production=Cefr.B1)})
    made = match(beginner, ACCOUNTING, TODAY)
    language = next(reason for reason in made.reasons if reason.kind is RequirementKind.LANGUAGE)
    assert made.excluded
    assert language.closes is not None
    assert (language.closes.kind, language.closes.to) == (ClosingKind.LANGUAGE_COURSE, "B1")


def test_a_level_that_is_only_wished_for_excludes_nobody() -> None:
    wished = replace(ACCOUNTING, languages=(f.RequiredLanguage("nor", Cefr.C1, required=False),))
    assert not match(RASA, wished, TODAY).excluded


def test_never_is_never() -> None:
    unwilling = replace(RASA, wishes=f.Wishes((f.WishedOccupation("3313", Strength.NEVER),)))
    assert match(unwilling, ACCOUNTING, TODAY).excluded


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (f.WorkRight(True, TODAY + timedelta(days=200)), Verdict.PASSES),
        (f.WorkRight(True, TODAY - timedelta(days=1)), Verdict.FAILS),
        (f.WorkRight(False), Verdict.FAILS),
        (f.WorkRight(None), Verdict.UNKNOWN),
    ],
)
def test_the_right_to_work_on_the_first_day_is_a_gate(right: f.WorkRight, verdict: Verdict) -> None:
    assert match(replace(RASA, work_right=right), ACCOUNTING, TODAY).verdict is verdict


@pytest.mark.parametrize(
    ("held", "verdict"),
    [
        ({"driving:CE": f.HeldLicence(True)}, Verdict.PASSES),
        ({"driving:B": f.HeldLicence(True)}, Verdict.UNKNOWN),
        ({"driving:C": f.HeldLicence(False)}, Verdict.FAILS),
        ({"driving:C": f.HeldLicence(True, TODAY - timedelta(days=3))}, Verdict.FAILS),
    ],
)
def test_a_licence_is_a_gate_and_a_higher_class_holds_the_lower(
    held: dict[str, f.HeldLicence], verdict: Verdict
) -> None:
    driving = replace(ACCOUNTING, licences=("driving:C",))
    assert match(replace(RASA, licences=held), driving, TODAY).verdict is verdict


def test_an_authorisation_is_asked_for_and_a_stated_no_excludes() -> None:
    nursing = f.VacancyFeatures(UUID(int=2), styrk="2223", authorisation="auth:nurse")
    assert match(RASA, nursing, TODAY).verdict is Verdict.UNKNOWN
    assert match(replace(RASA, licences={"auth:nurse": f.HeldLicence(False)}), nursing, TODAY).excluded
    assert not match(replace(RASA, licences={"auth:nurse": f.HeldLicence(True)}), nursing, TODAY).excluded
