"""The administrator's first page: everything that is administered, and how it stands."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.dependencies import MayAdminister, WebSessionDep
from api.web.formats import day, moment
from api.web.i18n import gettext, ngettext
from api.web.i18n import mark as _
from api.web.pages import page
from api.web.words import word
from kompetanse.actor import Actor, Operation
from kompetanse.administration import service as administration
from kompetanse.administration.service import Standing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that is administered: how it stands in a few sentences, and its page.

    `path` is None where the page is another role's; `warning` where somebody should look.
    """

    title: str
    told: tuple[str, ...]
    path: str | None
    warning: bool = False


@router.get("/administration")
def show(request: Request, who: MayAdminister, session: WebSessionDep) -> Response:
    """Everything that is administered."""
    found = administration.standing(session, who)
    parts = [
        (gettext(_("Tilgang og avtaler")), [_accounts(found), _clients(found), _agreements(found)]),
        (gettext(_("Treff og begreper")), [_weights(found), _words(found, who)]),
        (
            gettext(_("Inn og ut")),
            [_feed(found, who), _imports(found, who), _exports(found, who), _extracts(found, who)],
        ),
    ]
    return page(request, "administration/show.html", parts=parts)


def _accounts(found: Standing) -> Matter:
    told = [_counted(found.open_accounts, _("%(num)s kan logge inn"))]
    if found.closed_accounts:
        told.append(_counted(found.closed_accounts, _("%(num)s stengt")))
    if found.locked_accounts:
        told.append(_counted(found.locked_accounts, _("%(num)s låst etter feil passord")))
    return Matter(gettext(_("Brukere")), tuple(told), "/accounts#staff", warning=bool(found.locked_accounts))


def _clients(found: Standing) -> Matter:
    told = ngettext("%(num)s system har tilgang", "%(num)s systemer har tilgang", found.clients)
    return Matter(gettext(_("Systemer (API)")), (told % {"num": found.clients},), "/accounts#systems")


def _agreements(found: Standing) -> Matter:
    told = [ngettext("%(num)s avtale gjelder", "%(num)s avtaler gjelder", found.agreements) % {"num": found.agreements}]
    if found.first_end:
        told.append(gettext(_("den første går ut %(day)s")) % {"day": day(found.first_end)})
    return Matter(gettext(_("Avtaler om deling")), tuple(told), "/sharing")


def _weights(found: Standing) -> Matter:
    changed = found.weights_changed_at
    told = gettext(_("sist endret %(moment)s")) % {"moment": moment(changed)} if changed else gettext(_("som de kom"))
    return Matter(gettext(_("Vekter for treff")), (told,), "/matching/weights")


def _words(found: Standing, who: Actor) -> Matter:
    told = [ngettext("%(num)s eget ord", "%(num)s egne ord", found.words) % {"num": found.words}]
    if found.word_added_at:
        told.append(gettext(_("sist %(moment)s")) % {"moment": moment(found.word_added_at)})
    return Matter(
        gettext(_("Kommunens ord")), tuple(told), _open_to(who, Operation.READ_PROFILES, "/worklists/unlinked")
    )


def _feed(found: Standing, who: Actor) -> Matter:
    title, path = gettext(_("Stillinger fra NAV")), _open_to(who, Operation.READ_VACANCIES, "/vacancies/feed")
    if found.reading is None:
        return Matter(title, (gettext(_("er ikke hentet ennå")),), path)
    came = ngettext("%(num)s ny", "%(num)s nye", found.reading.came) % {"num": found.reading.came}
    told = [gettext(_("siste lesing %(moment)s")) % {"moment": moment(found.reading.started_at)}, came]
    if found.reading.fault:
        told.append(str(word(found.reading.fault)))
    if found.feed_due_at:
        told.append(gettext(_("neste %(moment)s")) % {"moment": moment(found.feed_due_at)})
    return Matter(title, tuple(told), path, warning=found.reading.fault is not None)


def _imports(found: Standing, who: Actor) -> Matter:
    told = gettext(_("ingen filer er lest inn"))
    if found.imported:
        rows = ngettext("%(num)s rad", "%(num)s rader", found.imported.created) % {"num": found.imported.created}
        told = gettext(_("siste fil %(moment)s, %(rows)s")) % {
            "moment": moment(found.imported.imported_at),
            "rows": rows,
        }
    return Matter(gettext(_("Import")), (told,), _open_to(who, Operation.IMPORT_PEOPLE, "/import/runs"))


def _exports(found: Standing, who: Actor) -> Matter:
    told = [gettext(_("ingen fil er laget"))]
    if found.export:
        told = [gettext(_("siste fil %(moment)s")) % {"moment": moment(found.export.finished_at)}]
        told.append(gettext(_("etter planen") if found.export.scheduled_for else _("hentet for hånd")))
    title = gettext(_("Filer til jobbformidlingen"))
    return Matter(title, tuple(told), _open_to(who, Operation.EXPORT_JOB_SERVICE, "/export"))


def _extracts(found: Standing, who: Actor) -> Matter:
    made = found.extracted_at
    told = gettext(_("siste %(moment)s")) % {"moment": moment(made)} if made else gettext(_("ingen er laget"))
    return Matter(gettext(_("Analyseuttrekk")), (told,), _open_to(who, Operation.EXPORT_ANALYTICS, "/export/analytics"))


def _counted(number: int, text: str) -> str:
    return gettext(text) % {"num": number}


def _open_to(who: Actor, operation: Operation, path: str) -> str | None:
    """The page, for whoever may open it."""
    return path if who.may(operation) else None
