from hypothesis import given
from hypothesis import strategies as st

from kompetanse.mapping import rules
from kompetanse.mapping.rules import Question, QuestionState

STATES = st.dictionaries(st.sampled_from([one.value for one in Question]), st.sampled_from(list(QuestionState)))


def test_every_question_belongs_to_one_part_and_is_answered_by_something() -> None:
    assert [one for listed in rules.AREAS.values() for one in listed] == list(Question)
    assert {*rules.PARTS, *rules.TERMS} == set(Question)
    assert not set(rules.PARTS) & set(rules.TERMS)
    assert set(rules.WISHES) <= set(rules.PARTS)


@given(STATES)
def test_a_conversation_goes_on_at_what_was_not_reached_and_then_at_what_was_put_off(states: dict[str, str]) -> None:
    at = rules.resumed_at(states)
    left = [one for one in Question if one not in states]
    if left:
        assert at is left[0]
    elif rules.asked_later(states):
        assert at is rules.asked_later(states)[0]
    else:
        assert at is None


@given(STATES)
def test_asking_every_question_in_turn_ends(states: dict[str, str]) -> None:
    at, asked = rules.resumed_at(states), 0
    while at is not None:
        states[at] = rules.left_as(said=False, later=False)
        at, asked = rules.resumed_at(states), asked + 1
    assert asked <= len(Question)
    assert set(rules.standing(states)) == set(Question)


def test_questions_lead_to_each_other_there_and_back() -> None:
    for question in Question:
        after = rules.following(question)
        assert after is None or rules.preceding(after) is question
    assert rules.preceding(Question.WORK) is None
    assert rules.following(Question.MORE) is None


def test_what_an_older_program_asked_is_left_out() -> None:
    assert rules.standing({"shoe_size": "answered", "work": "later", "skills": "maybe"}) == {
        Question.WORK: QuestionState.LATER
    }


def test_a_question_is_left_as_what_was_said_to_it() -> None:
    assert rules.left_as(said=True, later=False) is QuestionState.ANSWERED
    assert rules.left_as(said=False, later=False) is QuestionState.SKIPPED
    assert rules.left_as(said=True, later=True) is QuestionState.LATER
