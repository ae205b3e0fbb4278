"""What is needed to have an education recognised, in bokmål."""

from collections.abc import Iterable, Mapping

from api.web.i18n import gettext
from api.web.i18n import mark as _

DOCUMENTS: Mapping[str, str] = {
    "diploma": _("vitnemål"),
    "transcript": _("karakterutskrift"),
    "translation": _("oversettelse av autorisert translatør"),
    "identity": _("legitimasjon"),
    "curriculum": _("fagplan"),
    "work_certificates": _("attester for arbeid i faget"),
    "good_standing": _("bekreftelse på at retten til å arbeide i yrket står ved lag"),
    "language_test": _("bestått norskprøve på nivået som yrket krever"),
    "own_account": _("egen redegjørelse for utdanningen"),
}
STEPS: Mapping[str, str] = {
    "collect": _("samle papirene"),
    "translate": _("få dem oversatt"),
    "apply": _("søke"),
    "interview": _("intervju med fagpersoner"),
    "extra_training": _("kurs og prøver som yrket krever"),
    "wait": _("vente på svar"),
}


def document_choices() -> list[tuple[str, str]]:
    """Code and name of every paper, for boxes to tick."""
    return [(code, gettext(text)) for code, text in DOCUMENTS.items()]


def documents_told(codes: Iterable[str]) -> str:
    """Papers by name."""
    return ", ".join(gettext(DOCUMENTS[code]) for code in codes)


def steps_told(codes: Iterable[str]) -> str:
    """Steps by name, in order."""
    return ", ".join(gettext(STEPS[code]) for code in codes)
