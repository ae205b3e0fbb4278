"""What the events of the audit trail are called in bokmål."""

from collections.abc import Mapping
from typing import Protocol

from api.web.i18n import gettext
from api.web.i18n import mark as _

ACTIONS: Mapping[str, str] = {
    "act_through_supplier": _("Handlet gjennom leverandør"),
    "add": _("La til"),
    "advance": _("Oppdaterte"),
    "answer": _("Svarte på"),
    "annotate": _("Skrev notat om"),
    "archive": _("Arkiverte"),
    "ask": _("Spurte"),
    "attach": _("La ved dokument til"),
    "begin_export": _("Begynte på"),
    "change": _("Endret"),
    "close": _("Avsluttet"),
    "complete_export": _("Fullførte"),
    "create": _("Opprettet"),
    "delete": _("Slettet"),
    "disable": _("Stengte"),
    "enable": _("Åpnet igjen"),
    "end": _("Avsluttet innsyn i"),
    "export": _("Eksporterte"),
    "end_watch": _("Sluttet å følge"),
    "extract": _("Så etter forslag i en tekst for"),
    "find_duplicates": _("Så etter dubletter"),
    "follow_up": _("Fulgte opp"),
    "grant": _("Sa ja til"),
    "hand_over": _("Fikk utlevert"),
    "hand_out": _("Ga ut egne data om"),
    "import": _("Importerte"),
    "join": _("Flyttet noen inn"),
    "leave": _("Flyttet noen ut"),
    "list": _("Så liste"),
    "list_candidates": _("Så hvem det kan gjelde"),
    "list_referrals": _("Så formidlinger"),
    "log_in": _("Logget inn"),
    "log_in_refused": _("Ble avvist ved innlogging"),
    "match": _("Så treff"),
    "merge": _("Slo sammen"),
    "open": _("Åpnet"),
    "pin": _("Festet øverst"),
    "preview_classes": _("Så hva naboer ser"),
    "publish": _("Sendte til NAV"),
    "read": _("Så"),
    "read_classes": _("Leste grupper"),
    "read_tombstones": _("Så hva som skal slettes"),
    "record": _("Registrerte"),
    "refer": _("Foreslo"),
    "refuse": _("Sa nei til"),
    "release_classes": _("Ga ut grupper"),
    "relink": _("Knyttet begreper på nytt"),
    "remove": _("Fjernet"),
    "request_contact": _("Ba om kontakt"),
    "request_match": _("Prøvde stilling hos nabo"),
    "restore": _("Hentet tilbake"),
    "reveal": _("Åpnet fødselsnummeret"),
    "revoke": _("Stanset"),
    "seed": _("Fylte inn oppdiktet"),
    "set_aside": _("La til side"),
    "stop": _("Tok ned hos NAV"),
    "subscribe": _("Abonnerte på"),
    "undo": _("Angret"),
    "verify": _("Kontrollerte"),
    "watch": _("Følger"),
    "withdraw": _("Trakk"),
    "withdraw_classes": _("Trakk grupper"),
}
RECORDS: Mapping[str, str] = {
    "advertisement": _("annonse"),
    "analytics_extract": _("analyseuttrekk"),
    "agreement": _("avtale om deling"),
    "api_client": _("tilgang for system"),
    "audit_event": _("loggen"),
    "candidate_mark": _("kandidat til en stilling"),
    "consent": _("samtykke"),
    "contact_ask": _("spørsmål om kontakt"),
    "contact_request": _("forespørsel om kontakt"),
    "course_offer": _("kurstilbud"),
    "erasure_request": _("ønske om å bli slettet"),
    "household": _("husstand"),
    "import": _("import av fil"),
    "intake": _("henting av annonser"),
    "job_service_export": _("fil til jobbformidlingen"),
    "matching_weights": _("vekter for treff"),
    "neighbour_vacancy": _("nabos stilling"),
    "organisation": _("organisasjon"),
    "pooling_agreement": _("avtale om å lage grupper sammen"),
    "people_list": _("liste over personer"),
    "person": _("person"),
    "personal_device": _("innlogging på egne sider"),
    "personal_link": _("lenke til egne sider"),
    "profile": _("profil"),
    "referral": _("formidling"),
    "release": _("utgivelse"),
    "saved_search": _("lagret søk"),
    "staff_account": _("brukerkonto"),
    "vacancy": _("stilling"),
    "webhook": _("varsling til nabo"),
}


class Told(Protocol):
    """What of an event is told."""

    @property
    def action(self) -> str: ...  # noqa: D102
    @property
    def record_type(self) -> str: ...  # noqa: D102


def actions() -> list[tuple[str, str]]:
    """Every action that an event can be of, for a select, by what it is called."""
    return _choices(ACTIONS)


def records() -> list[tuple[str, str]]:
    """Every type of record that an event can be about, for a select, by what it is called."""
    return _choices(RECORDS)


def _choices(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(((name, gettext(text)) for name, text in texts.items()), key=lambda choice: choice[1].casefold())


def event_told(event: Told) -> str:
    """An event in words; one that has none yet is told by its names in the trail."""
    action = gettext(ACTIONS.get(event.action, event.action))
    return f"{action}: {gettext(RECORDS.get(event.record_type, event.record_type))}"
