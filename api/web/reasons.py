"""A match's reasons in words: what is asked for, how the person stands to it, and what would close the gap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from api.web import formats, words
from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import Evidence, Importance
from kompetanse.matching.explanation import Closing, ClosingKind, Outcome, Reason, RequirementKind

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.MET: _("Oppfylt"),
    Outcome.PARTLY: _("Delvis"),
    Outcome.MISSING: _("Mangler"),
    Outcome.UNKNOWN: _("Ukjent"),
}

_REQUIREMENTS: Mapping[RequirementKind, str] = {
    RequirementKind.OCCUPATION: _("Erfaring som %(what)s"),
    RequirementKind.EXPERIENCE: _("Minst %(what)s erfaring"),
    RequirementKind.SKILL: _("Ferdighet: %(what)s"),
    RequirementKind.LANGUAGE: _("%(what)s"),
    RequirementKind.EDUCATION: _("Utdanning: %(what)s"),
    RequirementKind.LICENCE: _("%(what)s"),
    RequirementKind.AUTHORISATION: _("Autorisasjon: %(what)s"),
    RequirementKind.WORK_PERMISSION: _("Lov til å arbeide"),
    RequirementKind.MINIMUM_AGE: _("Minst %(what)s år"),
    RequirementKind.PROTECTION: _("Arbeid utenfor kommunen"),
    RequirementKind.PERCENTAGE: _("Stillingsprosent: %(what)s"),
    RequirementKind.SHIFTS: _("Arbeidstid: %(what)s"),
    RequirementKind.START: _("Oppstart %(what)s"),
    RequirementKind.COMMUTE: _("Reisevei til %(what)s"),
    RequirementKind.WISH: _("Ønsker slikt arbeid"),
    RequirementKind.INTEREST: _("Interesser"),
}

_QUESTIONS: Mapping[RequirementKind, str] = {
    RequirementKind.OCCUPATION: _("Ikke oppgitt – spør hva hun eller han har arbeidet med"),
    RequirementKind.SKILL: _("Ikke oppgitt – spør om hun eller han kan dette"),
    RequirementKind.LANGUAGE: _("Ikke oppgitt – spør hvor godt språket går muntlig"),
    RequirementKind.EDUCATION: _("Ikke oppgitt – spør om utdanning og nivå"),
    RequirementKind.LICENCE: _("Ikke oppgitt – spør om hun eller han har det"),
    RequirementKind.AUTHORISATION: _("Ikke oppgitt – spør om autorisasjonen er på plass eller søkt om"),
    RequirementKind.WORK_PERMISSION: _("Ikke oppgitt – spør om arbeidstillatelse"),
    RequirementKind.PERCENTAGE: _("Ikke oppgitt – spør hvor mye hun eller han vil arbeide"),
    RequirementKind.SHIFTS: _("Ikke oppgitt – spør når hun eller han kan arbeide"),
    RequirementKind.START: _("Ikke oppgitt – spør når hun eller han kan begynne"),
    RequirementKind.WISH: _("Ikke oppgitt – spør hva hun eller han ønsker"),
    RequirementKind.EXPERIENCE: _("Ikke oppgitt – spør hvor lenge hun eller han har arbeidet med dette"),
    RequirementKind.MINIMUM_AGE: _("Fødselsdato er ikke oppgitt – spør"),
    RequirementKind.COMMUTE: _("Ikke oppgitt – spør hvor langt hun eller han vil reise"),
    RequirementKind.INTEREST: _("Ingen kjent interesse for dette"),
}

_CLOSINGS: Mapping[ClosingKind, str] = {
    ClosingKind.ASK: _("Spør, og før det inn"),
    ClosingKind.LANGUAGE_COURSE: _("Språkkurs til %(to)s"),
    ClosingKind.TRAINING: _("Opplæring"),
    ClosingKind.EDUCATION: _("Utdanning til %(to)s"),
    ClosingKind.RECOGNITION: _("Godkjenning av utdanningen"),
    ClosingKind.LICENCE: _("Ta %(to)s"),
    ClosingKind.AUTHORISATION: _("Søke autorisasjon"),
    ClosingKind.PERMIT: _("Søke om tillatelse"),
    ClosingKind.AGREE: _("Avtale med enheten"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One reason as it is read."""

    outcome: str
    outcome_text: str
    requirement: str
    stands: str
    closing: str | None
    excludes: bool


def told(reason: Reason) -> Told:
    """A reason in the reader's language."""
    what = _what(reason)
    if what and reason.kind is RequirementKind.OCCUPATION:
        what = what[:1].lower() + what[1:]
    requirement = gettext(_REQUIREMENTS[reason.kind]) % {"what": what or gettext(_("ikke nærmere sagt"))}
    return Told(
        outcome=reason.outcome.value,
        outcome_text=gettext(OUTCOMES[reason.outcome]),
        requirement=requirement[:1].upper() + requirement[1:],
        stands=_stands(reason),
        closing=_closing(reason.closes, reason) if reason.closes else None,
        excludes=reason.excludes,
    )


def _what(reason: Reason) -> str | None:
    """What is asked for, by its name."""
    match reason.kind:
        case RequirementKind.LANGUAGE:
            name, level = formats.language_name(reason.key), reason.required
            return f"{name}, {gettext(_('minst'))} {level}" if level else name
        case RequirementKind.SKILL:
            importance = words.word(Importance(reason.required)) if reason.required in set(Importance) else None
            return f"{reason.label or reason.key} ({importance.lower()})" if importance else reason.label
        case RequirementKind.EDUCATION:
            named = [_level(reason.required), formats.field_name(reason.key)]
            return ", ".join(part for part in named if part) or reason.label
        case RequirementKind.LICENCE | RequirementKind.AUTHORISATION:
            return formats.licence_name(reason.key) or reason.label
        case _:
            return _said(reason.kind, reason.required or reason.key) or reason.label


def _stands(reason: Reason) -> str:
    """How the person stands to it."""
    if reason.outcome is Outcome.UNKNOWN:
        return gettext(_QUESTIONS.get(reason.kind, OUTCOMES[Outcome.UNKNOWN]))
    if reason.kind is RequirementKind.WISH and reason.outcome is Outcome.MISSING:
        return gettext(_("Vil aldri ha slikt arbeid") if reason.gate else _("Ønsker noe annet"))
    said = _said(reason.kind, reason.has)
    if said is None:
        return gettext(OUTCOMES[reason.outcome])
    template = (
        _("Tillatelsen gjelder til %(said)s") if reason.kind is RequirementKind.WORK_PERMISSION else _("Har: %(said)s")
    )
    return gettext(template) % {"said": said}


def _said(kind: RequirementKind, text: str | None) -> str | None:
    """A code, number or date of a requirement of this kind, as people read it."""
    render = _RENDERERS.get(kind)
    return render(text) if text and render else text


def _level(text: str | None) -> str | None:
    return EducationLevel(text).name_nb if text in set(EducationLevel) else text


def _evidence(text: str) -> str | None:
    return words.word(Evidence(text)) if text in set(Evidence) else text


def _date(text: str) -> str | None:
    try:
        return formats.day(date.fromisoformat(text))
    except ValueError:
        return text


def _percentages(text: str) -> str:
    return f"{text.replace('-', formats.RANGE)}{formats.NO_BREAK}%"


_RENDERERS: Mapping[RequirementKind, Callable[[str], str | None]] = {
    RequirementKind.OCCUPATION: formats.occupation_name,
    RequirementKind.WISH: formats.occupation_name,
    RequirementKind.SKILL: _evidence,
    RequirementKind.EDUCATION: _level,
    RequirementKind.LICENCE: lambda text: formats.licence_name(text) if ":" in text else _date(text),
    RequirementKind.AUTHORISATION: lambda text: formats.licence_name(text) if ":" in text else _date(text),
    RequirementKind.WORK_PERMISSION: _date,
    RequirementKind.START: _date,
    RequirementKind.PERCENTAGE: _percentages,
    RequirementKind.SHIFTS: lambda text: (words.shifts(text.split(",")) or "").lower(),
}


def _closing(closing: Closing, reason: Reason) -> str:
    """What would close the gap, and the score that it would give."""
    to = closing.to
    if to is not None:
        to = formats.licence_name(to) if ":" in to else _level(to) if reason.kind is RequirementKind.EDUCATION else to
    text = gettext(_CLOSINGS[closing.kind]) % {"to": to or _what(reason) or ""}
    after = formats.percent(closing.score_after)
    return gettext(_("%(text)s: treffet blir %(after)s")) % {"text": text.strip(), "after": after}
