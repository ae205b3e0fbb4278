"""Which questions the conversation has, which part of a profile each is about, and what is asked next."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kompetanse.codes.work import WishKind
from kompetanse.competence.fields import ProfilePart


class Area(StrEnum):
    """The three parts of a profile (kompetansekartlegging: kan, vil, liker)."""

    CAN = "can"
    WANTS = "wants"
    LIKES = "likes"


class Question(StrEnum):
    """What is asked, in this order."""

    WORK = "work"
    SKILLS = "skills"
    EDUCATION = "education"
    COURSES = "courses"
    LANGUAGES = "languages"
    LICENCES = "licences"
    FIELDS = "fields"
    OCCUPATIONS = "occupations"
    EXTENT = "extent"
    SHIFTS = "shifts"
    DISTANCE = "distance"
    PLACE = "place"
    START = "start"
    WILLING = "willing"
    INTERESTS = "interests"
    MORE = "more"


class QuestionState(StrEnum):
    """How a question stands; one that was not reached has no state."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    LATER = "later"


AREAS: Mapping[Area, tuple[Question, ...]] = MappingProxyType(
    {
        Area.CAN: (
            Question.WORK, Question.SKILLS, Question.EDUCATION, Question.COURSES, Question.LANGUAGES, Question.LICENCES,
        ),
        Area.WANTS: (
            Question.FIELDS, Question.OCCUPATIONS, Question.EXTENT, Question.SHIFTS, Question.DISTANCE, Question.PLACE,
            Question.START, Question.WILLING,
        ),
        Area.LIKES: (Question.INTERESTS, Question.MORE),
    }
)  # fmt: skip

PARTS: Mapping[Question, ProfilePart] = MappingProxyType(
    {
        Question.WORK: ProfilePart.EXPERIENCES,
        Question.SKILLS: ProfilePart.SKILLS,
        Question.EDUCATION: ProfilePart.EDUCATIONS,
        Question.COURSES: ProfilePart.COURSES,
        Question.LANGUAGES: ProfilePart.LANGUAGES,
        Question.LICENCES: ProfilePart.LICENCES,
        Question.FIELDS: ProfilePart.WISHES,
        Question.OCCUPATIONS: ProfilePart.WISHED_OCCUPATIONS,
        Question.PLACE: ProfilePart.WISHES,
        Question.WILLING: ProfilePart.WISHES,
        Question.INTERESTS: ProfilePart.INTERESTS,
    }
)
"""The part of the profile whose entries answer a question."""

WISHES: Mapping[Question, tuple[WishKind, ...]] = MappingProxyType(
    {
        Question.FIELDS: (WishKind.SECTOR,),
        Question.PLACE: (WishKind.PLACE,),
        Question.WILLING: (WishKind.TRAINING, WishKind.OWN_BUSINESS, WishKind.VOLUNTEERING),
    }
)
"""The kinds of wishes that answer a question, where the part alone does not say it."""

TERMS: Mapping[Question, tuple[str, ...]] = MappingProxyType(
    {
        Question.EXTENT: ("percentage_min", "percentage_max"),
        Question.SHIFTS: ("shifts",),
        Question.DISTANCE: ("commute_minutes",),
        Question.START: ("available_from",),
        Question.MORE: ("wishes_as_spoken",),
    }
)
"""The single values of a profile that answer a question."""

TAPPED = (Question.FIELDS, Question.WILLING)
"""Questions that are answered by tapping pictures."""


def area_of(question: Question) -> Area:
    """Where a question belongs."""
    return next(area for area, questions in AREAS.items() if question in questions)


def standing(states: Mapping[str, str]) -> dict[Question, QuestionState]:
    """The questions that have a state, in their order; without those that only an older program asked."""
    return {one: QuestionState(states[one]) for one in Question if states.get(one) in set(QuestionState)}


def asked_later(states: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that were put off."""
    return tuple(one for one, state in standing(states).items() if state is QuestionState.LATER)


def following(question: Question) -> Question | None:
    """The question after another; None after the last."""
    order = list(Question)
    place = order.index(question) + 1
    return order[place] if place < len(order) else None


def preceding(question: Question) -> Question | None:
    """The question before another; None before the first."""
    order = list(Question)
    place = order.index(question) - 1
    return order[place] if place >= 0 else None


def resumed_at(states: Mapping[str, str]) -> Question | None:
    """Where the conversation goes on: the first question that was not reached, else the first put off; None: nowhere.

    >>> resumed_at({"work": "answered", "skills": "later"})
    <Question.EDUCATION: 'education'>
    """
    known = standing(states)
    left = next((one for one in Question if one not in known), None)
    return left or next(iter(asked_later(states)), None)


def left_as(*, said: bool, later: bool) -> QuestionState:
    """How a question stands when it is left. `said`: the profile says something to it."""
    if later:
        return QuestionState.LATER
    return QuestionState.ANSWERED if said else QuestionState.SKIPPED
