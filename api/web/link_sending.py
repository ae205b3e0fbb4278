"""Sending a link from a page: to which of a person's contact points it can go, and how it is told what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from api.state import State
from api.web.formats import NO_BREAK, phone
from api.web.forms import Typed
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.my.letters import link_letter
from api.web.sheets import Sheet
from kompetanse.actor import Actor
from kompetanse.codes.residence import ContactKind
from kompetanse.messages.rules import Channel, Outcome
from kompetanse.messages.service import carriers
from kompetanse.people.rules import Contact
from kompetanse.personal_links import sending
from kompetanse.personal_links.sending import CHANNEL_OF, Asked, Begun, Withheld
from kompetanse.personal_links.service import Access

Result = Outcome | Withheld

_MOST_ATTEMPTS = 99
_BY: Mapping[Channel, str] = {Channel.SMS: _("Send på SMS til %(to)s"), Channel.EMAIL: _("Send på e-post til %(to)s")}
_CALLED: Mapping[Channel, str] = {Channel.SMS: _("SMS"), Channel.EMAIL: _("E-post")}
_SENT: Mapping[Channel, str] = {Channel.SMS: _("Sendt på SMS"), Channel.EMAIL: _("Sendt på e-post")}
_SHORT: Mapping[Result, tuple[str, str]] = {
    Outcome.UNKNOWN: ("warning", _("Kanskje sendt: det kom ikke noe svar")),
    Outcome.REFUSED: ("danger", _("Ikke sendt: adressen ble ikke tatt imot")),
    Outcome.NOT_LET_IN: ("danger", _("Ikke sendt: oppsettet virker ikke")),
    Outcome.UNREACHED: ("danger", _("Ikke sendt: tjenesten svarer ikke")),
    Withheld.PROTECTED: ("warning", _("Ikke sendt: personen har adressesperre")),
    Withheld.SHARED: ("warning", _("Ikke sendt: nummeret eller adressen står også på et annet kort")),
    Withheld.NO_ADDRESS: ("warning", _("Ikke sendt: ingen telefon eller e-post å sende til")),
    Withheld.UNDERWAY: ("info", _("Sendes nå")),
    Withheld.TOO_MANY: ("warning", _("Ikke sendt: personen har fått nok meldinger det siste døgnet")),
}
_ADVICE: Mapping[Result, str] = {
    Outcome.SENT: _("Lenken står også her, hvis den skal skrives ut."),
    Outcome.UNKNOWN: _("Meldingen kan ha kommet fram likevel. Spør personen, eller send på nytt: det er samme lenke."),
    Outcome.REFUSED: _("Se om det som står på kortet, er riktig. Lenken virker, og kan skrives ut eller kopieres."),
    Outcome.NOT_LET_IN: _("Si fra til dem som drifter Kompetanse. Lenken virker, og kan skrives ut eller kopieres."),
    Outcome.UNREACHED: _("Ingenting er tapt. Prøv igjen om litt, eller skriv ut eller kopier lenken."),
    Withheld.PROTECTED: _("Kryss av for at ingen andre leser meldingene, eller gi lenken på papir."),
    Withheld.SHARED: _("Kryss av for at ingen andre leser meldingene, eller gi lenken på papir."),
    Withheld.NO_ADDRESS: _("Kortet ble endret mens du holdt på. Lenken virker, og kan skrives ut eller kopieres."),
    Withheld.UNDERWAY: _("Last siden på nytt om litt for å se hvordan det gikk. Det sendes bare én gang."),
    Withheld.TOO_MANY: _("Vent til i morgen, eller gi lenken på papir."),
}
_SMS_REFUSED = _("Ikke sendt: SMS-tjenesten tok ikke imot meldingen")
_SMS_REFUSED_ADVICE = _(
    "Se om nummeret på kortet er riktig. Skjer det med flere, er noe galt med oppsettet: si fra til dem som drifter "
    "Kompetanse. Lenken virker, og kan skrives ut eller kopieres."
)
"""A gateway answers a number that is none and a document that it does not understand in the same way."""
_WAYS: Mapping[tuple[Channel, ...], str] = {
    (): _("Ark til alle, til å skrive ut"),
    (Channel.SMS,): _("SMS til dem som har telefon på kortet, ark til de andre"),
    (Channel.EMAIL,): _("E-post til dem som har e-post på kortet, ark til de andre"),
    (Channel.SMS, Channel.EMAIL): _("SMS til dem som har telefon, e-post til dem som bare har det, ark til de andre"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A contact point that a link can be sent to: what the form says, and what is read."""

    value: str = field(repr=False)
    text: str = field(repr=False)

    @property
    def pair(self) -> tuple[str, str]:
        """As a choice of a form."""
        return self.value, self.text


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a sending: the theme's colour, what happened, and what to do now."""

    color: str
    short: str
    advice: str


def offers(state: State, contacts: Iterable[Contact]) -> list[Offer]:
    """Where a person's link can be sent to, by the ways that are set up here; SMS first, as phones are at hand."""
    ways = list(carriers(state.settings))
    reachable = [one for one in contacts if CHANNEL_OF[one.kind] in ways]
    return [
        Offer(_value(one), gettext(_BY[CHANNEL_OF[one.kind]]) % {"to": shown(one)})
        for one in sorted(reachable, key=lambda one: ways.index(CHANNEL_OF[one.kind]))
    ]


def shared(state: State, session: Session, who: Actor, person_id: UUID, contacts: Iterable[Contact]) -> list[str]:
    """What a link could be sent to that stands on another card too, as it is read."""
    ways = carriers(state.settings).keys()
    reachable = [one for one in contacts if CHANNEL_OF[one.kind] in ways]
    return [shown(one) for one in sending.shared(session, who, person_id, reachable)]


def ways(state: State) -> list[tuple[str, str]]:
    """How several people can be given their links here, for a choice; the first is on paper."""
    here = carriers(state.settings).keys()
    return [(" ".join(by), gettext(text)) for by, text in _WAYS.items() if here >= set(by)]


def asked_by(form: Typed) -> Asked | None:
    """What a form asks for; None when nothing is to be sent."""
    kind, _colon, value = form.raw("send").partition(":")
    if kind not in set(ContactKind) or not value:
        return None
    attempt = attempt_of(form)
    return Asked(Contact(ContactKind(kind), value), form.text("asked"), attempt, form.ticked("safe"))


def attempt_of(form: Typed) -> int:
    """Which try a form is, from 1 on: a page that was sent anew is the same, a button pressed afterwards another."""
    text = form.raw("attempt")
    return min(int(text), _MOST_ATTEMPTS) if text.isascii() and text.isdigit() else 1


def deliver(state: State, who: Actor, ready: Sequence[tuple[Begun | Withheld, Sheet]]) -> list[Result]:
    """Send what was begun, outside of any transaction; what came of each, also of what was sent before or withheld."""
    letters = [
        (begun, link_letter(begun.address, sheet.link, sheet.expires_at, sheet.language))
        for begun, sheet in ready
        if isinstance(begun, Begun) and begun.address
    ]
    outcomes = sending.carry(state.database, who, carriers(state.settings), letters)
    return [_result(begun, outcomes) for begun, _sheet in ready]


def told(result: Result, channel: Channel) -> Told:
    """A result in words."""
    if (result, channel) == (Outcome.REFUSED, Channel.SMS):
        return Told("danger", gettext(_SMS_REFUSED), gettext(_SMS_REFUSED_ADVICE))
    color, short = _SHORT.get(result, ("success", _SENT[channel]))
    return Told(color, gettext(short), gettext(_ADVICE[result]))


def sent(access: Access) -> list[tuple[str, datetime]]:
    """How each message with a person's link stands now, in words, and when it was begun; the newest first."""
    return [(_stands(one.outcome, one.channel, sending.is_underway(one)), one.begun_at) for one in access.messages]


def shown(contact: Contact) -> str:
    """A contact point as it is read."""
    return phone(contact.value).replace(" ", NO_BREAK) if contact.kind is ContactKind.PHONE else contact.value


def _stands(outcome: Outcome, channel: Channel, underway: bool) -> str:
    short = told(Withheld.UNDERWAY if underway else outcome, channel).short
    return short if outcome is Outcome.SENT else f"{gettext(_CALLED[channel])} · {short}"


def _result(begun: Begun | Withheld, outcomes: Mapping[UUID, Outcome]) -> Result:
    if isinstance(begun, Withheld):
        return begun
    if begun.address is None:
        return begun.message.outcome
    return outcomes[begun.message.id]


def _value(contact: Contact) -> str:
    return f"{contact.kind.value}:{contact.value}"
