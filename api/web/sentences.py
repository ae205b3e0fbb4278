"""How a person stands to what a vacancy asks for, in sentences that can be read aloud to her."""

from collections.abc import Callable, Mapping
from datetime import date

from api.web import formats, words
from api.web.i18n import gettext, language
from api.web.i18n import mark as _
from api.web.occupations import as_occupation
from kompetanse.codes.education import EducationLevel
from kompetanse.codes.sectors import is_sector, sector
from kompetanse.codes.work import Evidence
from kompetanse.matching.explanation import ClosingKind, Outcome, Reason, RequirementKind
from kompetanse.matching.rules import unit_group
from kompetanse.taxonomy.concepts import Concept

Concepts = Mapping[str, Concept]
"""The concepts that reasons are about, by URI."""


def sentence(reason: Reason, concepts: Concepts) -> str:
    """How the person stands to a requirement of which something is known."""
    if reason.kind is RequirementKind.INTEREST:
        return _interest(reason, concepts)
    return _SENTENCES[reason.kind](reason)


def day(text: str | None) -> str:
    """A day that a reason states, as Norwegians write it."""
    return formats.day(date.fromisoformat(text)) or "" if text else ""


def percentages(text: str | None) -> str:
    """A percentage of full time that a reason states, or a range of them."""
    return f"{(text or '').replace('-', formats.RANGE)}{formats.NO_BREAK}%"


def hours(text: str | None) -> str:
    """When work is done, as a reason states it."""
    return (words.shifts(text.split(",")) or "").lower() if text else ""


def credential(reason: Reason) -> str:
    """The licence or regulated profession that a reason is about."""
    return formats.inside(formats.licence_name(reason.key) or reason.label or "")


def level(text: str | None) -> str | None:
    """The name of a level of education."""
    return formats.named(EducationLevel(text)) if text in set(EducationLevel) else text


_BY_SHARED_DIGITS = (
    _("Har arbeidet %(worked)s, som er noe annet"),
    _("Har arbeidet %(worked)s, på samme nivå, men i et annet fag"),
    _("Har arbeidet %(worked)s, som er beslektet"),
    _("Har arbeidet %(worked)s, som er nær beslektet"),
    _("Har arbeidet %(worked)s"),
)
"""How near an occupation is by how many digits its ISCO-08 code shares with that of the vacancy."""


def _fill(template: str, **values: object) -> str:
    return gettext(template) % values


def _occupation(reason: Reason) -> str:
    if reason.through is not None:
        held, _of, needed = (reason.has or "").partition("/")
        return _fill(_("Har %(held)s av de %(needed)s ferdighetene som yrket krever"), held=held, needed=needed)
    if reason.has is None:
        return _fill(_("Har ikke slik erfaring"))
    worked = as_occupation(reason.has)
    if reason.months:
        worked = _fill(_("%(worked)s i %(time)s"), worked=worked, time=formats.months(reason.months))
    held, asked = unit_group(reason.has), unit_group(reason.required or "")
    shared = next((digits for digits in (4, 3, 2, 1) if held[:digits] == asked[:digits]), 0)
    return _fill(_BY_SHARED_DIGITS[shared], worked=worked)


def _experience(reason: Reason) -> str:
    held, asked = int(reason.has or 0), formats.months(int(reason.required or 0))
    if not held:
        return _fill(_("Har ikke hatt slikt arbeid, stillingen ønsker %(asked)s"), asked=asked)
    return _fill(_("Har %(held)s i slikt arbeid, stillingen ønsker %(asked)s"), held=formats.months(held), asked=asked)


def _skill(reason: Reason) -> str:
    what = reason.label or reason.key
    if reason.through is not None:
        return _fill(_("Har en ferdighet nær %(what)s: %(has)s"), what=what, has=reason.has)
    if reason.outcome is Outcome.MISSING:
        return _fill(_("Kan ikke %(what)s ennå"), what=what)
    if reason.has in set(Evidence):
        known = formats.inside(words.word(Evidence(reason.has)) or "")
        return _fill(_("Kan %(what)s (%(known)s)"), what=what, known=known)
    return _fill(_("Kan %(what)s"), what=what)


def _language(reason: Reason) -> str:
    template = (
        _("Snakker %(language)s på %(held)s, stillingen krever %(asked)s")
        if reason.gate
        else _("Snakker %(language)s på %(held)s, stillingen ønsker %(asked)s")
    )
    return _fill(template, language=formats.language_name(reason.key), held=reason.has, asked=reason.required)


def _education(reason: Reason) -> str:
    if reason.closes is not None and reason.closes.kind is ClosingKind.RECOGNITION:
        template = _("Har utdanning på nivået «%(level)s», som ikke er godkjent i Norge ennå")
    elif reason.outcome is Outcome.MET:
        template = _("Har utdanning på nivået «%(level)s»")
    elif reason.outcome is Outcome.PARTLY:
        template = _("Har utdanning på nivået «%(level)s», delvis det stillingen ønsker")
    else:
        template = _("Har utdanning på nivået «%(level)s», ikke det stillingen ønsker")
    return _fill(template, level=level(reason.has))


def _licence(reason: Reason) -> str:
    what = credential(reason)
    if reason.outcome is Outcome.MET:
        return _fill(_("Har %(what)s"), what=what)
    if reason.has:
        return _fill(_("Har hatt %(what)s, gyldig til %(day)s"), what=what, day=day(reason.has))
    return _fill(_("Har ikke %(what)s"), what=what)


def _authorisation(reason: Reason) -> str:
    held = reason.outcome is Outcome.MET
    template = _("Har autorisasjon som %(what)s") if held else _("Har ikke autorisasjon som %(what)s")
    return _fill(template, what=credential(reason))


def _work_permission(reason: Reason) -> str:
    if reason.outcome is Outcome.MET:
        template = _("Har lov til å arbeide til %(day)s") if reason.has else _("Har lov til å arbeide i Norge")
    else:
        template = _("Har bare lov til å arbeide til %(day)s") if reason.has else _("Har ikke lov til å arbeide")
    return _fill(template, day=day(reason.has))


def _minimum_age(reason: Reason) -> str:
    if reason.outcome is Outcome.MET:
        return _fill(_("Har fylt %(years)s år når arbeidet begynner"), years=reason.required)
    return _fill(_("Fyller %(years)s år først %(day)s"), years=reason.required, day=day(reason.has))


def _protection(_reason: Reason) -> str:
    return _fill(_("Har adressesperre og foreslås ikke utenfor kommunen"))


def _percentage(reason: Reason) -> str:
    has, asked = percentages(reason.has), percentages(reason.required)
    if reason.outcome is Outcome.MET:
        return _fill(_("Stillingsprosenten passer: %(asked)s"), asked=asked)
    if reason.gate:
        return _fill(_("Vil aldri arbeide %(has)s"), has=has)
    return _fill(_("Vil arbeide %(has)s, stillingen er %(asked)s"), has=has, asked=asked)


def _shifts(reason: Reason) -> str:
    has, asked = hours(reason.has), hours(reason.required)
    if reason.outcome is Outcome.MET:
        return _fill(_("Arbeidstiden passer: %(asked)s"), asked=asked)
    if reason.gate:
        return _fill(_("Vil aldri arbeide %(has)s"), has=has)
    return _fill(_("Kan arbeide %(has)s, stillingen har %(asked)s"), has=has, asked=asked)


def _start(reason: Reason) -> str:
    free = day(reason.has)
    if reason.outcome is Outcome.MET:
        return _fill(_("Kan begynne i tide, ledig fra %(free)s"), free=free)
    return _fill(_("Kan begynne %(free)s, oppstart er %(begins)s"), free=free, begins=day(reason.required))


def _commute(reason: Reason) -> str:
    minutes, place = int(reason.has or 0), reason.required
    if reason.through is not None:
        template = _("Arbeidet er %(minutes)s minutter fra kommunesenteret: %(place)s (bosted er ikke oppgitt)")
        if not minutes:
            template = _("Arbeidet er i kommunesenteret: %(place)s (bosted er ikke oppgitt)")
    elif reason.outcome is not Outcome.MET:
        template = _("Har omtrent %(minutes)s minutter hver vei til %(place)s, lenger enn ønsket")
    elif minutes:
        template = _("Har omtrent %(minutes)s minutter hver vei til %(place)s")
    else:
        template = _("Bor der arbeidet er: %(place)s")
    return _fill(template, minutes=minutes, place=place)


def _wish(reason: Reason) -> str:
    wanted = reason.has or ""
    if reason.gate:
        return _fill(_("Vil aldri ha slikt arbeid"))
    if is_sector(wanted):
        return _sector_wish(reason, wanted)
    template = _("Ønsker heller arbeid %(work)s") if reason.outcome is Outcome.MISSING else _("Ønsker arbeid %(work)s")
    return _fill(template, work=as_occupation(wanted))


def _sector_wish(reason: Reason, wanted: str) -> str:
    """A wish for a sector, or out of one: work within it that counts nothing, or outside that counts, tells which."""
    inside, counts = sector(wanted).holds(reason.required or ""), reason.outcome is not Outcome.MISSING
    if inside:
        template = _("Ønsker arbeid innen %(sector)s") if counts else _("Vil ut av %(sector)s")
    else:
        template = _("Vil ut av %(sector)s til noe annet") if counts else _("Ønsker heller arbeid innen %(sector)s")
    return _fill(template, sector=formats.inside(formats.named(sector(wanted))))


def _interest(reason: Reason, concepts: Concepts) -> str:
    liked = concepts.get(reason.has or "")
    if liked is None:
        return _fill(_("Liker det arbeidet handler om"))
    return _fill(_("Har interesse for %(liked)s"), liked=liked.name(language()))


_SENTENCES: Mapping[RequirementKind, Callable[[Reason], str]] = {
    RequirementKind.OCCUPATION: _occupation,
    RequirementKind.EXPERIENCE: _experience,
    RequirementKind.SKILL: _skill,
    RequirementKind.LANGUAGE: _language,
    RequirementKind.EDUCATION: _education,
    RequirementKind.LICENCE: _licence,
    RequirementKind.AUTHORISATION: _authorisation,
    RequirementKind.WORK_PERMISSION: _work_permission,
    RequirementKind.MINIMUM_AGE: _minimum_age,
    RequirementKind.PROTECTION: _protection,
    RequirementKind.PERCENTAGE: _percentage,
    RequirementKind.SHIFTS: _shifts,
    RequirementKind.START: _start,
    RequirementKind.COMMUTE: _commute,
    RequirementKind.WISH: _wish,
}
