"""What would help: the steps that open vacancies to a person, and the demands whose easing brings candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.web import formats, words
from api.web.dependencies import MayMatch, WebSessionDep
from api.web.i18n import gettext, language
from api.web.i18n import mark as _
from api.web.pages import page
from api.web.sentences import level
from kompetanse.codes.work import Shift
from kompetanse.matching import gaps
from kompetanse.matching.explanation import ClosingKind
from kompetanse.matching.steps import Relaxation, Step
from kompetanse.people import service as people
from kompetanse.taxonomy import service as taxonomy
from kompetanse.taxonomy.concepts import Concept
from kompetanse.vacancies import service as vacancies

router = APIRouter()

_STEPS = {
    ClosingKind.LANGUAGE_COURSE: _("%(what)s fra %(before)s til %(to)s"),
    ClosingKind.LICENCE: _("%(what)s"),
    ClosingKind.AUTHORISATION: _("Autorisasjon: %(what)s"),
    ClosingKind.TRAINING: _("Opplæring i %(what)s"),
    ClosingKind.RECOGNITION: _("Godkjenning av utdanningen fra utlandet"),
    ClosingKind.EDUCATION: _("Utdanning: %(to)s"),
}

_RELAXATIONS = {
    "language": _("%(what)s: %(to)s holder, i stedet for %(before)s"),
    "language_wish": _("%(what)s %(before)s som ønske, ikke som krav"),
    "licence": _("%(what)s kan tas etter ansettelsen"),
    "education": _("Utdanning på nivået «%(to)s» holder"),
    "education_field": _("Også andre fagfelt enn %(what)s"),
    "experience": _("Erfaring er ikke nødvendig"),
    "skill": _("%(what)s kan læres i jobben"),
    "percentage": _("Stillingen kan deles ned til %(to)s %%"),
    "shifts": _("Uten %(what)s"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A step, or something that could be eased, in words, and what it brings."""

    text: str
    brought: gaps.Opened | gaps.Brought


@router.get("/people/{person_id}/steps")
def steps(request: Request, person_id: UUID, who: MayMatch, session: WebSessionDep) -> Response:
    """The steps that help a person most, with courses that lead there."""
    person = people.get(session, who, person_id)
    found = gaps.steps_for(session, who, person_id)
    concepts = _concepts(session, [one.step.key for one in found.opened])
    told = [Told(step_text(one.step, concepts), one) for one in found.opened]
    return page(request, "people/steps.html", person=person, found=found, told=told)


@router.get("/vacancies/{vacancy_id}/relaxations")
def relaxations(request: Request, vacancy_id: UUID, who: MayMatch, session: WebSessionDep) -> Response:
    """What asking for less of one thing would bring to a vacancy."""
    vacancy = vacancies.read(session, who, vacancy_id).vacancy
    found = gaps.relaxations_for(session, who, vacancy_id)
    told = [Told(relaxation_text(one.relaxation), one) for one in found.brought]
    return page(request, "vacancies/relaxations.html", vacancy=vacancy, found=found, told=told)


def _concepts(session: Session, keys: Sequence[str | None]) -> dict[str, Concept]:
    return taxonomy.concepts(session, [key for key in keys if key])


def step_text(step: Step, concepts: dict[str, Concept]) -> str:
    """What somebody would do, in the reader's language."""
    what: str | None = step.label
    if step.kind is ClosingKind.LANGUAGE_COURSE:
        what = formats.language_name(step.key)
    elif step.kind in {ClosingKind.LICENCE, ClosingKind.AUTHORISATION}:
        what = formats.licence_name(step.key)
    elif step.key in concepts:
        what = concepts[step.key].name(language())
    to = level(step.to) if step.kind is ClosingKind.EDUCATION else step.to
    return _capital(gettext(_STEPS[step.kind]) % {"what": what or "", "before": step.before or "", "to": to or ""})


def relaxation_text(relaxation: Relaxation) -> str:
    """What a vacancy would ask less of, in the reader's language."""
    kind, what, to = relaxation.kind, relaxation.label, relaxation.to
    match kind:
        case "language":
            what, kind = formats.language_name(relaxation.key), kind if to else "language_wish"
        case "licence":
            what = formats.licence_name(relaxation.key)
        case "education":
            to = level(to)
        case "education_field":
            what = formats.field_name(relaxation.key)
        case "shifts":
            what = (words.word(Shift(relaxation.key or "")) or "").lower()
        case _:
            pass
    return _capital(gettext(_RELAXATIONS[kind]) % {"what": what or "", "before": relaxation.before, "to": to or ""})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
