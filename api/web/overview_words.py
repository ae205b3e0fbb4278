"""What closed sets of the trail, the charts and the map are called on pages."""

from collections.abc import Mapping
from enum import StrEnum

from api.web.i18n import mark as _
from kompetanse.audit.kinds import DeedKind
from kompetanse.codes.travel import TravelKind
from kompetanse.overview.rules import Lying, Mapped

OVERVIEW_WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    DeedKind: {
        DeedKind.LOOKED: _("Så på"),
        DeedKind.CHANGED: _("Endret"),
        DeedKind.EXPORTED: _("Hentet ut"),
        DeedKind.SHARED: _("Delte"),
        DeedKind.ENTERED: _("Logget inn"),
    },
    Mapped: {
        Mapped.DONE: _("Kartlagt"),
        Mapped.NOT_YET: _("Ikke kartlagt"),
    },
    Lying: {
        Lying.USED: _("Arbeidet svarer til det de kan"),
        Lying.SAME_LEVEL: _("Har fagutdanning, arbeider uten bruk for den"),
        Lying.ONE_BELOW: _("Arbeider ett nivå under det de kan"),
        Lying.MORE_BELOW: _("Arbeider to nivåer eller mer under"),
        Lying.NO_WORK: _("Kan et fag, arbeid ikke kjent"),
    },
    TravelKind: {
        TravelKind.ROAD: _("Vei"),
        TravelKind.TUNNEL: _("Tunnel"),
        TravelKind.FERRY: _("Ferge"),
        TravelKind.BOAT: _("Hurtigbåt"),
    },
}
