"""What every page of the conversation is given: the two languages, the questions and how each stands."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Request
from markupsafe import Markup
from sqlmodel import Session
from starlette.responses import Response

from api.web import catalogues
from api.web.forms import Filled
from api.web.i18n import gettext
from api.web.mapping import told, words
from api.web.mapping.pair import Choices, Pair
from api.web.my.formats import country_choices, language_choices, licence_choices
from api.web.my.words import education_choices, level_choices, sector_of
from api.web.pages import go, page
from api.web.profile_page import concept_names, entry_name
from api.web.words import options, word
from kompetanse.actor import Actor
from kompetanse.codes.sectors import sectors
from kompetanse.codes.work import ExperienceKind, InterestKind, Shift, SkillLevel, Strength
from kompetanse.competence.service import PersonProfile
from kompetanse.mapping import rules
from kompetanse.mapping import service as mapping
from kompetanse.mapping.rules import Area, Question, QuestionState
from kompetanse.mapping.service import MappingConversation
from kompetanse.personal_links.rules import met_in

_USUAL_FIRST = (Strength.PREFER, Strength.MUST, Strength.NEVER)
"""What a list begins with is what stands there when nobody chooses."""


def hers(found: PersonProfile) -> str:
    """The language to begin in: the first of hers that our pages know (BCP 47)."""
    spoken = filter(None, map(catalogues.tag_of, found.record.person.contact_languages or ()))
    return met_in(spoken, catalogues.LANGUAGES, catalogues.SOURCE)


def shown_beside(conversation: MappingConversation | None, found: PersonProfile) -> str:
    """The language beside bokmål: as chosen for the conversation, else hers; another where there are no texts yet."""
    return catalogues.shown_in(conversation.language if conversation else hers(found))


@dataclass(frozen=True, slots=True)
class Step:
    """One question in the list beside the conversation."""

    question: Question
    name: str
    state: QuestionState | None


def steps(conversation: MappingConversation | None) -> dict[Area, list[Step]]:
    """Every question by the part of the profile that it is about, and how it stands."""
    standing = rules.standing(conversation.states if conversation else {})
    return {
        area: [Step(one, gettext(words.NAMES[one]), standing.get(one)) for one in questions]
        for area, questions in rules.AREAS.items()
    }


def conversation_page(
    request: Request,
    template: str,
    found: PersonProfile,
    conversation: MappingConversation | None,
    status: int = 200,
    **context: Any,  # noqa: ANN401 - what templates take
) -> Response:
    """A page of the conversation."""
    pair = Pair(shown_beside(conversation, found))
    return page(
        request,
        template,
        status,
        person=found.record.person,
        version=found.profile.version,
        conversation=conversation,
        pair=pair,
        two=pair.two,
        beside=pair.plain,
        words=words,
        steps=steps(conversation),
        states=QuestionState,
        later=rules.asked_later(conversation.states) if conversation else (),
        total=len(Question),
        reached=len(rules.standing(conversation.states)) if conversation else 0,
        **context,
    )


def question_page(
    request: Request,
    session: Session,
    who: Actor,
    found: PersonProfile,
    question: Question,
    form: Filled,
    entry_id: UUID | None = None,
) -> Response:
    """The page of a question. Without a conversation it leads to where one begins."""
    conversation = mapping.latest(session, who, found.record.person.id)
    if conversation is None:
        return go(f"/people/{found.record.person.id}/mapping")
    concepts = concept_names(session, found.profile, form)
    pair = Pair(shown_beside(conversation, found))
    return conversation_page(
        request,
        "mapping/question.html",
        found,
        conversation,
        422 if form.complaints else 200,
        question=question,
        area=rules.area_of(question),
        number=list(Question).index(question) + 1,
        before=rules.preceding(question),
        form=form,
        concepts=concepts,
        entry_id=entry_id,
        several=question in rules.PARTS and question not in rules.TAPPED,
        entries=_entries(question, found, pair, concepts),
        undoable=mapping.last_change(session, who, found.record.person.id) is not None,
        back=request.query_params.get("back", form.value("back")),
        choices=_choices(pair),
        cards=cards(question, pair),
    )


def answers(
    found: PersonProfile, conversation: MappingConversation, concepts: told.Concepts
) -> dict[Question, list[Markup]]:
    """What the profile says to each question that it says anything to: lines in both languages."""
    pair = Pair(shown_beside(conversation, found))
    said = {one: pair.lines(partial(told.answer_lines, one, found.profile, concepts)) for one in Question}
    return {one: lines for one, lines in said.items() if lines}


def _entries(
    question: Question, found: PersonProfile, pair: Pair, concepts: told.Concepts
) -> list[tuple[UUID, str, Markup]]:
    """The entries that answer a question: id, name, and the line that tells it in both languages."""
    if question not in rules.PARTS or question in rules.TAPPED:
        return []
    part = rules.PARTS[question]
    rows = mapping.entries(question, found.profile)
    return [(row.id, entry_name(row), pair.of(partial(told.entry_line, part, row, concepts))) for row in rows]


def _choices(pair: Pair) -> dict[str, Callable[[], Choices]]:
    """The lists of the forms, in both languages; each is made when a form has it."""
    return {
        "countries": lambda: pair.choices(country_choices),
        "languages": lambda: pair.choices(language_choices),
        "levels": lambda: pair.choices(level_choices),
        "educations": lambda: pair.choices(education_choices),
        "licences": lambda: list(licence_choices()),
        "experience_kinds": lambda: pair.choices(lambda: options(ExperienceKind)),
        "skill_levels": lambda: pair.choices(lambda: options(SkillLevel)),
        "interest_kinds": lambda: pair.choices(lambda: options(InterestKind)),
        "strengths": lambda: pair.choices(lambda: options(Strength, _USUAL_FIRST)),
    }


def cards(question: Question, pair: Pair) -> list[tuple[str, Markup]]:
    """The pictures that can be tapped at a question: their code, and what they mean in both languages."""
    match question:
        case Question.FIELDS:
            return [(one.code, pair.of(partial(sector_of, one.code))) for one in sectors()]
        case Question.SHIFTS:
            return [(one.value, pair.of(partial(word, one))) for one in Shift]
        case Question.WILLING:
            return [(one.value, pair.of(partial(word, one))) for one in rules.WISHES[question]]
        case _:
            return []
