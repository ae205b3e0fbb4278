"""What waits, in words: why it is on the list, what is done about it, and where."""

from collections.abc import Callable, Mapping
from datetime import date

from api.web.formats import spoken_day
from api.web.i18n import gettext, ngettext
from api.web.i18n import mark as _
from kompetanse import clock
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.codes.municipalities import municipality
from kompetanse.codes.work import ReferralStage
from kompetanse.today.rules import Item, Kind, Period, Permit

PERIODS: Mapping[Period, str] = {
    Period.NOW: _("Nå"),
    Period.WEEK: _("Denne uken"),
    Period.SOON: _("Snart"),
}

KINDS: Mapping[Kind, str] = {
    Kind.FOLLOW_UP: _("Formidlinger å følge opp"),
    Kind.JOB_INTEREST: _("Interessert i en stilling"),
    Kind.CONTACT_REQUEST: _("Forespørsler fra naboer"),
    Kind.CONSENT: _("Samtykker som går ut"),
    Kind.PERMIT: _("Tillatelser som går ut"),
    Kind.WATCHED_SEARCH: _("Nye som passer lagrede søk"),
    Kind.STRONG_CANDIDATES: _("Nye stillinger med sterke kandidater"),
    Kind.UNMAPPED: _("Ikke kartlagt ennå"),
    Kind.ASK_LATER: _("Spørsmål til senere"),
    Kind.VACANCY_DEADLINE: _("Søknadsfrister"),
    Kind.COURSE_START: _("Kurs som begynner"),
}

_ACTIONS: Mapping[Kind, str] = {
    Kind.FOLLOW_UP: _("Åpne"),
    Kind.JOB_INTEREST: _("Åpne"),
    Kind.CONSENT: _("Spør igjen"),
    Kind.PERMIT: _("Oppdater"),
    Kind.UNMAPPED: _("Kartlegg"),
    Kind.ASK_LATER: _("Spør"),
}


def _referral_path(item: Item) -> str:
    """A vacancy's own page never names who has a protected address."""
    if item.whose and item.whose.protected_address:
        return f"/people/{item.whose.person_id}#referrals"
    return f"/vacancies/{item.vacancy_id}#referrals"


_PATHS: Mapping[Kind, Callable[[Item], str]] = {
    Kind.FOLLOW_UP: _referral_path,
    Kind.JOB_INTEREST: lambda item: f"/people/{item.whose.person_id}#interests" if item.whose else "/",
    Kind.CONTACT_REQUEST: lambda item: f"/sharing/requests/{item.record_id}",
    Kind.CONSENT: lambda item: f"/people/{item.record_id}#consents",
    Kind.PERMIT: lambda item: f"/people/{item.record_id}/edit",
    Kind.WATCHED_SEARCH: lambda item: f"/people/searches/{item.record_id}",
    Kind.STRONG_CANDIDATES: lambda item: f"/vacancies/{item.record_id}",
    Kind.UNMAPPED: lambda item: f"/people/{item.record_id}/mapping",
    Kind.ASK_LATER: lambda item: f"/people/{item.record_id}/mapping/summary",
    Kind.VACANCY_DEADLINE: lambda item: f"/vacancies/{item.record_id}",
    Kind.COURSE_START: lambda item: f"/courses/{item.record_id}",
}

_STAGES: Mapping[str, str] = {
    ReferralStage.PROPOSED: _("Foreslått for %(title)s %(day)s. Spør om det passer."),
    ReferralStage.ACCEPTED_BY_PERSON: _("Sa ja til %(title)s %(day)s. Send videre til arbeidsgiveren."),
    ReferralStage.SENT: _("Sendt til %(title)s, sist fulgt opp %(day)s. Hør med arbeidsgiveren."),
    ReferralStage.INTERVIEW: _("Intervju til %(title)s, sist fulgt opp %(day)s. Hør hvordan det gikk."),
}

_CONSENTS: Mapping[str, str] = {
    ConsentPurpose.SHARE_WITH_NEIGHBOURS: _("Samtykket til deling med nabokommuner"),
    ConsentPurpose.EXPORT_TO_JOB_SERVICE: _("Samtykket til NAV"),
    ConsentPurpose.AMBASSADOR: _("Samtykket som ambassadør"),
}

_PERMITS: Mapping[str, str] = {
    Permit.RESIDENCE: _("Oppholdstillatelsen"),
    Permit.RIGHT_TO_WORK: _("Arbeidstillatelsen"),
}


def path(item: Item) -> str:
    """The page on which the thing is done."""
    return _PATHS[item.kind](item)


def action(item: Item) -> str | None:
    """What the link to that page says; None where the row's own title leads there."""
    return gettext(_ACTIONS[item.kind]) if item.kind in _ACTIONS else None


def why(item: Item) -> str:
    """Why it is on the list, in a sentence or two."""
    return _REASONS[item.kind](item)


def _follow_up(item: Item) -> str:
    if item.ended:
        return gettext(_("%(title)s er besatt eller avsluttet. Avslutt formidlingen også.")) % {"title": item.title}
    return gettext(_STAGES[item.what]) % {"title": item.title, "day": spoken_day(item.on)}


def _contact_request(item: Item) -> str:
    said = _("%(name)s vil ha kontakt med noen som passer. Svarfristen er %(day)s.")
    return gettext(said) % {"name": municipality(item.what).name, "day": spoken_day(item.on)}


def _job_interest(item: Item) -> str:
    said = _("Sa %(day)s at %(title)s er interessant. Snakk med personen, og foreslå eller si hvorfor ikke.")
    return gettext(said) % {"title": item.title, "day": spoken_day(item.on)}


def _ends(what: str, on: date) -> str:
    said = _("%(what)s gikk ut %(day)s.") if on <= clock.today() else _("%(what)s går ut %(day)s.")
    return gettext(said) % {"what": gettext(what), "day": spoken_day(on)}


def _consent(item: Item) -> str:
    return _ends(_CONSENTS[item.what], item.on)


def _permit(item: Item) -> str:
    if item.on <= clock.today():
        return _ends(_PERMITS[item.what], item.on)
    if item.due_on <= clock.today():
        advice = gettext(_("Det er tid for å søke om fornyelse."))
    else:
        said = _("Søknad om fornyelse bør sendes senest %(day)s.")
        advice = gettext(said) % {"day": spoken_day(item.due_on)}
    return f"{_ends(_PERMITS[item.what], item.on)} {advice}"


def _strong_candidates(item: Item) -> str:
    number = item.people or 0
    found = ngettext("%(num)s kandidat passer godt.", "%(num)s kandidater passer godt.", number) % {"num": number}
    came = gettext(_("Stillingen kom %(day)s.")) % {"day": spoken_day(item.on)}
    return f"{found} {came}"


def _watched_search(item: Item) -> str:
    said = ngettext("%(num)s ny passer søket.", "%(num)s nye passer søket.", item.people or 0)
    return said % {"num": item.people or 0}


def _unmapped(item: Item) -> str:
    if item.what:
        passed = item.on < clock.today()
        said = _("Fristen i integreringsloven var %(day)s.") if passed else _("Fristen i integreringsloven er %(day)s.")
    else:
        said = _("Registrert %(day)s.")
    return gettext(said) % {"day": spoken_day(item.on)}


def _ask_later(item: Item) -> str:
    number = item.people or 0
    put_off = ngettext("%(num)s spørsmål ble utsatt %(day)s.", "%(num)s spørsmål ble utsatt %(day)s.", number)
    return put_off % {"num": number, "day": spoken_day(item.on)}


def _vacancy_deadline(item: Item) -> str:
    if item.on < clock.today():
        said = _("Søknadsfristen gikk ut %(day)s. Avslutt stillingen, eller sett en ny frist.")
    else:
        said = _("Søknadsfristen er %(day)s.")
    return gettext(said) % {"day": spoken_day(item.on)}


def _course_start(item: Item) -> str:
    return gettext(_("Begynner %(day)s.")) % {"day": spoken_day(item.on)}


_REASONS: Mapping[Kind, Callable[[Item], str]] = {
    Kind.FOLLOW_UP: _follow_up,
    Kind.JOB_INTEREST: _job_interest,
    Kind.CONTACT_REQUEST: _contact_request,
    Kind.CONSENT: _consent,
    Kind.PERMIT: _permit,
    Kind.WATCHED_SEARCH: _watched_search,
    Kind.STRONG_CANDIDATES: _strong_candidates,
    Kind.UNMAPPED: _unmapped,
    Kind.ASK_LATER: _ask_later,
    Kind.VACANCY_DEADLINE: _vacancy_deadline,
    Kind.COURSE_START: _course_start,
}
