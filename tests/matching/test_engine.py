"""What every match keeps, whatever the person and the vacancy."""

from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Evidence, Importance, RecognitionStatus, Shift, Strength
from kompetanse.ids import new_id
from kompetanse.matching import features as f
from kompetanse.matching.engine import match, rank_candidates, rank_vacancies
from kompetanse.matching.explanation import ClosingKind, Outcome, RequirementKind, Verdict

TODAY = date(2026, 6, 1)
CODES = st.sampled_from(["3313", "4311", "2223", "2221", "8160", "7511", "9112", "2341"])
SKILLS = st.sampled_from(["text:a", "text:b", "text:c", "text:d"])
LEVELS = st.none() | st.sampled_from(list(Cefr))
DAYS = st.none() | st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=800))
PERCENT = st.none() | st.integers(1, 100)
SHIFTS = st.none() | st.frozensets(st.sampled_from(list(Shift)), min_size=1)

languages = st.builds(f.HeldLanguage, *[LEVELS] * 5, st.none() | st.booleans())
wishes = st.builds(
    f.Wishes,
    st.lists(st.builds(f.WishedOccupation, CODES, st.sampled_from(list(Strength))), max_size=3).map(tuple),
    st.none() | st.integers(1, 50),
    st.none() | st.integers(50, 100),
    SHIFTS,
    DAYS,
)
education = st.builds(
    f.HeldEducation,
    st.none() | st.sampled_from(list(EducationLevel)),
    st.none() | st.sampled_from(["0411", "0913", "04"]),
    st.none() | st.booleans(),
    st.none() | st.sampled_from(list(RecognitionStatus)),
)
licences = st.builds(f.HeldLicence, st.booleans(), DAYS)
people = st.builds(
    f.CandidateFeatures,
    st.builds(new_id),
    st.lists(st.builds(f.HeldOccupation, CODES, st.none() | st.integers(0, 400)), max_size=3).map(tuple),
    st.dictionaries(SKILLS, st.builds(f.HeldSkill, st.booleans(), st.none() | st.sampled_from(list(Evidence)))),
    st.dictionaries(st.sampled_from(["nor", "eng"]), languages),
    st.lists(education, max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(["driving:B", "driving:C", "auth:nurse"]), licences),
    st.builds(f.WorkRight, st.none() | st.booleans(), DAYS),
    wishes,
)
vacancies = st.builds(
    f.VacancyFeatures,
    st.builds(new_id),
    st.none() | CODES,
    st.lists(st.builds(f.RequiredSkill, SKILLS, st.just("x"), st.sampled_from(list(Importance))), max_size=3).map(
        tuple
    ),
    st.lists(
        st.builds(f.RequiredLanguage, st.sampled_from(["nor", "eng"]), st.sampled_from(list(Cefr)), st.booleans()),
        max_size=2,
    ).map(tuple),
    st.none() | st.sampled_from(list(EducationLevel)),
    st.none() | st.sampled_from(["0411", "0913"]),
    st.lists(st.sampled_from(["driving:B", "driving:C"]), max_size=1).map(tuple),
    st.none() | st.just("auth:nurse"),
    PERCENT.map(lambda n: n and min(n, 50)),
    st.none() | st.integers(50, 100),
    SHIFTS,
    DAYS,
)


def test_nothing_protected_can_be_known() -> None:
    """Origin, citizenship, sex, age, religion and family have no field, so they cannot move a score."""
    known = {field.name for kind in (f.CandidateFeatures, f.WorkRight, f.Wishes) for field in fields(kind)}
    assert known == {
        "person_id", "occupations", "skills", "languages", "education", "licences", "work_right", "wishes",
        "allowed", "until", "percentage_min", "percentage_max", "shifts", "available_from",
    }  # fmt: skip


@given(people, vacancies)
@settings(max_examples=300)
def test_contributions_add_up_to_a_score_between_none_and_full(
    person: f.CandidateFeatures, vacancy: f.VacancyFeatures
) -> None:
    made = match(person, vacancy, TODAY)
    assert 0.0 <= made.score <= 1.0 + 1e-9
    assert sum(reason.contribution for reason in made.reasons) == pytest.approx(made.score, abs=1e-9)
    assert sum(reason.possible for reason in made.reasons) == pytest.approx(1.0, abs=1e-9)
    assert all(-1e-12 <= reason.contribution <= reason.possible + 1e-12 for reason in made.reasons)


@given(people, vacancies)
def test_what_would_close_a_gap_is_told_for_every_gap_and_never_lowers_the_score(
    person: f.CandidateFeatures, vacancy: f.VacancyFeatures
) -> None:
    made = match(person, vacancy, TODAY)
    for reason in made.reasons:
        if reason.outcome is Outcome.MET:
            assert reason.closes is None
        else:
            assert reason.closes is not None
            assert reason.closes.score_after >= made.score - 1e-9
            assert (reason.closes.kind is ClosingKind.ASK) == (reason.outcome is Outcome.UNKNOWN)


@given(people, vacancies)
def test_unknown_never_excludes(person: f.CandidateFeatures, vacancy: f.VacancyFeatures) -> None:
    nobody_knows = f.CandidateFeatures(person.person_id)
    assert not match(nobody_knows, vacancy, TODAY).excluded
    made = match(person, vacancy, TODAY)
    assert made.excluded == any(r.gate and r.outcome in {Outcome.MISSING, Outcome.PARTLY} for r in made.reasons)
    assert {question.outcome for question in made.questions} <= {Outcome.UNKNOWN}


@given(st.lists(people, min_size=1, max_size=8, unique_by=lambda p: p.person_id), vacancies, st.integers(1, 8))
def test_no_ranking_admits_somebody_whom_a_gate_excludes(
    candidates: list[f.CandidateFeatures], vacancy: f.VacancyFeatures, limit: int
) -> None:
    ranking = rank_candidates(vacancy, candidates, TODAY, limit)
    assert not any(one.excluded for one in ranking.matches)
    assert all(one.excluded for one in ranking.excluded)
    assert ranking.considered == len(candidates)
    for ranked in (ranking.matches, ranking.excluded):
        assert all(one.score >= other.score for one, other in pairwise(ranked))
    if limit >= len(candidates):
        assert {m.person_id for m in (*ranking.matches, *ranking.excluded)} == {p.person_id for p in candidates}


@given(st.lists(people, min_size=2, max_size=6, unique_by=lambda p: p.person_id), vacancies)
def test_the_order_of_reading_does_not_matter(
    candidates: list[f.CandidateFeatures], vacancy: f.VacancyFeatures
) -> None:
    shuffled = sorted(candidates, key=lambda one: one.person_id.int % 97)
    assert rank_candidates(vacancy, candidates, TODAY) == rank_candidates(vacancy, shuffled, TODAY)


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
    ranking = rank_candidates(ACCOUNTING, [FILLETS, RASA], TODAY)
    assert [one.person_id for one in ranking.matches] == [RASA.person_id, FILLETS.person_id]
    reasons = {reason.kind: reason for reason in ranking.matches[0].reasons}
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


def test_vacancies_of_a_person_are_ranked_the_same_way() -> None:
    cleaning = f.VacancyFeatures(UUID(int=3), styrk="9112")
    ranking = rank_vacancies(RASA, [cleaning, ACCOUNTING], TODAY, limit=1)
    assert [one.vacancy_id for one in ranking.matches] == [ACCOUNTING.vacancy_id]
    assert ranking.considered == 2
