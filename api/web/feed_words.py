"""What the closed sets of vacancies from outside are called on pages: how a reading ended, and what to do about it."""

from collections.abc import Mapping
from enum import StrEnum

from api.web.i18n import mark as _
from kompetanse.feeds.rules import ChangeKind, IntakeFault, IntakeStatus, ReceiptStatus

FEED_WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    IntakeStatus: {
        IntakeStatus.RUNNING: _("Leses nå"),
        IntakeStatus.DONE: _("Lest ferdig"),
        IntakeStatus.FAILED: _("Ikke lest ferdig"),
        IntakeStatus.BROKEN_OFF: _("Avbrutt, fortsatte senere"),
    },
    IntakeFault: {
        IntakeFault.UNREACHABLE: _(
            "Vi fikk ikke kontakt med NAV. Vi prøver igjen; varer det mer enn en dag, si fra til driftsansvarlig."
        ),
        IntakeFault.REFUSED: _(
            "NAV godtok ikke nøkkelen vår. Driftsansvarlig må rette KOMPETANSE_FEED_TOKEN, eller ta den bort."
        ),
        IntakeFault.BUSY: _("NAV ba oss vente. Vi prøver igjen av oss selv."),
        IntakeFault.BROKEN: _(
            "NAV svarte med en feil. Vi prøver igjen; varer det mer enn en dag, si fra til driftsansvarlig."
        ),
        IntakeFault.MISSING: _(
            "Det er ingen stillinger å hente på adressen. Driftsansvarlig må se på KOMPETANSE_FEED_URL."
        ),
        IntakeFault.NOT_A_FEED: _(
            "Svaret var ikke slik NAV skriver det. Driftsansvarlig må se på KOMPETANSE_FEED_URL."
        ),
        IntakeFault.STOPPED: _("Tjenesten ble stanset mens den leste. Den fortsetter når den er i gang igjen."),
        IntakeFault.OTHER: _("Noe gikk galt hos oss. Si fra til driftsansvarlig."),
    },
    ReceiptStatus: {
        ReceiptStatus.RECEIVED: _("Mottatt"),
        ReceiptStatus.SKIPPED: _("NAV hadde den allerede slik"),
        ReceiptStatus.ERROR: _("Ikke mottatt"),
    },
    ChangeKind: {
        ChangeKind.CAME: _("Kom"),
        ChangeKind.CHANGED: _("Endret"),
        ChangeKind.WENT: _("Trukket"),
        ChangeKind.MOVED: _("Flyttet til en annen kommune"),
        ChangeKind.AGED: _("Eldre enn et halvt år"),
        ChangeKind.UNREADABLE: _("Ikke lest"),
    },
}
