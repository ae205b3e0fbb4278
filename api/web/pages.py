"""Rendering: one template environment, and what every page is given."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.web import (
    formats,
    guides,
    labels,
    reason_texts,
    reasons,
    referral_words,
    shared_words,
    today_words,
    tongues,
    trail,
    words,
)
from api.web.catalogues import STAFF_LANGUAGES, direction, own_name
from api.web.i18n import gettext, language, mark, ngettext, speaking
from api.web.my import formats as my_formats
from api.web.my import words as my_words
from api.web.pictograms import pictogram
from api.web.sessions import CSRF_FIELD, Visitor, masked
from kompetanse import clock
from kompetanse.actor import Actor, Operation
from kompetanse.codes.driving_exchange import driving_exchange
from kompetanse.codes.education import EducationLevel

HERE = Path(__file__).parent
STATIC = HERE / "static"

NOTICES: Mapping[str, str] = {
    "saved": mark("Lagret."),
    "merged-with": mark("Lagret, sammen med det noen andre lagret mens du skrev."),
    "registered": mark("Personen er registrert."),
    "archived": mark("Personen er arkivert og er ute av lister, treff og alt som deles."),
    "restored": mark("Personen er hentet tilbake."),
    "merged": mark("De to personkortene er slått sammen. Ingenting er slettet."),
    "added": mark("Lagt til."),
    "read-in": mark("Det du valgte, er lagt til. Teksten er ikke lagret."),
    "confirmed": mark("Bekreftet i dag: profilen stemmer."),
    "entry-confirmed": mark("Bekreftet: vedtaket gjelder det som står her."),
    "undone": mark("Endringen er angret."),
    "mapped": mark("Kartleggingen er bekreftet og avsluttet."),
    "import-undone": mark("Importen er angret. Alt den la til, er tatt bort."),
    "linked": mark("Ordet er koblet, også der det allerede sto."),
    "forgotten": mark("Ordet er glemt. Det som er koblet, forblir koblet."),
    "removed": mark("Fjernet. Nå er det «ikke oppgitt»."),
    "consented": mark("Samtykket er registrert."),
    "withdrawn": mark("Samtykket er trukket. Det gjelder fra nå."),
    "referred": mark("Formidlet. I morgen minner «I dag» deg på å spørre personen."),
    "referral-undone": mark("Angret. Formidlingen er borte."),
    "sent": mark("Notert som sendt. «I dag» minner deg på å høre med enheten om en uke."),
    "pinned": mark("Kandidaten er festet, og står øverst under «Festet»."),
    "set-aside": mark("Kandidaten er satt til side for denne stillingen. Det kan angres."),
    "mark-saved": mark("Lagret. Det gjelder bare for denne stillingen."),
    "course-saved": mark("Tilbudet er lagret."),
    "course-retired": mark("Tilbudet er tatt bort fra dem som kan velges. Det kan åpnes igjen."),
    "course-opened": mark("Tilbudet kan velges igjen."),
    "weights-saved": mark("Vektene gjelder fra nå."),
    "followed-up": mark("Notert. Formidlingen kommer tilbake når det er tid for å spørre igjen."),
    "accepted": mark("Notert: personen har sagt ja. Nå kan lederen få kortlisten."),
    "advanced": mark("Formidlingen er oppdatert."),
    "published": mark("Stillingen er lagret."),
    "ended": mark("Stillingen er avsluttet."),
    "requirements-added": mark("Kravene er lagt til, og treffene regner med dem."),
    "nav-sent": mark("NAV har fått stillingen."),
    "nav-refused": mark("NAV tok ikke imot stillingen. Se hva NAV svarte, rett det, og send på nytt."),
    "nav-stopped": mark("NAV har tatt stillingen ned."),
    "feed-asked": mark("NAVs stillinger hentes om noen sekunder. Last siden på nytt for å se dem."),
    "account-closed": mark("Kontoen er stengt, og øktene er avsluttet."),
    "account-opened": mark("Kontoen er åpen igjen."),
    "client-stopped": mark("Tilgangen er stanset."),
    "password-changed": mark("Passordet er byttet."),
    "number-stored": mark("Nummeret er lagret. Det vises ikke igjen."),
    "number-removed": mark("Nummeret er fjernet."),
    "released": mark("Utgivelsen er laget, og er det naboene ser til neste kvartal."),
    "agreed": mark("Avtalen er lagret."),
    "pooled": mark("Avtalen er lagret. Den gjelder når alle har lagt inn de samme kommunene."),
    "unpooled": mark("Kommunen er ute. Det som var laget sammen, er trukket."),
    "revoked": mark("Avtalen er avsluttet. Naboen ser ingenting fra nå."),
    "attached": mark("Dokumentet er lagt ved."),
    "answered": mark("Svaret er registrert."),
    "taken-back": mark("Trukket tilbake. Naboen ser det ikke lenger, og får beskjed om å slette."),
    "closed": mark("Forespørselen er lukket. Naboen merker ingen forskjell."),
    "contact-asked": mark("Forespørselen er sendt. De som sier ja, kommer her."),
    "interest-seen": mark("Personen ser nå at du har sett det."),
    "link-stopped": mark("Lenken er stoppet."),
    "link-over": mark("Den lenken er brukt eller stoppet. Lag en ny hvis det trengs."),
    "devices-ended": mark("Personen er logget ut alle steder."),
    "erasure-answered": mark("Svaret står på personens egne sider."),
    "list-made": mark("Listen er laget."),
    "list-deleted": mark("Listen er slettet. Personene er der fortsatt."),
    "put-on-list": mark("Lagt i listen."),
    "nobody-put": mark("Ingen ble lagt til: de valgte er i listen fra før, eller arkivert."),
    "taken-off-list": mark("Tatt ut av listen."),
    "list-undone": mark("Endringen av listen er angret."),
    "search-saved": mark("Søket er lagret."),
    "search-deleted": mark("Søket er slettet."),
    "watched": mark("Du får beskjed på «I dag» når noen nye passer."),
    "unwatched": mark("Du får ikke lenger beskjed om dette søket."),
    "logged-out": mark("Du er logget ut."),
}
"""What a page says after something was done; the URL carries the key, never the text."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the main menu."""

    text: str
    path: str
    operation: Operation | None
    """What one must be allowed to do; None: everybody has it."""
    unless: Operation | None = None
    """Who may do this finds the page by another entry."""
    within: tuple[str, ...] = ()
    """Other addresses whose pages belong to this entry."""
    seldom: bool = False
    """Where the menu has many entries, this one stands under *Mer*."""

    def holds(self, path: str) -> bool:
        """Whether a page belongs to this entry."""
        return path == self.path or any(path.startswith(f"{one}/") or path == one for one in self._prefixes)

    def shown_to(self, actor: Actor) -> bool:
        """Whether somebody's menu has it."""
        if self.operation is None:
            return True
        return actor.may(self.operation) and not (self.unless and actor.may(self.unless))

    @property
    def _prefixes(self) -> tuple[str, ...]:
        return self.within if self.path == "/" else (self.path, *self.within)


MENU = (
    Tab(mark("I dag"), "/", None, within=("/today", "/erasures")),
    Tab(mark("Personer"), "/people", Operation.READ_PEOPLE, within=("/households",)),
    Tab(mark("Stillinger"), "/vacancies", Operation.READ_VACANCIES, within=("/matching/plan",)),
    Tab(mark("Oppfølging"), "/worklists", Operation.READ_PROFILES),
    Tab(mark("Kurs"), "/courses", Operation.READ_COURSES),
    Tab(mark("Oversikt"), "/figures", Operation.READ_REPORTS, within=("/map",)),
    Tab(mark("Deling"), "/sharing", Operation.READ_RELEASES, within=("/neighbours",)),
    Tab(mark("Import"), "/import", Operation.IMPORT_PEOPLE, seldom=True),
    Tab(mark("Eksport"), "/export", Operation.EXPORT_JOB_SERVICE, seldom=True),
    Tab(mark("Analyseuttrekk"), "/export/analytics", Operation.EXPORT_ANALYTICS, Operation.EXPORT_JOB_SERVICE),
    Tab(mark("Vekter"), "/matching/weights", Operation.TUNE_MATCHING, seldom=True),
    Tab(mark("Samtykker"), "/consents", Operation.READ_CONSENTS, seldom=True),
    Tab(mark("Logg"), "/audit", Operation.READ_AUDIT),
    Tab(mark("Administrasjon"), "/administration", Operation.ADMINISTER_ACCOUNTS, within=("/accounts",)),
)


_IN_A_ROW = 8


@cache
def environment() -> Environment:
    """The templates: escaping always on, a misspelt name an error, every text through gettext."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update((one.__name__, _when_read(one)) for one in _filters())
    made.globals.update(_globals())
    return made


def _filters() -> Iterator[Callable[..., object]]:
    """What every template can put a value through, by its own name."""
    yield from (getattr(formats, name) for name in formats.FILTERS)
    yield from (words.word, stated, guides.documents_told, guides.steps_told, labels.part_name, labels.label)
    yield from (words.wish_value, reasons.card, trail.event_told, trail.field_told)
    yield from (*shared_words.FILTERS, *tongues.FILTERS, *my_formats.FILTERS, *my_words.FILTERS)


def _when_read(said: Callable[..., object]) -> Callable[..., object]:
    """A filter that speaks when a page is read.

    Jinja reckons a filter of a constant, as `none | stated`, when it compiles the template: all would read the language
    of whoever came first. It leaves alone what asks for the page's context.
    """

    @pass_context
    def told(_context: Context, *values: object, **more: object) -> object:
        return said(*values, **more)

    return told


def _globals() -> dict[str, object]:
    """What every template can call by name."""
    return {
        **{one.__name__: one for one in (*my_formats.GLOBALS, *my_words.GLOBALS)},
        "options": words.options,
        "label": labels.label,
        "static": static,
        "today": clock.today,
        "now": clock.now,
        "CSRF_FIELD": CSRF_FIELD,
        "Operation": Operation,
        "outcomes": reason_texts.OUTCOMES,
        "say": say,
        "page_language": language,
        "page_languages": page_languages,
        "todays": today_words,
        "referrals_told": referral_words,
        "period": formats.period,
        "percentages": formats.percentages,
        "pictogram": pictogram,
        "shifts": words.shifts,
        "weighed": words.weighed,
        "document_choices": guides.document_choices,
        "driving_exchange": driving_exchange,
        "EducationLevel": EducationLevel,
        **{kind.__name__: kind for kind in words.WORDS},
    }


def warm_up() -> None:
    """Compile every template, so that no visitor waits for it."""
    for name in environment().list_templates():
        environment().get_template(name)


def say(language: str, message: str) -> Markup:
    """A text in another language than the page's, and marked as such."""
    with speaking(language):
        return Markup('<span lang="{}" dir="{}">{}</span>').format(language, direction(language), gettext(message))


def page_languages() -> list[tuple[str, str]]:
    """The languages that the staff's pages are in, each by its own name."""
    return [(tag, own_name(tag)) for tag in STAFF_LANGUAGES]


def stated(value: object) -> object:
    """The value, or what a page says when it is not known. Zero and "Nei" are values."""
    if value is None or value in ("", []):
        return Markup('<span class="not-stated">{}</span>').format(gettext("Ikke oppgitt"))
    return value


@cache
def static(name: str) -> str:
    """The address of a static file; it changes with the file, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@dataclass(frozen=True, slots=True)
class Undo:
    """What a notice offers: where the form that takes it back is sent, and what it carries."""

    path: str
    fields: Mapping[str, str]


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401 - what templates take
    """A page, or the part of one that htmx asked for by `hx-select`."""
    html = environment().get_template(template).render({**chrome(request), **context})
    return HTMLResponse(html, status)


def chrome(request: Request) -> dict[str, object]:
    """What the layout needs: the visitor, her menu, and what was done just now."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    actor: Actor | None = visitor.actor if visitor else None
    return {
        "visitor": visitor,
        "csrf_token": masked(visitor.csrf_token) if visitor else "",
        "draft_key": masked(request.app.state.cookies.draft_key(actor.id)) if actor else "",
        **_menu(actor),
        "here": request.url.path,
        "at": _address(request),
        "undo": _undo(request),
        "shortlist": _shortlist(request),
        "may": (lambda operation: actor is not None and actor.may(operation)),
        "notice": gettext(NOTICES[key]) if (key := request.query_params.get("notice", "")) in NOTICES else None,
    }


def _menu(actor: Actor | None) -> dict[str, list[Tab]]:
    """The entries that stand in a row, and those under *Mer*: none where there is room for all."""
    tabs = [tab for tab in MENU if actor and tab.shown_to(actor)]
    if len(tabs) <= _IN_A_ROW:
        return {"menu": tabs, "seldom": []}
    return {"menu": [tab for tab in tabs if not tab.seldom], "seldom": [tab for tab in tabs if tab.seldom]}


def _address(request: Request) -> str:
    """Where a form of this page leads back to, without what was done just now.

    The answer to a form leads nowhere; what htmx takes of it becomes part of the page that it was sent from.
    """
    url = request.url if request.method == "GET" else URL(request.headers.get("HX-Current-URL", ""))
    url = url.remove_query_params(["at", "notice", "undo"])
    return f"{url.path}?{url.query}" if url.query else url.path


def _undo(request: Request) -> Undo | None:
    """How the referral that was made just now is taken back. What else is undone, its own page says."""
    made = undoable(request, "referred")
    return Undo(f"/referrals/{made}/undo", {"version": "1", "back": _address(request)}) if made else None


def _shortlist(request: Request) -> str | None:
    """Where what was done just now leads on to: the shortlist of the vacancy that somebody has said yes to.

    The vacancy's own pages have a way there.
    """
    vacancy = undoable(request, "accepted")
    there = f"/vacancies/{vacancy}"
    return f"{there}/shortlist" if vacancy and not request.url.path.startswith(there) else None


def undoable(request: Request, *notices: str) -> UUID | None:
    """What was done just now, if it was one of these; anything else in the address is no id, and leads nowhere."""
    try:
        return UUID(request.query_params["undo"]) if request.query_params.get("notice") in notices else None
    except (KeyError, ValueError):
        return None


def local(path: str, otherwise: str = "/") -> str:
    """A path on this site, or another: what a form or link says of where to go must not lead elsewhere."""
    safe = path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
    return path if safe else otherwise


def go(path: str, notice: str | None = None, part: str = "", undo: UUID | None = None) -> Response:
    """Send the browser to a page after something was done (303, so that a reload repeats nothing).

    `undo` is the id of what was done, which the notice offers to take back, or leads on from.
    """
    query = f"{'&' if '?' in path else '?'}notice={notice}" if notice else ""
    query += f"&undo={undo}" if undo else ""
    return RedirectResponse(f"{path}{query}{'#' + part if part else ''}", 303)
