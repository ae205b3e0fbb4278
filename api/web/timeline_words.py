"""What a timeline says of each kind of happening."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.web.formats import municipality_name
from api.web.i18n import gettext, ngettext
from api.web.i18n import mark as _
from api.web.labels import part_name
from api.web.words import word
from kompetanse.chronicle.service import Event, Happening, Theme
from kompetanse.codes.consent import ConsentPurpose
from kompetanse.codes.contact import AskStage
from kompetanse.codes.work import ReferralStage

THEMES: Mapping[Theme, str] = {
    Theme.PROFILE: _("Profilen"),
    Theme.COURSES: _("Kurs"),
    Theme.REFERRALS: _("Formidling"),
    Theme.CONSENTS: _("Samtykker og naboer"),
    Theme.LINKS: _("Egne sider"),
    Theme.RECORD: _("Personkortet"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A happening in words: what happened, more of it, and where it can be read."""

    text: str
    more: str = ""
    path: str = ""


_PLAIN: Mapping[Happening, str] = {
    Happening.REGISTERED: _("Registrert"),
    Happening.ARCHIVED: _("Arkivert"),
    Happening.MERGED: _("Slått sammen med et annet kort"),
    Happening.MAPPED: _("Kartleggingssamtale"),
    Happening.LINK_MADE: _("Fikk lenke til egne sider"),
    Happening.LINK_SPENT: _("Brukte lenken til egne sider"),
    Happening.LINK_REVOKED: _("Lenken til egne sider ble stoppet"),
    Happening.ERASURE_ASKED: _("Ba om å bli slettet"),
    Happening.ERASURE_WITHDRAWN: _("Trakk ønsket om å bli slettet"),
    Happening.ERASURE_ANSWERED: _("Fikk svar på ønsket om å bli slettet"),
}
_NEIGHBOUR: Mapping[Happening, str] = {
    Happening.NEIGHBOUR_ASKED: _("Spurt om jobb hos %(place)s"),
    Happening.NEIGHBOUR_ANSWERED: _("Svarte på spørsmålet fra %(place)s"),
    Happening.NEIGHBOUR_READ: _("%(place)s åpnet opplysningene"),
    Happening.NEIGHBOUR_ENDED: _("%(place)s har ikke innsyn lenger"),
}


def told(event: Event) -> Told:
    """A happening in words."""
    if event.what in _PLAIN:
        return Told(gettext(_PLAIN[event.what]))
    return _OTHERS[event.what](event.what, dict(event.about))


def _changed(_what: Happening, about: dict[str, Any]) -> Told:
    parts = str(about["parts"]).split(",")
    names = ", ".join(dict.fromkeys(part_name(part) for part in parts))
    text = ngettext("Profilen endret: %(parts)s", "Profilen endret %(num)s steder: %(parts)s", len(parts))
    return Told(text % {"parts": names, "num": len(parts)}, path="history")


def _consent(_what: Happening, about: dict[str, Any]) -> Told:
    purpose = word(ConsentPurpose(about["purpose"]))
    text = gettext(_("Samtykket: %(what)s")) if about["granted"] else gettext(_("Samtykker ikke: %(what)s"))
    more = municipality_name(about["recipient_no"]) if about["recipient_no"] else ""
    return Told(text % {"what": purpose}, more or "", "#consents")


def _neighbour(what: Happening, about: dict[str, Any]) -> Told:
    place = municipality_name(about["recipient_no"]) or about["recipient_no"]
    more = about["title"]
    if what is Happening.NEIGHBOUR_ANSWERED and about["stage"] is not AskStage.ASKED:
        more = f"{more}: {word(about['stage'])}"
    return Told(gettext(_NEIGHBOUR[what]) % {"place": place}, more, f"/sharing/requests/{about['request_id']}")


def _referral(what: Happening, about: dict[str, Any]) -> Told:
    stage = about.get("stage")
    text = gettext(_("Foreslått"))
    if stage:
        text = gettext(_("Formidling: %(stage)s")) % {"stage": word(ReferralStage(stage))}
    return Told(text, about["title"], f"/vacancies/{about['vacancy_id']}")


_OTHERS: Mapping[Happening, Callable[[Happening, dict[str, Any]], Told]] = {
    Happening.PROFILE_CHANGED: _changed,
    Happening.CONSENT_ANSWERED: _consent,
    **dict.fromkeys(_NEIGHBOUR, _neighbour),
    Happening.REFERRED: _referral,
    Happening.STAGE_REACHED: _referral,
}
