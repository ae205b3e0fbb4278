"""What the events of the audit trail are called in bokmål."""

from collections.abc import Mapping
from typing import Protocol

from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.labels import label, part_name
from api.web.words import word
from kompetanse.codes.consent import ConsentPurpose

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
    "begin_send": _("Begynte å sende"),
    "change": _("Endret"),
    "close": _("Avsluttet"),
    "complete_export": _("Fullførte"),
    "count": _("Så tall om"),
    "confirm": _("Bekreftet"),
    "create": _("Opprettet"),
    "delete": _("Slettet"),
    "disable": _("Stengte"),
    "enable": _("Åpnet igjen"),
    "end": _("Avsluttet innsyn i"),
    "export": _("Eksporterte"),
    "end_watch": _("Sluttet å følge"),
    "fail_to_send": _("Fikk ikke sendt"),
    "extract": _("Så etter forslag i en tekst for"),
    "find_duplicates": _("Så etter dubletter"),
    "follow_up": _("Fulgte opp"),
    "grant": _("Sa ja til"),
    "hand_over": _("Fikk utlevert"),
    "hand_out": _("Ga ut egne data om"),
    "import": _("Importerte"),
    "join": _("Flyttet noen inn"),
    "leave": _("Flyttet noen ut"),
    "link": _("Koblet et ord i"),
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
    "send": _("Sendte"),
    "set_aside": _("La til side"),
    "shortlist": _("Laget kortliste med"),
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
    "job_interest": _("interesse for en stilling"),
    "job_service_export": _("fil til jobbformidlingen"),
    "local_synonym": _("kommunens egne ord"),
    "mapping_conversation": _("kartleggingssamtale"),
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
_AS_ONE: Mapping[tuple[str, str], str] = {
    ("begin_send", "personal_link"): _("Begynte å sende lenken til egne sider"),
    ("create", "personal_link"): _("Laget lenke til egne sider"),
    ("end", "personal_device"): _("Logget ut av egne sider"),
    ("export", "audit_event"): _("Hentet loggen som fil"),
    ("fail_to_send", "personal_link"): _("Fikk ikke sendt lenken til egne sider"),
    ("hand_out", "person"): _("Ga ut egne data"),
    ("list", "person"): _("Så personen i en liste"),
    ("open", "personal_link"): _("Logget inn på egne sider med lenke"),
    ("read", "audit_event"): _("Leste loggen"),
    ("read", "personal_link"): _("Så om personen har lenke til egne sider"),
    ("revoke", "personal_link"): _("Stanset lenken til egne sider"),
    ("send", "personal_link"): _("Sendte lenken til egne sider"),
}
"""What an action and its record are called together, where that reads better than one behind the other."""
_WHERE: Mapping[str, str] = {
    "actions": _("ett slags handlinger"),
    "administration": _("siden Administrasjon"),
    "attributes": _("egenskaper"),
    "candidates": _("kandidatene til en stilling"),
    "concept": _("standardbegrep"),
    "confirmed_on": _("bekreftet"),
    "courses": _("kurs"),
    "cv": _("CV"),
    "distance": _("reisevei"),
    "extent": _("stillingsprosent"),
    "fields": _("fagfelt"),
    "household": _("husstanden"),
    "interests": _("interesser"),
    "json_resume": _("JSON Resume"),
    "mapping": _("kartlagt eller ikke"),
    "more": _("egne ord"),
    "occupations": _("ønskede yrker"),
    "origin": _("opprinnelse"),
    "paper": _("på papir"),
    "places": _("kartet"),
    "plan": _("siden Helheten"),
    "relaxations": _("hva som gir flere kandidater"),
    "start": _("når personen kan begynne"),
    "timeline": _("tidslinjen"),
    "vacancy": _("for en stilling"),
    "willing": _("andre ønsker"),
    "work": _("arbeid"),
    "actor_id": _("gjort av én"),
    "also": _("også tidligere kort"),
    "audit": _("søk i loggen"),
    "contacts": _("telefon og e-post"),
    "everything": _("alt som er registrert"),
    "not_let_in": _("oppsettet virket ikke"),
    "refused": _("ble ikke tatt imot"),
    "sent": _("sendt"),
    "shared_contact": _("står også på et annet kort"),
    "sms": _("SMS"),
    "unknown": _("uten svar"),
    "unreached": _("tjenesten svarte ikke"),
    "history": _("historikken"),
    "incomplete": _("listen over ufullstendige profiler"),
    "place": _("kartet"),
    "record_id": _("om denne personen"),
    "running_out": _("listen over det som går ut"),
    "results": _("lagrede treff"),
    "stale": _("listen over gamle profiler"),
    "steps": _("stegene videre"),
    "today": _("siden I dag"),
    "unlinked": _("listen over ukjente ord"),
    "unmapped": _("listen over dem som ikke er kartlagt"),
    "unrecognised": _("listen over utdanning som ikke er godkjent"),
    "unused": _("listen over ubrukt kompetanse"),
    "vacancies": _("stillinger for personen"),
}
"""Where somebody was seen, or what of the trail was asked for, which stand among the fields of an event."""


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
    return f"{gettext(ACTIONS.get(event.action, event.action))}: {record_told(event)}"


def deed_told(event: Told) -> str:
    """An event of one person's trail in words."""
    as_one = _AS_ONE.get((event.action, event.record_type))
    return gettext(as_one) if as_one else event_told(event)


def record_told(event: Told) -> str:
    """What an event was done to."""
    return gettext(RECORDS.get(event.record_type, event.record_type))


def field_told(name: str) -> str:
    """A field of an event, what it was about, or where the person was seen, in words."""
    if name in _WHERE:
        return gettext(_WHERE[name])
    if name in set(ConsentPurpose):
        return word(ConsentPurpose(name)) or name
    part, dot, field = name.partition(".")
    return f"{part_name(part)}: {field_told(field)}" if dot else label(name)
