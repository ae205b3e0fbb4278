"""Who has seen or used what, in her words: the day, who it was, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from types import MappingProxyType
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.dependencies import StateDep
from api.web.i18n import gettext
from api.web.i18n import mark as _
from api.web.my.dependencies import MayReadOwn, OwnSessionDep
from api.web.my.formats import own_time, place
from api.web.my.pages import own_page
from kompetanse.actor import ActorKind, Purpose, Role
from kompetanse.clock import OSLO
from kompetanse.paging import PageRequest
from kompetanse.self_service import service
from kompetanse.self_service.service import Seen

router = APIRouter()

PAGE_LENGTH = 100
"""Events a page. Those of one day that say the same are told once."""

_SAW, _CHANGED, _SENT = _("Så på"), _("Endret"), _("Sendte eller ga videre")
_DID: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("read", "list", "find_duplicates", "match", "list_candidates", "list_referrals", "reveal"), _SAW
        ),
        **dict.fromkeys(
            ("add", "change", "remove", "restore", "create", "archive", "merge", "import", "record", "undo", "relink",
             "join", "leave", "revoke", "end", "withdraw", "grant", "refuse", "answer", "annotate", "pin",
             "set_aside", "advance", "confirm", "link"),
            _CHANGED,
        ),
        **dict.fromkeys(("begin_send", "export", "hand_over", "release_classes", "shortlist"), _SENT),
        "ask": _("Spurte deg om"),
        "refer": _("Foreslo deg for en jobb"),
        "extract": _("Leste en tekst om"),
    }
)  # fmt: skip
_OTHER_DEED = _("Brukte")
_GAVE = frozenset({("create", "personal_link"), ("send", "personal_link"), ("hand_out", "person")})
"""What was done for her, by action and record."""

_WHAT: Mapping[str, str] = MappingProxyType(
    {
        "person": _("navn, telefon og andre opplysninger om deg"),
        "profile": _("profilen din"),
        "consent": _("samtykkene dine"),
        "contact_ask": _("spørsmål fra nabokommuner"),
        "household": _("familien din"),
        "mapping_conversation": _("kartleggingssamtalen"),
        "referral": _("forslag til jobb"),
        "candidate_mark": _("deg og en ledig jobb"),
        "personal_link": _("lenken til sidene dine"),
        "personal_device": _("telefonene du er logget inn på"),
        "erasure_request": _("ønsket ditt om å bli slettet"),
    }
)
_OTHER_THING = _("opplysninger om deg")

_WHY: Mapping[Purpose, str] = MappingProxyType(
    {
        Purpose.REGISTER: _("for å ha riktige opplysninger om deg"),
        Purpose.MAP_COMPETENCE: _("for å vite hva du kan og ønsker"),
        Purpose.MATCH: _("for å finne jobber som passer for deg"),
        Purpose.REFER: _("for å foreslå deg for en jobb"),
        Purpose.SHARE: _("for å samarbeide med nabokommuner"),
        Purpose.EXPORT: _("for at NAV kan hjelpe deg med å finne jobb"),
        Purpose.REPORT: _("for å lage tall om alle i kommunen"),
        Purpose.OVERSIGHT: _("for å passe på personvernet"),
        Purpose.ADMINISTER: _("for å holde systemet i orden"),
        Purpose.SELF_SERVICE: _("for at du kan se dine egne opplysninger"),
    }
)

_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.DPO, _("Personvernombudet i %(place)s")),
    (Role.COORDINATOR, _("Koordinatoren i %(place)s")),
    (Role.JOB_SERVICE, _("NAV")),
    (Role.HR, _("En leder som ansetter i %(place)s")),
)
_EMPLOYEE, _NEIGHBOUR, _SYSTEM = _("En ansatt i %(place)s kommune"), _("%(place)s kommune"), _("Systemet i %(place)s")
_HERSELF = _("Du selv")
"""Under an id that she had before two records of hers became one."""

_WHOEVER = _("Du, eller noen som hadde lenken din")
_CAME_IN = _("Åpnet sidene dine på en ny telefon eller datamaskin, klokken %(time)s")
_WHY_CAME = _("Var det ikke deg? Logg ut alle steder.")
_OPENED = ("open", "personal_link")


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did with her data on a day, and how many times."""

    day: date
    who: str
    what: str
    why: str
    times: int


@router.get("/seen")
def show(
    request: Request,
    who: MayReadOwn,
    session: OwnSessionDep,
    state: StateDep,
    cursor: Annotated[UUID | None, Query()] = None,
) -> Response:
    """The newest first; and where she is in, so that she sees when somebody else is."""
    seen = service.read_trail(session, who, PageRequest(PAGE_LENGTH, cursor))
    deeds = _told(seen, who.municipality_no)
    days = [(day, list(found)) for day, found in groupby(deeds, key=lambda one: one.day)]
    devices = service.devices(session, who, state.settings.personal_device_days) if cursor is None else ()
    return own_page(request, "seen.html", days=days, older=seen.events.next, first=cursor is None, devices=devices)


def _told(seen: Seen, municipality_no: str) -> Iterable[Deed]:
    """The events in words; of one day each deed once, where it was done last."""
    counted: dict[tuple[date, str, str, str], int] = {}
    for one in seen.events.items:
        if (one.action, one.record_type) == _OPENED:
            said = _came_in(one.occurred_at)
        else:
            who = _who(seen, one.actor_kind, one.actor_id, municipality_no)
            said = who, _what(one.action, one.record_type), gettext(_WHY[one.purpose])
        key = one.occurred_at.astimezone(OSLO).date(), *said
        counted[key] = counted.get(key, 0) + 1
    return (Deed(*key, times) for key, times in counted.items())


def _came_in(when: datetime) -> tuple[str, str, str]:
    """That somebody came in by a link: who it was, nobody knows but she."""
    return gettext(_WHOEVER), gettext(_CAME_IN) % {"time": own_time(when)}, gettext(_WHY_CAME)


def _what(action: str, record_type: str) -> str:
    did = _did(action, record_type)
    if action == "refer":
        return did
    return gettext(_("%(did)s: %(thing)s")) % {"did": did, "thing": gettext(_WHAT.get(record_type, _OTHER_THING))}


def _did(action: str, record_type: str) -> str:
    return gettext(_("Ga deg") if (action, record_type) in _GAVE else _DID.get(action, _OTHER_DEED))


def _who(seen: Seen, kind: ActorKind, actor_id: UUID, municipality_no: str) -> str:
    here = {"place": place(municipality_no)}
    if kind is ActorKind.SYSTEM:
        return gettext(_SYSTEM) % here
    if kind is ActorKind.NEWCOMER:
        return gettext(_HERSELF)
    standing = seen.by.get(actor_id)
    if standing is None:
        return gettext(_EMPLOYEE) % here
    if standing.recipient_no is not None:
        return gettext(_NEIGHBOUR) % {"place": place(standing.recipient_no)}
    return gettext(next((text for role, text in _ROLES if role in standing.roles), _EMPLOYEE)) % here
